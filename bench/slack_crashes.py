"""End a desk at each point of sending and recovering, with Slack's real client; count what its channels then have.

    python -m bench.slack_crashes [--seeds 40] [--first-seed 1] [--point "mid settle"]

The fake Slack answers some calls with faults, or not at all, before or after it has done what was asked. Time is made
up. Prints every run in which something was lost or doubled, with the options that repeat it.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bench.endings import ASKED, POINTS, SENDING, Ending, Outcome, deliver_all, program_of
from bench.simulation.life import Fate, Life, LifeTasks, Over, archive_of
from bot.archive.archive import Archive, Db
from bot.archive.deliveries import find_deliveries, first_receipt, owe_delivery
from bot.desk.outbox import Outbox
from bot.news.article import Space
from bot.news.delivery import Delivery, Owed
from bot.news.place import Place
from handlers.layout.elements import Layout, Paragraph, Words
from handlers.slack.calls import Calls, open_client
from handlers.slack.messages import Message, messages_of
from handlers.slack.payload import freeze
from handlers.slack.pictures import Pictures
from handlers.slack.post import SlackPoster
from handlers.slack.throttle import Throttle
from handlers.slack.voice import Voice
from tests.slack.fake import FakeSlack
from tests.slack.world import BOT_TOKEN

_SPACE = Space("slack-T0FAKE")
_CHANNELS = ("C0NEWS", "C0SECOND", "C0THIRD")
_PARTS = (1, 2, 3)
_TIMES = 3
_SHARE = 0.35  # of calls that go wrong
_STEP = timedelta(seconds=5)
_ARRIVES = 0.05  # real seconds for which a request is under way whose sender is gone
_POSTS_GO_WRONG: tuple[dict[str, Any], ...] = (
    {"retry_after": 2},
    {"error": "rate_limited"},
    {"http": 503, "body": "<html>"},
    {"http": 502, "after": True},
    {"drop": True},
    {"drop": True, "after": True},
    {"error": "internal_error"},
    {"error": "fatal_error", "after": True},
)
_UNHEARD: dict[str, dict[str, Any]] = {
    "half written": {"drop": True},
    "written": {"delay": _ARRIVES},
    "accepted": {"drop": True, "after": True},
}
_LOOKUPS_GO_WRONG: tuple[dict[str, Any], ...] = (
    {"retry_after": 3},
    {"http": 502},
    {"drop": True},
    {"error": "timeout"},
)


@dataclass(kw_only=True, slots=True)
class MadeUpTime:
    """A clock that goes on only when it is told to."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def read(self) -> datetime:
        """What it shows."""
        return self.now

    def seconds(self) -> float:
        """The same as seconds."""
        return self.now.timestamp()

    def go_on(self) -> None:
        """Let a step of it pass."""
        self.now += _STEP


class HastySlack(FakeSlack):
    """The fake Slack by that clock."""

    time: MadeUpTime

    def _ts(self) -> str:
        self._last_ts = max(self._last_ts + 1, int(self.time.seconds() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"


@dataclass(frozen=True, kw_only=True)
class MortalCalls(Calls):
    """Calls of one life, some of which go wrong."""

    life: Ending
    slack: FakeSlack
    chance: Random
    tried: set[str]

    async def call(self, space: Space, method: str, **named: object) -> dict[str, Any]:
        """See Calls; the desk may be ended while it calls."""
        self.life.require()
        is_again = False
        if method == "chat.postMessage":
            self.life.passed("before connect")
            is_again = _marker(named) in self.tried
            self.tried.add(_marker(named))
            for step, trouble in _UNHEARD.items():
                if self.life.ends_at(step):
                    await self._call_unheard(trouble, space, method, **named)
                self.life.passed(step)
        self.slack.faults.clear()  # of calls that never began
        if self.chance.random() < _SHARE:
            wrong = _POSTS_GO_WRONG if method == "chat.postMessage" else _LOOKUPS_GO_WRONG
            self.slack.fault(method, **self.chance.choice(wrong))
        answer = await super().call(space, method, **named)
        if is_again:
            self.life.passed("posted again")
        return answer

    async def _call_unheard(self, trouble: dict[str, Any], space: Space, method: str, **named: object) -> None:
        """The last thing that the desk does: it calls, and hears no answer."""
        self.slack.fault(method, **trouble)
        self.slack.faults.insert(0, self.slack.faults.pop())
        calling = asyncio.create_task(super().call(space, method, **named))
        await asyncio.wait([calling], timeout=_ARRIVES / 2)
        calling.cancel()
        await asyncio.wait([calling])


class Run:
    """A workspace in which several deliveries are owed, and desks that end one after the other."""

    def __init__(self, point: str, seed: int, folder: Path) -> None:
        self._point, self._folder = point, folder
        self._chance, self._time = Random(f"{point} {seed}"), MadeUpTime()
        self._ended, self._tried = False, set[str]()

    async def go(self) -> Outcome:
        """Let a desk live until it is ended, and another one to the end."""
        async with HastySlack() as slack, aiohttp.ClientSession() as session:
            slack.time = self._time
            for channel in _CHANNELS[1:]:
                slack.add_channel(channel, channel.lower(), ["U0BOT"])
            with archive_of(Life()).open(self._folder) as archive:
                self._owe(archive)
            most = _TIMES if self._point in SENDING else 1
            fates = [Fate(step=self._point, time=self._chance.randint(1, most)), None]
            if self._chance.random() < _SHARE:
                fates.insert(1, Fate(step=self._chance.choice(POINTS)))
            for fate in fates:
                await self._live(Ending(fate), slack, session)
                await asyncio.sleep(_ARRIVES)
            with archive_of(Life()).open(self._folder) as archive:
                return self._judge(archive.read_now(_all_deliveries), slack.messages(bot=True))

    def _judge(self, deliveries: Sequence[Delivery], messages: Sequence[Mapping[str, Any]]) -> Outcome:
        counted = Counter(map(_marker, messages))
        by_marker = {_marker(message): message for message in messages}
        firsts = {one.key: by_marker[one.marker]["ts"] for one in deliveries if one.part == 1 and counted[one.marker]}
        further = [one for one in deliveries if one.part > 1 and counted[one.marker] and one.key in firsts]
        return Outcome(
            lost=tuple(one.marker for one in deliveries if one.state not in ASKED and not counted[one.marker]),
            doubled=tuple(marker for marker, count in counted.items() if count > 1),
            astray=tuple(one.marker for one in further if by_marker[one.marker].get("thread_ts") != firsts[one.key]),
            asked=sum(one.state in ASKED for one in deliveries),
            was_ended=self._ended,
        )

    def _owe(self, archive: Archive) -> None:
        """Owe to each channel something in parts, and something else."""
        now = self._time.now
        for number, (channel, parts) in enumerate(zip(_CHANNELS, _PARTS, strict=True)):
            place = Place(platform="slack", space=_SPACE, channel=channel)
            for key, texts in ((f"digest:{number}", parts), (f"alert:{number}", 1)):
                payloads = tuple(freeze(_message(f"{key} {part}")) for part in range(texts))
                owed = Owed(place=place, cause="digest", key=key, payloads=payloads, due=now)
                archive.write_now(owe_delivery, owed, now)

    async def _live(self, life: Ending, slack: FakeSlack, session: aiohttp.ClientSession) -> None:
        """One life, until it ends or everything is sent."""
        archive, tasks = archive_of(life).open(self._folder), LifeTasks(life)
        try:
            await self._deliver(life, archive, tasks, slack, session)
        except Over:
            self._ended = True
        finally:
            tasks.end()
            await asyncio.sleep(0)
            archive.close()

    async def _deliver(
        self, life: Ending, archive: Archive, tasks: LifeTasks, slack: FakeSlack, session: aiohttp.ClientSession
    ) -> None:
        async def client_of(space: Space) -> AsyncWebClient:
            return open_client(BOT_TOKEN, slack.api_url, session)

        calls = MortalCalls(
            client_of=client_of,
            throttle=Throttle(self._time.seconds),
            life=life,
            slack=slack,
            chance=self._chance,
            tried=self._tried,
        )
        voice = Voice(calls=calls, pictures=Pictures(calls=calls, draw=lambda _trend: b""), clock=self._time.read)
        poster = SlackPoster(voice=voice, first_part=lambda space, marker: archive.read(first_receipt, space, marker))
        outbox = Outbox(
            archive=archive,
            posters={"slack": poster},
            tasks=tasks,
            clock=self._time.read,
            monotonic=self._time.seconds,
            passed=life.passed,
        )
        await deliver_all(outbox, life, lambda: archive.read_now(_all_deliveries), self._time.go_on)


def run(point: str, seed: int, folder: Path) -> Outcome:
    """How the run went. The folder holds an archive of its own."""
    return asyncio.run(Run(point, seed, folder).go())


program = program_of("bench.slack_crashes", run)


def _message(sentence: str) -> Message:
    (message,) = messages_of(Layout(summary=sentence, elements=(Paragraph(line=(Words(text=sentence),)),)))
    return message


def _marker(message: Mapping[str, Any]) -> str:
    return str(message["metadata"]["event_payload"]["marker"])


def _all_deliveries(db: Db) -> list[Delivery]:
    return [
        one
        for number in range(len(_CHANNELS))
        for key in (f"digest:{number}", f"alert:{number}")
        for one in find_deliveries(db, _SPACE, key)
    ]


if __name__ == "__main__":
    program()
