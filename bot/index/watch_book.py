"""The watch book: which of very many watches an article meets."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Generic, TypeVar

from bot.news.patterns import Sieve
from bot.news.rule import LITERAL, Clause, rarest
from bot.news.subject import Subject
from bot.news.topic import Met, Topic

WatchKey = TypeVar("WatchKey", bound=Hashable)


@dataclass(slots=True, eq=False)
class _Line(Generic[WatchKey]):
    """A topic in the book, once for all that watch it.

    An article meets it only with a mark of `first`, under which it stands in the book, and with one of `second`.
    """

    number: int
    topic: Topic
    first: Clause
    second: Clause
    watches: dict[WatchKey, None] = field(default_factory=dict)


class WatchBook(Generic[WatchKey]):
    """Watches by the rarest mark that an article needs to meet them, so that an article is held against few of them."""

    def __init__(self) -> None:
        self._lines: dict[str, _Line[WatchKey]] = {}
        self._texts: dict[WatchKey, str] = {}
        self._by_mark: dict[str, dict[_Line[WatchKey], None]] = {}
        self._unmarked: dict[_Line[WatchKey], None] = {}
        self._sieve: Sieve | None = None
        self._written = 0

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, watch: object) -> bool:
        return watch in self._texts

    def add(self, watch: WatchKey, topic: Topic) -> None:
        """Match the watch from now on; one that is in the book already gets the topic instead of its own."""
        self.remove(watch)
        line = self._lines.get(topic.text)
        if line is None:
            line = self._lines[topic.text] = self._write(topic)
        line.watches[watch] = None
        self._texts[watch] = topic.text

    def remove(self, watch: WatchKey) -> None:
        """Match the watch no more; nothing happens to one that is not in the book."""
        text = self._texts.pop(watch, None)
        if text is None:
            return
        line = self._lines[text]
        del line.watches[watch]
        if not line.watches:
            self._strike(line)

    def match(self, subject: Subject) -> list[tuple[WatchKey, Met]]:
        """The watches that the article meets, in the order in which their topics came into the book, each with why."""
        lines = sorted(self._worth_trying(subject), key=attrgetter("number"))
        return [(watch, met) for line in lines if (met := line.topic.meets(subject)) for watch in line.watches]

    def _worth_trying(self, subject: Subject) -> set[_Line[WatchKey]]:
        """The topics that the article may meet."""
        marks = subject.marks
        fired = self._by_mark.keys() & marks
        fired.update(LITERAL + literal for literal in self._literals().held(subject.all_words))
        found = {
            line
            for mark in fired
            for line in self._by_mark[mark]
            if not line.second or not line.second.isdisjoint(marks)
        }
        return found.union(self._unmarked)

    def _literals(self) -> Sieve:
        if self._sieve is None:
            self._sieve = Sieve(mark.removeprefix(LITERAL) for mark in self._by_mark if mark.startswith(LITERAL))
        return self._sieve

    def _write(self, topic: Topic) -> _Line[WatchKey]:
        clauses = topic.clauses
        first: Clause = rarest(clauses) if clauses else frozenset()
        others = [clause for clause in clauses if clause != first and not any(m.startswith(LITERAL) for m in clause)]
        self._written += 1
        line = _Line[WatchKey](self._written, topic, first, rarest(others) if others else frozenset())
        for mark in first:
            self._by_mark.setdefault(mark, {})[line] = None
            if mark.startswith(LITERAL):
                self._sieve = None
        if not first:
            self._unmarked[line] = None
        return line

    def _strike(self, line: _Line[WatchKey]) -> None:
        del self._lines[line.topic.text]
        self._unmarked.pop(line, None)
        for mark in line.first:
            del self._by_mark[mark][line]
            if not self._by_mark[mark]:
                del self._by_mark[mark]
                if mark.startswith(LITERAL):
                    self._sieve = None
