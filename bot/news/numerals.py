"""Reading how much a number says: digits, words, and fractions."""

import re
from dataclasses import dataclass
from decimal import Decimal

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {w: n for n, w in enumerate(_SMALL)} | {w: 10 * (n + 2) for n, w in enumerate(_TENS)}
_MULTIPLES = {
    "hundred": 100,
    "dozen": 12,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "mln": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "bln": 1_000_000_000,
    "bn": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "trn": 1_000_000_000_000,
    "tn": 1_000_000_000_000,
}
_LETTERS = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}

FIRST_WORDS = "|".join(
    [
        *_SMALL,
        *_TENS,
        "an?(?=[ -](?:hundred|thousand|million|billion|trillion|dozen|half|third|quarter|fifth|sixth|eighth|tenth))",
    ]
)
"""What a number written in words can begin with, as a pattern."""

_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,6})?(?!\d)(?!,\d{3})")
_MULTIPLE = re.compile(rf"[ -]?({'|'.join(_MULTIPLES)})\b")
_LETTER = re.compile(r"([kmb])(?:ln|n)?\b")
_WORD = re.compile(rf"({'|'.join([*_TENS, *reversed(_SMALL), 'hundred'])})\b")
_ARTICLE = re.compile(r"an? ")
_JOINT = re.compile(r"[ -]")
_JOINT_AND = re.compile(r"[ -](?:and )?")
_HALF = re.compile(r" and a half\b")
_FRACTION = re.compile(
    r"(?:(an?|one|two|three|four|five|seven|nine)[ -])?(half|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)\b"
)
_AFTER_FRACTION = re.compile(
    r"[.,;:)]|$|(?: (?:of|more|less|fewer|from|in|since|to|lower|higher|over|on|by|as|when|after|this|last"
    r"|compared|its|their"
    r"|his|her|all|and|but|or|the)\b)"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: where it ends, how much it says, and whether it was written in digits."""

    end: int
    number: Decimal
    in_digits: bool


def read_numeral(text: str, at: int, *, money: bool = False) -> Numeral | None:
    """The number that begins at this place of a lower-case text; None when there is none.

    "1,200", "1.2 million", "5k", "twenty-five", "two hundred and fifty", "three and a half million". After a
    currency sign a single letter counts as a multiple too ("300m").
    """
    digits = _DIGITS.match(text, at)
    if digits:
        number, end = Decimal(digits.group().replace(",", "")), digits.end()
        letter = _LETTER.match(text, end)
        if letter and (money or letter.group() == "k"):
            return Numeral(letter.end(), number * _LETTERS[letter.group(1)], True)
    else:
        spelled = _spelled(text, at)
        if spelled is None:
            return None
        number, end = spelled
    half = _HALF.match(text, end)
    if half:
        number, end = number + Decimal("0.5"), half.end()
    for _ in range(2):
        multiple = _MULTIPLE.match(text, end)
        if multiple:
            number, end = number * _MULTIPLES[multiple.group(1)], multiple.end()
    return Numeral(end, number, bool(digits))


def read_fraction(text: str, at: int) -> Numeral | None:
    """The fraction that begins at this place of a lower-case text, in percent; None when there is none.

    "a third term" and "the fourth quarter" are no fractions.
    """
    match = _FRACTION.match(text, at)
    if not match:
        return None
    count, part = match.groups()
    if count is None and part != "half":
        return None
    if not _AFTER_FRACTION.match(text, match.end()):
        return None
    over = {"a": 1, "an": 1, None: 1}.get(count) or _WORDS[count]
    share = Decimal(100 * over) / _PARTS[part.rstrip("s") if part != "half" else part]
    return Numeral(match.end(), round(share, 1).normalize() + 0, False)


def _spelled(text: str, at: int) -> tuple[Decimal, int] | None:
    """The whole number in words at this place and where it ends, without "million" and its like."""
    article = _ARTICLE.match(text, at)
    if article:
        return (Decimal(1), article.end() - 1) if _MULTIPLE.match(text, article.end() - 1) else None
    total, last, end = 0, -1, at
    while word := _WORD.match(text, at):
        value = _WORDS.get(word.group(1), 100)
        if not _continues(last, value):
            break
        total = total * value if value == 100 else total + value
        last, end = value, word.end()
        joint = (_JOINT_AND if value == 100 else _JOINT).match(text, end)
        if not joint:
            break
        at = joint.end()
    return (Decimal(total), end) if last >= 0 else None


def _continues(last: int, value: int) -> bool:
    """Whether a number word can follow the last one within one number; -1 is the beginning."""
    if value == 100:
        return 0 < last < 20
    return last in (-1, 100) or (last in range(20, 100, 10) and 0 < value < 10)
