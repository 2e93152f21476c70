"""Making a sentence readable on its own: who is "he", what came before, where the quotation began."""

import re
from dataclasses import dataclass, replace

from bot.news.evidence import Quote
from bot.news.names import forms_of, names_in
from bot.news.text import sentence_spans
from bot.writer.sentences import is_sentence, starts_with_pronoun
from config import defaults

_PERSON = re.compile(r"^(?P<before>[\"“‘']?)(?P<pronoun>He|She)\b|(?<=[,.!?][\"”] )(?P<said>he|she)\b(?= \w+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A sentence as it is shown, and the words of the article that it rests on."""

    text: str
    quote: Quote


def make_readable(quote: Quote) -> Shown:
    """The sentence with the person it means in [brackets], or with the sentence before it when that is not certain."""
    before, after = _neighbours(quote)
    person = _PERSON.search(quote.text)
    if person and before:
        name = _only_person(before)
        if name:
            end = person.end()
            return Shown(text=f"{_plain(quote.text[:end])} [{name}]{_plain_tail(quote.text[end:])}", quote=quote)
    widened = quote
    if before and (starts_with_pronoun(quote.text) or person or _closes_a_quotation(quote.text)):
        widened = replace(quote, start=before.start)
    if after and _opens_a_quotation(widened.text):
        widened = replace(widened, end=after.end)
    if len(widened.text) > defaults.POINT_CHARACTERS:
        widened = quote
    return Shown(text=_plain(widened.text), quote=widened)


def _neighbours(quote: Quote) -> tuple[Quote | None, Quote | None]:
    """The sentences before and after in the article, where they are sentences."""
    text = quote.article.text
    left = max(text.rfind("\n", 0, max(text.rfind("\n", 0, quote.start), 0)), quote.article.dek_end - 1, -1) + 1
    right = text.find("\n", quote.end)
    spans = [
        (left + start, left + end)
        for start, end in sentence_spans(text[left : right if right >= 0 else len(text)], quote.article.language)
    ]
    before = [span for span in spans if span[1] <= quote.start]
    after = [span for span in spans if span[0] >= quote.end]
    return _sentence(quote, before[-1] if before else None), _sentence(quote, after[0] if after else None)


def _sentence(quote: Quote, span: tuple[int, int] | None) -> Quote | None:
    if span is None:
        return None
    near = replace(quote, start=span[0], end=span[1])
    return near if is_sentence(near.text) else None


def _only_person(before: Quote) -> str | None:
    """The only name in the sentence before that is no known place or organisation; None when there is not just one."""
    people = {name.key: before.text[name.start : name.end] for name in names_in(before.text) if not forms_of(name.key)}
    return next(iter(people.values())) if len(people) == 1 else None


def _closes_a_quotation(text: str) -> bool:
    return text.count("”") > text.count("“")


def _opens_a_quotation(text: str) -> bool:
    return text.count("“") > text.count("”")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _plain_tail(text: str) -> str:
    plain = _plain(text)
    return f" {plain}" if text[:1].isspace() else plain
