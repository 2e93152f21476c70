"""Telling whether two sentences state the same fact, and gathering those that do."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.news.evidence import Quote
from bot.news.lexicon import ASKING_STEMS, subject_stems
from bot.news.names import names_in
from bot.news.text import stems
from config import defaults

_NUMBER = re.compile(r"\d[\d.,]*\d|\d")


@dataclass(kw_only=True, slots=True)
class Fact:
    """A fact and the sentences that state it, the best first; the others are from other articles."""

    quotes: list[Quote] = field(default_factory=list)

    @property
    def lead(self) -> Quote:
        """The sentence that is shown."""
        return self.quotes[0]


def gather_facts(quotes: Iterable[Quote], *, limit: int) -> list[Fact]:
    """The first `limit` different facts of the quotes, in their order, each with the sentences that repeat it."""
    facts: list[Fact] = []
    for quote in quotes:
        same = next((fact for fact in facts if states_same(fact.lead, quote)), None)
        if same is None:
            if len(facts) < limit:
                facts.append(Fact(quotes=[quote]))
        elif len(same.quotes) < defaults.CITATIONS_A_POINT and _adds_a_voice(same.quotes, quote):
            same.quotes.append(quote)
    return facts


def states_same(one: Quote, other: Quote) -> bool:
    """Whether two sentences say the same: most words shared and no different number."""
    first, second = frozenset(subject_stems(one.text)), frozenset(subject_stems(other.text))
    if not first or not second:
        return False
    if numbers(one.text) != numbers(other.text) or not _overlap(first, second, defaults.SAME_FACT_WORDS):
        return False
    # Who said it must not outweigh what was said: the same governor says one thing in March and another in April.
    first, second = first - _speakers(one.text), second - _speakers(other.text)
    return not first or not second or _overlap(first, second, 1)


def _overlap(one: frozenset[str], other: frozenset[str], least: int) -> bool:
    """Whether most words of both, or nearly all and not too few of the shorter one, are shared."""
    shared = len(one & other)
    alike = shared / len(one | other) >= defaults.SAME_FACT_SHARE
    return alike or (shared / min(len(one), len(other)) >= defaults.SAME_FACT_INSIDE and shared >= least)


def _speakers(text: str) -> frozenset[str]:
    """The stems of the names in the text and of the words that only say that somebody spoke."""
    names = " ".join(text[name.start : name.end] for name in names_in(text))
    return ASKING_STEMS.union(stems(names))


def numbers(text: str) -> frozenset[str]:
    """The numbers in the text, as digits."""
    return frozenset(number.replace(",", "") for number in _NUMBER.findall(text))


def _adds_a_voice(quotes: Sequence[Quote], quote: Quote) -> bool:
    """Whether the sentence comes from an article, and not from a mere copy of one, that is not there yet."""
    origins = {one.article.copy_of or one.article.id for one in quotes}
    return (quote.article.copy_of or quote.article.id) not in origins
