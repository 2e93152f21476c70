"""The overview: what comes, is watched and is followed, in one channel or in all of a Space that somebody may see."""

from collections.abc import Callable

from bot.archive.archive import Db
from bot.archive.closed import list_closed
from bot.archive.deliveries import list_held
from bot.archive.sources import list_sources
from bot.archive.subscriptions import list_subscriptions
from bot.archive.watches import list_watches
from bot.desk.grammar import list_examples
from bot.desk.sourcing import sources_listed
from bot.news.article import Space
from bot.news.delivery import Delivery
from bot.news.place import TERMINAL, Place
from bot.news.reply import Overview


def look_at(db: Db, place: Place) -> Overview:
    """What is in one channel."""
    return _look(db, place.space, place, lambda other: _is_one_channel(other, place))


def look_over(db: Db, space: Space, may_see: Callable[[Place], bool]) -> Overview:
    """What is in all channels of the Space that somebody may see."""
    return _look(db, space, None, may_see)


def _look(db: Db, space: Space, place: Place | None, may_see: Callable[[Place], bool]) -> Overview:
    return Overview(
        place=place,
        digests=tuple(one for one in list_subscriptions(db, space) if may_see(one.place)),
        watches=tuple(one for one in list_watches(db, space) if may_see(one.place)),
        sources=tuple(list_sources(db, space)),
        notices=sources_listed(db, space).notices,
        closed=tuple((there, reason) for there, reason in list_closed(db, space) if may_see(there)),
        examples=tuple(list_examples()),
    )


def told_places(db: Db, platform: str, space: Space) -> list[Place]:
    """The channels of the Space on the platform in which something comes or is told."""
    places = [one.place for one in list_subscriptions(db, space)] + [one.place for one in list_watches(db, space)]
    channels = {place.channel for place in places if place.platform == platform}
    return [Place(platform=platform, space=space, channel=channel) for channel in sorted(channels)]


def pinged_roles(db: Db, platform: str, space: Space) -> dict[str, set[str]]:
    """The same by channel, each with the roles that alerts call there, by their platform's ids."""
    roles: dict[str, set[str]] = {place.channel: set() for place in told_places(db, platform, space)}
    for watch in list_watches(db, space):
        if watch.ping and watch.place.platform == platform:
            roles[watch.place.channel].add(watch.ping)
    return roles


def held_where(db: Db, place: Place) -> list[Delivery]:
    """The deliveries held for the channel; in the terminal, where the operator asks, those of the whole Space."""
    held = list_held(db, place.space)
    return held if place.platform == TERMINAL else [one for one in held if _is_one_channel(one.place, place)]


def _is_one_channel(one: Place, other: Place) -> bool:
    return (one.platform, one.channel) == (other.platform, other.channel)
