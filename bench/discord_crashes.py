"""End a desk at each point of sending and recovering, with the real client of Discord's REST interface.

    python -m bench.discord_crashes [--seeds 40] [--first-seed 1] [--point "mid settle"]

The made-up Discord answers some requests with faults, or not at all, before or after it has done what was asked. Time
is made up. A text channel, a thread and a forum are posted in. Prints every run in which something was lost or doubled.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from bench.endings import ASKED, POINTS, Ending, Outcome, deliver_all, program_of
from bench.simulation.life import Fate, LifeTasks, Over, archive_of
from bot.archive.archive import Archive
from bot.archive.deliveries import find_deliveries, owe_delivery
from bot.desk.outbox import Outbox
from bot.news.article import Space
from bot.news.delivery import Delivery, Owed
from bot.news.digest import PlainNotice
from bot.news.place import Place
from handlers.discord.message import is_marked
from handlers.discord.post import DiscordPoster
from handlers.discord.refusals import Refusals
from handlers.discord.rest import Answered, Request, Rest
from tests.fake_discord.rest import Fault
from tests.fake_discord.rig import TOKEN, Rig, open_rig

_PARTS = (1, 2, 3)
_SHARE = 0.3  # of requests that go wrong
_STEP = 5.0  # seconds
_ARRIVES = 0.05  # real seconds for which a request is under way whose sender is gone
_ZONE = ZoneInfo("UTC")
_GOES_WRONG = (
    Fault(kind="429", path="", retry_after=6),
    Fault(kind="429", path="", retry_after=9, scope="global"),
    Fault(kind="status", path="", status=503),
    Fault(kind="status_after", path="", status=502),
    Fault(kind="html", path="", status=502),
    Fault(kind="before", path=""),
    Fault(kind="after", path=""),
)


class MortalRest(Rest):
    """The requests of one life, some of which go wrong."""

    def __init__(self, rig: Rig, life: Ending, chance: Random, tried: set[str]) -> None:
        super().__init__(TOKEN, Refusals(lambda: _seconds(rig)), lambda: _seconds(rig))
        self._rig, self._life, self._chance, self._tried = rig, life, chance, tried

    async def ask(self, request: Request) -> Answered:
        """See Rest; the desk may be ended while it asks."""
        self._life.require()
        marker = str((request.body or {}).get("nonce", ""))
        is_again = marker in self._tried
        if marker:
            self._life.passed("before connect")
            self._tried.add(marker)
            for step in ("half written", "written", "accepted"):
                if self._life.ends_at(step):
                    await self._ask_unheard(step, request)
                self._life.passed(step)
        wrong = replace(self._chance.choice(_GOES_WRONG), path=request.path, method=request.method)
        if self._chance.random() < _SHARE:
            self._go_wrong(wrong)
        try:
            answered = await super().ask(request)
        finally:
            if wrong in self._rig.rest.faults:  # nothing was asked after all
                self._rig.rest.faults.remove(wrong)
        if is_again:
            self._life.passed("posted again")
        return answered

    async def _wait_for_turn(self, request: Request) -> None:
        """Nothing is waited for in made-up time."""

    async def _ask_unheard(self, step: str, request: Request) -> None:
        """The last thing that the desk does: it asks, and hears no answer. What is written arrives afterwards."""
        match step:
            case "half written":
                self._go_wrong(Fault(kind="before", path=request.path))
            case "accepted":
                self._go_wrong(Fault(kind="after", path=request.path))
            case _:
                late = Fault(kind="wait", path=request.path)
                self._go_wrong(late)
                asyncio.get_running_loop().call_later(_ARRIVES, late.until.set)
        asking = asyncio.create_task(super().ask(request))
        await asyncio.wait([asking], timeout=_ARRIVES / 2)
        asking.cancel()
        await asyncio.wait([asking])

    def _go_wrong(self, fault: Fault) -> None:
        self._rig.rest.faults.insert(0, fault)


class Run:
    """A server in which several deliveries are owed, and desks that end one after the other."""

    def __init__(self, point: str, seed: int, folder: Path) -> None:
        self._point, self._folder = point, folder
        self._chance = Random(f"{point} {seed}")
        self._ended, self._tried = False, set[str]()

    async def go(self) -> Outcome:
        """Let a desk live until it is ended, and another one to the end."""
        async with open_rig() as rig:
            space = Space(f"discord-{rig.world.guild}")
            with archive_of(Ending()).open(self._folder) as archive:
                self._owe(archive, rig, space)
            fates = [Fate(step=self._point, time=self._chance.randint(1, 3)), None]
            if self._chance.random() < _SHARE:
                fates.insert(1, Fate(step=self._chance.choice(POINTS)))
            for fate in fates:
                await self._live(Ending(fate), rig, space)
                await asyncio.sleep(2 * _ARRIVES)
                rig.rest.faults.clear()
            with archive_of(Ending()).open(self._folder) as archive:
                return self._judge(_all_deliveries(archive, space), rig)

    def _judge(self, deliveries: list[Delivery], rig: Rig) -> Outcome:
        """A post of a forum that was opened twice is doubled as well."""
        counted = Counter(_found(rig, [one.marker for one in deliveries]))
        named = Counter(channel.name or "" for channel in rig.world.backend.channels.values())
        opened_twice = [name for name, count in named.items() if "·" in name and count > 1]
        return Outcome(
            lost=tuple(one.marker for one in deliveries if one.state not in ASKED and not counted[one.marker]),
            doubled=(*(marker for marker, count in counted.items() if count > 1), *opened_twice),
            asked=sum(one.state in ASKED for one in deliveries),
            was_ended=self._ended,
        )

    def _owe(self, archive: Archive, rig: Rig, space: Space) -> None:
        """Owe to each channel something in parts, and something else."""
        poster = DiscordPoster(Rest(TOKEN, Refusals()), _draw_nothing, rig.world.clock.now)
        thread = rig.world.backend.create_thread(rig.world.channel("news"), "Harbour", owner_id=rig.world.bot_id)
        now = rig.world.clock.now()
        channels: tuple[int | str, ...] = ("news", "forum", thread.id)
        for number, (channel, parts) in enumerate(zip(channels, _PARTS, strict=True)):
            place = Place(platform="discord", space=space, channel=str(rig.world.channel(channel)))
            for key, count in ((f"digest:{number}", parts), (f"alert:{number}", 1)):
                told = (PlainNotice(sentence=f"{key} {part}") for part in range(count))
                payloads = tuple(payload for one in told for payload in poster.render(one, _ZONE))
                owed = Owed(place=place, cause="digest", key=key, payloads=payloads, due=now)
                archive.write_now(owe_delivery, owed, now)

    async def _live(self, life: Ending, rig: Rig, space: Space) -> None:
        """One life, until it ends or everything is sent."""
        archive, tasks = archive_of(life).open(self._folder), LifeTasks(life)
        rest = MortalRest(rig, life, self._chance, self._tried)
        try:
            outbox = Outbox(
                archive=archive,
                posters={"discord": DiscordPoster(rest, _draw_nothing, rig.world.clock.now)},
                tasks=tasks,
                clock=rig.world.clock.now,
                monotonic=lambda: _seconds(rig),
                passed=life.passed,
            )
            go_on = partial(rig.world.clock.advance, _STEP)
            await deliver_all(outbox, life, lambda: _all_deliveries(archive, space), go_on)
        except Over:
            self._ended = True
        finally:
            tasks.end()
            await asyncio.sleep(0)
            await rest.close()
            archive.close()


def run(point: str, seed: int, folder: Path) -> Outcome:
    """How the run went. The folder holds an archive of its own."""
    return asyncio.run(Run(point, seed, folder).go())


program = program_of("bench.discord_crashes", run)


def _found(rig: Rig, owed: list[str]) -> Iterator[str]:
    """The marker of each message of the desk that has one, in all channels."""
    for messages in rig.world.backend.messages.values():
        for message in messages.values():
            yield from (marker for marker in owed if is_marked({"components": message.components}, marker))


def _all_deliveries(archive: Archive, space: Space) -> list[Delivery]:
    keys = [f"{cause}:{number}" for number in range(len(_PARTS)) for cause in ("digest", "alert")]
    return [one for key in keys for one in archive.read_now(find_deliveries, space, key)]


def _seconds(rig: Rig) -> float:
    now: datetime = rig.world.clock.now()
    return now.timestamp()


def _draw_nothing(_: object) -> bytes:
    return b""


if __name__ == "__main__":
    program()
