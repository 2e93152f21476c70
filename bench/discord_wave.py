"""Post digests for very many channels of Discord that are all due at one moment, within Discord's limits.

    python -m bench.discord_wave [--digests 2000] [--servers 200]

The made-up Discord takes fifty requests a second and five messages in five seconds in a channel, as the real one does,
and counts every request that it refuses. Every digest has two messages.
"""

import asyncio
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from bot.archive.archive import Archive
from bot.archive.deliveries import owe_many
from bot.archive.settling import Settlement
from bot.desk.deliver import Deliverer
from bot.desk.outbox import Outbox
from bot.news.article import Space
from bot.news.delivery import Owed
from bot.news.digest import PlainNotice
from bot.news.place import Place
from bot.schedule import Ticker, Workers
from config import defaults
from handlers.discord.post import DiscordPoster
from handlers.discord.refusals import Refusals
from handlers.discord.rest import Rest
from tests.fake_discord.rig import TOKEN, Rig, open_rig

_A_CHANNEL = ("POST", "/channels/*/messages", 5, 5.0)
_PARTS = ("What is new since yesterday: three stories, and one that moved.", "Sources of what is told above.")
_PATIENCE = 600.0  # seconds
_CHECK_EVERY = 50  # requests are looked at by Discord's description, which takes longer than all the rest

program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wave:
    """How it went: messages owed and there, requests and those that were refused, and how long it took."""

    owed: int
    posted: int
    doubled: int
    requests: int
    refused: int
    seconds: float

    @property
    def is_sound(self) -> bool:
        """Whether all of it is there once, and nothing was refused."""
        return (self.posted, self.doubled, self.refused) == (self.owed, 0, 0)

    def said(self) -> str:
        """It in a line."""
        return (
            f"{self.posted} of {self.owed} messages ({self.doubled} twice), {self.requests} requests, "
            f"{self.refused} refused, {self.seconds:.1f} s, {self.posted / self.seconds:.0f} a second"
        )


async def post_wave(digests: int, servers: int, folder: Path) -> Wave:
    """Owe so many digests in channels of so many servers, and post them until nothing is owed any more."""
    async with open_rig() as rig:
        rig.rest.limits, rig.rest.check_every = [_A_CHANNEL], _CHECK_EVERY
        rest = Rest(TOKEN, Refusals())
        poster = DiscordPoster(rest, draw=lambda trend: b"", clock=_now)
        with Archive.open(folder) as archive:
            owed = _owe(archive, poster, rig, digests, servers)
            began = time.monotonic()
            await _post_all(archive, poster, owed)
            seconds = time.monotonic() - began
        await rest.close()
        messages = [len(some) for some in rig.world.backend.messages.values()]
        statuses = [asked.status for asked in rig.rest.asked]
    return Wave(
        owed=owed,
        posted=sum(messages),
        doubled=sum(count > len(_PARTS) for count in messages),
        requests=len(statuses),
        refused=sum(status >= 400 for status in statuses),
        seconds=seconds,
    )


async def _post_all(archive: Archive, poster: DiscordPoster, owed: int) -> None:
    """Go on until so much is sent."""
    workers, sent, done = Workers(), list[Settlement](), asyncio.Event()

    def note(settlement: Settlement) -> None:
        if settlement.state == "sent":
            sent.append(settlement)
        if len(sent) == owed:
            done.set()

    outbox = Outbox(archive=archive, posters={poster.platform: poster}, tasks=workers, clock=_now, told=note)
    deliverer = Deliverer(outbox)
    ticker = Ticker(lambda _work: None)
    ticker.every(defaults.DELIVERY_TICK_SECONDS, "delivering", deliverer.begin_due)
    ticker.start()
    with suppress(TimeoutError):
        await asyncio.wait_for(done.wait(), _PATIENCE)
    ticker.stop()
    await deliverer.stop()


def _owe(archive: Archive, poster: DiscordPoster, rig: Rig, digests: int, servers: int) -> int:
    """How many messages are owed."""
    payloads = tuple(poster.render(PlainNotice(sentence=part), ZoneInfo("UTC"))[0] for part in _PARTS)
    now, owed = _now(), 0
    for number in range(servers):
        space, channels = Space(f"discord-{number}"), rig.world.add_server(f"Server {number}", digests // servers)
        places = [Place(platform="discord", space=space, channel=str(channel)) for channel in channels]
        some = [
            Owed(place=place, cause="digest", key=f"digest:{at}", payloads=payloads, due=now)
            for at, place in enumerate(places)
        ]
        archive.write_now(owe_many, space, some, now)
        owed += len(some) * len(payloads)
    return owed


def _now() -> datetime:
    return datetime.now(UTC)


@program.command()
def main(
    digests: Annotated[int, typer.Option(help="Digests that are due at one moment.")] = 2_000,
    servers: Annotated[int, typer.Option(help="Servers that they are for.")] = 200,
) -> None:
    """Post them and print how it went. Exit status 1 where anything was refused, lost or doubled."""
    with tempfile.TemporaryDirectory() as folder:
        wave = asyncio.run(post_wave(digests, servers, Path(folder)))
    Console().print(wave.said(), markup=False)
    if not wave.is_sound:
        raise typer.Exit(1)


if __name__ == "__main__":
    program()
