"""Which choice of a quiz question an answer supports best.

The rule is plain and knows nothing of the set. The words of the choices are stemmed. A word counts the more the fewer
of the choices have it, and nothing when all have it. A choice is supported by the share of its words that stands in
what a reader of the answer sees: its sentences, its figures, then the headlines cited. A word in the first of these
counts in full, in each later one a tenth less, down to a half. Where no choice finds any support there, the nearest
coverage, quotes with their headlines, is read the same way. A tie goes to the choice that is listed first.
"""

import math
from collections.abc import Sequence

from bench.commands import Row
from bot.news.text import stems

_LATER = 0.1
_LEAST = 0.5


def choose(answer: Row, choices: Sequence[str]) -> int:
    """The number of the choice, from 0, that the answer as `ask --json` prints it supports best."""
    said = [point["text"] for point in answer["points"]]
    said += [f"{figure['value']} {figure['of']}" for figure in answer["figures"]]
    said += [citation["title"] for citation in answer["citations"]]
    support = supports(choices, said)
    if not any(support):
        support = supports(choices, [f"{citation['quote']} {citation['title']}" for citation in answer["nearest"]])
    return max(range(len(choices)), key=lambda n: (support[n], -n))


def supports(choices: Sequence[str], sentences: Sequence[str]) -> list[float]:
    """For each choice the weighted share of its words that stands in the sentences, from 0 to 1."""
    worth: dict[str, float] = {}
    for place, sentence in enumerate(sentences):
        for stem in stems(sentence):
            worth.setdefault(stem, max(_LEAST, 1 - _LATER * place))
    bags = [set(stems(choice)) for choice in choices]
    weights = {stem: math.log(len(bags) / sum(stem in bag for bag in bags)) for bag in bags for stem in bag}
    totals = [sum(weights[stem] for stem in bag) for bag in bags]
    found = [sum(weights[stem] * worth.get(stem, 0.0) for stem in bag) for bag in bags]
    return [part / total if total else 0.0 for part, total in zip(found, totals, strict=True)]
