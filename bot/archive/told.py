"""What digests have told: which stories a channel has heard of, how far they had come, and why they stood there."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.archive.kept import portions
from bot.archive.rows import insert_rows
from bot.archive.schema_due import DELIVERIES, TOLD
from bot.news.article import Space
from bot.news.digest import DigestItem, Ranking
from bot.news.place import Place
from bot.news.story import StoryId
from bot.news.subscription import Subscription

Lines = Mapping[StoryId, Mapping[StoryId, int]]
"""By story, all that were merged into it, each with how far the story had come by then."""

_NEVER_POSTED = ("dropped", "dead")
_PARTS = sa.select(DELIVERIES.c.id).where(DELIVERIES.c.space == TOLD.c.space, DELIVERIES.c.key == TOLD.c.key)
# Nothing of the digest was posted or ever will be.
_LOST = sa.and_(
    _PARTS.where(DELIVERIES.c.state.in_(_NEVER_POSTED)).exists(),
    ~_PARTS.where(DELIVERIES.c.state.not_in(_NEVER_POSTED)).exists(),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A story as a digest told it: how far it had come, at which position, counted from 1, and why there."""

    key: str
    story: StoryId
    development: int
    position: int
    ranking: Ranking
    at: datetime


def note_told_stories(
    db: sa.Connection, subscription: Subscription, key: str, items: Sequence[DigestItem], now: datetime
) -> None:
    """Keep what the digest of that key tells, in its order."""
    place = subscription.place
    rows = [
        {
            "space": place.space,
            "key": key,
            "story": item.story,
            "subscription": subscription.id,
            "platform": place.platform,
            "channel": place.channel,
            "development": item.development,
            "position": position,
            "rank": json.dumps({"score": item.ranking.score, "parts": item.ranking.parts}),
            "at": now,
        }
        for position, item in enumerate(items, start=1)
    ]
    insert_rows(db, TOLD, rows)


def heard_in(
    db: sa.Connection, place: Place, stories: Iterable[StoryId], lines: Lines, but: Collection[str] = ()
) -> dict[StoryId, int]:
    """How far the channel has heard of those of the stories that digests told there; `lines` are their lineages.

    Whatever is on its way counts; digests that were never posted, and those with these keys, are left out. Who heard of
    a story that was merged has heard of the one in which it lives on.
    """
    into = {gone: (story, come_to) for story, line in lines.items() for gone, come_to in line.items()}
    heard: dict[StoryId, int] = {}
    for some in portions([*stories, *into]):
        rows = sa.select(TOLD.c.story, sa.func.max(TOLD.c.development).label("development"))
        rows = rows.where(_in_channel(place), TOLD.c.story.in_(some), TOLD.c.key.not_in(but), ~_LOST)
        for row in db.execute(rows.group_by(TOLD.c.story)):
            story, development = into.get(row.story, (row.story, row.development))
            heard[story] = max(heard.get(story, 0), development)
    return heard


def followed_by(db: sa.Connection, subscription: Subscription, stories: Iterable[StoryId]) -> set[StoryId]:
    """Those of the stories that its digests told more than once: the reader has followed them."""
    followed: set[StoryId] = set()
    for some in portions(stories):
        rows = sa.select(TOLD.c.story).where(
            _in_channel(subscription.place),
            TOLD.c.story.in_(some),
            TOLD.c.subscription == subscription.id,
            ~_LOST,
        )
        followed.update(db.execute(rows.group_by(TOLD.c.story).having(sa.func.count() > 1)).scalars())
    return followed


def told_in(db: sa.Connection, place: Place, story: StoryId) -> list[Told]:
    """Where and why digests told the story in the channel, oldest first."""
    rows = sa.select(TOLD).where(_in_channel(place), TOLD.c.story == story).order_by(TOLD.c.at, TOLD.c.key)
    return [_told(row) for row in db.execute(rows)]


def told_by(db: sa.Connection, space: Space, key: str) -> list[Told]:
    """The stories that the digest of that key told, in its order."""
    rows = sa.select(TOLD).where(TOLD.c.space == space, TOLD.c.key == key).order_by(TOLD.c.position)
    return [_told(row) for row in db.execute(rows)]


def _in_channel(place: Place) -> sa.ColumnElement[bool]:
    return sa.and_(TOLD.c.space == place.space, TOLD.c.platform == place.platform, TOLD.c.channel == place.channel)


def _told(row: sa.Row[tuple[object, ...]]) -> Told:
    found = row._mapping
    return Told(
        key=found[TOLD.c.key],
        story=found[TOLD.c.story],
        development=found[TOLD.c.development],
        position=found[TOLD.c.position],
        ranking=Ranking(**json.loads(found[TOLD.c.rank])),
        at=found[TOLD.c.at],
    )
