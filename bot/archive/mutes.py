"""The mutes: stories that channels want to hear no more of."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from bot.archive.kept import portions
from bot.archive.schema_due import MUTES
from bot.news.article import Space
from bot.news.place import Place
from bot.news.story import StoryId


def mute_story(db: sa.Connection, place: Place, story: StoryId, by: str | None, now: datetime) -> bool:
    """Whether the channel hears no more of the story from now on; False where it did not already."""
    if db.execute(sa.select(MUTES.c.story).where(_is(place, story))).first():
        return False
    row = {"space": place.space, "platform": place.platform, "channel": place.channel, "story": story}
    db.execute(MUTES.insert().values(**row, muted=now, by=by))
    return True


def unmute_story(db: sa.Connection, place: Place, story: StoryId) -> bool:
    """Whether the channel hears of the story again; False where it always did."""
    return db.execute(MUTES.delete().where(_is(place, story))).rowcount > 0


def muted_stories(db: sa.Connection, space: Space, stories: Iterable[StoryId]) -> set[tuple[str, str, StoryId]]:
    """Which of the stories are muted where: platform, channel and story."""
    found: set[tuple[str, str, StoryId]] = set()
    for some in portions(stories):
        rows = sa.select(MUTES.c.platform, MUTES.c.channel, MUTES.c.story).where(
            MUTES.c.space == space, MUTES.c.story.in_(some)
        )
        found |= {(row.platform, row.channel, StoryId(row.story)) for row in db.execute(rows)}
    return found


def _is(place: Place, story: StoryId) -> sa.ColumnElement[bool]:
    return sa.and_(
        MUTES.c.space == place.space,
        MUTES.c.platform == place.platform,
        MUTES.c.channel == place.channel,
        MUTES.c.story == story,
    )
