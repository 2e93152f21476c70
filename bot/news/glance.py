"""Glances: whether an article may be on a topic, without reading it for names."""

from functools import cache, lru_cache
from itertools import pairwise

from bot.news.article import Article
from bot.news.places import forms_by_first_word
from bot.news.rule import LITERAL, Clause
from bot.news.subject import ALWAYS, house_term
from bot.news.text import fold, stems, unspaced_letters
from bot.news.topic import Topic

_CLAUSES_REMEMBERED = 1024
_CODE = 2  # letters: the keys of countries, which no text holds


def may_meet(topic: Topic, article: Article) -> bool:
    """False only where the article surely does not meet the topic: it lacks what it would have to hold."""
    if not topic.clauses:
        return True
    text = f"{article.title}\n{article.text}"
    held = stems(text)
    terms = {*held, *map(" ".join, pairwise(held)), *unspaced_letters(text), *ALWAYS}
    terms.update(house_term(name) for name in (article.publisher, article.origin) if name)
    return all(not clause.isdisjoint(terms) or _may_name(clause, text) for clause in topic.clauses)


def _may_name(clause: Clause, text: str) -> bool:
    """Whether one of the names, tickers or letters of the clause may be in the text."""
    named = _letters_of(clause)
    if not named:
        return False
    folded = fold(text)
    if not folded.isascii():
        return True  # names are written in plain letters here, and in many ways elsewhere
    plain = folded.replace(".", "")  # U.S.
    return any(letters in folded or letters in plain for letters in named)


@lru_cache(maxsize=_CLAUSES_REMEMBERED)
def _letters_of(clause: Clause) -> tuple[str, ...]:
    """Of which one stands in every folded text that has a name, ticker or pattern of the clause."""
    found: list[str] = []
    for term in clause:
        if term.startswith(LITERAL):
            found.append("")
        elif term[0] == "$":
            found.append(term[1:].partition("@")[0].lower())
        elif term[0] == "@":
            key = term[1:].removeprefix("…")
            forms = _forms().get(key, ())
            is_code = bool(forms) and len(key) == _CODE
            found += (form.split()[-1] for form in (*forms, *(() if is_code else (key.replace(".", ""),))))
    return tuple(dict.fromkeys(found))


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    """All forms in which each listed name is written, folded."""
    found: dict[str, tuple[str, ...]] = {}
    for first, forms in forms_by_first_word().items():
        for form in forms:
            found[form.key] = (*found.get(form.key, ()), first + form.rest)
    return found
