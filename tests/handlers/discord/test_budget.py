"""How often the desk introduces itself to Discord, counted across restarts."""

from datetime import datetime, timedelta

from bot.archive.archive import Archive
from config import defaults
from handlers.discord.budget import take_identify
from tests.makes import NOW

HOUR = timedelta(hours=1)


def _wait(archive: Archive, at: datetime) -> timedelta:
    return archive.write_now(take_identify, at)


def test_a_day_takes_so_many_and_then_waits_for_the_next(archive: Archive) -> None:
    waits = [_wait(archive, NOW) for _ in range(defaults.DISCORD_IDENTIFIES)]
    assert set(waits) == {timedelta(0)}
    assert _wait(archive, NOW + HOUR) == timedelta(hours=defaults.DISCORD_IDENTIFIES_HOURS - 1)
    assert _wait(archive, NOW + timedelta(hours=defaults.DISCORD_IDENTIFIES_HOURS)) == timedelta(0)
