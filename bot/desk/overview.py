"""The overview: what comes, is watched and is followed, in one channel or in all of a Space that somebody may see."""

from collections.abc import Callable

from bot.archive.archive import Db
from bot.archive.closed import list_closed
from bot.archive.sources import list_sources
from bot.archive.subscriptions import list_subscriptions
from bot.archive.watches import list_watches
from bot.desk.grammar import list_examples
from bot.desk.sourcing import sources_listed
from bot.news.article import Space
from bot.news.place import Place
from bot.news.reply import Overview


def look_at(db: Db, place: Place) -> Overview:
    """What is in one channel."""
    return _look(
        db, place.space, place, lambda other: (other.platform, other.channel) == (place.platform, place.channel)
    )


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
