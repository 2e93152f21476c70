from datetime import timedelta

import pytest

from bot.archive.archive import Archive
from bot.archive.articles import (
    articles_between,
    changes_after,
    count_searched,
    file_drafts,
    find_articles,
    find_passages,
    find_version,
    list_publishers,
    newest_change,
)
from bot.news.article import LOCAL, ArticleId, PassageId, Space
from bot.news.briefing import Searched
from tests.archive.drafts import NOW, make_draft, make_text

OTHER = Space("other")


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """One article an hour, the newest first; the last has no date."""
    drafts = [make_draft(f"n{hour}", published=NOW - timedelta(hours=hour)) for hour in range(1, 6)]
    archive.write_now(file_drafts, LOCAL, [*drafts, make_draft("undated", publisher="Another Paper")], NOW)
    return archive


def test_an_empty_archive_has_nothing_to_tell(archive: Archive) -> None:
    assert archive.read_now(newest_change, LOCAL) == 0
    assert archive.read_now(changes_after, LOCAL, 0, 10) == []
    assert archive.read_now(count_searched, LOCAL) == Searched(articles=0, sources=0, start=None, end=None)
    assert archive.read_now(list_publishers, LOCAL) == {}
    assert archive.read_now(articles_between, LOCAL, None, None, 10) == []


def test_changes_come_in_order_and_in_portions(filled: Archive) -> None:
    assert filled.read_now(newest_change, LOCAL) == 6
    first = filled.read_now(changes_after, LOCAL, 0, 4)
    rest = filled.read_now(changes_after, LOCAL, first[-1].seq, 4)
    assert [change.seq for change in first + rest] == [1, 2, 3, 4, 5, 6]
    assert [change.article.name for change in first + rest] == ["n1", "n2", "n3", "n4", "n5", "undated"]


def test_an_article_that_changed_stands_only_at_its_newest_change(filled: Archive) -> None:
    filled.write_now(file_drafts, LOCAL, [make_draft("n2", make_text(99))], NOW)
    changes = filled.read_now(changes_after, LOCAL, 0, 100)
    assert [change.seq for change in changes] == [1, 3, 4, 5, 6, 7]
    assert changes[-1].article.name == "n2"
    assert {passage.version for passage in changes[-1].passages} == {2}


def test_passages_are_cuts_of_the_article_in_reading_order(filled: Archive) -> None:
    for change in filled.read_now(changes_after, LOCAL, 0, 100):
        starts = [passage.start for passage in change.passages]
        assert starts and starts == sorted(starts)
        assert all(change.article.text[cut.start : cut.end].strip() for cut in change.passages)


def test_articles_and_passages_are_found_by_number_and_unknown_numbers_left_out(filled: Archive) -> None:
    changes = filled.read_now(changes_after, LOCAL, 0, 100)
    articles = [change.article for change in changes]
    passages = [passage for change in changes for passage in change.passages]
    wanted = [article.id for article in articles]
    assert filled.read_now(find_articles, LOCAL, [*wanted, ArticleId(999)]) == {one.id: one for one in articles}
    cuts = [passage.id for passage in passages]
    assert filled.read_now(find_passages, LOCAL, [*cuts, PassageId(999)]) == {one.id: one for one in passages}
    assert filled.read_now(find_articles, LOCAL, []) == {}


def test_what_is_searched_is_counted_with_its_first_and_last_date(filled: Archive) -> None:
    assert filled.read_now(count_searched, LOCAL) == Searched(
        articles=6, sources=2, start=NOW - timedelta(hours=5), end=NOW
    )
    assert filled.read_now(list_publishers, LOCAL) == {"The Daily Example": 5, "Another Paper": 1}


@pytest.mark.parametrize(
    ("first", "last", "limit", "names"),
    [
        (4, 2, 10, ["n2", "n3", "n4"]),
        (None, 4, 10, ["n4", "n5"]),
        (1, None, 10, ["undated", "n1"]),
        (None, None, 2, ["undated", "n1"]),
        (9, 8, 10, []),
    ],
)
def test_articles_between_two_moments_come_newest_first(
    filled: Archive, first: int | None, last: int | None, limit: int, names: list[str]
) -> None:
    start = None if first is None else NOW - timedelta(hours=first)
    end = None if last is None else NOW - timedelta(hours=last)
    assert [one.name for one in filled.read_now(articles_between, LOCAL, start, end, limit)] == names


def test_moments_come_back_as_they_were_given_to_the_microsecond(archive: Archive) -> None:
    moments = [NOW.replace(year=1), NOW.replace(microsecond=7), NOW]
    drafts = [make_draft(f"m{number}", published=moment) for number, moment in enumerate(moments)]
    archive.write_now(file_drafts, LOCAL, drafts, NOW + timedelta(hours=1))
    found = archive.read_now(articles_between, LOCAL, None, None, 10)
    assert [one.published for one in reversed(found)] == [moments[0], NOW, moments[1]]


def test_an_article_from_the_future_is_ordered_by_when_it_was_seen(archive: Archive) -> None:
    drafts = [make_draft("ahead", published=NOW + timedelta(hours=9)), make_draft("now", published=NOW)]
    archive.write_now(file_drafts, LOCAL, drafts, NOW)
    later = make_draft("later", published=NOW + timedelta(hours=1))
    archive.write_now(file_drafts, LOCAL, [later], NOW + timedelta(hours=2))
    found = archive.read_now(articles_between, LOCAL, None, None, 10)
    assert [one.name for one in found] == ["later", "now", "ahead"]
    assert [one.published for one in found][2] == NOW + timedelta(hours=9)


def test_one_space_never_sees_what_another_has_filed(filled: Archive) -> None:
    changes = filled.read_now(changes_after, LOCAL, 0, 100)
    ids = [change.article.id for change in changes]
    cuts = [passage.id for change in changes for passage in change.passages]
    assert filled.read_now(newest_change, OTHER) == 0
    assert filled.read_now(changes_after, OTHER, 0, 100) == []
    assert filled.read_now(find_articles, OTHER, ids) == {}
    assert filled.read_now(find_passages, OTHER, cuts) == {}
    assert filled.read_now(find_version, OTHER, ids[0], 1) is None
    assert filled.read_now(count_searched, OTHER).articles == 0
    assert filled.read_now(list_publishers, OTHER) == {}
    assert filled.read_now(articles_between, OTHER, None, None, 10) == []


def test_the_same_articles_in_another_space_are_new_there_and_change_nothing_here(filled: Archive) -> None:
    before = filled.read_now(changes_after, LOCAL, 0, 100)
    drafts = [make_draft("n1", published=NOW - timedelta(hours=1)), make_draft("n2", make_text(50))]
    filed = filled.write_now(file_drafts, OTHER, drafts, NOW)
    assert [(one.outcome, one.article, one.repeats) for one in filed] == [("added", 1, ()), ("added", 2, ())]
    assert filled.read_now(newest_change, OTHER) == 2
    assert filled.read_now(changes_after, LOCAL, 0, 100) == before
