"""The watches: which topics channels are told of."""

from collections.abc import Iterable
from datetime import datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.archive.counts import take_numbers
from bot.archive.kept import portions
from bot.archive.schema import short_key
from bot.archive.schema_due import COUNTS, FEEDBACK, MATCHES, WATCHES
from bot.errors import RequestError
from bot.news.article import Space
from bot.news.place import Place
from bot.news.quiet import QuietHours
from bot.news.watch import NewWatch, Watch, WatchId
from config import defaults


def add_watch(db: sa.Connection, new: NewWatch, now: datetime, most: int = defaults.WATCHES_A_SPACE) -> Watch:
    """The watch, kept from now on; it is told of what is placed later.

    RequestError where the channel watches the topic already (S02), or the Space as many topics as it may (L01).
    """
    space, place = new.place.space, new.place
    id = WatchId(take_numbers(db, space, "last_order"))  # first, so that whoever adds one at the same time waits here
    there = sa.select(WATCHES.c.id).where(_in_channel(place), WATCHES.c.topic_key == short_key(new.topic_key))
    if (other := db.execute(there).scalar()) is not None:
        raise RequestError(f"You already watch that topic; it is number {other}.", "S02")
    count = db.execute(sa.select(sa.func.count()).select_from(WATCHES).where(WATCHES.c.space == space)).scalar_one()
    if count >= most:
        raise RequestError(
            f"This workspace watches {count} topics, the most allowed. Remove one before you add another.", "L01"
        )
    db.execute(
        WATCHES.insert().values(
            space=space,
            id=id,
            platform=place.platform,
            channel=place.channel,
            thread=place.thread,
            topic=new.topic,
            topic_key=short_key(new.topic_key),
            an_hour=new.an_hour,
            made=now,
            made_by=new.by,
            **_manner(new),
        )
    )
    return find_watches(db, space, [id])[id]


def find_watch(db: sa.Connection, place: Place, id: WatchId) -> Watch:
    """The channel's watch of that number; RequestError (S03) where it has none."""
    row = db.execute(sa.select(WATCHES).where(_in_channel(place), WATCHES.c.id == id)).one_or_none()
    if row is None:
        raise RequestError("There is no such watch here. `watch list` shows those that there are.", "S03")
    return _watch(row)


def list_watches(db: sa.Connection, space: Space, place: Place | None = None) -> list[Watch]:
    """The watches of the Space, or of one channel in it, by number."""
    wanted = WATCHES.c.space == space if place is None else _in_channel(place)
    return [_watch(row) for row in db.execute(sa.select(WATCHES).where(wanted).order_by(WATCHES.c.id))]


def find_watches(db: sa.Connection, space: Space, ids: Iterable[WatchId]) -> dict[WatchId, Watch]:
    """The watches with these numbers, as they are now; those that were removed are left out."""
    found = {}
    for some in portions(ids):
        for row in db.execute(sa.select(WATCHES).where(WATCHES.c.space == space, WATCHES.c.id.in_(some))):
            found[WatchId(row.id)] = _watch(row)
    return found


def watches_after(db: sa.Connection, space: Space, mark: int) -> list[Watch]:
    """The watches that were made after the one of that number, by number."""
    later = sa.select(WATCHES).where(WATCHES.c.space == space, WATCHES.c.id > mark)
    return [_watch(row) for row in db.execute(later.order_by(WATCHES.c.id))]


def newest_watch(db: sa.Connection, space: Space) -> int:
    """A number below or at which all watches of the Space lie that there are; later ones get higher ones."""
    return db.execute(sa.select(COUNTS.c.last_order).where(COUNTS.c.space == space)).scalar() or 0


def change_watch(db: sa.Connection, watch: Watch, new: NewWatch) -> Watch:
    """Let the watch tell in the manner of the new one; its topic stays, and so does what it holds and has learnt."""
    db.execute(WATCHES.update().where(_is(watch)).values(**_manner(new)))
    return find_watches(db, watch.space, [watch.id])[watch.id]


def mute_watch(db: sa.Connection, watch: Watch, until: datetime | None) -> None:
    """Let the watch tell nothing until then; None lets it tell again."""
    db.execute(WATCHES.update().where(_is(watch)).values(muted_until=until))


def remove_watch(db: sa.Connection, watch: Watch) -> None:
    """Forget the watch, with what was held for it and what its readers said of it."""
    held = sa.and_(MATCHES.c.space == watch.space, MATCHES.c.watch == watch.id, MATCHES.c.until.is_not(None))
    db.execute(MATCHES.delete().where(held))
    db.execute(FEEDBACK.delete().where(FEEDBACK.c.space == watch.space, FEEDBACK.c.about == f"watch {watch.id}"))
    db.execute(WATCHES.delete().where(_is(watch)))


def _manner(new: NewWatch) -> dict[str, object]:
    """What is kept of how a watch tells."""
    return {
        "cadence": new.cadence,
        "zone": new.zone.key,
        "quiet_from": new.quiet and f"{new.quiet.start:%H:%M}",
        "quiet_to": new.quiet and f"{new.quiet.end:%H:%M}",
        "quiet_lets": new.quiet_lets,
        "ping": new.ping,
    }


def _in_channel(place: Place) -> sa.ColumnElement[bool]:
    return sa.and_(
        WATCHES.c.space == place.space, WATCHES.c.platform == place.platform, WATCHES.c.channel == place.channel
    )


def _is(watch: Watch) -> sa.ColumnElement[bool]:
    return sa.and_(WATCHES.c.space == watch.space, WATCHES.c.id == watch.id)


@lru_cache(maxsize=defaults.WATCHES_REMEMBERED)
def _watch(row: sa.Row[tuple[object, ...]]) -> Watch:
    """The watch that the row holds; the very same for the same row, so that it is soon seen that nothing changed."""
    is_quiet = row.quiet_from is not None
    return Watch(
        id=row.id,
        place=Place(platform=row.platform, space=row.space, channel=row.channel, thread=row.thread),
        topic=row.topic,
        topic_key=row.topic_key,
        zone=ZoneInfo(row.zone),
        cadence=row.cadence,
        quiet=QuietHours(start=time.fromisoformat(row.quiet_from), end=time.fromisoformat(row.quiet_to))
        if is_quiet
        else None,
        quiet_lets=row.quiet_lets,
        an_hour=row.an_hour,
        ping=row.ping,
        made=row.made,
        made_by=row.made_by,
        muted_until=row.muted_until,
    )
