"""Feedback: one word of each reader on each article, replaced, read and forgotten."""

from datetime import timedelta

from bot.archive.archive import Archive
from bot.archive.feedback import Feedback, feedback_about, feedback_counts, forget_feedback, give_feedback
from bot.news.article import LOCAL, ArticleId, Space
from tests.makes import NOW


def said(article: int, helpful: bool = True, *, by: str = "u1", about: str = "watch 3", after: int = 0) -> Feedback:
    """What a reader said of an article, so many minutes after the first."""
    given = NOW + timedelta(minutes=after)
    return Feedback(about=about, article=ArticleId(article), by=by, helpful=helpful, given=given)


def give(archive: Archive, *all_said: Feedback, space: Space = LOCAL) -> list[bool]:
    """Whether each was new."""
    return [archive.write_now(give_feedback, space, one) for one in all_said]


def test_a_reader_has_one_opinion_of_an_article_the_last(archive: Archive) -> None:
    assert give(archive, said(1), said(1), said(1, helpful=False, after=1), said(1, by="u2")) == [
        True,
        False,
        True,
        True,
    ]
    kept = archive.read_now(feedback_about, LOCAL, "watch 3", 10)
    assert [(one.by, one.helpful) for one in kept] == [("u2", True), ("u1", False)]


def test_the_newest_is_read_oldest_first(archive: Archive) -> None:
    give(archive, *(said(number, after=number) for number in range(1, 6)))
    kept = archive.read_now(feedback_about, LOCAL, "watch 3", 3)
    assert [one.article for one in kept] == [3, 4, 5]
    assert kept[-1] == said(5, after=5)


def test_each_watch_and_each_space_has_its_own(archive: Archive) -> None:
    give(archive, said(1), said(1, about="watch 33"), said(1, about="digest 3"))
    give(archive, said(2), space=Space("other"))
    assert [one.article for one in archive.read_now(feedback_about, LOCAL, "watch 3", 10)] == [1]
    assert archive.read_now(feedback_counts, LOCAL) == {
        "watch 3": (1, NOW),
        "watch 33": (1, NOW),
        "digest 3": (1, NOW),
    }


def test_what_was_said_can_be_forgotten(archive: Archive) -> None:
    give(archive, said(1), said(2), said(1, about="watch 4"))
    assert archive.write_now(forget_feedback, LOCAL, "watch 3") == 2
    assert archive.write_now(forget_feedback, LOCAL, "watch 3") == 0
    assert archive.read_now(feedback_about, LOCAL, "watch 3", 10) == []
    assert archive.read_now(feedback_counts, LOCAL) == {"watch 4": (1, NOW)}
