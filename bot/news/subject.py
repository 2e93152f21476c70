"""Subjects: articles in the form in which topics are matched, made once for all watches."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from itertools import pairwise

from bot.news.article import Article
from bot.news.houses import house_of
from bot.news.names import Name, names_in
from bot.news.places import Kind, forms_by_first_word, written_forms
from bot.news.text import fold, sentence_spans, stem_of, unspaced_letters, word_spans, words
from bot.news.tickers import Ticker, TickerMention, company_of, tickers_in

Span = tuple[int, int]

_LINE_END = "\n"
ALWAYS = frozenset({_LINE_END})
"""Marks of every article."""


class Subject:
    """What topics are matched with: an article's headline and text, read once, and only as far as somebody asks.

    `text` is the headline, a newline and the article's text; spans are (start, end) in it, and `body` is where the
    article's own text begins. `words` are its folded words in order and `stems` their stems, both with "\\n" where a
    line ends. `vector` is what the article means, where somebody has worked that out.
    """

    def __init__(self, article: Article, vector: Sequence[float] | None = None) -> None:
        self.article = article
        self.vector = vector
        self.text = f"{article.title}\n{article.text}"
        self.body = len(article.title) + 1
        self.words = _words_by_line(self.text)
        self.stems = tuple(map(stem_of, self.words))

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The names in the text, in order."""
        return tuple(names_in(self.text))

    @cached_property
    def tickers(self) -> tuple[TickerMention, ...]:
        """The tickers in the text, in order."""
        return tuple(tickers_in(self.text))

    @cached_property
    def terms(self) -> frozenset[str]:
        """All that a topic can ask for by itself: runs, names, tickers, the publisher."""
        return frozenset(self._terms())

    @cached_property
    def runs(self) -> frozenset[str]:
        """The terms of its words alone: stems, stems side by side, letters of scripts without spaces."""
        return frozenset((*self.stems, *map(" ".join, pairwise(self.stems)), *unspaced_letters(self.text)))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Where each sentence stands; the first is the headline, unless that is empty."""
        headline = [(0, self.body - 1)] if self.article.title else []
        spans = sentence_spans(self.article.text, self.article.language)
        return (*headline, *((self.body + start, self.body + end) for start, end in spans))

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """Which of the stems are this one, by their numbers."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, stem in enumerate(self.stems):
            places[stem].append(place)
        return dict(places)

    @cached_property
    def all_words(self) -> str:
        """The words in one text, each between blanks."""
        return f" {' '.join(self.words)} "

    def sentence_at(self, position: int) -> int:
        """The number of the sentence in which the position is."""
        return max(0, bisect_right(self.sentences, (position, len(self.text))) - 1)

    def has(self, run: Sequence[str], *, exact: bool) -> bool:
        """Whether these words stand side by side; unless exact, whether any words with these stems do."""
        return f" {' '.join(run)} " in (self.all_words if exact else self._all_stems)

    def where(self, run: Sequence[str], *, exact: bool) -> list[Span]:
        """Where they do."""
        held, run = self.words if exact else self.stems, tuple(run)
        first = self.places.get(stem_of(run[0]) if exact else run[0], ())
        starts = (place for place in first if held[place : place + len(run)] == run)
        return [(self._spans[place][0], self._spans[place + len(run) - 1][1]) for place in starts]

    def where_term(self, term: str) -> list[Span]:
        """Where what the term stands for is in the text; nowhere for the publisher and for what the article lacks."""
        if term in self.places:
            return [self._spans[place] for place in self.places[term]]
        if term[0] == "@":
            return [(name.start, name.end) for name in self.names if term in _terms_of_name(name.key)]
        if term[0] == "$":
            return [(one.start, one.end) for one in self.tickers if term in _terms_of_ticker(one.ticker)]
        if len(term) == 1:
            return [(at, at + 1) for at, letter in enumerate(self.text) if fold(letter) == term]
        return self.where(term.split(" "), exact=False)

    def _terms(self) -> set[str]:
        terms = set(self.runs)
        for key in {name.key for name in self.names}:
            terms.update(_terms_of_name(key))
        for mention in self.tickers:
            terms.update(_terms_of_ticker(mention.ticker))
        terms.update(house_term(name) for name in (self.article.publisher, self.article.origin) if name)
        return terms

    @cached_property
    def _all_stems(self) -> str:
        return f" {' '.join(self.stems)} "

    @cached_property
    def _spans(self) -> list[Span]:
        """Where each of the words stands."""
        spans: list[Span] = []
        offset = 0
        for line in self.text.split("\n"):
            spans += ((offset + start, offset + end) for start, end in word_spans(line))
            offset += len(line) + 1
            spans.append((offset - 1, offset))
        return spans


def name_terms(key: str) -> frozenset[str]:
    """The terms of which an article has one that names the person, place or organisation of this key as a whole."""
    return frozenset({f"@{key}"} if key in _listed_things() else {f"@{key}", f"@…{key}"})


def part_terms(key: str) -> frozenset[str]:
    """The terms of articles that may mean them by the end of the name alone, as same_name has it: by their surname.

    Places and organisations that a list knows have none.
    """
    return frozenset() if key in _listed_things() else frozenset(f"@{ending}" for ending in _endings(key))


def ticker_terms(ticker: Ticker) -> frozenset[str]:
    """The terms of which an article has at least one that gives this ticker, or names the company where it is known."""
    stated = {f"${ticker.symbol}@{ticker.exchange}", f"${ticker.symbol}@"} if ticker.exchange else {f"${ticker.symbol}"}
    company = company_of(ticker)
    return frozenset(stated | {f"@{company}"} if company else stated)


def run_terms(run: Sequence[str]) -> frozenset[str]:
    """The terms that every article has in which words with these stems stand side by side."""
    return frozenset(map(" ".join, pairwise(run)) if len(run) > 1 else run)


def house_term(publisher: str) -> str:
    """The term of every article that this publisher carries or wrote, whichever label of its house it is under."""
    return f"from:{house_of(publisher)}"


def _words_by_line(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for line in text.split(_LINE_END):
        found += words(line)
        found.append(_LINE_END)
    return tuple(found)


def _terms_of_name(key: str) -> list[str]:
    return [f"@{key}", *(f"@…{ending}" for ending in _endings(key))] if " " in key else [f"@{key}"]


def _terms_of_ticker(ticker: Ticker) -> tuple[str, str]:
    return f"${ticker.symbol}", f"${ticker.symbol}@{ticker.exchange or ''}"


def _endings(key: str) -> list[str]:
    """The last word or words of a name, without the whole."""
    parts = key.split(" ")
    return [" ".join(parts[start:]) for start in range(1, len(parts))]


@cache
def _listed_things() -> frozenset[str]:
    people = {form.key for forms in forms_by_first_word().values() for form in forms if form.kind is Kind.PERSON}
    return frozenset(written_forms().keys() - people)
