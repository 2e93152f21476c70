"""Files, folders, patterns: what is read, in which order, and what is refused in which words."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import RefusedInput
from bot.wire.paths import read_paths
from bot.wire.reading import Reached
from bot.wire.walk import Found, open_file
from config import defaults
from tests.wire.take import FEED, MILL, NOW, PAGE, put, take


def test_a_folder_is_read_with_everything_below_it_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.md", "b/1.txt", "a.txt", "c.html", "d.xml"):
        put(tmp_path / name, {"c.html": PAGE, "d.xml": FEED}.get(name, MILL))
    taken = take(tmp_path)
    names = [draft.name for draft in taken.drafts]
    assert names == ["a.txt", "c.html", "https://coast.example/ferry", "https://coast.example/bridge", "1.txt", "2.md"]
    assert taken.refusals == []


def test_hidden_files_and_files_of_other_kinds_are_passed_over_in_folders(tmp_path: Path) -> None:
    for name in ("a.txt", ".hidden.txt", ".git/x.txt", "photo.png", "notes", "package.json"):
        put(tmp_path / name, MILL)
    taken = take(tmp_path)
    assert [draft.name for draft in taken.drafts] == ["a.txt"]
    assert taken.refusals == []


def test_a_file_of_another_kind_that_was_named_is_refused_with_the_kinds_that_are_read(tmp_path: Path) -> None:
    taken = take(put(tmp_path / "a.docx", "x"), put(tmp_path / "bare", "x"))
    assert "a.docx: .docx files are not read; these are: .txt" in taken.reasons
    assert "bare: a file without an ending is not read" in taken.reasons


def test_a_pattern_is_expanded_where_the_shell_did_not(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.md", "deep/d.txt"):
        put(tmp_path / name, MILL)
    assert [d.name for d in take(tmp_path / "[ab].txt").drafts] == ["a.txt", "b.txt"]
    assert [d.name for d in take(tmp_path / "**" / "*.txt").drafts] == ["a.txt", "b.txt", "d.txt"]
    assert "nothing matches this pattern" in take(tmp_path / "*.opml").reasons


def test_a_file_whose_name_looks_like_a_pattern_is_still_that_file(tmp_path: Path) -> None:
    assert [d.name for d in take(put(tmp_path / "a[1].txt", MILL)).drafts] == ["a[1].txt"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"caf\xe9.txt", "caf\ufffd.txt"),
        (b"a\x1b[31mb.txt", "a\ufffd[31mb.txt"),
        ("a\u202eb.txt".encode(), "a\ufffdb.txt"),
        ("café b.txt".encode(), "café b.txt"),
    ],
)
def test_a_file_is_read_under_a_name_that_can_be_shown(tmp_path: Path, name: bytes, shown: str) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(MILL)
    assert [draft.name for draft in take(tmp_path).drafts] == [shown]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", MILL)
    (tmp_path / "b.txt").symlink_to(path)
    assert [d.name for d in take(path, tmp_path, path).drafts] == ["a.txt"]


def test_linked_folders_lead_nowhere_twice_and_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", MILL)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to("self.txt")
    taken = take(tmp_path)
    assert [d.name for d in taken.drafts] == ["a.txt"]
    assert taken.reasons.endswith("self.txt: is a link that leads back to itself")


def test_pipes_and_devices_are_refused_without_waiting_for_them(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.txt")
    taken = take(tmp_path, "/dev/null")
    assert "p.txt: is a pipe, not a file" in taken.reasons
    assert "/dev/null: is a device" in taken.reasons


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("https://news.example/story", "web addresses are not opened; save the page as a file and add that"),
        ("HTTP://news.example", "web addresses are not opened"),
        ("file:///etc/passwd", "web addresses are not opened"),
        ("no/such/file.txt", "there is no such file or folder; check the spelling"),
        ("", "is no path"),
        ("a\0b.txt", "is no path"),
        ("\ud800.txt", "is no path"),
    ],
)
def test_what_is_no_path_is_refused_with_what_to_do(path: str, reason: str) -> None:
    taken = take(path)
    assert reason in taken.reasons
    assert taken.drafts == []


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", MILL)
    assert "a part of this path is a file" in take(tmp_path / "a.txt" / "b.txt").reasons


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", b"\x89PNG\r\n\x1a\n" + bytes(100))
    put(tmp_path / "b.txt", MILL)
    put(tmp_path / "c.jsonl", "{\n")
    put(tmp_path / "d.html", "<html></html>")
    put(tmp_path / "e.txt", MILL)
    taken = take(tmp_path)
    assert [d.name for d in taken.drafts] == ["b.txt", "e.txt"]
    assert [Path(r.where.split(" ")[0]).name for r in taken.refusals] == ["a.txt", "c.jsonl", "d.html"]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.jsonl.gz", "a.xml", "a.opml"])
def test_an_empty_file_of_any_kind_is_refused(tmp_path: Path, name: str) -> None:
    assert take(put(tmp_path / name, "")).reasons.endswith("the file is empty")


@pytest.mark.parametrize(
    ("name", "limit", "said"),
    [
        ("a.txt", defaults.TEXT_FILE_BYTES, "20 MB"),
        ("a.html", defaults.PAGE_BYTES, "10 MB"),
        ("a.rss", defaults.PAGE_BYTES, "10 MB"),
        ("a.opml", defaults.OPML_BYTES, "1 MB"),
    ],
)
def test_a_file_over_its_limit_is_refused_unread_with_the_limit(
    tmp_path: Path, name: str, limit: int, said: str
) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(limit * 5)
    taken = take(tmp_path / name)
    assert f"the limit for this kind of file is {said}" in taken.reasons
    assert f"has {limit * 5 // 1_000_000} MB" in taken.reasons


def test_a_web_page_or_a_list_under_another_name_is_recognised(tmp_path: Path) -> None:
    assert take(put(tmp_path / "a.txt", PAGE)).drafts[0].title == "Harbour opens early"
    outline = '<opml><body><outline text="A" xmlUrl="https://a.example/feed"/></body></opml>'
    assert take(put(tmp_path / "b.xml", outline)).sources[0].address == "https://a.example/feed"


def test_progress_counts_the_bytes_of_all_files_up_to_their_sum(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", MILL)
    put(tmp_path / "b.jsonl", '{"id": "x", "title": "T", "text": "Some text."}\n' * 120)
    marks = [r for r in read_paths([str(tmp_path)], now=NOW) if isinstance(r, Reached)]
    total = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert {mark.bytes_total for mark in marks} == {total}
    assert [mark.bytes_done for mark in marks] == sorted(mark.bytes_done for mark in marks)
    assert (marks[0].bytes_done, marks[-1].bytes_done) == (0, total)


def test_reading_is_lazy_and_can_be_left_early(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", MILL)
    readings = read_paths([str(tmp_path / "a.txt"), str(tmp_path)], now=NOW)
    next(readings)
    readings.close()


def test_a_file_that_changes_between_the_look_and_the_opening_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.txt")
    for name, reason in (("p.txt", "is not a plain file"), ("gone.txt", "there is no such file")):
        with pytest.raises(RefusedInput, match=reason):
            open_file(Found(where=name, path=tmp_path / name, bytes=9))


@pytest.fixture
def stranger() -> Iterator[Path]:
    """A folder for files that others may see, and a process that is not their owner."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        owner = os.geteuid()
        if owner == 0:
            os.chown(folder, 65_534, 65_534)
            os.seteuid(65_534)
        yield folder
        os.seteuid(owner)


def test_files_and_folders_without_rights_are_refused_and_their_neighbours_read(stranger: Path) -> None:
    for name in ("a.txt", "shut/b.txt", "c.txt"):
        put(stranger / name, MILL)
    (stranger / "a.txt").chmod(0)
    (stranger / "shut").chmod(0)
    taken = take(stranger, stranger / "shut")
    (stranger / "shut").chmod(0o755)
    assert [d.name for d in taken.drafts] == ["c.txt"]
    assert f"{stranger}/a.txt: there is no right to read it; change its rights" in taken.reasons
    assert f"{stranger}/shut: there is no right to read it" in taken.reasons
