"""Reading one moment named in a text: a time of day, a date, a weekday, a year."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.news.times import MONTHS, WEEKDAYS


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read at a place in a text: where it ends, how much it says, in which unit."""

    end: int
    number: Decimal
    unit: str
    rough: bool = False


_ZONES = {
    "eastern": "ET", "et": "ET", "est": "ET", "edt": "ET", "central": "CT", "ct": "CT", "cst": "CT", "cdt": "CT",
    "mountain": "MT", "mt": "MT", "pacific": "PT", "pt": "PT", "pst": "PT", "pdt": "PT", "gmt": "GMT", "utc": "GMT",
    "bst": "BST", "cet": "CET", "cest": "CET", "jst": "JST", "japan": "JST", "kst": "KST", "ist": "IST",
}  # fmt: skip
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:\.?,? (?P<year>(?:19|20)\d\d)\b)?"
_CLOCK = re.compile(
    r"(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?(?![\d:])(?: ?(?P<half>[ap])\.?m\b\.?)?"
    rf"(?:,? \(?(?P<zone>{'|'.join(_ZONES)})\b(?: (?:standard |daylight )?time\b)?)?"
)
_MONTH_DAY = re.compile(rf"(?P<month>{_MONTH})\b\.? (?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:%]){_YEAR}")
_DAY_MONTH = re.compile(rf"(?P<day>[0-3]?\d)(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})\b{_YEAR}")
_ISO = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)")
_MONTH_YEAR = re.compile(rf"(?P<month>{_MONTH})\b\.?,? (?P<year>(?:19|20)\d\d)\b")
_PLAIN_YEAR = re.compile(r"((?:19|20)\d\d)(?:[-–](?:(?:19|20)?\d\d))?(?![\w%]|[.,]\d|[ -](?:people|percent|per cent))")
_ORDINAL = re.compile(r"(\d{1,4})(?:st|nd|rd|th)\b")
_WEEKDAY = re.compile(rf"({'|'.join(WEEKDAYS)})s?\b")
_NAMED_HOURS = {"noon": 720, "midnight": 0}


def read_moment(text: str, lowered: str, at: int) -> Reading | None:
    """The moment named at this place of a text; None when there is none. `lowered` is the text in lower case."""
    if lowered[at].isdigit():
        clock = _CLOCK.match(lowered, at)
        if clock and (reading := _clock(clock)):
            return reading
        for pattern in (_ISO, _DAY_MONTH):
            if (match := pattern.match(lowered, at)) and (reading := _date(match)):
                return reading
        if ordinal := _ORDINAL.match(lowered, at):
            return Reading(ordinal.end(), Decimal(ordinal.group(1)), "ordinal")
        year = _PLAIN_YEAR.match(lowered, at)
        return Reading(year.end(), Decimal(year.group(1)), "year") if year else None
    for word, minutes in _NAMED_HOURS.items():
        if lowered.startswith(word, at):
            return Reading(at + len(word), Decimal(minutes), "time")
    if text[at].islower():  # "may", "march", "sat"
        return None
    if weekday := _WEEKDAY.match(lowered, at):
        return Reading(weekday.end(), Decimal(WEEKDAYS[weekday.group(1)]), "weekday")
    match = _MONTH_DAY.match(lowered, at)
    if match and (reading := _date(match)):
        return reading
    month = _MONTH_YEAR.match(lowered, at)
    if month:
        return Reading(month.end(), Decimal(int(month["year"]) * 100 + MONTHS[month["month"]]), "month of year")
    return None


def _clock(match: re.Match[str]) -> Reading | None:
    """The time of day, where a minute with a colon, or a.m. or p.m., says that it is one."""
    half = match["half"]
    if half is None and (match["minute"] is None or ":" not in match.group()):
        return None
    hour = int(match["hour"])
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "p")
    unit = f"time:{_ZONES[match['zone']]}" if match["zone"] else "time"
    return Reading(match.end(), Decimal(hour * 60 + int(match["minute"] or 0)), unit)


def _date(match: re.Match[str]) -> Reading | None:
    month = MONTHS.get(match["month"]) or (int(match["month"]) if match["month"].isdigit() else 0)
    day, year = int(match["day"]), int(match["year"] or 0)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Reading(match.end(), Decimal(year * 10_000 + month * 100 + day), "date")
