"""Topics: what a watch or a digest is about, as it was typed and as it was understood."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.errors import RequestError
from bot.news.description import Description, Judged, judge, margin_of, read_description
from bot.news.digest import Reason
from bot.news.gates import gates_of
from bot.news.rule import (
    AllOf,
    AnyTerm,
    Clause,
    Leaf,
    Matching,
    Neighbours,
    NoneOf,
    OneOf,
    Published,
    Rule,
    fired,
    is_told_by_terms,
    where,
)
from bot.news.subject import Span, Subject
from bot.news.taste import Taste
from bot.news.text import fold, unspaced_letters
from bot.news.topic_rule import read_rule
from bot.news.topic_words import Item, is_word, no_words, read_items
from config import defaults

_DESCRIBES = re.compile(r"[,:;?!…](?=\s)|\s[–—-]\s")


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """What is watched: a rule, a description in plain language, or a description with a rule besides it.

    `key` is equal for topics that differ in case and spaces only. An article meets the topic when it meets both.
    `taste` is what the readers of one watch have shown to want of it.
    """

    text: str
    key: str
    rule: Rule | None
    description: Description | None
    taste: Taste | None = None

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Sets of terms, of each of which an article must have one to meet the topic."""
        wanted = self.rule.clauses if self.rule is not None else ()
        return (*wanted, *self.description.clauses) if self.description else wanted

    @property
    def gates(self) -> tuple[Clause, ...]:
        """The same, with the terms of fields among them (see field_terms), which tell more; without a taste only."""
        if self.taste is not None:
            return self.clauses
        wanted = self.rule.clauses if self.rule is not None else ()
        return (*wanted, *gates_of(self.description)) if self.description else wanted

    @property
    def is_told_by_terms(self) -> bool:
        """Whether every article with a term of each clause meets the topic."""
        return self.description is None and self.taste is None and self.rule is not None and is_told_by_terms(self.rule)

    def meets(self, subject: Subject) -> "Met | None":
        """Why the article meets the topic; None when it does not."""
        if self.rule is not None and not self.rule.holds(subject):
            return None
        shift = self.taste.shift(subject) if self.taste is not None else 0.0
        if self.description is None:
            return Met(self, subject) if defaults.RULE_MARGIN + shift >= 0 else None
        judged = judge(self.description, subject, shift)
        return Met(self, subject, judged) if judged else None

    def margin(self, subject: Subject) -> float:
        """How far the article is beyond what the topic needs by itself, below zero where it falls short."""
        if self.description is None:
            return defaults.RULE_MARGIN
        margin = margin_of(self.description, subject)
        return 0.0 if margin is None else margin

    def in_words(self) -> str:
        """The topic as it was understood, read back: "articles with … or …, without …"."""
        read_back = self.rule.in_words if self.rule else ""
        if self.description:
            return ", ".join(
                [f"articles about “{self.description.text}” by what they mean", *([read_back] if read_back else [])]
            )
        return f"articles {read_back}" if read_back.startswith("from ") else f"articles with {read_back}"


class Met:
    """Why an article meets a topic: what fired, and where; looked for when somebody asks.

    `words` are the wanted words as they stand in the article. `sentence` is the span in subject.text of the sentence
    that holds most of them; where none stands in the text, as for a publisher, of the first one. `judged` is how a
    description was judged.
    """

    def __init__(self, topic: Topic, subject: Subject, judged: Judged | None = None) -> None:
        self.topic = topic
        self.subject = subject
        self.judged = judged

    @cached_property
    def words(self) -> tuple[str, ...]:
        """See above."""
        if self.judged:
            return self.judged.words
        start, end = self.sentence
        shown = [next((span for span in spans if start <= span[0] < end), spans[0]) for spans in self._standing]
        return tuple(dict.fromkeys(self.subject.text[left:right] for left, right in shown))

    @cached_property
    def sentence(self) -> Span:
        """See above."""
        if self.judged:
            return self.judged.sentence
        sentences = self.subject.sentences
        numbers = [{self.subject.sentence_at(start) for start, _ in spans} for spans in self._standing]
        held = Counter(number for spans in numbers for number in spans)
        most = max(held.values(), default=0)
        best = [number for number, count in held.items() if count == most] or range(len(sentences))
        # The headline says why only where no sentence of the text holds as much.
        number = min(best, key=lambda number: (sentences[number][0] < self.subject.body, number), default=None)
        return (0, len(self.subject.text)) if number is None else sentences[number]

    @cached_property
    def reason(self) -> Reason:
        """The same as it is kept and told."""
        start, end = self.sentence
        return Reason(
            topic=self.topic.text,
            words=self.words,
            meaning=self.judged.meaning if self.judged else None,
            needed=self.judged.needed if self.judged else None,
            sentence=self.subject.text[start:end],
        )

    @cached_property
    def _standing(self) -> list[list[Span]]:
        """Where each part stands that is wanted and there."""
        rule = self.topic.rule
        leaves = fired(rule, self.subject) if rule is not None else ()
        return [spans for leaf in leaves if (spans := where(leaf, self.subject))]


def read_topic(text: str) -> Topic:
    """The topic as understood; RequestError (T01, T02, T03, C03) for one that cannot be watched.

    What has operators, quotes, tickers or patterns, or only a few words, is a rule; whatever else describes in plain
    language, and what it must not have or who must publish it may stand beside.
    """
    text = " ".join(text.split())
    if len(text) > defaults.TOPIC_CHARACTERS:
        limit = f"Topics can have {defaults.TOPIC_CHARACTERS} characters; this has {len(text):,}."
        raise RequestError(f"{limit} Write a shorter one.", "T01")
    items = read_items(text)
    if not any(item.leaf and _says_something(item.leaf) for item in items):
        raise no_words("There is no word in this topic that could be watched.")
    plain, beside = _parted(items)
    described = _joined(text, beside)
    if _describes(text, plain, described):
        rule = read_rule(text, beside) if beside else None
        return Topic(text=text, key=_key(text, items), rule=rule, description=read_description(described))
    rule = read_rule(text, items)
    if not _wants_something(rule):
        raise RequestError("That would match every article. Add words that the articles shall have.", "T03")
    return Topic(text=text, key=_key(text, items), rule=rule, description=None)


def _parted(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """The items that can be plain language, and those that can stand beside it: what is left out, and publishers."""
    plain: list[Item] = []
    beside: list[Item] = []
    excluding, depth = False, 0
    for item in items:
        if excluding or isinstance(item.leaf, Published) or (item.kind == "not" and not item.is_small):
            beside.append(item)
            depth += (item.kind == "(") - (item.kind == ")")
            excluding = item.kind == "not" or (excluding and depth > 0)
        else:
            plain.append(item)
    return plain, beside


def _describes(text: str, plain: Sequence[Item], described: str) -> bool:
    """Whether the items are plain language rather than words all of which must be there."""
    if any(item.kind == "other" or (item.kind in ("and", "or") and not item.is_small) for item in plain):
        return False
    if any(item.kind == "not" for item in plain):  # "not guilty", "steel without tariffs": too many ways to mean it
        return True
    if not any(item.leaf and _says_something(item.leaf) for item in plain):
        return False
    lengths = (len(unspaced_letters(text[item.start : item.end])) // 2 for item in plain if item.kind not in "()")
    return sum(max(1, length) for length in lengths) > defaults.RULE_WORDS or bool(_DESCRIBES.search(described))


def _joined(text: str, beside: Sequence[Item]) -> str:
    """The text without what stands beside."""
    letters = list(text)
    for item in beside:
        letters[item.start : item.end] = " " * (item.end - item.start)
    return " ".join("".join(letters).split()).strip(" ,;:-–—")


def _key(text: str, items: Sequence[Item]) -> str:
    """The text folded, but for patterns, in which case and spaces say something."""
    kept = [(item.start, item.end) for item in items if isinstance(item.leaf, Matching)]
    edges = [0, *(edge for span in kept for edge in span), len(text)]
    pieces = [text[left:right] for left, right in pairwise(edges)]
    return "".join(piece if number % 2 else fold(piece) for number, piece in enumerate(pieces))


def _says_something(leaf: Leaf) -> bool:
    """Whether the leaf is more than a small word or a single letter."""
    match leaf:
        case Neighbours(run=run) if len(run) == 1:
            return is_word(run[0])
        case AnyTerm(terms=terms) if len(terms) == 1:
            return is_word(next(iter(terms)))
    return True


def _wants_something(rule: Rule) -> bool:
    """Whether the rule wants anything to be there, rather than only not to be."""
    match rule:
        case NoneOf():
            return False
        case AllOf(parts):
            return any(map(_wants_something, parts))
        case OneOf(parts):
            return all(map(_wants_something, parts))
    return True
