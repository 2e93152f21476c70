"""What amounts can measure: tariffs, prices, deaths and their like, and which of them a question asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from bot.news.lexicon import STOP_WORDS
from bot.news.names import names_in
from bot.news.question import Question, Wanted
from bot.news.text import stems, words
from bot.news.units import counted_unit

_WORDS = {
    "tariff": "tariff tariffs levy levies duty duties surcharge surcharges",
    "tax": "tax taxes vat taxation",
    "interest": "interest yield yields coupon",
    "price": "price prices cost costs fare fares bill bills rent rents premium premiums fee fees toll-road",
    "inflation": "inflation cpi",
    "growth": "growth gdp economy output grew shrank contracted",
    "unemployment": "unemployment jobless joblessness",
    "market": "shares stock stocks index indices nasdaq dow nikkei ftse dax etf futures market markets bitcoin",
    "sales": "sales revenue revenues turnover deliveries shipments orders",
    "profit": "profit profits earnings loss losses margin margins ebitda",
    "trade": "deficit surplus",
    "debt": "debt debts borrowing loan loans",
    "poll": "poll polls survey voters respondents approve approves approved disapprove disapproved approval",
    "deaths": "death deaths died dead killed killing kills toll fatalities lives casualties",
    "injuries": "injured wounded hurt injuries hospitalised hospitalized",
    "missing": "missing unaccounted",
    "arrests": "arrested arrests detained",
    "jobs": "jobs layoffs redundancies",
    "heat": "temperature temperatures degrees",
    "rain": "rain rainfall snow snowfall",
    "wind": "wind winds gusts",
    "quake": "magnitude",
    "fine": "fine fines fined penalty penalties settlement damages",
    "pay": "wage wages salary salaries pay",
    "money": "budget spending funding investment investments aid package bailout donation donations",
    "worth": "worth valued valuation acquisition",
    "share": "share portion proportion stake percentage",
    "score": "score scores scored win won beat victory defeat",
    "age": "age aged old",
    "population": "population inhabitants",
    "turnout": "turnout",
}
_EARLY_NOUNS = frozenset(
    """tariff tax interest price inflation growth unemployment sales profit deaths injuries heat rain fine
    pay share score rate turnout population trade debt""".split()
)
_FAMILIES = {
    "tariff": "percent money", "tax": "percent money", "interest": "percent", "price": "money percent",
    "inflation": "percent", "growth": "percent money", "unemployment": "percent", "market": "percent money count",
    "sales": "money percent count", "profit": "money percent", "trade": "money percent", "debt": "money percent",
    "poll": "percent", "deaths": "count", "injuries": "count", "missing": "count", "arrests": "count", "jobs": "count",
    "heat": "heat", "rain": "length", "wind": "speed", "quake": "number", "fine": "money", "pay": "money percent",
    "money": "money percent", "worth": "money", "share": "percent", "score": "score", "age": "age duration",
    "population": "count number", "turnout": "percent count", "rate": "percent",
}  # fmt: skip
_UNIT_FAMILIES = {
    "percent": "% %pt", "duration": "second day month", "age": "age", "heat": "°C °F degree",
    "length": "km mile m cm mm foot inch", "speed": "km/h mph", "score": "score", "number": "number",
    "weight": "kg g tonne ton ounce pound", "area": "hectare acre km2 mile2 m2 foot2", "times": "times",
    "volume": "litre gallon barrel bushel", "power": "MW GW kWh", "time": "time date weekday year",
    "ordinal": "ordinal",
}  # fmt: skip
_FAMILY_OF = {unit: family for family, units in _UNIT_FAMILIES.items() for unit in units.split()} | {
    "month of year": "time"
}


def _stemmed(words_of: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({stem: name for name, held in words_of.items() for stem in stems(held)})


_MEASURE_OF = _stemmed(_WORDS)
_ALSO_THINGS = frozenset("nasdaq dow nikkei ftse dax bitcoin".split())
"""Words that say what is measured and are themselves what was asked for."""

_NO_RATE_OF = frozenset(
    """a an the this that its their this current new old same base baseline country flat reciprocal higher
    lower top main key standard average record and or of on at to headline benchmark minimum maximum
    overall annual quarterly monthly""".split()
)
_COMMON_STEMS = frozenset(
    stems(
        """hot cold warm old fast far tall heavy deep soon apply applies applying face faces facing faced put puts
        charge charges charged impose imposed imposing pay pays paid levied set rate rates level levels figure
        figures current currently now right latest today still hold much many long number numbers amount percentage
        percent total size big large high low stand stands rise rose fall fell increase decrease increased cut raise
        raised change changed new people person hit reach reached make made does time date day week month year
        quarter half"""
    )
)
_BROAD_STEMS = frozenset(stems("export exports import imports goods products country countries trade trading partners"))
_SYNONYMS = {
    stem: names[0]
    for line in """car auto automobile automaker vehicle automotive|base baseline|job position|worker employee staff
    |company firm business|kill dead death die toll fatality|people person|oil crude|usa america|film movie
    |pause suspend suspension hold|aluminium aluminum|drug pharmaceutical medicine
    |partner ally|quake earthquake|attack strike|storm hurricane typhoon cyclone""".split("|")
    for names in [stems(line)]
    for stem in names
}
_DATED = re.compile(r"\b(?:when|what time|which day|what day|what date)\b")
_ASKED_NOUN = re.compile(r"\bhow much ([a-z]+)\b")
_ASKED_COUNT = re.compile(r"\bhow many\b")
_ASKED_UNITS = [
    (re.compile(r"\bhow (?:long|soon)\b"), "duration age"),
    (re.compile(r"\bhow old\b"), "age duration"),
    (re.compile(r"\bhow (?:far|tall|high|deep|wide)\b"), "length"),
    (re.compile(r"\bhow (?:hot|cold|warm)\b"), "heat"),
    (re.compile(r"\bhow fast\b"), "speed duration"),
    (re.compile(r"\bhow heavy\b"), "weight"),
    (re.compile(r"\b(?:how much of|(?:what|which) (?:percentage|percent|share|proportion))\b"), "percent"),
    (re.compile(r"\bhow (?:big|large)\b"), "money percent count length area weight power number"),
    (re.compile(r"\bhow (?:much|low)\b"), "money percent weight volume length heat times count"),
]
_BEARS_BEFORE = re.compile(
    r"\b(?:on|against|to|for|from)\s+(?:(?:the|all|goods|imports|products|cars|exports) )*$",
    re.I,
)
_BEARS_AFTER = re.compile(r"\s+(?:\w+ )?(?:face|faces|facing|faced|pay|pays|paying|subject)\b", re.I)
_UNIT_ASKED = re.compile(r"\bhow (?:hot|cold|warm|wide|heavy|soon|old)\b")
_LETTERS = re.compile(r"[^\W\d_][\w’'-]*")
_WORDS_REMEMBERED = 8192
_OPENING_WORDS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The amounts a question asks for.

    `measures` are what they measure ("tariff"), empty when no known measure is named; `families` the kinds of unit
    that can answer; `counted` the unit of a "how many" question. `about` are the stems of the things the amounts are
    asked for beyond that, `names` the keys of the names, `targets` those that bear the amount ("apply to Japan").
    """

    measures: frozenset[str]
    families: frozenset[str]
    counted: str | None
    about: frozenset[str]
    names: tuple[str, ...]
    targets: frozenset[str]


@dataclass(frozen=True, slots=True)
class MeasuredWord:
    """A word of the sentence that says what is measured, and where it stands."""

    start: int
    end: int
    measure: str


ALL_AMOUNTS = Asked(
    measures=frozenset(_WORDS),
    families=frozenset({"percent", "money", "count", "number"}),
    counted=None,
    about=frozenset(),
    names=(),
    targets=frozenset(),
)
"""Asks for whatever is measured at all."""


def asked_amounts(question: Question) -> Asked | None:
    """What amounts the question asks for; None when it asks for none."""
    text = question.text.lower()
    found = {measure_of(stem): word for word, stem in zip(words(text), stems(text), strict=True) if measure_of(stem)}
    measures = frozenset(m for m in found if m)
    direct = _ASKED_NOUN.search(text)
    if direct and (noun := measure_of(stems(direct.group(1))[0])):
        measures = frozenset({noun})
    if question.wanted is Wanted.WHEN or _DATED.search(text):
        return _asked(question, frozenset(), frozenset({"time"}), None)
    if question.wanted is not Wanted.AMOUNT and not _names_early(question, text) and not _UNIT_ASKED.search(text):
        return None
    counted = None
    if many := _ASKED_COUNT.search(text):
        unit = counted_unit(text, many.end())
        counted = unit[1] if unit else None
        return _asked(
            question, measures & {"deaths", "injuries", "missing", "arrests"}, frozenset({"count", "number"}), counted
        )
    for pattern, families in _ASKED_UNITS:
        if pattern.search(text):
            of_measures = {f for m in measures for f in _FAMILIES[m].split()}
            wanted = frozenset(families.split())
            if families == "percent":
                return _asked(question, measures & {"poll"} or frozenset({"share"}), wanted, None)
            if "duration" in wanted:
                return _asked(question, frozenset(), wanted, None)
            return _asked(question, measures, frozenset(of_measures & wanted) or wanted, None)
    families_of = frozenset(f for m in measures for f in _FAMILIES[m].split())
    return _asked(question, measures, families_of or frozenset({"percent", "money", "count", "number"}), None)


def family_of(unit: str) -> str:
    """The kind of unit: "percent", "money", "count", "duration", "time" and so on."""
    if unit in _FAMILY_OF:
        return _FAMILY_OF[unit]
    return unit.partition(":")[0] if ":" in unit else "money"


@lru_cache(maxsize=_WORDS_REMEMBERED)
def stem_of(word: str) -> str:
    """The stem of one word, or of the first of several; empty where there is no word in it."""
    return next(iter(stems(word)), "")


def measure_of(stem: str) -> str | None:
    """What a word with this stem says is measured; None for any other word."""
    return "rate" if stem == "rate" else _MEASURE_OF.get(stem)


def thing_stem(stem: str) -> str:
    """One stem for words that name the same thing in the news: car for vehicle, base for baseline."""
    return _SYNONYMS.get(stem, stem)


def is_broad(stem: str) -> bool:
    """Whether the word says little about which thing is meant: goods, imports, trading partners."""
    return stem in _BROAD_STEMS or stem in _COMMON_STEMS


def measures_in(sentence: str) -> list[MeasuredWord]:
    """The words of the sentence that say what is measured, in order."""
    found: list[MeasuredWord] = []
    previous = ""
    for match in _LETTERS.finditer(sentence):
        word = match.group().lower()
        stem = stem_of(word)
        measure = measure_of(stem)
        if measure == "rate":
            if found and found[-1].end >= match.start() - 1:
                measure = found[-1].measure
            elif _is_own_rate(previous):
                measure = f"{stem_of(previous)} rate"
        if measure:
            found.append(MeasuredWord(match.start(), match.end(), measure))
        previous = word
    return found


def _is_own_rate(word: str) -> bool:
    """Whether "WORD rate" is a measure by itself ("mortgage rate") rather than a rate of what the sentence is about."""
    return word.isalpha() and word not in _NO_RATE_OF and word not in STOP_WORDS


def _names_early(question: Question, text: str) -> bool:
    """Whether the question begins by asking for something that is told in amounts: "what is the price of …"."""
    if question.wanted not in (Wanted.WHAT, Wanted.LIST):
        return False
    early = stems(text)[:_OPENING_WORDS]
    return any(measure_of(stem) in _EARLY_NOUNS for stem in early)


def _asked(question: Question, measures: frozenset[str], families: frozenset[str], counted: str | None) -> Asked:
    text = question.text
    measures = measures - {"rate"} or measures
    names = names_in(text)
    named = {stem for name in names for stem in stems(text[name.start : name.end])}
    about = {
        thing_stem(stem)
        for stem in question.stems
        if stem in _ALSO_THINGS
        or (stem not in named and measure_of(stem) not in measures | {"rate"} and stem not in _COMMON_STEMS)
    }
    sharp = {stem for stem in about if stem not in _BROAD_STEMS}
    bearing = {n.key for n in names if _BEARS_BEFORE.search(text[: n.start]) or _BEARS_AFTER.match(text, n.end)}
    return Asked(
        measures=measures,
        families=families,
        counted=counted,
        about=frozenset(sharp or about),
        names=question.names,
        targets=frozenset(bearing & set(question.names)),
    )
