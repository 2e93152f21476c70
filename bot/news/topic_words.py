"""What a topic is written in: operators, phrases, names, tickers, publishers, patterns and plain words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice
from operator import itemgetter
from typing import Literal

from bot.errors import RequestError
from bot.news.houses import usual_name
from bot.news.lexicon import STOP_WORDS
from bot.news.names import forms_of, names_in
from bot.news.patterns import read_pattern
from bot.news.places import Case, forms_by_first_word, ordinary_words
from bot.news.rule import AnyTerm, Leaf, Matching, Neighbours, Published
from bot.news.subject import house_term, name_terms, part_terms, run_terms, ticker_terms
from bot.news.text import fold, stem_of, stems, unspaced_letters, words
from bot.news.tickers import company_of, read_ticker
from bot.news.typed import again
from config import defaults

Kind = Literal["(", ")", "and", "or", "not", "word", "other", "filler"]

_QUOTES = '"“”„«»「」『』'
_BLANK = re.compile(r"[\s,;]+")
_LETTERS = re.compile(r"\b[a-z]+\b")
_MINUS = re.compile(r"[-–−](?=[^\s,;)])")
_PATTERN = re.compile(r"/((?:\\.|[^/\\])*)/(\w*)")
_FROM = re.compile(rf"(?:(?:source|publisher):\s*|from:(?=[\w{_QUOTES}]))", re.IGNORECASE)
_TYPED = re.compile(rf"[^\s(){_QUOTES}]+")
_OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not"}
_SMALL_OPERATORS: dict[str, Kind] = {"and": "and", "or": "or", "not": "not", "without": "not"}
_ENDS = ".,;:!?…&"
# Names are read behind words without capitals, so that a capital counts for as much as in the middle of a text.
_BEFORE_RUN = "these articles tell in some words about "
_COMPANY_ENDING = re.compile(
    r",? (?:AG|Co|Corp|Corporation|GmbH|Inc|Incorporated|LLC|Ltd|Limited|NV|N\.V\.|PLC|plc|SA|S\.A\.|SE|SpA)\b\.?"
)
_REPORTING = frozenset(
    "anything article articles coverage everything headlines latest news stories update updates".split()
)
_FORMS_SHOWN = 3
_PUBLISHER_WORDS = 6


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a topic: text[start:end].

    "word" is a plain word or a name, "other" a phrase, ticker, publisher or pattern; these have a leaf. "filler" is a
    word that says nothing by itself. An operator is small where it is written small, as in plain language.
    """

    kind: Kind
    start: int
    end: int
    leaf: Leaf | None = None
    is_small: bool = False


def no_words(sentence: str) -> RequestError:
    """The error for a topic, or a part of one, without a usable word."""
    return RequestError(f"{sentence} A topic needs at least one word of 2-{defaults.WORD_LETTERS} letters.", "T01")


def is_word(word: str) -> bool:
    """Whether a word as words() gives it says something by itself: not a single letter, unless its script has no
    spaces, and no stop word.
    """
    return (len(word) > 1 or bool(unspaced_letters(word))) and word not in STOP_WORDS


def read_items(text: str) -> list[Item]:
    """The pieces of the topic, in order; RequestError for one that cannot be read."""
    items: list[Item] = []
    at = 0
    run: int | None = None  # where the plain words begin that are just being passed
    while at < len(text):
        if blank := _BLANK.match(text, at):
            at = blank.end()
        elif item := _item_at(text, at):
            items += _read_run(text, run, at) if run is not None else ()
            items.append(item)
            at, run = item.end, None
        else:
            run = at if run is None else run
            at = _typed_at(text, at).end()
    return [*items, *(_read_run(text, run, at) if run is not None else ())]


def _item_at(text: str, at: int) -> Item | None:
    """What begins there, unless it is plain words."""
    if text[at] in "()":
        return Item("(" if text[at] == "(" else ")", at, at + 1)
    if text[at] in _QUOTES:
        inside, end = _quoted(text, at)
        return Item("other", at, end, _phrase(inside))
    if text[at] == "/":
        return _pattern(text, at)
    if _MINUS.match(text, at):
        return Item("not", at, at + 1)
    if found := _FROM.match(text, at):
        return _publisher(text, found)
    typed = _typed_at(text, at)
    if typed[0] in _OPERATORS:
        return Item(_OPERATORS[typed[0]], *typed.span())
    if ticker := read_ticker(typed[0].rstrip(_ENDS)):
        company = forms_of(company_of(ticker) or "")[:1]
        shown = " ".join([typed[0].rstrip(_ENDS).upper(), *(f"({name})" for name in company)])
        return Item("other", *typed.span(), _any_term(shown, ticker_terms(ticker)))
    return None


def _typed_at(text: str, at: int) -> re.Match[str]:
    found = _TYPED.match(text, at)
    assert found is not None  # blanks, brackets and quotes were looked for before
    return found


def _quoted(text: str, at: int) -> tuple[str, int]:
    """What stands between the quotes, and where it ends."""
    for end in range(at + 1, len(text)):
        if text[end] in _QUOTES:
            return text[at + 1 : end], end + 1
    raise RequestError(
        f"There is an opening quote without a closing one: {again(text[at:])}. Close it, or leave it out.", "C03"
    )


def _phrase(inside: str) -> Leaf:
    run = tuple(words(inside))
    if not run:
        raise no_words("There are no words between the quotes.")
    if len(run) == 1 and len(run[0]) == 1 and is_word(run[0]):
        return _any_term(f"“{run[0]}”", run)
    return Neighbours(inside.strip(), run, True, run_terms(list(map(stem_of, run))))


def _pattern(text: str, at: int) -> Item:
    found = _PATTERN.match(text, at)
    if found is None:
        raise RequestError(
            "This pattern is not supported: an opening slash without a closing one. Write it as /pattern/.", "T02"
        )
    return Item("other", *found.span(), Matching(read_pattern(found[1], found[2].lower())))


def _publisher(text: str, found: re.Match[str]) -> Item:
    """The publisher whose name begins behind the colon: in quotes, or as many words as make a known name, or one."""
    at = found.end()
    if at < len(text) and text[at] in _QUOTES:
        name, end = _quoted(text, at)
    else:
        ends = [typed.end() for typed in islice(_TYPED.finditer(text, at), _PUBLISHER_WORDS)]
        known = (end for end in reversed(ends) if usual_name(text[at:end].rstrip(_ENDS)))
        end = next(known, ends[0] if ends and _TYPED.match(text, at) else at)
        name = text[at:end].rstrip(_ENDS)
    if not words(name):
        raise no_words(f"There is no publisher behind {again(found[0])}; write for example source:Reuters.")
    return Item("other", found.start(), end, Published(usual_name(name) or name.strip(), house_term(name)))


def _read_run(text: str, start: int, end: int) -> Iterator[Item]:
    """The names and words of a stretch of plain text."""
    before = len(_BEFORE_RUN)
    at = start
    for name in names_in(_BEFORE_RUN + _with_capitals(text[start:end])):
        left, right = start + name.start - before, start + name.end - before
        if left < at:
            continue
        yield from _read_words(text, at, left)
        yield from _read_name(text, left, right, name.key)
        at = right
        if ending := _COMPANY_ENDING.match(text, at, end):
            at = ending.end()
    yield from _read_words(text, at, end)


def _read_name(text: str, start: int, end: int, key: str) -> Iterator[Item]:
    """A name, or what it is made of where its capitals are those of a headline: Trump Tariffs."""
    written = text[start:end]
    forms = forms_of(key)
    if forms:
        others = [form for form in forms if fold(form) != fold(written)][:_FORMS_SHOWN]
        shown = f"{written} (also {', '.join(others)})" if others else written
        yield Item("word", start, end, _any_term(shown, name_terms(key), part_terms(key)))
        return
    parts = [(part.start(), part.end()) for part in _TYPED.finditer(text, start, end)]
    ordinary = [fold(text[left:right]) in ordinary_words() for left, right in parts]
    side = stems(written)
    beside = run_terms(side) if len(side) < 3 else frozenset()  # the same name where capitals tell nothing
    if len(parts) == 1:
        spelt = () if key.isalnum() and len(side) == 1 else (f"@{key}", stem_of(key.replace(".", "")))  # A.I. is AI
        yield Item("word", start, end, _any_term(written, beside.union(spelt)))
    elif not any(ordinary) or ordinary == [True, True] or " of " in written:
        yield Item("word", start, end, _any_term(written, beside | name_terms(key), part_terms(key)))
    else:
        for is_ordinary, group in groupby(zip(parts, ordinary, strict=True), key=itemgetter(1)):
            spans = [span for span, _ in group]
            yield from (_read_words if is_ordinary else _read_run)(text, spans[0][0], spans[-1][1])


def _read_words(text: str, start: int, end: int) -> Iterator[Item]:
    """The words of a stretch without names, each in any inflection."""
    for typed in _TYPED.finditer(text, start, end):
        run = words(typed[0])
        if run and run[-1] == "s" and re.search(r"['’]s\W*$", typed[0]):
            run.pop()
        if any(len(word) > defaults.WORD_LETTERS for word in run):
            raise no_words(f"{again(typed[0])} is too long for a word.")
        if "*" in typed[0] and run:
            raise no_words(f"{again(typed[0])} has an asterisk; leave it out, all inflections of a word are found.")
        if not run:
            continue
        shown = typed[0].strip(_ENDS)
        if len(run) > 1:
            side = tuple(map(stem_of, run))
            yield Item("word", *typed.span(), Neighbours(shown, side, False, run_terms(side)))
        elif run[0] in _SMALL_OPERATORS:
            yield Item(_SMALL_OPERATORS[run[0]], *typed.span(), is_small=True)
        elif run[0] in STOP_WORDS or run[0] in _REPORTING:
            yield Item("filler", *typed.span())
        else:
            yield Item("word", *typed.span(), _any_term(shown, (stem_of(run[0]),)))


def _any_term(shown: str, wholes: Iterable[str], parts: Iterable[str] = ()) -> AnyTerm:
    return AnyTerm(shown, frozenset((*wholes, *parts)), frozenset(wholes))


def _with_capitals(run: str) -> str:
    """The text with capitals on what has them in names only, as people leave them out: "uk", "nato", "us"."""
    return _LETTERS.sub(lambda word: word[0].upper() if word[0] in _capital_names() else word[0], run)


@cache
def _capital_names() -> frozenset[str]:
    ordinary = ordinary_words() | STOP_WORDS
    return frozenset({"us"}) | {
        first
        for first, forms in forms_by_first_word().items()
        if first not in ordinary and any(form.case is Case.CAPITALS and not form.rest for form in forms)
    }
