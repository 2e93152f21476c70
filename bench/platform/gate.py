"""The way to the platform: on it requests are held up, refused, and their answers lost."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from random import Random
from typing import Literal

from bench.platform.platform import Answer, Platform, Request

Trouble = Literal[
    "none", "unreachable", "limited", "fault before", "fault after", "cut before", "cut after", "late", "slow"
]

_LOOK_SECONDS = 1.0
_AFTER_SENDER_SECONDS = 9.0

_OF_POSTS: Sequence[Trouble] = (
    "unreachable", "limited", "fault before", "fault after", "fault after", "cut before", "cut after", "cut after",
    "late", "slow",
)  # fmt: skip
_OF_LOOKS: Sequence[Trouble] = ("unreachable", "limited", "fault before", "cut before", "slow")


@dataclass(frozen=True, kw_only=True, slots=True)
class Faults:
    """What goes wrong: that share of requests, drawn by the seed, whoever asks and in whatever order.

    `slowest` is the longest that a request or an answer is held up, `limit` the longest that the platform asks to be
    left alone, both in seconds; `usual` is what each way takes at most when nothing is wrong.
    """

    seed: int
    share: float = 0.2
    slowest: float = 24.0
    limit: float = 5.0
    usual: float = 0.2


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """What happens to one request: seconds on the way there and back, and what is wrong.

    `again` says that the same was asked before, and that whoever asked cannot know what came of it.
    """

    trouble: Trouble
    again: bool
    there: float
    back: float
    retry_after: float


class Gate:
    """Answers requests for a platform, as well as the faults let it."""

    def __init__(self, platform: Platform, faults: Faults) -> None:
        self.platform, self.faults = platform, faults
        self.troubles: Counter[Trouble] = Counter()
        self._asked: Counter[tuple[str, str, str]] = Counter()
        self._in_doubt: set[tuple[str, str, str]] = set()

    def draw(self, request: Request) -> Drawn:
        """What will happen to this request."""
        key = (request.ask, request.channel, request.marker)
        self._asked[key] += 1
        drawn = blake2b(f"{self.faults.seed} {key} {self._asked[key]}".encode(), digest_size=8).digest()
        chance = Random(drawn)
        troubled = request.ask != "truth" and chance.random() < self.faults.share
        trouble = chance.choice(_OF_POSTS if request.ask == "post" else _OF_LOOKS) if troubled else "none"
        self.troubles[trouble] += 1
        again = key in self._in_doubt
        if trouble not in ("none", "unreachable", "limited"):
            self._in_doubt.add(key)
        usual, slowest = self.faults.usual, self.faults.slowest
        return Drawn(
            trouble=trouble,
            again=again,
            there=chance.uniform(usual, slowest) if trouble == "late" else chance.uniform(usual / 2, usual),
            back=chance.uniform(usual, slowest) if trouble == "slow" else chance.uniform(0, usual / 2),
            retry_after=chance.uniform(self.faults.limit / 5, self.faults.limit),
        )

    async def answer(self, request: Request, drawn: Drawn, is_gone: Callable[[], bool]) -> Answer | None:
        """The answer as it comes back; None where the connection breaks off instead.

        Once whoever asked is gone, the request is on its way for ten seconds more at most.
        """
        match drawn.trouble:
            case "limited":
                return Answer(kind="limited", retry_after=drawn.retry_after)
            case "fault before":
                return Answer(kind="fault")
            case "cut before" | "unreachable":
                return None
        await _travel(drawn.there, is_gone)
        answer = self.platform.answer(request)
        await asyncio.sleep(drawn.back)
        if answer.kind in ("taken", "deleted"):
            if drawn.trouble == "fault after":
                return Answer(kind="fault")
            if drawn.trouble == "cut after":
                return None
        return answer


async def _travel(seconds: float, is_gone: Callable[[], bool]) -> None:
    while seconds > 0:
        step = min(seconds, _LOOK_SECONDS)
        await asyncio.sleep(step)
        seconds -= step
        if is_gone():
            seconds = min(seconds, _AFTER_SENDER_SECONDS)
