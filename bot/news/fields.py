"""Fields of the news: what words speak of trade, of currencies, of shipping, of football.

What a general reader knows, kept as a list. A topic in plain language is understood by the fields it names.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TypeAlias

from bot.news.places import read_list
from bot.news.text import stems
from bot.news.vocabulary import Heard, Run, Vocabulary

_TELLING, _FELLOWS, _MISLEADING, _PARTS = "!+->"
_LONGEST_NAME = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A field of the news: its names, the runs of its own words, and the keys of the fields that are part of it."""

    key: str
    names: tuple[Run, ...]
    telling: frozenset[Run]
    fellows: frozenset[Run]
    misleading: frozenset[Run]
    parts: tuple[str, ...]


@cache
def fields() -> Mapping[str, Field]:
    """The fields by their keys."""
    found: dict[str, Field] = {}
    for _, lines in groupby(_numbered_lines(), key=lambda line: line[0]):
        head, *rest = [line for _, line in lines]
        rows: defaultdict[str, list[str]] = defaultdict(list)
        for line in rest:
            rows[line[0]] += line[2:].split(" | ")
        runs = {mark: frozenset(map(run_of, rows[mark])) for mark in (_TELLING, _FELLOWS, _MISLEADING)}
        names = head.split(" | ")
        found[names[0]] = Field(
            key=names[0],
            names=tuple(map(run_of, names)),
            telling=runs[_TELLING],
            fellows=runs[_FELLOWS],
            misleading=runs[_MISLEADING],
            parts=tuple(rows[_PARTS]),
        )
    return found


def run_of(words: str) -> Run:
    """The run that these words make."""
    return tuple(stems(words))


@cache
def with_parts(key: str) -> tuple[str, ...]:
    """The key of the field, and those of all that are part of it."""
    found: dict[str, None] = {}
    waiting = [key]
    while waiting:
        one = waiting.pop(0)
        if one not in found:
            found[one] = None
            waiting += fields()[one].parts
    return tuple(found)


def fields_named(run: Sequence[str]) -> list[tuple[int, int, str]]:
    """The fields that are named there, as (start, end, key), the longest name at each place."""
    found = []
    start = 0
    while start < len(run):
        ends = range(min(start + _LONGEST_NAME, len(run)), start, -1)
        end = next((end for end in ends if tuple(run[start:end]) in _keys_by_name()), None)
        if end is not None:
            found.append((start, end, _keys_by_name()[tuple(run[start:end])]))
        start = end or start + 1
    return found


@cache
def fields_telling() -> Mapping[Run, frozenset[str]]:
    """For each run that tells of fields by itself the keys of those fields."""
    found: defaultdict[Run, set[str]] = defaultdict(set)
    for field in fields().values():
        for run in field.telling:
            found[run].add(field.key)
    return {run: frozenset(keys) for run, keys in found.items()}


@cache
def vocabulary_of(keys: frozenset[str]) -> Vocabulary:
    """The words of these fields and of all that are part of them."""
    spoken = [fields()[one] for key in sorted(keys) for one in with_parts(key)]
    names = {name for field in spoken for name in field.names if len(name) > 1}
    return Vocabulary(
        telling=frozenset(names).union(*(field.telling for field in spoken)),
        fellows=frozenset[Run]().union(*(field.fellows for field in spoken)),
        misleading=frozenset[Run]().union(*(field.misleading for field in spoken)),
    )


def key_of(vocabulary: Vocabulary) -> str | None:
    """The key of the field whose vocabulary it is, as vocabulary_of gives it; None for any other."""
    return _keys_by_vocabulary().get(vocabulary)


def fields_heard(stems: Sequence[str], places: Mapping[str, Sequence[int]]) -> dict[str, list[Heard]]:
    """What an article has of each field, by its key; of no field that has parts, which is heard by them.

    `places` are those of each stem.
    """
    found: defaultdict[str, list[Heard]] = defaultdict(list)
    free: dict[str, int] = {}
    spoken = _spoken_by_first()
    for place in sorted(place for stem in places.keys() & spoken.keys() for place in places[stem]):
        longer, alone = spoken[stems[place]]
        beside = stems[place + 1] if place + 1 < len(stems) else ""
        for run, key, tells in [*longer.get(beside, ()), *alone]:
            if place >= free.get(key, 0) and (len(run) < 3 or tuple(stems[place : place + len(run)]) == run):
                free[key] = place + len(run)
                if tells is not None:
                    found[key].append(Heard(place, run, tells))
    return found


_Spoken: TypeAlias = tuple[Run, str, bool | None]
"""A run, the key of its field, and whether it tells of it; None stands for a run that misleads."""


@cache
def _spoken_by_first() -> Mapping[str, tuple[Mapping[str, list[_Spoken]], list[_Spoken]]]:
    """The runs of all fields without parts under their first stem: those of several under the second, those of one.

    The longest stand first.
    """
    found: defaultdict[str, tuple[defaultdict[str, list[_Spoken]], list[_Spoken]]] = defaultdict(
        lambda: (defaultdict(list), [])
    )
    for key, field in fields().items():
        if not field.parts:
            own = vocabulary_of(frozenset({key}))
            for runs, tells in ((own.telling, True), (own.fellows, False), (own.misleading, None)):
                for run in sorted(runs):
                    longer, alone = found[run[0]]
                    (longer[run[1]] if len(run) > 1 else alone).append((run, key, tells))
    for longer, _ in found.values():
        for entries in longer.values():
            entries.sort(key=lambda entry: -len(entry[0]))
    return {first: (dict(longer), alone) for first, (longer, alone) in found.items()}


@cache
def _keys_by_vocabulary() -> Mapping[Vocabulary, str]:
    return {vocabulary_of(frozenset({key})): key for key in fields()}


@cache
def _keys_by_name() -> Mapping[Run, str]:
    return {name: field.key for field in fields().values() for name in field.names}


def _numbered_lines() -> Iterator[tuple[int, str]]:
    """The lines of the list, each with the number of the field it belongs to."""
    number = 0
    for line in read_list("fields.txt"):
        number += line[:2] not in ("! ", "+ ", "- ", "> ")
        yield number, line
