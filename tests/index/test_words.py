"""Finding by words: what is found, what is not, and what it is ranked by."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.index.entry import NOTHING, Cut, Entry
from bot.index.words import WordIndex, WordQuery
from bot.news.article import PassageId
from bot.news.text import stems
from bot.news.times import Window
from tests.index.makes import THEN, make_entry, numbered


@pytest.fixture
def index(tmp_path: Path) -> Iterator[WordIndex]:
    opened = WordIndex(tmp_path / "words")
    yield opened
    opened.settle()


def find(index: WordIndex, text: str = "", **given: object) -> list[int]:
    """The articles found for the text, best first."""
    query = WordQuery(stems=tuple(stems(text)), **given)  # type: ignore[arg-type]
    return [id // 1000 for id, _ in index.search(query, 10)]


def test_nothing_is_found_and_nothing_is_made_before_the_first_entry(index: WordIndex, tmp_path: Path) -> None:
    assert (find(index, "tariff"), index.count_passages_with(["tariff"])) == ([], {"tariff": 0})
    assert (index.mark, index.passages, index.damage) == (NOTHING, 0, None)
    assert list(tmp_path.iterdir()) == []


def test_a_passage_is_found_by_any_of_its_words_and_the_best_stands_first(index: WordIndex) -> None:
    index.apply([make_entry(1, "Grain prices rose."), make_entry(2, "Steel prices fell."), make_entry(3, "Rain.")])
    assert find(index, "steel prices") == [2, 1]


def test_headline_publisher_and_day_are_searched_with_the_text(index: WordIndex) -> None:
    index.apply([make_entry(1, "It went up.", title="Copper climbs", publisher="Harbour Post"), make_entry(2, "No.")])
    assert find(index, "copper") == find(index, "harbour post") == [1]
    assert sorted(find(index, "2025-04-03")) == [1, 2]


def test_words_are_found_in_all_their_forms_and_with_or_without_accents(index: WordIndex) -> None:
    index.apply([make_entry(1, "La Crème Brûlée company is exporting cheeses.")])
    assert find(index, "creme") == find(index, "brûlée") == find(index, "exports cheese") == [1]


def test_chinese_japanese_and_thai_are_found_without_spaces(index: WordIndex) -> None:
    index.apply(
        [
            make_entry(1, "美国对日本汽车征收百分之二十五的关税。", language="zh"),
            make_entry(2, "日本銀行は金利を据え置いた。", language="ja"),
            make_entry(3, "รัฐบาลไทยประกาศลดภาษีนำเข้า", language="th"),
        ]
    )
    assert (find(index, "关税"), find(index, "金利"), find(index, "ภาษี")) == ([1], [2], [3])
    assert sorted(find(index, "日本")) == [1, 2]


def test_a_search_can_be_held_to_publishers_whatever_their_spelling(index: WordIndex) -> None:
    papers = ("The Ledger", "Le Marché", "Harbour Post")
    index.apply([make_entry(n, "Grain.", publisher=paper) for n, paper in enumerate(papers, 1)])
    assert find(index, "grain", publishers=("le marche",)) == [2]
    assert sorted(find(index, "grain", publishers=("THE LEDGER", "Harbour Post"))) == [1, 3]
    assert find(index, "grain", publishers=("Ledger",)) == []


def test_a_search_can_be_held_to_a_time_in_which_the_undated_may_be(index: WordIndex) -> None:
    days = [make_entry(n, "Grain.", published=THEN + timedelta(days=n)) for n in range(1, 5)]
    index.apply([*days, make_entry(5, "Grain.", published=None)])
    window = Window(start=THEN + timedelta(days=2), end=THEN + timedelta(days=4))
    assert sorted(find(index, "grain", window=window)) == [2, 3, 5]
    assert sorted(find(index, "grain", window=Window(start=None, end=THEN + timedelta(days=2)))) == [1, 5]
    assert sorted(find(index, "grain", window=Window(start=THEN + timedelta(days=4), end=None))) == [4, 5]


def test_names_and_headlines_can_be_looked_for_by_themselves(index: WordIndex) -> None:
    named = Cut(id=PassageId(1010), text="He spoke.", names=frozenset({"shigeru ishiba", "jp"}))
    first = make_entry(1, title="Grain talks end")
    index.apply(
        [
            Entry(**{name: getattr(first, name) for name in first.__slots__} | {"cuts": (named,)}),
            make_entry(2, "Grain."),
        ]
    )
    assert find(index, names=("jp",)) == find(index, headline=("grain",)) == [1]
    assert find(index, names=("ishiba",)) == []


def test_a_changed_article_is_no_longer_found_by_its_old_text(index: WordIndex) -> None:
    index.apply([make_entry(1, "The duty is ten percent.", "Ships wait."), make_entry(2, "The duty is low.")])
    index.apply([make_entry(1, "The duty is twenty percent.", seq=3, version=2)])
    assert (find(index, "ten"), find(index, "ships"), find(index, "twenty")) == ([], [], [1])
    assert (index.passages, index.mark.seq, index.mark.version) == (2, 3, 2)


def test_an_entry_without_passages_takes_its_article_out(index: WordIndex) -> None:
    index.apply([make_entry(1, "Grain."), make_entry(2, "Grain.")])
    index.apply([make_entry(1, seq=3)])
    assert (find(index, "grain"), index.passages, index.mark.seq) == ([2], 1, 3)


def test_the_same_entries_twice_are_there_once(index: WordIndex) -> None:
    for _ in range(2):
        index.apply([numbered(article) for article in range(1, 11)])
    assert (index.passages, index.mark.seq) == (30, 10)


def test_counts_are_of_passages_that_hold_the_stem(index: WordIndex) -> None:
    index.apply([make_entry(1, "Grain and grain.", "Steel at 1,250.50 a ton."), make_entry(2, "Grain.")])
    assert index.count_passages_with(["grain", "1,250.50", "absent"]) == {"grain": 2, "1,250.50": 1, "absent": 0}


@pytest.mark.parametrize(
    "text", ['"', "AND OR NOT", "words:grain", "*:* [1 TO", "(((", "\\", "grain^9~", "\x00", "🚢" * 50]
)
def test_nothing_in_a_question_has_a_meaning_of_its_own(index: WordIndex, text: str) -> None:
    index.apply([make_entry(1, "Grain.")])
    given = {"publishers": (text,), "names": (text,), "headline": (text,)}
    assert index.search(WordQuery(stems=(text, *stems(text)), **given), 10) == []  # type: ignore[arg-type]
    assert find(index, "grain " + text) == [1]


def test_a_word_of_a_million_letters_is_passed_over(index: WordIndex) -> None:
    index.apply([make_entry(1, "grain " + "x" * 1_000_000)])
    assert find(index, "grain") == [1]


def test_what_is_applied_can_be_found_by_everybody_who_has_the_index_open(index: WordIndex, tmp_path: Path) -> None:
    other = WordIndex(tmp_path / "words")
    index.apply([make_entry(1, "Grain.")])
    assert find(other, "grain") == [1]
    index.drop()
    index.apply([make_entry(2, "Grain.")])
    assert (find(other, "grain"), other.mark.article) == ([2], 2)


def test_many_small_commits_leave_few_segments(index: WordIndex, tmp_path: Path) -> None:
    for article in range(1, 41):
        index.apply([numbered(article)])
        index.settle()
    assert len(list((tmp_path / "words").glob("*.idx"))) <= 10
    assert index.passages == 120
