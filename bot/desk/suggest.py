"""Suggestions while somebody types: topics, sources, zones, and the numbers of digests and watches."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal
from zoneinfo import available_timezones

from bot.archive.archive import Db
from bot.archive.sources import source_names
from bot.archive.subscriptions import list_subscriptions
from bot.archive.watches import list_watches
from bot.desk.desk import Desk
from bot.news.place import Place
from bot.news.text import clip, fold
from config import defaults

Suggested = Literal["topic", "source", "zone", "digest", "watch"]

_LABEL_CHARACTERS = 100
_TIMES = (
    "weekdays 8:30",
    "daily 7:00",
    "daily 7am and 18:00",
    "mondays 9:00",
    "every 4 hours",
    "1st of the month 9:00",
)


async def suggest(desk: Desk, of: Suggested, place: Place, begun: str) -> list[tuple[str, str]]:
    """What may be meant by what was begun, the likeliest first: what is shown, and what is typed by choosing it."""
    if of == "zone":
        return _fitting(((name, name) for name in _zones()), begun)
    return await desk.archive.read(_suggest, of, place, begun)


def suggest_times(begun: str) -> list[tuple[str, str]]:
    """Times at which a digest can come. What was begun stands first: only the grammar can say whether it is one."""
    own = [(clip(begun, _LABEL_CHARACTERS), begun)] if begun.strip() else []
    return [*own, *_fitting(((one, one) for one in _TIMES if one != begun), "")][: defaults.SUGGESTIONS]


def _suggest(db: Db, of: Suggested, place: Place, begun: str) -> list[tuple[str, str]]:
    match of:
        case "source":
            found = [(name, name) for name in source_names(db, place.space)]
        case "digest":
            digests = list_subscriptions(db, place.space, place)
            found = [
                (f"{one.id}: {one.topic or 'all news'}, {one.schedule.in_words()}", str(one.id)) for one in digests
            ]
        case "watch":
            found = [(f"{one.id}: {one.topic}", str(one.id)) for one in list_watches(db, place.space, place)]
        case _:
            found = [(topic, topic) for topic in _topics(db, place)]
    return _fitting(found, begun)


def _topics(db: Db, place: Place) -> Iterator[str]:
    """Topics that are watched or told in this channel; those of other channels may be nobody's business here."""
    yield from dict.fromkeys(one.topic for one in list_watches(db, place.space, place))
    yield from dict.fromkeys(one.topic for one in list_subscriptions(db, place.space, place) if one.topic)


def _fitting(found: Iterable[tuple[str, str]], begun: str) -> list[tuple[str, str]]:
    wanted = fold(begun).strip().replace(" ", "_")
    ranked = []
    for label, value in found:
        at = fold(label).replace(" ", "_").find(wanted)
        if at >= 0:
            ranked.append((at > 0, (clip(label, _LABEL_CHARACTERS), value)))
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])][: defaults.SUGGESTIONS]


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(name for name in available_timezones() if "/" in name))
