"""Moving: a channel that its platform knows by another name from now on."""

from dataclasses import replace

import sqlalchemy as sa

from bot.archive.schema_chat import ANSWERS
from bot.archive.schema_due import CLOSED, DELIVERIES, MUTES, SUBSCRIPTIONS, TOLD, WATCHES
from bot.news.place import Place

_KEPT_BY_CHANNEL = (SUBSCRIPTIONS, WATCHES, DELIVERIES, TOLD, MUTES, ANSWERS)


def move_place(db: sa.Connection, place: Place, channel: str) -> Place:
    """The place under its new name, with all that comes there, is owed there and was said there."""
    db.execute(CLOSED.delete().where(_is(CLOSED, place)))  # whatever it said was about the old name
    for table in _KEPT_BY_CHANNEL:
        db.execute(table.update().where(_is(table, place)).values(channel=channel))
    return replace(place, channel=channel)


def _is(table: sa.Table, place: Place) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.space == place.space, table.c.platform == place.platform, table.c.channel == place.channel)
