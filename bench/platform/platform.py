"""What a platform keeps, takes and shows."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from bench.platform.rules import Rules

AnswerKind = Literal["taken", "deleted", "shown", "limited", "fault", "refused", "closed", "revoked", "blind"]

_BURST = 2
_SMALLEST = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What was posted in a channel, when, and under which marker. The receipt is its name there."""

    receipt: str
    channel: str
    thread: str | None
    marker: str
    text: str
    at: datetime


@dataclass(kw_only=True, slots=True)
class Channel:
    """A channel of a Space, and what the bot may do there. Where it is not open, nothing can be posted for good."""

    space: str
    is_open: bool = True
    may_read: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """Something that is asked of the platform with the token of a Space.

    `post`: put the text into the channel. `rights`: may the history be read? `history`: what was posted there since,
    page by page; `cursor` is where the last page ended. `truth`: was it ever accepted under that marker? Nothing goes
    wrong with that, and no poster asks.
    """

    ask: Literal["post", "rights", "history", "truth"]
    space: str
    channel: str
    thread: str | None = None
    marker: str = ""
    text: str = ""
    since: datetime | None = None
    cursor: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What comes of a request. `markers` are markers and receipts of one page; `cursor` leads to the next, if any."""

    kind: AnswerKind
    receipt: str = ""
    retry_after: float = 0.0
    markers: tuple[tuple[str, str], ...] = ()
    cursor: int | None = None


@dataclass(slots=True)
class _Bucket:
    """So many at once, and so many more a second."""

    size: float
    a_second: float
    left: float = field(init=False)
    at: datetime | None = None

    def __post_init__(self) -> None:
        self.left = self.size

    def missing(self, now: datetime) -> float:
        """Seconds until one more may pass; 0 when it may now."""
        if self.at is not None:
            self.left = min(self.size, self.left + (now - self.at).total_seconds() * self.a_second)
        self.at = now
        return max(0.0, (1 - self.left) / self.a_second)


class Platform:
    """Channels and what stands in them. Whatever goes wrong on the way to it goes wrong elsewhere (see Gate)."""

    def __init__(self, rules: Rules, channels: dict[str, Channel], clock: Callable[[], datetime]) -> None:
        self.rules, self.channels = rules, channels
        self.messages: list[Message] = []
        self.revoked: set[str] = set()
        self._clock = clock
        self._gone: set[str] = set()
        self._in_all = _Bucket(rules.posts_a_second, rules.posts_a_second)
        self._in_channel: dict[str, _Bucket] = defaultdict(lambda: _Bucket(_BURST, 1 / rules.channel_seconds))
        self._known: dict[tuple[str, str], Message] = {}
        self._in: dict[str, list[Message]] = defaultdict(list)

    def answer(self, request: Request) -> Answer:
        """What is done with the request as it arrives now."""
        if request.ask == "truth":
            return Answer(kind="shown" if (request.channel, request.marker) in self._known else "blind")
        channel = self.channels.get(request.channel)
        if request.space in self.revoked:
            return Answer(kind="revoked")
        if channel is None or not channel.is_open or not self._reaches(request.space, channel):
            return Answer(kind="closed")
        match request.ask:
            case "post":
                return self._post(request)
            case "rights":
                return Answer(kind="shown" if channel.may_read else "blind")
            case "history":
                return self._history(request, channel)

    def delete(self, receipt: str) -> None:
        """Remove a message, as a moderator would."""
        self._gone.add(receipt)

    def counts(self) -> dict[str, int]:
        """How many messages were accepted under each marker."""
        counted: dict[str, int] = defaultdict(int)
        for message in self.messages:
            counted[message.marker] += 1
        return counted

    def _reaches(self, space: str, channel: Channel) -> bool:
        return self.rules.whole_token or channel.space == space

    def _post(self, request: Request) -> Answer:
        now = self._clock()
        if not request.text or len(request.text) > self.rules.characters:
            return Answer(kind="refused")
        buckets = (self._in_all, self._in_channel[request.channel])
        missing = max(bucket.missing(now) for bucket in buckets)
        if missing > 0:
            return Answer(kind="limited", retry_after=max(missing, _SMALLEST))
        known = self._known.get((request.channel, request.marker))
        if known is not None and now - known.at < timedelta(seconds=self.rules.remembers):
            gone = known.receipt in self._gone
            return Answer(kind="deleted" if gone else "taken", receipt=known.receipt)
        for bucket in buckets:
            bucket.left -= 1
        message = Message(
            receipt=f"{self.rules.name}-{len(self.messages) + 1}",
            channel=request.channel,
            thread=request.thread,
            marker=request.marker,
            text=request.text,
            at=now,
        )
        self.messages.append(message)
        self._in[request.channel].append(message)
        self._known[request.channel, request.marker] = message
        return Answer(kind="taken", receipt=message.receipt)

    def _history(self, request: Request, channel: Channel) -> Answer:
        if not channel.may_read:
            return Answer(kind="shown") if self.rules.blind_is_empty else Answer(kind="blind")
        seen = list(self._seen(request))
        page = seen[request.cursor : request.cursor + self.rules.page]
        end = request.cursor + len(page)
        return Answer(
            kind="shown",
            markers=tuple((message.marker, message.receipt) for message in page),
            cursor=end if end < len(seen) else None,
        )

    def _seen(self, request: Request) -> Iterable[Message]:
        until = self._clock() - timedelta(seconds=self.rules.shown_after)
        for message in self._in[request.channel]:
            is_there = message.thread == request.thread and message.receipt not in self._gone
            if is_there and message.at <= until and (request.since is None or message.at >= request.since):
                yield message
