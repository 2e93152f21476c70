"""Measure how soon the desk answers in Slack, and what becomes of a flood of events.

    python -m bench.talking [--passages 50000] [--minutes 10] [--quick]

A made-up Slack in this process hands events to a desk in another one, through the real library and a socket. First
questions one at a time; then a flood, and a steady stream, in both of which one event in ten is a question and the
others are what people say to each other. Prints the figures and writes them to docs/load.md. Nothing else should run
meanwhile.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bench.archives import PASSAGES_AN_ARTICLE, draw_questions, write_articles
from bench.figures import Measured, show_lines
from bench.load_page import PAGE, lines_of, write_figures
from bench.making import make_archive
from bench.timing import spread
from tests.slack.fake import FakeSlack
from tests.slack.world import BOT_USER

_SEED = 20250416
_ALONE = 100
_FLOOD_SECONDS, _FLOOD_A_SECOND = 10, 200
_STREAM_A_SECOND = 50
_ASKED_OF = 10
_CHANNELS = 40
_VECTOR_SECONDS = 2.0
_PATIENCE_SECONDS = 600.0
_ME = "U0ALICE"
_SIGNS = ("assistant.threads.setStatus", "reactions.add")
_ANSWERS = ("chat.postMessage",)

program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@program.command()
def main(
    passages: Annotated[int, typer.Option(help="Passages that the desk has read.")] = 50_000,
    minutes: Annotated[float, typer.Option(help="How long the steady stream goes on.")] = 10.0,
    quick: Annotated[bool, typer.Option("--quick", help="A tenth of it; no page is written.")] = False,
    page: Annotated[Path, typer.Option(help="The page to write.")] = PAGE,
) -> None:
    """Measure, print the figures, write the page. Exit status 1 where a mark was missed."""
    began = time.monotonic()
    if quick:
        passages, minutes = passages // 10, minutes / 10
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        articles = Path(folder) / "articles.jsonl"
        write_articles(_SEED, passages // PASSAGES_AN_ARTICLE, articles)
        make_archive(data, articles, _VECTOR_SECONDS)
        measured = asyncio.run(_measure(data, minutes))
    seconds = time.monotonic() - began
    lines = [line for name, figures in measured.items() for line in lines_of(name, figures, seconds)]
    show_lines(Console(), lines)
    if not quick:
        write_figures(lines, page)
    if any(one.met is False for figures in measured.values() for one in figures):
        raise typer.Exit(1)


async def _measure(data: Path, minutes: float) -> dict[str, list[Measured]]:
    async with FakeSlack(mode="socket", retry_delays=(60.0, 300.0)) as slack, _desk(data, slack):
        talk = _Talk(slack=slack, questions=[one.question for one in draw_questions(_SEED, 500)])
        alone = await talk.one_at_a_time()
        flood = await talk.stream(_FLOOD_SECONDS, _FLOOD_A_SECOND)
        steady = await talk.stream(minutes * 60, _STREAM_A_SECOND)
    return {
        "questions in Slack": alone.figures("questions in Slack", signs="≤ 300", answers="≤ 1000"),
        "200 events a second": flood.figures("200 events a second", acks="≤ 1000"),
        "50 events a second": steady.figures("50 events a second", acks="≤ 1000"),
    }


@asynccontextmanager
async def _desk(data: Path, slack: FakeSlack) -> AsyncIterator[None]:
    """A desk that talks there, in a process of its own."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.talking_desk", str(data), slack.api_url)
    try:
        await slack.connected(within=120)
        yield
    finally:
        process.terminate()
        await process.wait()


@dataclass(kw_only=True, slots=True)
class _Told:
    """What became of what was said: milliseconds until acknowledged, seen to be heard, answered; what was lost."""

    acks: list[float]
    signs: list[float]
    answers: list[float]
    events: int
    lost: int

    def figures(self, name: str, *, acks: str = "", signs: str = "", answers: str = "") -> list[Measured]:
        """The figures, with the marks that are wanted of them."""
        ack, sign, answer = spread(self.acks), spread(self.signs), spread(self.answers)
        return [
            Measured(set=name, figure="events", ours=self.events),
            Measured(set=name, figure="acknowledged, p99, ms", ours=round(ack.p99), wanted=acks),
            Measured(set=name, figure="first visible sign, p95, ms", ours=round(sign.p95), wanted=signs),
            Measured(set=name, figure="whole answer, p95, ms", ours=round(answer.p95), wanted=answers),
            Measured(set=name, figure="lost", ours=self.lost, wanted="= 0"),
        ]


@dataclass(kw_only=True, slots=True)
class _Talk:
    """People who talk in the channels of the made-up Slack."""

    slack: FakeSlack
    questions: list[str]
    asked: int = 0

    def __post_init__(self) -> None:
        for number in range(_CHANNELS):
            self.slack.add_channel(self._channel(number), f"talk-{number}", [_ME, BOT_USER])

    async def one_at_a_time(self) -> _Told:
        """Questions, each when the one before is answered."""
        began, handed = time.time(), len(self.slack.deliveries)
        for _ in range(_ALONE):
            await self._answered({await self._ask()})
        await self.slack.idle()
        return self._told(began, handed)

    async def stream(self, seconds: float, a_second: int) -> _Told:
        """So many events in every second, then whatever it takes until all questions are answered."""
        began, handed, asked = time.time(), len(self.slack.deliveries), set[str]()
        for number in range(int(seconds * a_second)):
            await asyncio.sleep(max(0.0, began + number / a_second - time.time()))
            if number % _ASKED_OF == 0:
                asked.add(await self._ask())
            else:
                await self.slack.say(self._channel(number), _ME, "Who takes minutes today?")
        await self._answered(asked)
        await self.slack.idle()
        return self._told(began, handed)

    async def _ask(self) -> str:
        self.asked += 1
        question = self.questions[self.asked % len(self.questions)]
        return await self.slack.say(self._channel(self.asked), _ME, f"<@{BOT_USER}> {question}")

    def _channel(self, number: int) -> str:
        return f"C0TALK{number % _CHANNELS:02}"

    async def _answered(self, asked: set[str]) -> None:
        """Wait until all of them are, or nobody would wait any longer."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while asked - self._times(*_ANSWERS).keys() and time.monotonic() < end:  # noqa: ASYNC110  nobody tells us
            await asyncio.sleep(0.005)

    def _times(self, *methods: str) -> dict[str, float]:
        """When the desk first called one of the methods about each question, by its number in the channel."""
        calls = sorted((call for call in self.slack.calls if call["method"] in methods), key=lambda call: -call["at"])
        return {str(call["args"].get("thread_ts") or call["args"].get("timestamp")): call["at"] for call in calls}

    def _told(self, began: float, handed: int) -> _Told:
        said = [one for one in self.slack.log if not one.get("bot_id") and float(one["ts"]) >= began]
        asked = {one["ts"]: float(one["ts"]) for one in said if f"<@{BOT_USER}>" in one["text"]}
        signs, answers = self._times(*_SIGNS), self._times(*_ANSWERS)
        acked = {one["event_id"]: one for one in self.slack.deliveries[handed:]}.values()
        return _Told(
            acks=[one["seconds"] * 1000 for one in acked if one["outcome"] == "ok"],
            signs=[(signs[ts] - at) * 1000 for ts, at in asked.items() if ts in signs],
            answers=[(answers[ts] - at) * 1000 for ts, at in asked.items() if ts in answers],
            events=len(said),
            lost=len(asked.keys() - answers.keys()) + sum(one["outcome"] != "ok" for one in acked),
        )


if __name__ == "__main__":
    program()
