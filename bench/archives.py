"""Archives of any size for measuring speed: news that reads like news, and says nothing.

Every sentence has the shape of a sentence in samples/, with names, numbers and most words exchanged. Words come
from a vocabulary of 60,000, those of the samples first and made-up ones after them, whose frequencies follow Zipf's
law. An article takes half of its words and most of its names from one of 4,000 subjects, so that a few articles share
many rare words and most share none, as real articles do. The same seed gives the same archive.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bench.commands import ROOT
from bot.news.text import sentence_spans

PASSAGES_AN_ARTICLE = 4

_WORDS = 60_000
_NAMES = 15_000
_SUBJECTS = 4_000
_WORDS_A_SUBJECT = 30
_NAMES_A_SUBJECT = 8
_SENTENCES = (30, 44)
_SENTENCES_A_PARAGRAPH = 3
_PUBLISHERS = 40
_SPAN = timedelta(days=365)
_NEWEST = datetime(2025, 4, 24, tzinfo=UTC)
_EXPONENT = 1.05
_POOL = 1 << 20
_STIRRED = (
    0.4  # share of small words exchanged: two articles then share 1 in 1,000 runs of three words, as real ones do
)
_ONSETS = re.findall(r"\w+", "b br c ch cl d dr f fl g gl gr h j k l m n p pl pr qu r s sh sl st str t th tr v w z")
_VOWELS = re.findall(r"\w+", "a e i o u ai ea ee oa ou")
_CODAS = ["", "", *re.findall(r"\w+", "b ck d ft g l ll m mp n nd ng nt p r rn s st t x")]
_ENDINGS = ["", "", "", "s", "ed", "ing", "er", "tion", "ment", "al"]
_TOKEN = re.compile(
    r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)|(?P<number>\d+(?:[.,]\d+)*)|(?P<word>[a-z]{5,})|(?P<small>[a-z]+)"
)

Order = NDArray[np.int64]
Number = TypeVar("Number", np.int64, np.float64)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question on a generated archive, and a query of a few words."""

    question: str
    query: str


class Printer:
    """Writes made-up articles. Every draw comes from one seeded generator, in order."""

    def __init__(self, seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        self._patterns = list(_read_patterns())
        self._small = [text for pattern in self._patterns for kind, text in pattern if kind == "small"]
        self._words = self._make_words(_WORDS)
        self._names = self._make_names(_NAMES)
        self._subjects = self._zipf(_WORDS, 500)[: _SUBJECTS * _WORDS_A_SUBJECT].reshape(_SUBJECTS, -1)
        self._circles = self._zipf(_NAMES, 5)[: _SUBJECTS * _NAMES_A_SUBJECT].reshape(_SUBJECTS, -1)
        self._common = self._draw_forever(lambda: self._zipf(_WORDS, 0))
        self._known = self._draw_forever(lambda: self._zipf(_NAMES, 5))
        self._dice = self._draw_forever(lambda: self._chance.random(_POOL))

    def articles(self, count: int) -> Iterator[dict[str, str]]:
        """That many articles as objects of a JSON lines file, their dates spread over a year."""
        for number in range(count):
            subject, circle = self._draw_subject()
            names = [self._draw_name(circle) for _ in range(4)] + [self._names[next(self._known)]]
            length = int(_SENTENCES[0] + next(self._dice) * (_SENTENCES[1] - _SENTENCES[0]))
            said = [self._sentence(subject, names) for _ in range(length)]
            step = _SENTENCES_A_PARAGRAPH
            yield {
                "id": f"made-{number}",
                "title": self._headline(subject, names),
                "source": f"{self._names[number % _PUBLISHERS].split()[-1]} Herald",
                "published": (_NEWEST - _SPAN * next(self._dice)).isoformat(),
                "url": f"https://herald.example.org/{number}",
                "text": "\n\n".join(" ".join(said[n : n + step]) for n in range(0, length, step)),
            }

    def questions(self, count: int) -> list[Asked]:
        """That many questions and queries about names and subjects that occur."""
        asked = []
        for number in range(count):
            subject, circle = self._draw_subject()
            one, two, three = self._draw_words(subject)
            name = self._draw_name(circle)
            forms = (
                f"What did {name} say about the {one} of {two}?",
                f"How much did the {one} {two} cost in {name.split()[-1]}?",
                f"What is the latest on {one} and {two}?",
                f"Why did {name} stop the {one} after the {two} of the {three}?",
                f"When does the {one} {two} begin, and who is against it?",
            )
            asked.append(Asked(question=forms[number % len(forms)], query=f"{name} {one} {two}"))
        return asked

    def _sentence(self, subject: Order, names: list[str]) -> str:
        parts = []
        for kind, text in self._patterns[int(next(self._dice) * len(self._patterns))]:
            roll = next(self._dice)
            if kind == "word":
                own = roll < 0.5
                parts.append(self._words[subject[int(roll * 2 * len(subject))] if own else next(self._common)])
            elif kind == "small" and roll < _STIRRED:
                parts.append(self._small[int(roll / _STIRRED * len(self._small))])
            elif kind == "name":
                parts.append(names[int(roll * len(names))])
            elif kind == "number":
                parts.append(str(int(10 ** (roll * 4))))
            else:
                parts.append(text)
        sentence = "".join(parts)
        return sentence[0].upper() + sentence[1:]

    def _headline(self, subject: Order, names: list[str]) -> str:
        one, two, three = self._draw_words(subject)
        return f"{names[0]} says {one} {two} will end the {three}"

    def _draw_subject(self) -> tuple[Order, Order]:
        number = int(next(self._dice) * _SUBJECTS)
        return self._subjects[number], self._circles[number]

    def _draw_words(self, subject: Order) -> list[str]:
        return [self._words[subject[int(next(self._dice) * len(subject))]] for _ in range(3)]

    def _draw_name(self, circle: Order) -> str:
        return self._names[int(circle[int(next(self._dice) * len(circle))])]

    def _draw_forever(self, draw: Callable[[], NDArray[Number]]) -> Iterator[Number]:
        """Fresh draws without end: a pool used twice would print the same article twice."""
        while True:
            yield from draw()

    def _zipf(self, count: int, skipped: int) -> Order:
        """Numbers below count, drawn by Zipf's law; the commonest are left out where the words should be rarer."""
        ranks = np.arange(1 + skipped, count + 1, dtype=np.float64)
        weights = 1 / ranks**_EXPONENT
        drawn = self._chance.choice(len(ranks), size=_POOL, p=weights / weights.sum())
        return np.asarray(drawn + skipped, dtype=np.int64)

    def _make_words(self, count: int) -> list[str]:
        real = (text for pattern in self._patterns for kind, text in pattern if kind == "word")
        made = dict.fromkeys(real)
        while len(made) < count:
            longer = len(made) * 2 // count
            syllables = "".join(self._syllable() for _ in range(1 + longer + int(self._chance.integers(2))))
            made[syllables + self._pick(_ENDINGS)] = None
        return list(made)

    def _make_names(self, count: int) -> list[str]:
        made: dict[str, None] = {}
        while len(made) < count:
            first = self._syllable() + self._pick(["a", "o", "en", ""])
            made[f"{first.capitalize()} {(self._syllable() + self._syllable()).capitalize()}"] = None
        return list(made)

    def _syllable(self) -> str:
        return self._pick(_ONSETS) + self._pick(_VOWELS) + self._pick(_CODAS)

    def _pick(self, choices: list[str]) -> str:
        return choices[int(self._chance.integers(len(choices)))]


def write_articles(seed: int, count: int, path: Path) -> None:
    """Write that many articles as a JSON lines file."""
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(article) + "\n" for article in Printer(seed).articles(count))


def draw_questions(seed: int, count: int) -> list[Asked]:
    """That many questions about names and subjects of the archive with that seed."""
    return Printer(seed).questions(count)


def _read_patterns() -> Iterator[list[tuple[str, str]]]:
    """The sentences of the samples, each as pieces: words, names and numbers to exchange, and what stays."""
    for path in sorted([*ROOT.glob("samples/*.md"), *ROOT.glob("samples/*.txt")]):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.isascii() and len(line) > 80]
        for line in lines:
            for start, end in sentence_spans(line):
                if line[end - 1] == "." and "http" not in line[start:end]:
                    yield list(_pieces(line[start:end]))


def _pieces(sentence: str) -> Iterator[tuple[str, str]]:
    end = 0
    for match in _TOKEN.finditer(sentence):
        yield "kept", sentence[end : match.start()]
        opening = match.start() == 0 and match.lastgroup == "name" and " " not in match.group()
        yield "kept" if opening else str(match.lastgroup), match.group()
        end = match.end()
    yield "kept", sentence[end:]
