"""Rules: what articles must hold, and must not, to meet a topic of words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.news.patterns import Pattern
from bot.news.places import ordinary_words
from bot.news.rarity import COMMON_STEMS
from bot.news.subject import Span, Subject
from bot.news.text import stem_of

Clause = frozenset[str]
"""Marks of which an article must have at least one."""

LITERAL = "/"
"""What begins the term that a text holds these very letters, as part of a word or whole."""


@dataclass(frozen=True, slots=True)
class AnyTerm:
    """A word in any inflection, or a name or ticker in any of its forms: one of the terms at least.

    `wholes` are those among them that do not stand for a part of the name only.
    """

    shown: str
    terms: Clause
    wholes: Clause

    def holds(self, subject: Subject) -> bool:
        """Whether the article is as wanted."""
        return not self.terms.isdisjoint(subject.terms)

    def where(self, subject: Subject) -> list[Span]:
        """Where what is wanted stands, in order."""
        return sorted({span for term in self.terms for span in subject.where_term(term)})

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What an article must have at the least."""
        return (self.terms,)

    @property
    def in_words(self) -> str:
        """What is wanted, read back."""
        return self.shown


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Words that stand side by side: these very words if exact, else words with these stems.

    `terms` are those of the stems side by side, each of which an article must have.
    """

    shown: str
    run: tuple[str, ...]
    exact: bool
    terms: Clause

    def holds(self, subject: Subject) -> bool:
        """Whether the article is as wanted."""
        return self.terms <= subject.terms and subject.has(self.run, exact=self.exact)

    def where(self, subject: Subject) -> list[Span]:
        """Where what is wanted stands, in order."""
        return subject.where(self.run, exact=self.exact)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What an article must have at the least."""
        return tuple(frozenset({term}) for term in self.terms)

    @property
    def in_words(self) -> str:
        """What is wanted, read back."""
        return f"“{self.shown}”" if self.exact else self.shown


@dataclass(frozen=True, slots=True)
class Matching:
    """A pattern that is found somewhere in headline or text."""

    pattern: Pattern

    def holds(self, subject: Subject) -> bool:
        """Whether the article is as wanted."""
        return self.pattern.find(subject.text) is not None

    def where(self, subject: Subject) -> list[Span]:
        """Where it is found first."""
        found = self.pattern.find(subject.text)
        return [found] if found else []

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The term for letters that it has to have, where there are some; an article does not have it by itself."""
        return (frozenset({LITERAL + self.pattern.literal}),) if self.pattern.literal else ()

    @property
    def in_words(self) -> str:
        """What is wanted, read back."""
        return f"what matches {self.pattern.typed}"


@dataclass(frozen=True, slots=True)
class Published:
    """A publisher, under whatever label of its house: it carries the article, or wrote it."""

    shown: str
    term: str

    def holds(self, subject: Subject) -> bool:
        """Whether the article is as wanted."""
        return self.term in subject.terms

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What an article must have at the least."""
        return (frozenset({self.term}),)

    @property
    def in_words(self) -> str:
        """What is wanted, read back."""
        return f"from {self.shown}"


@dataclass(frozen=True, slots=True)
class NoneOf:
    """Whatever does not hold the part."""

    part: "Rule"

    def holds(self, subject: Subject) -> bool:
        """Whether the article is as wanted."""
        return not self.part.holds(subject)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Nothing that an article must have."""
        return ()

    @property
    def in_words(self) -> str:
        """What is wanted, read back."""
        return f"not {self.part.in_words}" if isinstance(self.part, Published) else f"without {_nested(self.part)}"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple["Rule", ...]

    def holds(self, subject: Subject) -> bool:
        """Whether the article is as wanted."""
        return all(part.holds(subject) for part in self.parts)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What an article must have at the least."""
        return tuple(dict.fromkeys(clause for part in self.parts for clause in part.clauses))

    @property
    def in_words(self) -> str:
        """What is wanted, read back."""
        wanted = [_nested(part) for part in self.parts if not isinstance(part, NoneOf | Published)]
        others = [part.in_words for part in self.parts if isinstance(part, NoneOf | Published)]
        return ", ".join([*([" and ".join(wanted)] if wanted else []), *others])


@dataclass(frozen=True, slots=True)
class OneOf:
    """At least one part holds."""

    parts: tuple["Rule", ...]

    def holds(self, subject: Subject) -> bool:
        """Whether the article is as wanted."""
        return any(part.holds(subject) for part in self.parts)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What an article must have at the least: of one part, the rarest that it wants."""
        wanted = [part.clauses for part in self.parts]
        return (frozenset().union(*map(rarest, wanted)),) if all(wanted) else ()

    @property
    def in_words(self) -> str:
        """What is wanted, read back."""
        return " or ".join(_nested(part) for part in self.parts)


Leaf = AnyTerm | Neighbours | Matching | Published
Rule = AnyTerm | Neighbours | Matching | Published | NoneOf | AllOf | OneOf


def fired(rule: Rule, subject: Subject) -> Iterator[Leaf]:
    """The parts without parts of their own that hold, of those that are wanted, in order."""
    match rule:
        case NoneOf():
            pass
        case AllOf(parts) | OneOf(parts):
            for part in parts:
                if part.holds(subject):
                    yield from fired(part, subject)
        case _:
            yield rule


def is_told_by_terms(rule: Rule) -> bool:
    """Whether every article with a term of each of its clauses meets the rule."""
    match rule:
        case AnyTerm() | Published():
            return True
        case AllOf(parts):
            return all(map(is_told_by_terms, parts))
        case OneOf(parts):
            return all(is_told_by_terms(part) and len(part.clauses) == 1 for part in parts)
    return False


def where(leaf: Leaf, subject: Subject) -> list[Span]:
    """Where in the article the leaf is met; nowhere for a publisher."""
    return [] if isinstance(leaf, Published) else leaf.where(subject)


def without(part: Rule) -> Rule:
    """What the part excludes: people under their whole names, since a surname alone may be anybody's."""
    return NoneOf(_whole(part))


def _whole(rule: Rule) -> Rule:
    match rule:
        case AnyTerm():
            return replace(rule, terms=rule.wholes)
        case NoneOf(part):
            return NoneOf(_whole(part))
        case AllOf(parts):
            return AllOf(tuple(map(_whole, parts)))
        case OneOf(parts):
            return OneOf(tuple(map(_whole, parts)))
    return rule


def rarest(clauses: Sequence[Clause]) -> Clause:
    """The clause that fewest articles are likely to satisfy."""
    return min(clauses, key=lambda clause: (sum(map(_share, clause)), sorted(clause)))


def _nested(rule: Rule) -> str:
    return f"({rule.in_words})" if isinstance(rule, AllOf | OneOf) else rule.in_words


@cache
def _ordinary_stems() -> frozenset[str]:
    return frozenset(map(stem_of, ordinary_words()))


def _share(term: str) -> float:
    """A guess at how many of all articles have the term."""
    if term in COMMON_STEMS:
        return 0.2
    if term.startswith("@"):
        return 0.05 if len(term) == 3 else 0.01  # countries have keys of two letters
    if term in _ordinary_stems() or term.startswith(("from:", "#", "~")):
        return 0.03
    return 0.002
