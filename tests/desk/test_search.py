"""Searching: which passages are found, in what order, and for whom."""

from pathlib import Path

import pytest

from bot.desk.desk import Desk
from bot.errors import RequestError
from bot.news.article import Space
from tests.desk import stories
from tests.desk.paper import open_desk, piece, read, search


def test_the_best_passage_comes_first_with_all_that_a_reader_needs(shared_desk: Desk) -> None:
    best = search(shared_desk, "worn hull of the Holm Island ferry")[0]
    assert (best.article, best.source, best.title) == (
        "ferry-ends",
        "Selby Courier",
        "Holm Island ferry to stop in May",
    )
    assert (best.url, best.published) == ("https://example.org/ferry-ends", stories.FERRY_ENDS.published)
    assert "too worn to repair" in best.text
    scores = [found.score for found in search(shared_desk, "worn hull of the Holm Island ferry")]
    assert scores == sorted(scores, reverse=True)


def test_no_more_than_the_limit_is_found(shared_desk: Desk) -> None:
    assert len(search(shared_desk, "duty ferry mine bank", limit=3)) == 3
    assert search(shared_desk, "duty ferry mine bank", limit=0) == []


def test_a_publisher_that_is_named_comes_first(shared_desk: Desk) -> None:
    assert search(shared_desk, "Northern Gazette on the collapse at the Torv mine")[0].article == "mine-union"
    assert search(shared_desk, "Selby Courier on the collapse at the Torv mine")[0].article == "mine-police"


def test_a_time_that_is_named_bounds_what_is_found(shared_desk: Desk) -> None:
    assert {found.article for found in search(shared_desk, "Norrland interest rate in March 2025")} == {"rate-raised"}


def test_the_newest_comes_first_where_the_words_ask_for_it(shared_desk: Desk) -> None:
    assert search(shared_desk, "latest Bank of Norrland interest rate")[0].article == "rate-cut"


def test_words_that_no_article_holds_find_nothing(shared_desk: Desk) -> None:
    assert search(shared_desk, "zzyzx qwopt") == []


def test_signs_of_a_query_language_have_no_meaning(shared_desk: Desk) -> None:
    plain = [found.article for found in search(shared_desk, "ferry hull")]
    for query in ('ferry AND hull"', "+ferry -(hull", "ferry* /hull/", "ferry:hull^9", "ferry hull~ [* TO *]"):
        assert search(shared_desk, query)[0].article == plain[0]


def test_a_query_without_words_is_refused(shared_desk: Desk) -> None:
    with pytest.raises(RequestError, match="I could not find a question in that"):
        search(shared_desk, "-- ** //")


def test_another_space_finds_only_its_own(own_desk: Desk, data_dir: Path) -> None:
    other = open_desk(own_desk.archive, data_dir, Space("another"))
    assert search(other, "Holm Island ferry") == []
    read(other, piece("own", "The Holm Island ferry has a new captain, its owner said."))
    assert [found.article for found in search(other, "Holm Island ferry")] == ["own"]
    assert "own" not in {found.article for found in search(own_desk, "Holm Island ferry captain")}
