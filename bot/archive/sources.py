"""The sources that were noted: what is to be read, by name and address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.archive.kept import portions
from bot.archive.schema import SOURCES, short_key
from bot.news.article import Space


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A place to read, and when it was noted."""

    name: str
    address: str
    added: datetime


def note_sources(db: sa.Connection, space: Space, named: Sequence[tuple[str, str]], now: datetime) -> list[Source]:
    """The sources that were not noted yet, of these names and addresses; an address that is known is left as it is."""
    wanted = {short_key(address): Source(name=name, address=address, added=now) for name, address in reversed(named)}
    for some in portions(list(wanted)):
        known = sa.select(SOURCES.c.key).where(SOURCES.c.space == space, SOURCES.c.key.in_(some))
        for key in db.execute(known).scalars():
            del wanted[key]
    fresh = [(key, source) for key, source in reversed(wanted.items())]
    if fresh:
        db.execute(
            SOURCES.insert(),
            [
                {"space": space, "key": key, "name": source.name, "address": source.address, "added": source.added}
                for key, source in fresh
            ],
        )
    return [source for _key, source in fresh]


def list_sources(db: sa.Connection, space: Space) -> list[Source]:
    """The sources noted in the Space, by name."""
    rows = db.execute(
        sa.select(SOURCES.c.name, SOURCES.c.address, SOURCES.c.added)
        .where(SOURCES.c.space == space)
        .order_by(SOURCES.c.name, SOURCES.c.address)
    )
    return [Source(name=name, address=address, added=added) for name, address, added in rows]
