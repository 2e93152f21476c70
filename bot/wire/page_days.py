"""Days as pages write them, in the languages of most of the web's news: in figures, or with the name of a month."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

# How the names of the months begin, without accents; of several beginnings that fit, the longest counts.
_BEGINNINGS = {
    1: "jan gen ene oca sty led sau ian янв січ tammi",
    2: "feb fev sub lut uno фев лют helmi",
    3: "mar mrt maa brez мар бер",
    4: "apr abr avr nis kwi dub huhti апр кві",
    5: "may mai maj mag mei kve touko маи мая тра",
    6: "jun juin giu haz czer cerven kesa июн чер",
    7: "jul juil lug tem lip cervenec heina июл лип",
    8: "aug ago aou sie srp elo авг сер",
    9: "sep set eyl wrz zar syys сен вер",
    10: "oct okt ott out eki paz rij loka окт жов",
    11: "nov kas lis noi noe marras ноя лис",
    12: "dec dez dic des ara gru pro joulu дек гру",
}
_MONTHS = {beginning: month for month, text in _BEGINNINGS.items() for beginning in text.split()}
_SHORTEST, _LONGEST = 3, 11  # letters of a month's name
_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_FORMS = re.compile(
    rf"(?<![\d.,])(?P<y1>{_YEAR})(?P<s1>[-/._ ])(?P<m1>\d\d?)(?P=s1)(?P<d1>\d\d?)(?![\d.,]\d)"
    rf"|(?<!\d)(?P<y2>{_YEAR})\s?[年년]\s?(?P<m2>\d\d?)\s?[月월]\s?(?P<d2>\d\d?)\s?[日일]"
    rf"|(?<![\d.,/])(?P<d3>\d\d?)(?P<s3>\.\s?|/|-| \| )(?P<m3>\d\d?)(?P=s3)(?P<y3>{_YEAR}|[12]\d(?!\d))(?!\d\d|\.\d)"
    rf"|(?<![\d.,])(?P<d4>\d\d?)(?:st|nd|rd|th|er|ro|º|ª|\.)?[\s-]{{0,2}}(?:of\s|de\s|d['’]|di\s)?"
    rf"(?P<w4>[^\W\d_]{{3,11}})[.,]?[\s,-]{{1,3}}(?:de[l]?\s|g\.\s)?(?P<y4>{_YEAR})(?!\d(?!\d?[.\s]+[^\W\d_]))"
    rf"|\b(?P<w5>[^\W\d_]{{3,11}})\.?[\s-]{{1,2}}(?P<d5>\d\d?)(?:st|nd|rd|th)?,?[\s,-]{{1,3}}(?P<y5>{_YEAR})(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenDay:
    """A day in a text and where it stands. `other` is the day that it is where the month is written first, if any."""

    day: date
    other: date | None
    start: int
    end: int


def written_days(text: str) -> Iterator[WrittenDay]:
    """The days that the text names in full, in their order.

    Two figures with slashes that may both be the month are read with the day first, as most of the world does.
    """
    for match in _FORMS.finditer(text):
        form = match.lastgroup[-1] if match.lastgroup else "1"
        found = match.groupdict()
        year, month, day = found[f"y{form}"], found.get(f"m{form}"), found[f"d{form}"]
        number = int(month) if month else _month(found.get(f"w{form}") or "")
        full_year = int(year) + 2000 * (len(year) == 2)
        first, second = _day(full_year, number, int(day)), _day(full_year, int(day), number)
        written_in_figures = form == "3"
        best = first or (second if written_in_figures else None)
        if best:
            other = second if found["s3"] == "/" and first and second != first else None
            yield WrittenDay(day=best, other=other, start=match.start(), end=match.end())


def _month(word: str) -> int:
    folded = "".join(sign for sign in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(sign))
    folded = folded.replace("ł", "l").replace("ı", "i")
    fitting = (_MONTHS.get(folded[:length]) for length in range(len(folded), _SHORTEST - 1, -1))
    return next((month for month in fitting if month), 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
