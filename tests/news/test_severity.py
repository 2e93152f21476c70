"""What is severe: a disaster in the headline, or many independent publishers within the hour."""

from datetime import timedelta

import pytest

from bot.news.article import Article
from bot.news.severity import why_severe
from config import defaults
from tests.makes import NOW, make_article

MINUTE = timedelta(minutes=1)


def told_by(*publishers: str, title: str = "Ferry to end", ago: int = 1, **given: object) -> list[Article]:
    return [make_article(title=title, publisher=name, seen=NOW - ago * MINUTE, **given) for name in publishers]


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Earthquake near Selby", "Earthquake"),
        ("Hotel fire kills nine", "kills"),
        ("Thousands evacuated as dam cracks", "evacuated"),
        ("Mass shooting in Arden", "Mass shooting"),
    ],
)
def test_a_disaster_in_the_headline_is_severe(title: str, word: str) -> None:
    assert why_severe(told_by("One", title=title), NOW) == f"its headline says “{word}”"


@pytest.mark.parametrize(
    "title", ["Ferry to end", "Skills shortage worsens", "Deadline for steel tariffs", "Coupons return"]
)
def test_everyday_news_and_words_that_only_look_alike_are_not(title: str) -> None:
    assert why_severe(told_by("One", title=title), NOW) is None


def test_many_publishers_within_the_hour_are_severe_each_house_once_and_copies_not_at_all() -> None:
    names = ["Daily Ledger", "Selby Courier", "Northern Gazette", "Harbour Wire", "Islander"][
        : defaults.SEVERE_PUBLISHERS
    ]
    assert why_severe(told_by(*names), NOW) == f"{len(names)} publishers told it within the hour"
    assert why_severe(told_by(*names[:-1], names[0]), NOW) is None
    assert why_severe([*told_by(*names[:-1]), *told_by(names[-1], copy_of=1)], NOW) is None
    assert why_severe([*told_by(*names[:-1]), *told_by(names[-1], ago=61)], NOW) is None


def test_what_was_severe_an_hour_ago_is_so_no_more() -> None:
    assert why_severe(told_by("One", title="Earthquake near Selby", ago=61), NOW) is None
