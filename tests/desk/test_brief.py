"""Briefs: what of all that was read is told, on a topic or without one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.archive.archive import Archive
from bot.desk.desk import Desk
from bot.errors import RequestError
from bot.news.article import Space
from config import defaults
from tests.desk import stories
from tests.desk.paper import NOW, brief, cited, open_desk, piece, read, said, unproved


def test_every_sentence_of_a_brief_is_cited_and_every_quote_stands_in_the_stored_text(shared_desk: Desk) -> None:
    told = brief(shared_desk)
    assert len(told.points) == defaults.BRIEF_LINES
    sentences = [*told.points, *(point for story in told.stories for point in story.points)]
    assert all(cited(told, point.citations) for point in sentences)
    assert unproved(shared_desk, told.citations) == []


def test_without_a_topic_the_days_before_the_newest_article_are_told(shared_desk: Desk) -> None:
    told = brief(shared_desk)
    assert told.as_of == stories.FERRY_BUSES.published
    articles = {citation.article for citation in told.citations}
    assert {"ferry-ends", "ferry-buses", "mine-police", "mine-union"} <= articles
    assert articles.isdisjoint({"rate-raised", "cinema"})


def test_what_more_publishers_tell_comes_first(shared_desk: Desk) -> None:
    first, *_, last = brief(shared_desk).stories
    assert set(first.publishers) == {"Selby Courier", "Northern Gazette"}
    assert len(last.publishers) == 1


def test_a_brief_that_begins_at_a_moment_tells_nothing_from_before_it(shared_desk: Desk) -> None:
    told = brief(shared_desk, since=datetime(2025, 4, 23, tzinfo=UTC))
    assert {citation.article for citation in told.citations} == {"ferry-buses"}
    on_topic = brief(shared_desk, "Bank of Norrland rate", since=datetime(2025, 4, 1, tzinfo=UTC))
    assert {citation.article for citation in on_topic.citations} == {"rate-cut"}


def test_a_topic_brings_only_what_is_of_it(shared_desk: Desk) -> None:
    told = brief(shared_desk, "Torv mine collapse")
    assert told.topic == "Torv mine collapse"
    assert {citation.article for citation in told.citations} == {"mine-police", "mine-union"}
    assert "12 workers" in said(told)


def test_without_news_there_are_neither_lines_nor_stories(shared_desk: Desk) -> None:
    for told in (
        brief(shared_desk, "volcano on Mount Ask"),
        brief(shared_desk, since=datetime(2025, 4, 24, tzinfo=UTC)),
    ):
        assert (told.points, told.stories, told.citations, told.as_of) == ((), (), (), None)
        assert told.searched.articles == len(stories.NEWS)


def test_a_brief_looks_back_from_the_askers_moment(shared_desk: Desk) -> None:
    told = brief(shared_desk, now=datetime(2025, 4, 17, tzinfo=UTC))
    assert {citation.article for citation in told.citations} == {"rate-cut"}


def test_an_article_dated_in_the_future_hides_no_news(own_desk: Desk) -> None:
    read(own_desk, piece("future", "The Selby zoo opens a lake, it said.", published="2031-01-01T09:00"))
    for now in (NOW, datetime(2026, 9, 1, tzinfo=UTC)):
        articles = {citation.article for citation in brief(own_desk, now=now).citations}
        assert "ferry-ends" in articles


def test_a_copy_is_told_once_and_counts_for_no_publisher(own_desk: Desk) -> None:
    text, title = stories.FERRY_BUSES.text, stories.FERRY_BUSES.title
    read(own_desk, piece("copied", text, title=title, publisher="Harbour Wire", published="2025-04-23T19:00"))
    told = brief(own_desk, "Holm Island ferry buses")
    assert all("Harbour Wire" not in story.publishers for story in told.stories)


def test_an_empty_archive_has_no_news(archive: Archive, data_dir: Path) -> None:
    empty = open_desk(archive, data_dir)
    for topic in (None, "ferry"):
        assert brief(empty, topic).stories == ()


def test_another_space_has_no_news_of_this_one(own_desk: Desk, data_dir: Path) -> None:
    other = open_desk(own_desk.archive, data_dir, Space("another"))
    assert brief(other).stories == ()
    assert brief(other).searched.articles == 0


def test_a_topic_without_words_or_too_long_is_refused(shared_desk: Desk) -> None:
    with pytest.raises(RequestError, match="I could not find"):
        brief(shared_desk, "***", now=NOW)
    with pytest.raises(RequestError, match="can have"):
        brief(shared_desk, "ferry " * 400)
