"""Telling a story in few sentences: what several publishers say, each sentence from another of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from bot.news.article import Article, ArticleId
from bot.news.evidence import Quote
from bot.news.lexicon import subject_stems
from bot.news.text import sentence_spans, stems
from bot.writer.facts import Fact, gather_facts, states_same
from bot.writer.salience import rank_by_salience
from bot.writer.sentences import is_fit_to_show, is_sentence
from config import defaults


@lru_cache(maxsize=defaults.STORIES_TOLD_KEPT)
def tell_story(articles: tuple[Article, ...], limit: int, told: str = "") -> tuple[Fact, ...]:
    """The facts in which the story is told, at most so many, with whoever else states each; newest article first.

    A sentence is worth what other publishers say as well, and what their headlines speak of, less the words that it
    takes. No two are of one publisher. `told` is a sentence that was told already. A story of one publisher is told in
    the sentences that matter most.
    """
    voices = _voices(articles)
    if len(voices) < 2:
        fit = (quote for quote in rank_by_salience(voices) if is_fit_to_show(quote.text) and quote.text != told)
        return tuple(gather_facts(fit, limit=limit))
    heard = [_hear(article) for article in voices]
    chosen = _choose(heard, limit, told)
    spoken = [one for voice in heard for one in voice.sentences]
    return tuple(_with_voices(one, spoken) for one in chosen)


@lru_cache(maxsize=defaults.STORIES_TOLD_KEPT)
def choose_headline(articles: tuple[Article, ...]) -> Article:
    """The article whose headline says most of what the headlines of other publishers say; the newest of several."""
    voices = [article for article in _voices(articles) if is_fit_to_show(article.title)] or list(articles)
    held = Counter(stem for article in voices for stem in set(subject_stems(article.title)))

    def shared(article: Article) -> float:
        own = set(subject_stems(article.title))
        return sum(held[stem] - 1 for stem in own) / (len(own) + 1)

    return max(voices, key=shared)


@dataclass(frozen=True, slots=True)
class _Heard:
    """A sentence, the stems that carry its subject, and the pairs of words that stand side by side in it."""

    quote: Quote
    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    length: int


@dataclass(frozen=True, slots=True)
class _Voice:
    """What one publisher says at the top of its article, and in its headline."""

    headline: frozenset[str]
    sentences: tuple[_Heard, ...]

    @property
    def stems(self) -> frozenset[str]:
        return self.headline.union(*(one.stems for one in self.sentences))

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(pair for one in self.sentences for pair in one.pairs)


def _voices(articles: Iterable[Article]) -> list[Article]:
    """The first article of each house; of copies one, where there is nothing else."""
    articles = list(articles)
    by_house: dict[str, Article] = {}
    for article in [one for one in articles if one.copy_of is None] or articles[:1]:
        by_house.setdefault(article.house, article)
    return list(by_house.values())[: defaults.VOICES_HEARD]


def _hear(article: Article) -> _Voice:
    spans = sentence_spans(article.text[: defaults.VOICE_CHARACTERS], article.language)
    quotes = (Quote(article=article, start=start, end=end, score=0.0) for start, end in spans)
    opening = islice((quote for quote in quotes if is_sentence(quote.text)), defaults.VOICE_SENTENCES)
    return _Voice(
        headline=frozenset(subject_stems(article.title)),
        sentences=tuple(
            _Heard(
                quote=quote,
                stems=frozenset(subject_stems(quote.text)),
                pairs=frozenset(pairwise(stems(quote.text))),
                length=len(quote.text.split()),
            )
            for quote in opening
        ),
    )


def _choose(voices: Sequence[_Voice], limit: int, told: str) -> list[_Heard]:
    """Sentence by sentence, the one that adds most to what was said, each of another voice."""
    said = _Said(voices, told)
    chosen: list[_Heard] = []
    left = list(voices)
    while left and len(chosen) < limit:
        best = max((one for voice in left for one in voice.sentences), key=said.worth, default=None)
        if best is None or (chosen and said.worth(best) <= 0):
            break
        chosen.append(best)
        said.take(best)
        left = [voice for voice in left if best not in voice.sentences]
    return chosen


class _Said:
    """What was said so far, and what a further sentence is worth."""

    def __init__(self, voices: Sequence[_Voice], told: str) -> None:
        self._voices, self._others = len(voices), len(voices) - 1
        self._stems = Counter(stem for voice in voices for stem in voice.stems)
        self._pairs = Counter(pair for voice in voices for pair in voice.pairs)
        self._named = Counter(stem for voice in voices for stem in voice.headline)
        self._said, self._said_pairs = set(subject_stems(told)), set(pairwise(stems(told)))

    def worth(self, one: _Heard) -> float:
        new = one.stems - self._said
        shared = sum(self._stems[stem] - 1 for stem in new) / self._others
        pairs = sum(self._pairs[pair] - 1 for pair in one.pairs - self._said_pairs) / self._others
        headlines = sum(self._named[stem] for stem in new) / self._voices
        gained = shared + defaults.WORTH_OF_PAIR * pairs + defaults.WORTH_OF_HEADLINE * headlines
        return gained + defaults.WORTH_OF_NEW * len(new) - defaults.COST_OF_WORD * one.length

    def take(self, one: _Heard) -> None:
        self._said |= one.stems
        self._said_pairs |= one.pairs


def _with_voices(lead: _Heard, spoken: Sequence[_Heard]) -> Fact:
    """The sentence with those of other publishers that state the same."""
    by_article: dict[ArticleId, Quote] = {}
    for other in spoken:
        article = other.quote.article.id
        if article == lead.quote.article.id or article in by_article:
            continue
        # Sentences that have little in common need no closer look.
        is_near = 2 * len(lead.stems & other.stems) >= min(len(lead.stems), len(other.stems))
        if is_near and states_same(lead.quote, other.quote):
            by_article[article] = other.quote
    return Fact(quotes=[lead.quote, *by_article.values()][: defaults.CITATIONS_A_POINT])
