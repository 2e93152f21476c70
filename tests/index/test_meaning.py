"""Finding by meaning: the nearest sentences, live passages only, and files that survive any kill."""

from pathlib import Path

import numpy as np
import pytest

from bot.index.entry import NOTHING, Embedded, Entry
from bot.index.index import Index
from bot.index.meaning import MeaningIndex
from bot.index.vectors import VectorFiles, shrink
from bot.news.article import PassageId
from config import defaults
from tests.index.killing import EMBEDDING, kill_while
from tests.index.makes import PASSAGES, WordyEncoder, make_entry, numbered

ENCODER = WordyEncoder()


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.open(tmp_path, ENCODER)


def keep(index: Index, *entries: Entry) -> None:
    index.keep_vectors([index.embed(entry) for entry in entries])


def find(index: Index, text: str, limit: int = 10) -> list[int]:
    """The passages found for the text, nearest first."""
    return [int(id) for id, _ in index.search_meaning(ENCODER.encode(text), limit)]


def test_nothing_is_found_and_nothing_is_made_before_the_first_vectors(index: Index, tmp_path: Path) -> None:
    assert (find(index, "grain"), index.mark_of_meaning, index.has_meaning) == ([], NOTHING, False)
    assert index.sentence_scores(ENCODER.encode("grain"), [PassageId(1010)]) == {}
    assert list(tmp_path.iterdir()) == []


def test_a_passage_is_as_near_as_its_nearest_sentence(index: Index) -> None:
    keep(index, make_entry(1, "The ship left. Rain fell on the town. Nobody came."), make_entry(2, "Rain may come."))
    (first, near), (second, far) = index.search_meaning(ENCODER.encode("Rain fell on the town."), 10)
    assert (first, second) == (1010, 2010)
    assert near == pytest.approx(1, abs=1e-3)
    assert far < 0.7


def test_every_sentence_has_its_score_in_order(index: Index) -> None:
    texts = ["The ship left.", "Rain fell on the town.", "Nobody came."]
    keep(index, make_entry(1, " ".join(texts), "One more."), make_entry(2, "Other news."))
    vector = ENCODER.encode("Rain fell.")
    scores = index.sentence_scores(vector, [PassageId(1010), PassageId(1011), PassageId(77)])
    assert sorted(scores) == [1010, 1011]
    assert scores[PassageId(1010)] == pytest.approx([float(ENCODER.encode(text) @ vector) for text in texts], abs=2e-3)
    assert len(scores[PassageId(1011)]) == 1


def test_passages_of_an_article_that_changed_are_passed_over(index: Index) -> None:
    keep(index, make_entry(1, "Rain fell.", "Grain rose."), make_entry(2, "Snow fell."))
    keep(index, make_entry(1, "Steel rose.", seq=3, version=2))
    assert sorted(find(index, "rain fell")) == [1020, 2010]
    assert index.sentence_scores(ENCODER.encode("rain"), [PassageId(1010), PassageId(1011)]) == {}
    assert sorted(find(Index.open(index.folder, ENCODER), "rain fell")) == [1020, 2010]


def test_an_article_that_is_not_to_be_found_any_more_is_passed_over(index: Index) -> None:
    keep(index, make_entry(1, "Rain fell."), make_entry(2, "Snow fell."))
    keep(index, make_entry(1, seq=3))
    assert (find(index, "rain fell"), index.seq_of_meaning) == ([2010], 3)


def test_languages_that_the_encoder_does_not_know_get_no_vectors(index: Index) -> None:
    keep(index, make_entry(1, "Regen fiel auf die Stadt.", language="de"))
    assert (find(index, "Regen"), index.seq_of_meaning, index.has_meaning) == ([], 1, False)


def test_vectors_of_another_encoder_are_never_mixed_in(index: Index) -> None:
    keep(index, make_entry(1, "Rain fell."))
    other = Index.open(index.folder, WordyEncoder(size=100, model_id="other"))
    assert (other.seq_of_meaning, other.search_meaning(WordyEncoder(size=100).encode("rain"), 5)) == (0, [])
    keep(other, make_entry(1, "Rain fell."))
    assert (other.has_meaning, find(index, "rain")) == (True, [1010])


def test_what_is_kept_can_be_found_by_everybody_who_has_the_index_open(index: Index) -> None:
    other = Index.open(index.folder, ENCODER)
    keep(index, make_entry(1, "Rain fell."))
    assert find(other, "rain fell") == [1010]
    keep(index, make_entry(2, "Snow fell."))
    assert find(other, "snow fell") == [2010, 1010]
    index.drop_vectors()
    keep(index, make_entry(3, "Hail fell."))
    assert find(other, "hail fell") == [3010]


def test_the_sieves_let_through_what_is_nearest(tmp_path: Path) -> None:
    chance = np.random.default_rng(3)
    made = defaults.MEANING_PASSAGES + 2_000
    vectors = chance.standard_normal((made, 3, 384), dtype=np.float32)
    sought = vectors[::601, 1] + 0.8 * chance.standard_normal(vectors[::601, 1].shape, dtype=np.float32)
    index = MeaningIndex(tmp_path, 384)
    kept = [(numbered(n).mark, ((PassageId(n), rows),)) for n, rows in enumerate(vectors, 1)]
    index.add([Embedded(mark=mark, passages=passages) for mark, passages in kept])
    found = [index.search(one, 3)[0][0] for one in sought]
    assert found == list(range(1, made + 1, 601))


def test_eight_bits_a_number_change_a_cosine_by_less_than_a_hundredth() -> None:
    rows = np.random.default_rng(5).standard_normal((200, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    small = shrink(rows).astype(np.float32)
    small /= np.linalg.norm(small, axis=1, keepdims=True)
    assert np.abs(rows @ rows.T - small @ small.T).max() < 0.01


@pytest.mark.parametrize("name", ["passages", "signs", "vectors"])
@pytest.mark.parametrize("lost", [1, 500, 10**9])
def test_files_cut_at_any_byte_lose_whole_articles_and_nothing_else(index: Index, name: str, lost: int) -> None:
    for first in (1, 11):
        keep(index, *(numbered(article) for article in range(first, first + 10)))
    path = index.folder / "meaning" / ENCODER.model_id / name
    with path.open("r+b") as file:
        file.truncate(max(path.stat().st_size - lost, 0))
    opened = Index.open(index.folder, ENCODER)
    left = opened.seq_of_meaning
    assert left < 20
    assert (left > 0) == (lost <= 500)
    keep(opened, *(numbered(article) for article in range(left + 1, 31)))
    again = MeaningIndex(path.parent, ENCODER.size)
    assert (again.mark.seq, again.passages) == (30, 30 * PASSAGES)
    assert find(opened, "Ship s30x2 reached the harbour with grain.", 1) == [30012]


def test_garbage_in_a_record_ends_what_is_trusted(index: Index) -> None:
    keep(index, *(numbered(article) for article in range(1, 21)))
    path = index.folder / "meaning" / ENCODER.model_id / "passages"
    size = VectorFiles(path.parent, ENCODER.size).record.itemsize
    with path.open("r+b") as file:
        file.seek(size * (10 * PASSAGES + 1) + 16)
        file.write(b"garbage!")
    opened = Index.open(index.folder, ENCODER)
    assert opened.seq_of_meaning == 10
    assert sorted(opened.sentence_scores(ENCODER.encode("ship"), [PassageId(10010), PassageId(11010)])) == [10010]


def test_zeros_that_a_power_cut_left_are_no_records(index: Index) -> None:
    keep(index, numbered(1))
    path = index.folder / "meaning" / ENCODER.model_id / "passages"
    with path.open("ab") as file:
        file.write(bytes(10_000))
    assert Index.open(index.folder, ENCODER).seq_of_meaning == 1


@pytest.mark.parametrize("steps", [2, 3, 5])
def test_a_kill_while_embedding_leaves_whole_articles(tmp_path: Path, steps: int) -> None:
    for _ in range(2):
        said = kill_while(EMBEDDING, tmp_path, steps)
        opened = Index.open(tmp_path, ENCODER)
        reached = opened.seq_of_meaning
        assert reached >= said
        meaning = MeaningIndex(tmp_path / "meaning" / ENCODER.model_id, ENCODER.size)
        assert meaning.passages == reached * PASSAGES
