"""The installations: workspaces in which people of their own have let the desk in, and its tokens there."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.archive.schema_chat import BEGUN, INSTALLATIONS
from bot.news.article import Space
from config import defaults


@dataclass(frozen=True, kw_only=True, slots=True)
class Installation:
    """Where the desk is installed: the platform's name for the team, and the tokens, `sealed`.

    `expires` is when the token that is used ends; None where it never does.
    """

    space: Space
    platform: str
    team: str
    name: str
    sealed: str = field(repr=False)
    expires: datetime | None
    installed: datetime
    installed_by: str | None


def keep_installation(db: sa.Connection, installation: Installation) -> None:
    """Keep it; an earlier one of the same Space on the platform is replaced."""
    drop_installation(db, installation.space, installation.platform)
    db.execute(INSTALLATIONS.insert().values({name: getattr(installation, name) for name in Installation.__slots__}))


def find_installation(db: sa.Connection, space: Space, platform: str) -> Installation | None:
    """The installation of the Space on the platform; None where there is none."""
    row = db.execute(sa.select(INSTALLATIONS).where(_is(space, platform)).with_for_update()).one_or_none()
    return Installation(**row._mapping) if row else None


def list_installations(db: sa.Connection, platform: str) -> list[Installation]:
    """Every installation on the platform, the oldest first."""
    wanted = sa.select(INSTALLATIONS).where(INSTALLATIONS.c.platform == platform)
    rows = db.execute(wanted.order_by(INSTALLATIONS.c.installed, INSTALLATIONS.c.space))
    return [Installation(**row._mapping) for row in rows]


def drop_installation(db: sa.Connection, space: Space, platform: str) -> bool:
    """Whether there was one; its tokens are gone."""
    return db.execute(INSTALLATIONS.delete().where(_is(space, platform))).rowcount > 0


def begin_installation(db: sa.Connection, state: str, now: datetime) -> None:
    """Note that somebody has set out to install the desk. What was begun long ago is forgotten."""
    db.execute(BEGUN.delete().where(BEGUN.c.begun < now - timedelta(minutes=defaults.INSTALLING_MINUTES)))
    db.execute(BEGUN.insert().values(state=state, begun=now))


def end_installation(db: sa.Connection, state: str, now: datetime) -> bool:
    """Whether it was begun, not long ago, and has not ended before: each comes back once."""
    fresh = BEGUN.c.begun >= now - timedelta(minutes=defaults.INSTALLING_MINUTES)
    return db.execute(BEGUN.delete().where(BEGUN.c.state == state, fresh)).rowcount > 0


def _is(space: Space, platform: str) -> sa.ColumnElement[bool]:
    return sa.and_(INSTALLATIONS.c.space == space, INSTALLATIONS.c.platform == platform)
