"""Amounts in a text: percentages, money, counts, durations, dates, times of day, and other measures."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.news.moments import Reading, read_moment
from bot.news.numerals import FIRST_WORDS, Numeral, read_fraction, read_numeral
from bot.news.units import COIN_SIGNS, KNOWN_COUNTS, UNITS, counted_unit, is_score

_TOKEN = re.compile(
    rf"(?<![\w.,])(?<![a-z]-)(?:(?P<coin>{COIN_SIGNS})\s?)?(?P<minus>[-−](?=[\d.]))?(?=\d)"
    rf"|\b(?:{FIRST_WORDS}|half|twice|noon|midnight)\b"
    r"|\b(?=(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b)"
)
_LINK = re.compile(r" ?(?:(?P<to>to|-|–|—)|(?P<and>and|or)) ?(?=[$€£¥₹\d]|[a-z])")
_BETWEEN = re.compile(r"\bbetween\s+(?:about |around |roughly )?$")
_FROM = re.compile(r"\bfrom\s+(?:about |around |roughly |nearly )?$")
_SPREAD = re.compile(r"(?:rang\w{1,3}|var\w{1,4}|anywhere|anything|spread)\s+from\s+$")
_ROUGH = re.compile(
    r"(?:about|around|roughly|nearly|almost|approximately|some|more than|over|at least|at most|up to|as much as"
    r"|as many as"
    r"|fewer than|less than|under|close to|an estimated|close on|just over|just under|~)\s*$"
)
_PLAIN = re.compile(r"\d[\d,.]*\d|\d")
_PAIR = re.compile(r"\d{1,3}[-–]\d{1,3}(?!\w)")
_LOOK_BACK = 24  # characters: the longest of the words above


@dataclass(frozen=True, kw_only=True, slots=True)
class Amount:
    """A quantity named in a text: text[start:end], how much it says, and in what.

    `unit` is one word of a small list, so that spellings compare: "%", "%pt", "USD" and other currency codes, "day",
    "month", "second", "age", "time" or "time:ET" (minutes since midnight), "date" (20250409, or 409 without a year),
    "weekday" (Monday is 0), "year", "ordinal", "times", "score", "count:people" and other things counted, "number".
    `number` is None where there is no single one (scores). `upper` closes a range; `rough` says that the words
    around it make no claim to be exact ("about", "a third").
    """

    text: str
    start: int
    end: int
    number: Decimal | None
    unit: str
    upper: Decimal | None = None
    rough: bool = False


def amounts_in(text: str) -> list[Amount]:
    """The amounts named in the text, in order, none overlapping another."""
    lowered = _lower(text)
    found: list[Amount] = []
    position = 0
    while token := _TOKEN.search(lowered, position):
        position = token.end() + (token.end() == token.start())
        plain = not (token["coin"] or token["minus"])
        amount = (plain and _moment(text, lowered, token)) or _quantity(text, lowered, token)
        if amount is None:
            continue
        position = amount.end
        found.append(amount)
    return found


def _moment(text: str, lowered: str, token: re.Match[str]) -> Amount | None:
    """The date, time of day, weekday, year or score at the token."""
    score = _score(text, lowered, token.start())
    if score:
        return score
    moment = read_moment(text, lowered, token.start())
    return _amount(text, token.start(), moment) if moment else None


def _quantity(text: str, lowered: str, token: re.Match[str]) -> Amount | None:
    first = _measured(lowered, token)
    if first is None:
        return None
    reading, bare = first
    amount = _amount(text, token.start(), reading)
    before = lowered[max(0, token.start() - _LOOK_BACK) : token.start()]
    amount = replace(amount, rough=amount.rough or bool(_ROUGH.search(before)))
    if bare or _LINK.match(lowered, amount.end):
        amount = _ranged(text, lowered, amount, before)
    if token.group() == "one" and amount.unit.startswith("count:") and amount.unit not in KNOWN_COUNTS:
        return None  # "one announcement" counts nothing
    if amount.unit == "number" and not lowered[token.end() : token.end() + 1].isdigit():
        return None
    return amount


def _measured(lowered: str, token: re.Match[str]) -> tuple[Reading, bool] | None:
    """The number at the token with its unit, and whether the unit is missing."""
    if token.group() == "twice":
        return Reading(token.end(), Decimal(2), "times"), False
    coin = _coin(token["coin"])
    fraction = None if token["coin"] else read_fraction(lowered, token.start())
    if fraction:
        return Reading(fraction.end, fraction.number, "%", rough=True), False
    numeral = read_numeral(lowered, token.end() if token["coin"] or token["minus"] else token.start(), money=bool(coin))
    if numeral is None:
        return None
    number = -numeral.number if token["minus"] else numeral.number
    if coin:
        return Reading(numeral.end, number, coin), False
    unit = _unit(lowered, numeral)
    if unit is None:
        return Reading(numeral.end, number, "number"), True
    end, name, factor = unit
    return Reading(end, number * factor, name), False


def _unit(lowered: str, numeral: Numeral) -> tuple[int, str, Decimal] | None:
    """Where the unit after the number ends, its name, and what one of it is worth."""
    match = UNITS.pattern.match(lowered, numeral.end)
    if match:
        name, factor = UNITS.named[" ".join(match.group(1).split())]
        return match.end(), name, factor
    counted = counted_unit(lowered, numeral.end, one=numeral.number == 1)
    return (counted[0], counted[1], Decimal(1)) if counted else None


def _ranged(text: str, lowered: str, first: Amount, before: str) -> Amount:
    """The first amount, closed by a second one where the two make a range."""
    link = _LINK.match(lowered, first.end)
    if link is None or first.number is None:
        return first
    if link["and"] and not (link["and"] == "and" and _BETWEEN.search(before)):
        return first
    token = _TOKEN.match(lowered, link.end())
    second = _measured(lowered, token) if token else None
    if token is None or second is None:
        return first
    reading, bare = second
    if bare and first.unit != "number" and not first.text[-1].isdigit():  # "334 points to 20,788"
        return first
    unit = first.unit if bare else reading.unit
    if first.unit not in ("number", unit) or unit == "number":
        return first
    if _FROM.search(before) and not _SPREAD.search(before):  # a change, not a range: two amounts
        return replace(first, unit=unit)
    low = first.number * (_factor(lowered, token, reading) if first.text[-1].isdigit() else 1)
    if low > reading.number:
        return first
    span = text[first.start : reading.end]
    return replace(first, text=span, end=reading.end, number=low, unit=unit, upper=reading.number, rough=True)


def _factor(lowered: str, token: re.Match[str], reading: Reading) -> Decimal:
    """What the upper end of a range is multiplied by, which counts for the lower end too: "$1.2-1.5 billion"."""
    numeral = _PLAIN.match(lowered, token.end())
    plain = Decimal(numeral.group().replace(",", "")) if numeral else Decimal(0)
    return reading.number / plain if plain and reading.number > plain else Decimal(1)


def _score(text: str, lowered: str, start: int) -> Amount | None:
    """The score of a match that begins here: "3-2"."""
    pair = _PAIR.match(lowered, start)
    if not pair or not is_score(pair.group(), lowered[pair.end() : pair.end() + _LOOK_BACK]):
        return None
    return Amount(text=text[start : pair.end()], start=start, end=pair.end(), number=None, unit="score")


def _coin(sign: str | None) -> str | None:
    return None if sign is None else UNITS.coins[sign.replace(".", "").strip()]


def _amount(text: str, start: int, reading: Reading) -> Amount:
    return Amount(
        text=text[start : reading.end],
        start=start,
        end=reading.end,
        number=reading.number,
        unit=reading.unit,
        rough=reading.rough,
    )


def _lower(text: str) -> str:
    """The text in lower case, letter for letter, so that offsets stay."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
