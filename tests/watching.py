"""Watches, what they met, and where they tell it, each with only what a test is about."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.news.article import LOCAL, ArticleId, Space
from bot.news.digest import Reason
from bot.news.match import Fate, Match
from bot.news.place import Place
from bot.news.story import StoryId
from bot.news.watch import NewWatch, Watch, WatchId
from config import defaults
from tests.makes import NOW

UTC_ZONE = ZoneInfo("UTC")

ON_SQLITE = pytest.mark.parametrize("database_url", [None], ids=["sqlite"])
"""For tests of what is decided, where others show that both databases keep it alike."""


def make_place(channel: str = "harbour", space: Space = LOCAL, thread: str | None = None) -> Place:
    """A channel of the tests' platform."""
    return Place(platform="console", space=space, channel=channel, thread=thread)


def make_new_watch(topic: str = "ferry", **given: object) -> NewWatch:
    """A watch that somebody wants."""
    known: dict[str, object] = {
        "place": make_place(),
        "topic_key": topic.lower(),
        "zone": UTC_ZONE,
        "an_hour": defaults.ALERTS_AN_HOUR,
    }
    return NewWatch(topic=topic, **(known | given))  # type: ignore[arg-type]


def make_watch(topic: str = "ferry", **given: object) -> Watch:
    """A watch as it is kept."""
    known: dict[str, object] = {
        "id": WatchId(1),
        "place": make_place(),
        "topic_key": topic.lower(),
        "zone": UTC_ZONE,
        "cadence": "at once",
        "quiet": None,
        "quiet_lets": "nothing",
        "an_hour": defaults.ALERTS_AN_HOUR,
        "ping": None,
        "made": NOW,
        "made_by": None,
        "muted_until": None,
    }
    return Watch(topic=topic, **(known | given))  # type: ignore[arg-type]


def make_match(watch: int = 1, story: int = 1, development: int = 0, **given: object) -> Match:
    """What a watch met."""
    known: dict[str, object] = {
        "article": ArticleId(1),
        "score": 1.0,
        "reason": Reason(topic="ferry", words=("ferry",), meaning=None, needed=None, sentence="The ferry was late."),
        "found": NOW,
        "fate": Fate(state="told", key=f"alert:{watch}:{story}:{development}"),
    }
    return Match(watch=WatchId(watch), story=StoryId(story), development=development, **(known | given))  # type: ignore[arg-type]


def held_until(moment: datetime) -> Fate:
    """Held for a batch that is due then."""
    return Fate(state="for the batch", until=moment)
