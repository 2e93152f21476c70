"""A poster for that platform: what the desk is told of each answer, and of none."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Literal, Protocol
from zoneinfo import ZoneInfo

from bench.platform.gate import Gate
from bench.platform.platform import Answer, Request
from bench.platform.rules import Rules
from bot.errors import CannotSee, MaybePosted, NotPosted, PlaceClosed, PostRefused, SpaceClosed
from bot.news.briefing import Point
from bot.news.digest import Alert, AlertBatch, CorrectionNote, Digest, Dispatch, PlainNotice
from bot.news.place import Place

SendStep = Literal["before connect", "half written", "written", "replied", "posted again"]

_REPOST_SHARE = 1 / 3  # how much of what the platform remembers is relied on


class Unreached(Exception):
    """Nothing was sent."""


class Unanswered(Exception):
    """It was sent, or some of it, and no answer came."""


class Line(Protocol):
    """The connection to a platform."""

    async def ask(self, request: Request) -> Answer:
        """The answer; Unreached or Unanswered where there is none."""


def _ignore(_: SendStep) -> None:
    pass


class DirectLine:
    """A line inside this process. What was sent arrives, also when whoever sent it is no more, as `is_gone` says.

    `passed` hears of every step of a post, where tests let its sender end.
    """

    ON_ITS_WAY: ClassVar[str] = "on its way"
    """The name of the tasks in which requests go on without their sender."""

    def __init__(
        self, gate: Gate, passed: Callable[[SendStep], None] = _ignore, is_gone: Callable[[], bool] = lambda: False
    ) -> None:
        self._gate, self._passed, self._is_gone = gate, passed, is_gone

    async def ask(self, request: Request) -> Answer:
        """See Line."""
        passed = self._passed if request.ask == "post" else _ignore
        passed("before connect")
        drawn = self._gate.draw(request)
        if drawn.trouble == "unreachable":
            raise Unreached
        passed("half written")  # of half a request the platform takes nothing
        answering = asyncio.create_task(self._gate.answer(request, drawn, self._is_gone), name=self.ON_ITS_WAY)
        passed("written")
        answer = await asyncio.shield(answering)
        if answer is None:
            raise Unanswered
        if answer.kind == "taken":
            passed("posted again" if drawn.again else "replied")
        return answer


@dataclass(frozen=True, kw_only=True, slots=True)
class FakePoster:
    """Posts on the platform, and says what became of it as the platform's own poster would."""

    rules: Rules
    line: Line

    @property
    def platform(self) -> str:
        """See Poster."""
        return self.rules.name

    @property
    def repost_seconds(self) -> float:
        """See Poster."""
        return self.rules.remembers * _REPOST_SHARE

    @property
    def channel_seconds(self) -> float:
        """See Poster."""
        return self.rules.channel_seconds

    @property
    def posts_a_second(self) -> float:
        """See Poster."""
        return self.rules.posts_a_second

    def render(self, dispatch: Dispatch, zone: ZoneInfo) -> tuple[str, ...]:
        """Its words, in as many messages as they need."""
        lines = [line.replace("@", "＠").replace("<", "‹") for line in _lines_of(dispatch)]
        parts = [""]
        for line in lines:
            if parts[-1] and len(parts[-1]) + len(line) > self.rules.long:
                parts.append("")
            parts[-1] = f"{parts[-1]}\n{line}".strip()[: self.rules.characters]
        return tuple(parts)

    async def post(self, place: Place, payload: str, marker: str) -> str:
        """See Poster."""
        request = Request(
            ask="post", space=place.space, channel=place.channel, thread=place.thread, marker=marker, text=payload
        )
        try:
            answer = await self.line.ask(request)
        except Unreached:
            raise NotPosted(f"{self.platform} cannot be reached.") from None
        except Unanswered:
            raise MaybePosted(f"the connection to {self.platform} broke off.") from None
        match answer.kind:
            case "limited":
                wait = timedelta(seconds=answer.retry_after)
                raise NotPosted(f"{self.platform} takes no more for {answer.retry_after:.1f} s.", retry_after=wait)
            case "refused":
                raise PostRefused(f"{self.platform} does not take this message.")
            case "closed":
                raise PlaceClosed(f"nothing can be posted in {place.channel}.")
            case "revoked":
                raise SpaceClosed(f"the token for {place.space} was revoked.")
            case "fault":
                raise MaybePosted(f"{self.platform} answered with a fault of its own.")
        return answer.receipt

    async def find(self, place: Place, marker: str, since: datetime) -> str | None:
        """See Poster."""
        of = {"space": place.space, "channel": place.channel, "thread": place.thread, "marker": marker}
        await self._look(Request(ask="rights", **of))  # type: ignore[arg-type]
        cursor: int | None = 0
        while cursor is not None:
            page = await self._look(Request(ask="history", since=since, cursor=cursor, **of))  # type: ignore[arg-type]
            for found, receipt in page.markers:
                if found == marker:
                    return receipt
            cursor = page.cursor
        return None

    async def _look(self, request: Request) -> Answer:
        try:
            answer = await self.line.ask(request)
        except (Unreached, Unanswered):
            raise CannotSee(f"{self.platform} did not answer.") from None
        if answer.kind == "limited":
            wait = timedelta(seconds=answer.retry_after)
            raise NotPosted(f"{self.platform} takes no more for {answer.retry_after:.1f} s.", retry_after=wait)
        if answer.kind != "shown":
            raise CannotSee(f"what stands in {request.channel} cannot be read ({answer.kind}).")
        return answer


def _lines_of(dispatch: Dispatch) -> list[str]:
    """What is told, a line for every piece of news."""
    match dispatch:
        case Digest():
            told = [f"{item.headline} {' '.join(point.text for point in item.points)}" for item in dispatch.items]
            return [f"What is new since {dispatch.start:%H:%M}", *told, *dispatch.ended]
        case Alert():
            return [f"{dispatch.headline} {_text(dispatch.point)} {dispatch.reason.sentence}"]
        case AlertBatch():
            told = [f"{alert.headline} {_text(alert.point)}" for alert in dispatch.alerts]
            return [dispatch.why_held, *told, *(headline for headline, _link in dispatch.more)]
        case CorrectionNote():
            return [f"{dispatch.headline} {dispatch.quote} {_text(dispatch.instead)}"]
        case PlainNotice():
            return [dispatch.sentence]


def _text(point: Point | None) -> str:
    return point.text if point else ""
