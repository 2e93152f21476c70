"""The elements of a layout. Text in them is as it came, hostile perhaps: each platform escapes it when it renders."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.news.button import Button
from bot.news.place import Place
from bot.news.trend import Trend


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A run of plain words, perhaps set off."""

    text: str
    look: Literal["plain", "bold", "quiet", "code", "struck"] = "plain"


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """Words that lead to an address; the address is http or https, and shown as words where a platform refuses it."""

    text: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A point in time, which each reader sees in the own zone where the platform can do that.

    `day_only`: the source gave no time of day, and the day is the same in every zone.
    """

    at: datetime
    day_only: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Cites:
    """The numbers of the citations that carry the sentence before."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Channel:
    """A channel, by the name that its platform shows for it to those who may see it."""

    place: Place

    def in_words(self) -> str:
        """How it is called where there is no such name."""
        return f"{self.place.channel} on {self.place.platform}"


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleName:
    """A role, by the name that its platform shows for it; it pings nobody."""

    id: str

    def in_words(self) -> str:
        """How it is called where there is no such name."""
        return "a role"


Run = Words | Link | Moment | Cites | Channel | RoleName
Line = tuple[Run, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """What stands above the rest."""

    line: Line


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """A sentence or a few. `weight` is small for what explains or qualifies the rest."""

    line: Line
    weight: Literal["normal", "small"] = "normal"


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """Lines one below the other, each with a dot, or with its number where there are `numbers`."""

    lines: tuple[Line, ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Rows below the names of their columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """A button: what stands on it, and what it does."""

    label: str
    button: Button
    style: Literal["plain", "main", "danger"] = "plain"


@dataclass(frozen=True, kw_only=True, slots=True)
class Keys:
    """Buttons side by side."""

    keys: tuple[Key, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Opinion:
    """The two buttons by which a reader says whether something was of use."""

    good: Key
    bad: Key


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A trend as a picture, described by its `trend.in_words()`."""

    trend: Trend


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """A line between what belongs apart."""


Element = Heading | Paragraph | Listing | Table | Keys | Opinion | Picture | Gap


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """A message: its elements in order, never none, and `summary`, what a notification or a screen reader says of it.

    Where it is too long for one message, a platform goes on in further ones, cut between elements where it can. `ping`
    is the role that the first of them calls, on a platform that has roles.
    """

    summary: str
    elements: tuple[Element, ...]
    ping: str | None = None
