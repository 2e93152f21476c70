"""Glances: whether an article may be on a topic, without reading it word by word."""

from dataclasses import dataclass
from functools import cache, lru_cache

from bot.news.article import Article
from bot.news.places import forms_by_first_word
from bot.news.rule import LITERAL
from bot.news.subject import ALWAYS, house_mark
from bot.news.text import fold
from bot.news.topic import Topic

_MARKS_REMEMBERED = 4096
_SHORTEST = 2  # letters
_PLACE_KEY = 2  # letters: the keys of countries, which no text holds


def may_meet(topic: Topic, article: Article) -> bool:
    """False only where the article surely does not meet the topic: it lacks what it would have to hold."""
    if not topic.clauses:
        return True
    text = fold(f"{article.title}\n{article.text}")
    seen = _Seen(
        text=f"{text}\n{text.replace('.', '')}" if "." in text else text,  # U.S.
        houses=frozenset(house_mark(name) for name in (article.publisher, article.origin) if name),
        is_plain=text.isascii(),
    )
    return all(any(seen.may_have(mark) for mark in clause) for clause in topic.clauses)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Seen:
    """What is seen of an article: its letters, folded, and its houses. Names are sure in plain letters only."""

    text: str
    houses: frozenset[str]
    is_plain: bool

    def may_have(self, mark: str) -> bool:
        if mark.startswith("from:"):
            return mark in self.houses
        if mark[0] == "@" and not self.is_plain:
            return True
        return any(all(part in self.text for part in parts) for parts in _letters(mark))


@lru_cache(maxsize=_MARKS_REMEMBERED)
def _letters(mark: str) -> tuple[tuple[str, ...], ...]:
    """What stands in every folded text that has the mark: all letters of one of these."""
    if mark in ALWAYS or mark.startswith(LITERAL):
        return ((),)
    if mark[0] == "$":
        return ((mark[1:].partition("@")[0].lower(),),)
    if mark[0] == "@":
        key = mark[1:].removeprefix("…")
        itself = () if len(key) == _PLACE_KEY else (key.replace(".", ""),)
        return tuple((form.split()[-1],) for form in (*_forms().get(key, ()), *itself))
    return (tuple(map(_beginning, mark.split(" "))),)


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    """All forms in which each listed name is written, folded."""
    found: dict[str, tuple[str, ...]] = {}
    for first, forms in forms_by_first_word().items():
        for form in forms:
            found[form.key] = (*found.get(form.key, ()), first + form.rest)
    return found


def _beginning(stem: str) -> str:
    """The letters with which every word of this stem begins: "tariff" for itself, "dut" for duty and duties."""
    if stem.endswith("ie"):
        return stem[: max(1, len(stem) - 2)]  # tying, tie
    return stem[: max(_SHORTEST, len(stem) - 1)]
