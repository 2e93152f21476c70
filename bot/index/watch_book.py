"""The watch book: which of very many watches an article meets."""

from collections import Counter
from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass, field
from itertools import product
from operator import attrgetter
from typing import Generic, TypeAlias, TypeVar

from bot.news.gates import field_terms, fields_of
from bot.news.patterns import Sieve
from bot.news.rule import LITERAL, Clause, rarest
from bot.news.subject import ALWAYS, Subject
from bot.news.taste import Taste
from bot.news.topic import Met, Topic
from config import defaults

WatchKey = TypeVar("WatchKey", bound=Hashable)

_Meant: TypeAlias = tuple[str, Taste | None]
"""A topic by its text, and the taste of the only watch that means it so."""


@dataclass(slots=True, eq=False)
class _Line(Generic[WatchKey]):
    """A topic in the book, once for all that watch it.

    An article meets it only with a term of `first` and a term of `second`, and it stands in the book under each pair.
    `is_sure` says that nothing more is needed.
    """

    number: int
    topic: Topic
    first: Clause
    second: Clause
    is_sure: bool
    watches: dict[WatchKey, None] = field(default_factory=dict)


class WatchBook(Generic[WatchKey]):
    """Watches by the two rarest things that an article needs to meet them, so that it is held against few of them."""

    def __init__(self) -> None:
        self._lines: dict[_Meant, _Line[WatchKey]] = {}
        self._meant: dict[WatchKey, _Meant] = {}
        self._by_terms: dict[str, dict[str, dict[_Line[WatchKey], None]]] = {}
        self._sieve: Sieve | None = None
        self._written = 0
        self._fields = Counter[str]()

    def __len__(self) -> int:
        return len(self._meant)

    def __contains__(self, watch: object) -> bool:
        return watch in self._meant

    def add(self, watch: WatchKey, topic: Topic) -> None:
        """Match the watch from now on; one that is in the book already gets the topic instead of its own."""
        self.remove(watch)
        meant = topic.text, topic.taste
        line = self._lines.get(meant)
        if line is None:
            line = self._lines[meant] = self._write(topic)
        line.watches[watch] = None
        self._meant[watch] = meant

    def remove(self, watch: WatchKey) -> None:
        """Match the watch no more; nothing happens to one that is not in the book."""
        meant = self._meant.pop(watch, None)
        if meant is None:
            return
        line = self._lines[meant]
        del line.watches[watch]
        if not line.watches:
            self._strike(line)

    def match(self, subject: Subject) -> list[tuple[WatchKey, Met]]:
        """The watches that the article meets, in the order in which their topics came into the book, each with why."""
        lines = sorted(self._worth_trying(subject), key=attrgetter("number"))
        return [
            (watch, met)
            for line in lines
            if (met := Met(line.topic, subject) if line.is_sure else line.topic.meets(subject))
            for watch in line.watches
        ]

    def _worth_trying(self, subject: Subject) -> Set[_Line[WatchKey]]:
        """The topics that the article may meet."""
        terms = subject.terms.union(field_terms(subject, self._fields)) if self._fields else subject.terms
        literals = [LITERAL + literal for literal in self._literals().held(subject.all_words)]
        found = set[_Line[WatchKey]]()
        for term in (*_in_both(self._by_terms, terms), *literals):
            by_second = self._by_terms[term]
            for second in _in_both(by_second, terms):
                found.update(by_second[second])
        return found

    def _literals(self) -> Sieve:
        if self._sieve is None:
            self._sieve = Sieve(term.removeprefix(LITERAL) for term in self._by_terms if term.startswith(LITERAL))
        return self._sieve

    def _write(self, topic: Topic) -> _Line[WatchKey]:
        clauses = topic.gates
        first: Clause = rarest(clauses) if clauses else ALWAYS
        others = [clause for clause in clauses if clause != first]
        told = [clause for clause in others if not any(term.startswith(LITERAL) for term in clause)]
        few = [clause for clause in told if len(first) * len(clause) <= defaults.BOOK_PAIRS]
        second: Clause = rarest(few) if few else ALWAYS
        self._written += 1
        line = _Line[WatchKey](
            self._written, topic, first, second, is_sure=topic.is_told_by_terms and set(others) <= {second}
        )
        for one, other in product(line.first, line.second):
            self._by_terms.setdefault(one, {}).setdefault(other, {})[line] = None
        self._fields.update(fields_of(line.first | line.second))
        self._forget_literals(line)
        return line

    def _strike(self, line: _Line[WatchKey]) -> None:
        del self._lines[line.topic.text, line.topic.taste]
        self._fields -= Counter(fields_of(line.first | line.second))
        for one, other in product(line.first, line.second):
            by_second = self._by_terms[one]
            del by_second[other][line]
            if not by_second[other]:
                del by_second[other]
            if not by_second:
                del self._by_terms[one]
        self._forget_literals(line)

    def _forget_literals(self, line: _Line[WatchKey]) -> None:
        if any(term.startswith(LITERAL) for term in line.first):
            self._sieve = None


def _in_both(lines: Mapping[str, object], terms: frozenset[str]) -> Set[str]:
    """The terms that are in both, found by going through the fewer."""
    return terms.intersection(lines) if len(lines) < len(terms) else lines.keys() & terms
