"""Times of the day in words: 8:30, 9am, noon, half past eight, 9 in the evening."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Literal

from bot.errors import RequestError
from bot.news.typed import again

Half = Literal["am", "pm"]

HOURS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
"""The hours in words."""

PARTS: dict[str, Half] = {"morning": "am", "afternoon": "pm", "evening": "pm", "night": "pm"}
"""The parts of the day, and which half of it they lie in."""

_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_SAID = {"fifteen": 15, "thirty": 30, "forty-five": 45}
_PAST = {"half past": 30, "quarter past": 15, "quarter to": -15}
_EARLIEST_SURE = 6  # nobody means a quarter past six in the evening by "daily 6:15", nor by "daily 6"
_ENDS = r"(?![\w'’]|[.:]\d)"
_TIME = re.compile(
    rf"""(?:at\s+)?(?:
      (?:12\s*)?(?P<named>{"|".join(_NAMED)})
      | (?P<four>(?:[01]\d|2[0-3])[0-5]\d)(?:\s?h(?:rs|ours)?)?
      | (?:a\s+)?(?:(?P<past>{"|".join(_PAST).replace(" ", "[ ]")})\s+)?
        (?P<hour>\d{{1,2}}|{"|".join(HOURS)})
        (?:(?:[:.]|\s?h\s?)(?P<minute>\d\d)(?::00)?|\s(?P<said>{"|".join(_SAID)}))?
        (?P<h>\s?h(?:rs)?(?![a-z]))?
        (?P<clock>\s*o['’]?clock)?
        (?:\s*(?P<half>[ap])(?:\.\s?m\b\.?|m\b\.?)|(?P<short>[ap])(?![\w.]))?
        (?:\s+(?:(?:in\s+the|at)\s+)?(?P<part>{"|".join(PARTS)}))?
    ){_ENDS}""",
    re.VERBOSE,
)
_TRIED = re.compile(r"\d[\w:.]*(?:\s*o['’]?clock)?(?:\s*[ap]\.?m\b\.?)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedTime:
    """A time of the day as it was typed, up to `end`. A bare one is an hour that may be meant before or after noon."""

    at: time
    is_bare: bool
    is_halved: bool
    words: str
    end: int

    def settle(self, *, half: Half | None, is_sure: bool) -> time:
        """The time that is meant, in that half of the day where one was named.

        Where a bare one is not sure, and for the hours that nobody can be sure of, RequestError asks (D02).
        """
        if half == "pm" and not self.is_halved and self.at.hour < 12:
            return self.at.replace(hour=self.at.hour + 12)
        if half is not None or not self.is_bare or (is_sure and _EARLIEST_SURE <= self.at.hour < 12):
            return self.at
        if self.at.hour == 12:
            raise RequestError("12 at noon or at midnight? Write 12:00 or 00:00.", "D02")
        early, late = self.at, self.at.replace(hour=self.at.hour + 12)
        shown = f"{early.hour}" if early.minute == 0 else f"{early.hour}:{early:%M}"
        raise RequestError(f"{shown} in the morning or evening? Write {early:%H:%M} or {late:%H:%M}.", "D02")


def settle_pair(first: TypedTime, last: TypedTime) -> tuple[time, time]:
    """The times between which something is meant: where one is of the 24-hour clock, so is a bare one beside it."""
    return _beside(first, last), _beside(last, first)


def find_time(text: str, start: int = 0) -> TypedTime | None:
    """The time that stands there in the text, which is in lower case; None where none does.

    RequestError for what was meant for one and is none, such as 25:00 (D01).
    """
    match = _TIME.match(text, start)
    if match is None:
        tried = _TRIED.match(text, start)
        if tried and re.search(r"\d[:.]\d|clock|[ap]\.?m", tried[0]):
            raise _unread(tried[0])
        return None
    found, words = match.groupdict(), match[0].strip()
    if found["named"]:
        return TypedTime(at=_NAMED[found["named"]], is_bare=False, is_halved=True, words=words, end=match.end())
    if found["four"]:
        at = time(int(found["four"][:2]), int(found["four"][2:]))
        return TypedTime(at=at, is_bare=False, is_halved=False, words=words, end=match.end())
    hour = HOURS.get(found["hour"]) or int(found["hour"])
    minute = int(found["minute"] or _SAID.get(found["said"], 0)) + _PAST.get(found["past"], 0)
    hour, minute = (hour - 1, minute + 60) if minute < 0 else (hour, minute)
    mark: str = found["half"] or found["short"] or ""
    half: Half | None = {"a": "am", "p": "pm"}.get(mark) or PARTS.get(found["part"])  # type: ignore[assignment]
    if minute > 59 or hour > 23 or hour < 0 or (mark and (not 1 <= hour <= 12 or found["clock"])):
        raise _unread(words)
    if half and found["part"] == "night" and hour < _EARLIEST_SURE:
        half = "am"
    is_exact = found["minute"] or found["h"] or (found["hour"].startswith("0")) or hour > 12 or hour == 0
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return TypedTime(
        at=time(hour, minute), is_bare=not (half or is_exact), is_halved=half is not None, words=words, end=match.end()
    )


def read_time(typed: str) -> time:
    """The time of the day that was typed; RequestError where it is none (D01), or may be two (D02)."""
    text = typed.strip().lower()
    found = find_time(text)
    if found is None or found.end != len(text):
        raise _unread(typed)
    return found.settle(half=None, is_sure=False)


def _beside(one: TypedTime, other: TypedTime) -> time:
    of_24_hours = not (other.is_bare or other.is_halved)
    return one.settle(half="am" if of_24_hours else None, is_sure=not other.is_bare)


def _unread(typed: str) -> RequestError:
    return RequestError(f"I cannot read {again(typed)} as a time; write 09:00 or 9am.", "D01")
