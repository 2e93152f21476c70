"""Concern: how much an article is about a country, a company or a person, by where it names them or what is theirs."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache, lru_cache
from math import log
from typing import Literal, NamedTuple, TypeAlias

from bot.news.names import forms_of, same_name
from bot.news.places import read_list
from bot.news.subject import Span, Subject
from bot.news.text import fold
from config import defaults

Part: TypeAlias = Literal["headline", "dateline", "lead", "rest"]

# "TOKYO, March 3 (Agency) - ", "PARIS — ": where an article was written, before its first sentence.
_DATELINE = re.compile(r"[^\W\d_a-z]{2}[^\n]{0,80}?(?:\s[-–—]{1,2}\s|\)\s?[-–—:]|\s[-–—]+$)", re.MULTILINE)
_STATE = re.compile(
    r",\s(?:Ala|Ariz|Ark|Calif?|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kans?|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|N\.?\s?[CDHJMY]|"
    r"Neb|Nev|Okla|Ore|Pa|R\.?\s?I|S\.?\s?[CD]|Tenn|Tex|Va|Vt|W\.?\s?Va|Wash|Wis|Wyo|Alabama|Connecticut|Georgia|Illinois|"
    r"Indiana|Iowa|Kentucky|Maine|Michigan|Ohio|Tennessee|Texas|Virginia)\b",
    re.IGNORECASE,
)
_STATES = "us"
_WORD = re.compile(r"[^\W\d_]+")


class _Mention(NamedTuple):
    """A name in an article: its key, the countries it stands for, those of them that it names, and where it is."""

    key: str
    countries: frozenset[str]
    named: frozenset[str]
    part: Part
    span: Span


class _Thing(NamedTuple):
    """What an article names, once for all its mentions: where in it, and how often."""

    key: str
    countries: frozenset[str]
    named: frozenset[str]
    parts: frozenset[Part]
    times: int


class Concern(NamedTuple):
    """What speaks for an article's being about a thing, in the order of config.weights.CONCERNED.

    Whether headline and lead name it, or what is its own; whether the dateline does, or is from elsewhere; how often it
    is named, and what is its own; its share of all that is named; and how many countries else are.
    """

    named_in_headline: float
    meant_in_headline: float
    in_dateline: float
    from_elsewhere: float
    named_in_lead: float
    meant_in_lead: float
    named: float
    meant: float
    share: float
    others: float

    @property
    def is_prominent(self) -> bool:
        """Whether headline or lead name it."""
        return bool(self.named_in_headline or self.named_in_lead)


def concern_signs(key: str, subject: Subject) -> Concern | None:
    """What speaks for the article's being about the thing of that key.

    None where the article names neither it nor anything that is known to be its own.
    """
    things = _things(subject)
    tied = [(one, tie) for one in things.worth_a_look(key) if (tie := _tie(one.key, one.countries, one.named, key))]
    if not tied:
        return None
    own_parts = frozenset[Part]().union(*(one.parts for one, tie in tied if tie is _Tie.ITSELF))
    parts = own_parts.union(*(one.parts for one, _ in tied))
    named = sum(one.times for one, tie in tied if tie is _Tie.ITSELF)
    meant = sum(one.times for one, _ in tied)
    counted = things.of_countries + sum(one.times for one, _ in tied if not one.countries)
    return Concern(
        named_in_headline=float("headline" in own_parts),
        meant_in_headline=float("headline" in parts),
        in_dateline=float("dateline" in parts),
        from_elsewhere=float("dateline" not in parts and "dateline" in things.parts),
        named_in_lead=float("lead" in own_parts),
        meant_in_lead=float("lead" in parts),
        named=log(1 + named),
        meant=log(1 + meant - named),
        share=meant / counted,
        others=log(1 + len(things.countries - {key})),
    )


def where_named(key: str, subject: Subject) -> list[Span]:
    """Where the article names the thing of that key, or else what is its own."""
    tied = [(one.span, _tie(one.key, one.countries, one.named, key)) for one in _mentions(subject)]
    return [span for span, tie in tied if tie is _Tie.ITSELF] or [span for span, tie in tied if tie]


@cache
def belongings(key: str) -> frozenset[str]:
    """The keys of what belongs to the country or lies in the part of the world; of none for anything else."""
    countries = {key, *_lying_in(key)}
    own = (name for name, homes in _homes().items() if not countries.isdisjoint(homes))
    return frozenset({*countries, *own} - {key})


@cache
def _homes() -> Mapping[str, frozenset[str]]:
    """For each key of a name the countries it belongs to; a country belongs to itself."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for country, names in _read_members("homes.txt").items():
        for name in (country, *names):
            found[name].add(country)
    return {name: frozenset(countries) for name, countries in found.items()}


@cache
def _read_members(name: str) -> Mapping[str, tuple[str, ...]]:
    rows = (line.partition(": ") for line in read_list(name))
    return {key: tuple(members.split(" | ")) for key, _, members in rows}


class _Tie(Enum):
    """What a name has to do with a thing."""

    ITSELF = "it names it"
    ITS_OWN = "it names what belongs to it"


@lru_cache(maxsize=defaults.TIES_REMEMBERED)
def _tie(name: str, countries: frozenset[str], named: frozenset[str], key: str) -> _Tie | None:
    lying_in = _lying_in(key)
    if name == key or key in named or not named.isdisjoint(lying_in) or (key not in _homes() and same_name(name, key)):
        return _Tie.ITSELF
    return _Tie.ITS_OWN if key in countries or not countries.isdisjoint(lying_in) else None


def _last_word(key: str) -> str:
    return key.rpartition(" ")[2]


def _lying_in(region: str) -> tuple[str, ...]:
    """The countries of a part of the world; none of anything else."""
    return _read_members("regions.txt").get(region, ())


@lru_cache(maxsize=defaults.TIES_REMEMBERED)
def _countries_in(name: str) -> frozenset[str]:
    """The countries of which the name has a word in it."""
    return frozenset(key for word in _WORD.findall(fold(name)) if (key := _country_words().get(word)))


@cache
def _country_words() -> Mapping[str, str]:
    """The countries by each word that names one by itself, folded: "japan", "japanese"."""
    countries = frozenset[str]().union(*_homes().values())
    return {fold(form): key for key in countries for form in forms_of(key) if form.isalpha()}


@lru_cache(maxsize=defaults.SUBJECTS_REMEMBERED)
def _mentions(subject: Subject) -> tuple[_Mention, ...]:
    """Everything the article names, in order."""
    line_end = subject.text.find("\n", subject.body)
    lead = min(line_end if line_end >= 0 else len(subject.text), subject.body + defaults.LEAD_CHARACTERS)
    dateline = _DATELINE.match(subject.text, subject.body)
    ends: tuple[tuple[Part, int], ...] = (
        ("headline", subject.body),
        ("dateline", dateline.end() if dateline else 0),
        ("lead", lead),
        ("rest", len(subject.text)),
    )
    found = []
    for name in subject.names:
        countries = _homes().get(name.key, frozenset())
        if name.key not in countries and _STATE.match(subject.text, name.end):
            countries = frozenset({_STATES})  # Birmingham, Ala.
        part = next(part for part, end in ends if name.start < end)
        written = _countries_in(subject.text[name.start : name.end]) if countries else countries  # the Bank of Japan
        named = countries & {name.key, *written}
        found.append(_Mention(name.key, countries, named, part, (name.start, name.end)))
    return tuple(found)


class _Things:
    """Everything that an article names, each once: where it does, the countries that has to do with, and how often."""

    def __init__(self, things: Sequence[_Thing]) -> None:
        self._all = things
        self._by_key, self._by_last_word = defaultdict[str, list[_Thing]](list), defaultdict[str, list[_Thing]](list)
        for one in things:
            self._by_last_word[_last_word(one.key)].append(one)
            for key in {one.key, *one.countries}:
                self._by_key[key].append(one)
        self.parts = frozenset[Part]().union(*(one.parts for one in things))
        self.countries = frozenset[str]().union(*(one.countries for one in things))
        self.of_countries = sum(one.times for one in things if one.countries)

    def worth_a_look(self, key: str) -> Sequence[_Thing]:
        """Those that may have to do with the thing of that key."""
        if _lying_in(key):
            return self._all
        return self._by_key.get(key, ()) if key in _homes() else self._by_last_word.get(_last_word(key), ())


@lru_cache(maxsize=defaults.SUBJECTS_REMEMBERED)
def _things(subject: Subject) -> _Things:
    parts: defaultdict[tuple[str, frozenset[str], frozenset[str]], list[Part]] = defaultdict(list)
    for one in _mentions(subject):
        parts[one.key, one.countries, one.named].append(one.part)
    return _Things([_Thing(*thing, frozenset(some), len(some)) for thing, some in parts.items()])
