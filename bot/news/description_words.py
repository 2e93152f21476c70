"""Reading descriptions: topics in plain language, and what they ask of an article.

"Foreign trade: tariffs, talks" has a head that names a field of the news, and aspects that only add words to it.
"Trade news that concerns Japan" wants a name besides. "Bank mergers" wants two fields at once, "jobs and inflation" one
of two.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple

from bot.news.concern import belongings
from bot.news.fields import fields, fields_named, fields_telling, run_of, vocabulary_of, with_parts
from bot.news.lexicon import ASKING_STEMS, STOP_WORDS
from bot.news.names import Name, names_in
from bot.news.places import written_forms
from bot.news.rarity import COMMON_STEMS
from bot.news.subject import name_terms, part_terms, run_terms
from bot.news.text import stem_of, stems
from bot.news.vocabulary import Run, Vocabulary

_NOT = re.compile(
    r"\b(?:but|and)? ?(?:not|never|except(?:ing)?(?: for)?|excluding|other than|apart from|aside from|without)\b"
)
_CLAUSE_END = re.compile(r"[;:.]|$")
_COLON = re.compile(r":|\s[-–—]+\s")
_EITHER = re.compile(r"\bor\b|[,/]", re.IGNORECASE)
_BOTH = re.compile(r"\band\b|&", re.IGNORECASE)
_MOST_OF = 3
"""Names in a row, from which on "A, B and C" means any of them."""

_SAYS_NOTHING = ASKING_STEMS | {
    *stems(
        """about affect affecting affects all announcement announcements any anything around coverage deal deals dealing
        development developments especially etc everything figure figures generally headline headlines important
        including involve involves involving item items issue issues kind latest like main major mainly new
        news particularly recent regard regarding relate related relates relating relevant something statistics such
        topic topics touch touches touching update updates world worldwide"""
    )
}
_FACETS = frozenset(
    stems(
        """agreement agreements auction auctions business change changes companies company consumption contract
        contracts crop crops cut cuts cutting deal deals deficit deficits demand dispute disputes export
        exports fall falling falls growth harvest harvests import imports increase increases industries
        industry level levels market markets mine mines outlook output pact pacts plan plans plant plants
        policies policy price prices pricing problem problems producer producers product production products
        quota quotas reserve reserves result results rise rises rising sale sales sector sectors shipment
        shipments shortage shortages stock stocks supplies supply surplus surpluses talk talks trade trading
        trend trends"""
    )
)
"""What is told of anything that is made or dealt in: such a word narrows no field and is no topic beside one."""


class Further(NamedTuple):
    """A run that a description adds to what is known of its fields, with the terms of every article that has it."""

    run: Run
    tells: bool
    terms: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Strand:
    """Something an article must speak of.

    `known` is the vocabulary of the fields it is, which have the keys `fields` with their parts, and `further` what the
    description adds to it. Where it is no field, `own` are the words that describe it, of whose weight the article must
    have a part. `could_tell` counts all runs that tell of it.
    """

    known: Vocabulary
    further: tuple[Further, ...]
    fields: frozenset[str]
    own: tuple[Run, ...]
    could_tell: int

    @property
    def clause(self) -> frozenset[str]:
        """The terms of which every article that can be on it has one."""
        telling = self.known.telling.union(one.run for one in self.further if one.tells)
        return frozenset(min(run_terms(run)) for run in telling)


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """A topic in plain language, as it was understood.

    An article must speak of one of the `ways`, which means of all of its strands; concern one of each set of the
    `wanted` names; and not be described by `without`. Of each of the `clauses`, terms of a Subject, it then has one.
    """

    text: str
    ways: tuple[tuple[Strand, ...], ...]
    wanted: tuple[frozenset[str], ...]
    without: "Description | None"
    clauses: tuple[frozenset[str], ...]


def read_description(text: str) -> Description:
    """The description as understood."""
    wanted_text, unwanted_text = _part(text)
    colon = _COLON.search(wanted_text)
    head, aspects = (wanted_text[: colon.start()], wanted_text[colon.end() :]) if colon else (wanted_text, "")
    names = _names(head)
    phrases = _phrases(_without(head, names))
    further = _phrases(_without(aspects, _names(aspects)))
    if not phrases and (not names or further):
        phrases, further = further, []
        names = names or _names(aspects)
    ways = _ways(phrases, further)
    wanted = _grouped(names, head if _names(head) else aspects)
    if not ways and not wanted:
        ways = ((_of_words([(stem,) for stem in dict.fromkeys(run_of(text))]),),)
    return Description(
        text=text,
        ways=ways,
        wanted=wanted,
        without=read_description(unwanted_text) if unwanted_text else None,
        clauses=_clauses(ways, wanted),
    )


_STOPS = frozenset(map(stem_of, STOP_WORDS))


def _part(text: str) -> tuple[str, str]:
    """What is wanted, and what is not."""
    found = _NOT.search(text)
    if not found or not text[: found.start()].strip():
        return text, ""
    end = _CLAUSE_END.search(text, found.end())
    stop = end.start() if end else len(text)
    return text[: found.start()].rstrip(" ,") + text[stop:], text[found.end() : stop].strip(" ,")


def _names(text: str) -> list[Name]:
    """The names by which the text narrows something down."""
    return [name for name in names_in(text) if _narrows(name, run_of(text[name.start : name.end]))]


def _narrows(name: Name, run: Run) -> bool:
    """Whether it is no field's name, and no ordinary word that only begins the text."""
    if any(end - start == len(run) for start, end, _ in fields_named(run)):
        return False
    return name.key in written_forms() or " " in name.key or (name.start > 0 and run not in fields_telling())


def _without(text: str, names: Sequence[Name]) -> str:
    letters = list(text)
    for name in names:
        letters[name.start : name.end] = " " * (name.end - name.start)
    return "".join(letters)


def _grouped(names: Sequence[Name], text: str) -> tuple[frozenset[str], ...]:
    """The names of which one must be met, set by set: "A or B" is one set, "A and B" are two."""
    if not names:
        return ()
    groups = [{names[0].key}]
    joins = [text[left.end : right.start] for left, right in pairwise(names)]
    is_list = len(names) >= _MOST_OF and any("," in join for join in joins)
    for name, join in zip(names[1:], joins, strict=True):
        if is_list or (_EITHER.search(join) and not _BOTH.search(join)):
            groups[-1].add(name.key)
        else:
            groups.append({name.key})
    return tuple(dict.fromkeys(map(frozenset, groups)))


def _phrases(text: str) -> list[Run]:
    """What is listed there, each as the stems that say something; names of fields that hold an "and" stay whole."""
    phrases: list[Run] = []
    for clause in re.split(r"[,;()]", text):
        run = run_of(clause)
        whole = [(start, end) for start, end, _ in fields_named(run) if {"and", "or"} & set(run[start:end])]
        phrases += [run[start:end] for start, end in whole]
        covered = {place for start, end in whole for place in range(start, end)}
        parts = groupby(enumerate(run), key=lambda item: item[0] in covered or item[1] in ("and", "or", "plus"))
        phrases += [tuple(stem for _, stem in part) for is_apart, part in parts if not is_apart]
    return [said for phrase in phrases if (said := _saying(phrase))]


def _saying(phrase: Run) -> Run:
    """The phrase without the words at its ends that say nothing; nothing where no word says something."""
    if any(len(phrase) == end - start for start, end, _ in fields_named(phrase)):
        return phrase
    empty = [stem in _STOPS or stem in _SAYS_NOTHING for stem in phrase]
    if all(empty):
        return ()
    start, end = empty.index(False), len(empty) - empty[::-1].index(False)
    return phrase[start:end]


def _ways(phrases: Sequence[Run], aspects: Sequence[Run]) -> tuple[tuple[Strand, ...], ...]:
    """The ways to speak of it: one for all fields that are named by themselves, one for each other phrase."""
    read = [_parse(phrase) for phrase in phrases]
    single = frozenset(key for one in read if one.is_field for key in one.fields)
    every = single.union(*(one.fields for one in read))
    telling, fellows = _added(aspects, every)
    ways: list[tuple[Strand, ...]] = [(_of_fields(single, telling, fellows),)] if single else []
    vague: list[str] = []
    for one in read:
        if one.is_field or (not one.fields and one.is_held_by(every)):
            continue  # "currencies and the yen": the yen is a word of that field
        if not one.fields and not one.terms and COMMON_STEMS.union(_FACETS).issuperset(one.own):
            vague += one.own
            continue
        strands = [_of_fields(frozenset({key}), telling, fellows) for key in sorted(one.fields)]
        strands += [_of_words([term]) for term in one.terms]
        ways.append((*strands, _of_words([(stem,) for stem in one.own])) if one.own else tuple(strands))
    if vague and not ways:
        ways = [(_of_words([(stem,) for stem in dict.fromkeys(vague)]),)]
    if not ways and telling:
        ways = [(_strand(_lent_by(frozenset()), telling, fellows),)]
    return tuple(ways)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Phrase:
    """What a phrase says: the fields it names, the terms that tell of others, and the words besides."""

    fields: frozenset[str]
    terms: tuple[Run, ...]
    own: tuple[str, ...]

    @property
    def is_field(self) -> bool:
        """Whether it is the name of one field and nothing besides."""
        return len(self.fields) == 1 and not self.terms and not self.own

    def is_held_by(self, keys: frozenset[str]) -> bool:
        """Whether it only holds what these fields have anyway."""
        runs = {*self.terms, *((stem,) for stem in self.own)}
        return bool(keys) and all(any(run in _runs_of(key) for key in keys) for run in runs)


def _parse(phrase: Run) -> _Phrase:
    named = [(start, end, key) for start, end, key in fields_named(phrase)]
    terms = [(start, end) for start, end in _terms(phrase) if not any(s <= start and end <= e for s, e, _ in named)]
    # "Palm oil" is no oil, and a swimming pool no sport; but "gold mines" are about gold.
    named = [
        (start, end, key)
        for start, end, key in named
        if not any(s <= start and end <= e and key not in fields_telling()[phrase[s:e]] for s, e in terms)
        and not any(s <= start and end <= e for s, e in _misleading(phrase, key))
    ]
    proper = [one for one in named if not _FACETS.issuperset(phrase[one[0] : one[1]])]
    is_led = len(terms) > sum(any(s <= start and end <= e for start, end, _ in named) for s, e in terms)
    named = proper or ([] if is_led else named[:1])
    keys = frozenset(key for _, _, key in named)
    terms = [(start, end) for start, end in terms if keys.isdisjoint(fields_telling()[phrase[start:end]])]
    spans = [*terms, *((start, end) for start, end, _ in named)]
    covered = {place for start, end in spans for place in range(start, end)}
    empty = _STOPS | _SAYS_NOTHING | (_FACETS | COMMON_STEMS if covered else frozenset())
    held = frozenset[Run]().union(*(_runs_of(key) for key in keys))
    return _Phrase(
        fields=keys,
        terms=tuple(phrase[start:end] for start, end in terms),
        own=tuple(
            stem
            for place, stem in enumerate(phrase)
            if place not in covered and stem not in empty and len(stem) > 1 and (stem,) not in held
        ),
    )


def _terms(phrase: Run) -> list[tuple[int, int]]:
    """Where several words of the phrase together tell of a field."""
    found: list[tuple[int, int]] = []
    for start in range(len(phrase)):
        if not found or start >= found[-1][1]:
            ends = range(len(phrase), start + 1, -1)
            found += [(start, end) for end in ends if phrase[start:end] in fields_telling()][:1]
    return found


def _misleading(phrase: Run, key: str) -> list[tuple[int, int]]:
    """Where the phrase only sounds like the field."""
    spans = [(start, end) for start in range(len(phrase)) for end in range(start + 2, len(phrase) + 1)]
    return [(start, end) for start, end in spans if phrase[start:end] in fields()[key].misleading]


def _runs_of(key: str) -> frozenset[Run]:
    """What the field and its parts have."""
    parts = [fields()[one] for one in with_parts(key)]
    return frozenset(run for part in parts for run in (*part.telling, *part.fellows))


def _added(aspects: Sequence[Run], keys: frozenset[str]) -> tuple[frozenset[Run], frozenset[Run]]:
    """The runs that aspects add to the fields: those that tell, and fellows.

    Several words tell, and one word that the fields have; another goes with them, or tells where there is no field.
    """
    telling: set[Run] = set()
    fellows: set[Run] = set()
    held = frozenset[Run]().union(*map(_runs_of, keys))
    for phrase in aspects:
        run = tuple(stem for stem in phrase if stem not in _STOPS and stem not in _SAYS_NOTHING)
        if run:
            tells = not _FACETS.issuperset(run) and (len(run) > 1 or not keys or run in held)
            (telling if tells else fellows).add(run)
    return frozenset(telling), frozenset(fellows)


def _of_fields(keys: frozenset[str], telling: frozenset[Run], fellows: frozenset[Run]) -> Strand:
    everything = frozenset(part for key in keys for part in with_parts(key))
    return _strand(vocabulary_of(keys), telling, fellows, everything)


def _of_words(own: Sequence[Run]) -> Strand:
    """What words describe that name no field; the fields of which they tell lend them their own as fellows."""
    whole = tuple(stem for run in own for stem in run)
    runs = frozenset({*own, whole} if whole else own)
    kin = frozenset(key for run in runs for key in fields_telling().get(run, ()))
    return replace(_strand(_lent_by(kin), runs, frozenset(), kin), own=tuple(own))


def _strand(
    known: Vocabulary, telling: frozenset[Run], fellows: frozenset[Run], keys: frozenset[str] = frozenset()
) -> Strand:
    further = [(run, True) for run in telling - known.telling]
    further += [(run, False) for run in fellows - telling - known.telling - known.fellows]
    return Strand(
        known=known,
        further=tuple(Further(run, tells, run_terms(run)) for run, tells in sorted(further)),
        fields=keys,
        own=(),
        could_tell=len(known.telling | telling),
    )


@cache
def _lent_by(keys: frozenset[str]) -> Vocabulary:
    """What the fields have, as fellows of something else."""
    return Vocabulary((), frozenset[Run]().union(*map(_runs_of, keys)))


def _clauses(ways: Sequence[Sequence[Strand]], wanted: Sequence[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Sets of terms, of each of which every article that can meet it has one."""
    named = (frozenset(term for key in group for term in _terms_of_name(key)) for group in wanted)
    told = (min((strand.clause for strand in way), key=len) for way in ways)
    return (*named, *((frozenset[str]().union(*told),) if ways else ()))


def _terms_of_name(key: str) -> Iterator[str]:
    yield from name_terms(key) | part_terms(key)
    yield from (f"@{name}" for name in belongings(key))
