"""What reading the inputs yields, one thing after another."""

from dataclasses import dataclass

from bot.news.article import Draft
from bot.news.briefing import Refusal
from bot.wire.parsed import Fault


@dataclass(frozen=True, kw_only=True, slots=True)
class NotedSource:
    """A feed that a subscription list names."""

    name: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Subscriptions:
    """A subscription list: the feeds it names, each once, and what it names that is no address."""

    sources: tuple[NotedSource, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Reached:
    """How far reading has come: bytes of all the files to read, and which file is being read."""

    bytes_done: int
    bytes_total: int
    where: str


Reading = Draft | Refusal | NotedSource | Reached
