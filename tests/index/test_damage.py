"""A word index that cannot be trusted says so, and can be made anew."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import ArchiveBusy, IndexDamaged
from bot.index.index import Index
from bot.index.soundness import find_unsound
from bot.index.words import WordIndex, WordQuery
from tests.index.killing import APPLYING, kill_while
from tests.index.makes import PASSAGES, make_entry, numbered

GRAIN = WordQuery(stems=("grain",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an index with sixty articles in three segments."""
    folder = tmp_path / "words"
    index = WordIndex(folder)
    for first in (1, 21, 41):
        index.apply([numbered(article) for article in range(first, first + 20)])
    index.settle()
    return folder


def test_an_untouched_index_is_sound_in_every_file(folder: Path) -> None:
    assert find_unsound(folder) is None


@pytest.mark.parametrize("kind", ["idx", "term", "store", "fast", "fieldnorm"])
def test_garbage_in_any_file_is_noticed_by_an_inspection(folder: Path, kind: str) -> None:
    path = min(folder.glob(f"*.{kind}"))
    content = bytearray(path.read_bytes())
    content[:40] = random.Random(7).randbytes(40)
    path.write_bytes(content)
    index = WordIndex(folder)
    index.inspect()
    assert index.damage is not None
    with pytest.raises(IndexDamaged, match="newsdesk reindex"):
        index.search(GRAIN, 10)
    with pytest.raises(IndexDamaged):
        Index.open(folder.parent, None)


def test_garbage_in_the_list_of_segments_is_noticed_at_once(folder: Path) -> None:
    (folder / "meta.json").write_bytes(b"\x00garbage")
    with pytest.raises(IndexDamaged):
        Index.open(folder.parent, None)


def test_a_cut_or_missing_file_is_noticed_at_once(folder: Path) -> None:
    path = min(folder.glob("*.term"))
    path.write_bytes(path.read_bytes()[:10])
    with pytest.raises(IndexDamaged):
        Index.open(folder.parent, None)
    path.unlink()
    with pytest.raises(IndexDamaged):
        Index.open(folder.parent, None)


def test_a_missing_list_of_segments_is_no_empty_index(folder: Path) -> None:
    (folder / "meta.json").unlink()
    with pytest.raises(IndexDamaged):
        Index.open(folder.parent, None)


def test_an_index_with_other_fields_is_made_anew(folder: Path) -> None:
    meta = json.loads((folder / "meta.json").read_text())
    meta["schema"] = meta["schema"][:-1]
    (folder / "meta.json").write_text(json.dumps(meta))
    with pytest.raises(IndexDamaged):
        Index.open(folder.parent, None)


def test_a_damaged_index_can_be_dropped_and_filled_again(folder: Path) -> None:
    (folder / "meta.json").write_bytes(b"{}")
    index = WordIndex(folder)
    assert index.damage is not None
    index.drop()
    index.apply([make_entry(1, "Grain.")])
    assert (index.damage, index.passages, len(index.search(GRAIN, 10))) == (None, 1, 1)


def test_two_processes_cannot_write_at_once(folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from bot.index.words import WordIndex; from tests.index.makes import *"
    )
    script += "; i = WordIndex(Path(sys.argv[1])); i.apply([numbered(61)]); print(1, flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", script, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdin is not None
        process.stdout.readline()
        index = WordIndex(folder)
        with pytest.raises(ArchiveBusy):
            index.apply([numbered(62)])
        assert (index.damage, index.mark.seq) == (None, 61)
        process.stdin.close()


@pytest.mark.parametrize("steps", [2, 3, 5])
def test_a_kill_while_applying_leaves_the_index_as_after_some_change(tmp_path: Path, steps: int) -> None:
    folder = tmp_path / "words"
    for _ in range(2):
        said = kill_while(APPLYING, folder, steps)
        index = WordIndex(folder)
        index.inspect()
        assert index.damage is None
        assert index.mark.seq >= said
        assert index.passages == index.mark.seq * PASSAGES
        assert len(index.search(WordQuery(stems=(f"s{index.mark.seq}x1",)), 10)) == (1 if index.mark.seq else 0)
