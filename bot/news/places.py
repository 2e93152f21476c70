"""Places, organisations and people that go by several names, and the ordinary words that are no names at all."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib import resources

from bot.news.text import fold


class Kind(IntEnum):
    """What a listed name belongs to."""

    PLACE = 1
    ORGANISATION = 2
    PERSON = 3


class Case(IntEnum):
    """How a form must be written to count, the least demanding first."""

    ANY = 0
    CAPITAL = 1
    CAPITALS = 2
    ACRONYM = 3  # capitals where the words around have none
    INSIDE = 4  # a capital where an ordinary word has none
    ACTING = 5  # a capital, and stands for its government: only before what governments do


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """One way to write a listed name; `rest` is what follows its first word, folded."""

    key: str
    kind: Kind
    case: Case
    rest: str


_MARKS = {"=": Case.CAPITAL, "!": Case.INSIDE, "@": Case.ACTING}
_LISTS = {"places.txt": Kind.PLACE, "organisations.txt": Kind.ORGANISATION, "people.txt": Kind.PERSON}


def read_list(name: str) -> list[str]:
    """The lines of a list that ships beside this module, without comments and blank lines."""
    text = resources.files("bot.news").joinpath("lists", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def forms_by_first_word() -> dict[str, tuple[Form, ...]]:
    """The listed forms under their first word (folded, full stops dropped), the longest first."""
    found: dict[tuple[str, str], Form] = {}
    for name, kind in _LISTS.items():
        for key, forms in _rows(name):
            for written in forms:
                form, first = _form(key, kind, written)
                known = found.get((first, form.rest))
                if known is None or form.case < known.case:
                    found[first, form.rest] = form
    grouped: dict[str, list[Form]] = {}
    for (first, _), form in found.items():
        grouped.setdefault(first, []).append(form)
    return {first: tuple(sorted(forms, key=lambda f: -len(f.rest))) for first, forms in grouped.items()}


@cache
def plain_forms() -> dict[str, tuple[tuple[str, str], ...]]:
    """What may be written without capitals: (form, key), the longest first, under the rarest word of the form."""
    ordinary = ordinary_words()
    grouped: dict[str, list[tuple[str, str]]] = {}
    for first, forms in forms_by_first_word().items():
        for form in forms:
            if form.case is Case.ANY and first.isalpha():
                words = re.findall(r"[a-z]+", first + form.rest)
                anchor = min(words, key=lambda word: (word in ordinary, -len(word)))
                grouped.setdefault(anchor, []).append((first + form.rest, form.key))
    return {anchor: tuple(sorted(forms, key=lambda f: -len(f[0]))) for anchor, forms in grouped.items()}


@cache
def written_forms() -> dict[str, tuple[str, ...]]:
    """The forms of each key as they are written, the usual one first; government seats and tickers left out."""
    shown: dict[str, dict[str, None]] = {}
    for name in _LISTS:
        for key, forms in _rows(name):
            row = shown.setdefault(key, {})
            row.update(dict.fromkeys(form.lstrip("=!") for form in forms if not form.startswith(("@", "$"))))
    return {key: tuple(forms) for key, forms in shown.items()}


@cache
def ordinary_words() -> frozenset[str]:
    """Ordinary English words with their regular endings: a capital on one of them says little."""
    words = set(" ".join(read_list("ordinary.txt")).split())
    stems = {word[:-1] for word in words if word.endswith(("e", "y"))}
    plurals = {word + "s" for word in words} | {word + "es" for word in words} | {stem + "ies" for stem in stems}
    pasts = {word + "ed" for word in words} | {word + "d" for word in words} | {stem + "ied" for stem in stems}
    doings = {word + "ing" for word in words} | {stem + "ing" for stem in stems}
    return frozenset(words | plurals | pasts | doings | {word + "ly" for word in words})


@cache
def word_group(name: str) -> frozenset[str]:
    """A named group of words that help to tell names from other words."""
    groups = {group: words for group, _, words in (line.partition(": ") for line in read_list("name_words.txt"))}
    return frozenset(groups[name].split())


def _rows(name: str) -> list[tuple[str, list[str]]]:
    rows = []
    for line in read_list(name):
        key, _, forms = line.partition(": ")
        rows.append((key, forms.split(" | ")))
    return rows


def _form(key: str, kind: Kind, written: str) -> tuple[Form, str]:
    mark = _MARKS.get(written[0])
    bare = written[1:] if mark else written
    first, gap, rest = _first_word(fold(bare))
    case = mark or Case.ANY
    if bare.replace(".", "").isupper() and bare[0] != "$":
        case = Case.ACRONYM if case is Case.INSIDE else Case.CAPITALS
    return Form(key=key, kind=kind, case=case, rest=gap + rest), first


def _first_word(folded: str) -> tuple[str, str, str]:
    """The first word as the reader of names cuts it, and the rest with the mark that begins it."""
    for position, letter in enumerate(folded):
        if letter in " -'+.," and position:
            return folded[:position], letter, folded[position + 1 :]
    return folded, "", ""
