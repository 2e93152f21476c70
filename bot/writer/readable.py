"""Making a sentence readable on its own: who is "he", what came before, where the quotation began."""

import re
from dataclasses import dataclass, replace

from bot.news.evidence import Quote
from bot.news.names import forms_of, names_in
from bot.news.places import word_group
from bot.news.text import sentence_spans
from bot.writer.sentences import is_sentence, starts_with_pronoun
from config import defaults

# Inside a quotation "he" is whoever the speaker means, so only one outside is named.
_PERSON = re.compile(r"^(?:He|She)(?= )|(?<=[,.!?][\"”] )(?:he|she)(?= \w+)")
_PLACED = re.compile(r"\b(?:in|at|from|near|across|outside|the)\s+$", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"(\w[\w-]*)\.?\s+$")


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
        name = _only_person(quote, before)
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


def _only_person(quote: Quote, before: Quote) -> str | None:
    """The person in the sentence before the quote; None when there is not just one, or it may be no person.

    Known places and organisations are none, and neither is what something happens in. A single word is a person only
    where the article so far gives it a first name or a title.
    """
    text = quote.article.text[: quote.start]
    names = [name for name in names_in(text) if not forms_of(name.key)]
    near = [name for name in names if name.start >= before.start and not _PLACED.search(text[: name.start][-12:])]
    keys = {name.key for name in near}
    if len(keys) != 1:
        return None
    key = keys.pop()
    parts = key.split()
    titled = any(name.key == key and _has_title(text[: name.start]) for name in names)
    if not titled and (len(parts) == 1 or word_group("institutions").intersection(parts)):
        return None
    return text[near[0].start : near[0].end]


def _has_title(text: str) -> bool:
    """Whether the text ends in a title, so that a person must follow."""
    word = _WORD_BEFORE.search(text[-30:])
    return word is not None and word[1].lower() in word_group("titles")


def _closes_a_quotation(text: str) -> bool:
    return text.count("”") > text.count("“")


def _opens_a_quotation(text: str) -> bool:
    return text.count("“") > text.count("”")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _plain_tail(text: str) -> str:
    plain = _plain(text)
    return f" {plain}" if text[:1].isspace() else plain
