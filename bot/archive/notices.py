"""Notices: what whoever added a source has to be told."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.archive.schema import NOTICES
from bot.news.article import Space
from bot.news.source import Notice

_COLUMNS = tuple(NOTICES.c[name] for name in ("space", "key", "to", "sentence", "made"))

_NAMING_CHANNELS = ("closed:", "refused:", "held:")


def owe_notice(db: sa.Connection, notice: Notice) -> bool:
    """Whether the notice is owed from now on; one with its key was owed before otherwise, and nothing changes."""
    here = sa.and_(NOTICES.c.space == notice.space, NOTICES.c.key == notice.key)
    if db.execute(sa.select(NOTICES.c.key).where(here)).first():
        return False
    row = {"space": notice.space, "key": notice.key, "to": notice.to, "sentence": notice.sentence, "made": notice.made}
    db.execute(NOTICES.insert().values(row))
    return True


def untold_notices(db: sa.Connection, space: Space) -> list[Notice]:
    """The notices of the Space that nobody was told yet, oldest first."""
    wanted = sa.select(*_COLUMNS).where(NOTICES.c.space == space, NOTICES.c.told.is_(None))
    return [Notice(**row._mapping) for row in db.execute(wanted.order_by(NOTICES.c.made, NOTICES.c.key))]


def notices_of_sources(db: sa.Connection, space: Space) -> list[Notice]:
    """What the operator was not told yet about what the Space follows; for everybody: it names no channel."""
    untold = [notice for notice in untold_notices(db, space) if notice.to is None]
    return [notice for notice in untold if not notice.key.startswith(_NAMING_CHANNELS)]


def notices_to_people(db: sa.Connection, limit: int) -> list[Notice]:
    """The notices of all Spaces that are for somebody but the operator and were not told yet, oldest first."""
    wanted = sa.select(*_COLUMNS).where(NOTICES.c.told.is_(None), NOTICES.c.to.is_not(None))
    return [Notice(**row._mapping) for row in db.execute(wanted.order_by(NOTICES.c.made, NOTICES.c.key).limit(limit))]


def note_told(db: sa.Connection, space: Space, keys: Sequence[str], now: datetime) -> None:
    """Note that these notices have reached whom they were for."""
    db.execute(NOTICES.update().where(NOTICES.c.space == space, NOTICES.c.key.in_(keys)).values(told=now))
