"""What a feed of the farm lists at any minute: a function of the seed, its number and the minute alone."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

POLL_MINUTES = 15
"""The rates below are shares of polls that are so far apart."""

_HISTORY = 40
_LEAST_LISTED, _MOST_LISTED = 20, 40
_HABIT_MINUTES = 360
_EDIT_AFTER, _EDIT_WITHIN = 20, 240
_DROP_SHARE, _DROP_AFTER, _DROP_FOR = 0.3, 60, 180


@dataclass(frozen=True, kw_only=True, slots=True)
class Rates:
    """How the farm behaves, in shares from 0 to 1.

    Of polls 15 minutes apart: `new` carry a new piece, `slow` are answered after `slow_seconds`, `faulty` with a 5xx,
    `malformed` with a damaged feed, `hostile` with what is made to hurt. Of feeds: `odd` have a habit, `teasing` list
    only a first sentence. Of pieces: `edited` are changed some time after they came.
    """

    new: float = 0.15
    slow: float = 0.03
    slow_seconds: float = 2.0
    faulty: float = 0.02
    malformed: float = 0.01
    hostile: float = 0.01
    odd: float = 0.1
    teasing: float = 0.1
    edited: float = 0.05

    def well_behaved(self) -> "Rates":
        """The same without slowness, faults and harm."""
        return Rates(
            new=self.new, slow=0, faulty=0, malformed=0, hostile=0,
            odd=self.odd, teasing=self.teasing, edited=self.edited,
        )  # fmt: skip


class Habit(StrEnum):
    """What an odd feed does to pieces that stay the same."""

    REDATES = "moves all dates every six hours"
    REORDERS = "lists in another order every six hours"
    RENAMES = "gives other ids every six hours"
    MOVES = "gives other links every six hours"
    MOVES_WHOLLY = "gives other ids and links every six hours"
    DROPS = "leaves some pieces out for three hours"
    UNDATED = "gives no dates"
    MISDATES = "gives dates that cannot be"
    NAMELESS = "gives neither ids nor links"
    SHARES_ID = "gives all its pieces one id"
    FORGETFUL = "never answers that nothing changed"


_HABITS = tuple(Habit)
_RESTLESS = {Habit.REDATES, Habit.REORDERS, Habit.RENAMES, Habit.MOVES, Habit.MOVES_WHOLLY}
_NEVER_EDITED = {Habit.MOVES_WHOLLY, Habit.NAMELESS}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A piece as it stands in a listing. `turn` counts what a habit did to it; version 1 is the edited text."""

    number: int
    published: int
    version: int
    turn: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """What a feed lists at a minute, in its order; `changed` is when it last did, `tag` is equal for equal listings."""

    lines: tuple[Line, ...]
    changed: int
    tag: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Dates:
    published: int
    edited: int | None
    dropped: int | None


class VirtualFeed:
    """One feed of the farm. Minute 0 is the beginning; pieces that are listed then are older."""

    def __init__(self, *, seed: int, number: int, rates: Rates) -> None:
        self.seed, self.number = seed, number
        self._rates = rates
        odd = self._roll("odd") < rates.odd
        self.habit: Habit | None = _HABITS[number % len(_HABITS)] if odd else None
        self.is_teasing = self._roll("teasing") < rates.teasing
        self._gap = POLL_MINUTES / rates.new / (0.5 + self._roll("gap"))
        self._listed = _LEAST_LISTED + int(self._roll("listed") * (_MOST_LISTED - _LEAST_LISTED + 1))
        self._phase = int(self._roll("phase") * _HABIT_MINUTES)
        self._dates: dict[int, _Dates] = {}

    @property
    def is_forgetful(self) -> bool:
        """Does it give neither tag nor date of change?"""
        return self.habit is Habit.FORGETFUL

    def newest(self, minute: int) -> int:
        """The number of the piece that was published last; pieces are numbered from 0 in the order of their dates."""
        number = int(minute // self._gap) + _HISTORY
        return number if self._dates_of(number).published <= minute else number - 1

    def listing(self, minute: int) -> Listing:
        """What is listed at that minute."""
        newest = self.newest(minute)
        numbers = range(newest, newest - self._listed, -1)
        turn, changed = self._turn(minute)
        lines = []
        for number in numbers:
            dates = self._dates_of(number)
            moments = [dates.published]
            if dates.edited is not None:
                moments.append(dates.edited)
            if dates.dropped is not None:
                moments += [dates.dropped, dates.dropped + _DROP_FOR]
            changed = max(changed, *(moment for moment in moments if moment <= minute))
            if dates.dropped is None or not 0 <= minute - dates.dropped < _DROP_FOR:
                lines.append(self.line(number, minute))
        if self.habit is Habit.REORDERS:
            lines.sort(key=lambda line: self._roll("order", turn, line.number))
        said = [(line.number, line.version) for line in lines]
        return Listing(lines=tuple(lines), changed=changed, tag=_digest(self.seed, self.number, turn, said).hex())

    def line(self, number: int, minute: int) -> Line:
        """The piece with that number as it stands at that minute."""
        dates = self._dates_of(number)
        version = int(dates.edited is not None and dates.edited <= minute)
        return Line(number=number, published=dates.published, version=version, turn=self._turn(minute)[0])

    def listed_since_start(self, up_to_minute: int) -> Iterator[Line]:
        """Every piece that was there to be listed at some minute from 0 on, oldest first, as it stands at the end."""
        for number in range(self.newest(0) - self._listed + 1, self.newest(up_to_minute) + 1):
            yield self.line(number, up_to_minute)

    def _turn(self, minute: int) -> tuple[int, int]:
        """How often the habit has struck, and since which minute things are so."""
        if self.habit not in _RESTLESS:
            return 0, -(10**9)
        turn = (minute + self._phase) // _HABIT_MINUTES
        return turn, turn * _HABIT_MINUTES - self._phase

    def _dates_of(self, number: int) -> _Dates:
        if number not in self._dates:
            published = math.floor((number - _HISTORY + self._roll("published", number)) * self._gap)
            edited = dropped = None
            may_be_edited = self.habit not in _NEVER_EDITED and not self.is_teasing
            if may_be_edited and self._roll("edited", number) < self._rates.edited:
                edited = published + _EDIT_AFTER + int(self._roll("edit", number) * _EDIT_WITHIN)
            if self.habit is Habit.DROPS and self._roll("dropped", number) < _DROP_SHARE:
                dropped = published + _DROP_AFTER
            self._dates[number] = _Dates(published=published, edited=edited, dropped=dropped)
        return self._dates[number]

    def _roll(self, *of: object) -> float:
        return roll(self.seed, self.number, *of)


def roll(*of: object) -> float:
    """A number from 0 to 1 that looks drawn at random and is the same whenever it is asked for."""
    return int.from_bytes(_digest(*of)) / 2**64


def _digest(*of: object) -> bytes:
    return blake2b(repr(of).encode(), digest_size=8).digest()
