"""Archives from which runs begin: one where the town has settled in, and one of an earlier form of the tables."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from bench.simulation.town import follow_feeds, settle_in
from bot.archive import engines, upgrade
from bot.archive.archive import Archive
from bot.desk.wire import Wire

_EARLIER = "0002"
_MIGRATIONS = Path(upgrade.__file__).with_name("migrations")


def make_settled(data: Path, url: str | None, platform: str, wire: Wire) -> None:
    """An archive in which the town has settled in."""
    with Archive.open(data, url) as archive:
        settle_in(archive, platform, wire)


def make_earlier(data: Path, url: str | None) -> None:
    """An archive of the form before the present one, in which the feeds are followed."""
    data.mkdir(parents=True, exist_ok=True)
    engine = (
        engines.postgresql_writers(engines.read_address(url)) if url else engines.sqlite_writer(data / "newsdesk.db")
    )
    with engine.begin() as db:
        _migrate(db)
        follow_feeds(db)
    engine.dispose()


def _migrate(db: sa.Connection) -> None:
    config = Config(attributes={"connection": db})
    config.set_main_option("script_location", str(_MIGRATIONS))
    command.upgrade(config, _EARLIER)
