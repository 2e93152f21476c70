"""Ranking the passages found for a question, by a linear sum of plain signs."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log1p, sqrt

from bot.news.article import Article, Passage
from bot.news.evidence import Evidence
from bot.news.question import Question
from bot.news.text import stems
from bot.news.wording import coverage, wording_of
from config import defaults, weights


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A passage that one of the searches brought up.

    `by_words` is its score for the whole question over the best such score, `by_clause` the same for the part of the
    question that fits it best (both 0 to 1); `meaning` is the closeness of its nearest sentence (cosine, 0 without
    vectors) and `meaning_gap` that less the best in the list.
    """

    passage: Passage
    article: Article
    by_words: float
    by_clause: float
    meaning: float
    meaning_gap: float

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.article.text[self.passage.start : self.passage.end]


def rank_passages(question: Question, candidates: Sequence[Candidate], rarity: Mapping[str, float]) -> list[Evidence]:
    """The candidates as evidence, best first; rarity gives the weight of each stem of the question."""
    ranked = []
    for candidate, signs in weigh_passages(question, candidates, rarity):
        score = sum(weight * sign for weight, sign in zip(weights.PASSAGE, signs, strict=True))
        score += freshness(question, candidate.article)
        ranked.append(Evidence(passage=candidate.passage, article=candidate.article, score=score))
    return sorted(ranked, key=lambda evidence: (-evidence.score, evidence.article.name, evidence.passage.start))


def weigh_passages(
    question: Question, candidates: Sequence[Candidate], rarity: Mapping[str, float]
) -> Iterator[tuple[Candidate, tuple[float, ...]]]:
    """Every candidate with its signs in the order of config.weights.PASSAGE."""
    per_article: defaultdict[int, float] = defaultdict(float)
    for candidate in candidates:
        per_article[candidate.article.id] += candidate.by_words
    wanted = {stem: rarity[stem] for stem in question.stems}
    pairs = frozenset(pairwise(question.stems))
    for candidate in candidates:
        article_weight = log1p(per_article[candidate.article.id])
        yield candidate, _signs(question, candidate, wanted, pairs, article_weight)


def freshness(question: Question, article: Article) -> float:
    """What the age of the article is worth to a question about now: most within hours, half after some days."""
    if not question.about_now:
        return 0.0
    age_days = max((question.now - article.dated).total_seconds(), 0.0) / 86_400
    return defaults.FRESHNESS / (1 + age_days / defaults.FRESHNESS_HALF_DAYS)


def _signs(
    question: Question,
    candidate: Candidate,
    wanted: Mapping[str, float],
    pairs: frozenset[tuple[str, str]],
    article_weight: float,
) -> tuple[float, ...]:
    """The signs in the order of config.weights.PASSAGE."""
    article = candidate.article
    wording = wording_of(candidate.text, article.language)
    headline = frozenset(stems(article.title))
    named = article.publisher in question.publishers
    dates = [window for window in question.windows if window.start and window.end]
    dated = any(window.holds(article.dated) for window in dates)
    return (
        candidate.by_words,
        candidate.by_clause,
        candidate.meaning,
        candidate.meaning_gap,
        float(named),
        float(bool(question.publishers) and not named),
        float(dated),
        float(bool(dates) and not dated),
        coverage(wanted, wording.stems | headline),
        coverage(wanted, headline),
        max((coverage(wanted, frozenset(sentence)) for sentence in wording.sentences), default=0.0),
        len(pairs & wording.pairs) / sqrt(len(pairs) + 1),
        article_weight,
    )
