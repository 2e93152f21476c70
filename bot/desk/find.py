"""Finding the passages that may answer a question, by words and by meaning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.archive.archive import Db
from bot.archive.articles import find_articles, find_passages
from bot.desk.desk import Desk
from bot.index.index import Index
from bot.index.rank import Candidate, rank_passages
from bot.index.words import WordQuery
from bot.news.article import Article, PassageId
from bot.news.findings import Findings
from bot.news.names import forms_of, names_in
from bot.news.question import Question, content_stems
from bot.news.rarity import weigh
from bot.news.text import stems
from bot.news.times import Window
from bot.news.wording import wording_of
from config import defaults

if TYPE_CHECKING:
    from bot.index.encoder import Vector


def find_evidence(db: Db, desk: Desk, question: Question) -> Findings:
    """The evidence for the question, ranked; plain, for the archive's threads.

    A question about one time is answered from articles of that time; where there are none, from older ones.
    """
    gathered = gather_candidates(db, desk, question)
    ranked = rank_passages(question, gathered.candidates, gathered.rarity)
    by_id = {evidence.passage.id: evidence for evidence in ranked}
    return Findings(
        question=question,
        evidence=tuple(ranked),
        rarity=gathered.rarity,
        absent=gathered.absent,
        closeness=gathered.closeness,
        clauses=tuple(tuple(by_id[id] for id in clause if id in by_id) for clause in gathered.clauses),
        outside_window=gathered.outside_window,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """What the searches brought up, unranked; the other fields are those of Findings, clauses by passage."""

    candidates: tuple[Candidate, ...]
    rarity: Mapping[str, float]
    absent: frozenset[str]
    closeness: Mapping[PassageId, Sequence[float]]
    clauses: tuple[tuple[PassageId, ...], ...]
    outside_window: bool


def gather_candidates(db: Db, desk: Desk, question: Question) -> Gathered:
    """The likeliest passages of all searches for the question."""
    vector = desk.index.encoder.encode(question.text) if desk.index.encoder else None
    window = bounding_window(question)
    found = _search(desk.index, question, vector, window)
    candidates = _candidates(db, desk, question, found, window)
    outside = window is not None and not any(_speaks_of(question, candidate) for candidate in candidates)
    if window is not None and outside:
        window = Window(start=None, end=window.end)
        found = _search(desk.index, question, vector, window)
        candidates = _candidates(db, desk, question, found, window)
    counts = desk.index.count_passages_with(question.stems)
    absent = frozenset(stem for stem in question.stems if not counts.get(stem))
    renamed = _stems_of_renamed(question, absent, candidates)
    rarity = weigh(question.stems, counts, desk.index.passages)
    return Gathered(
        candidates=tuple(candidates),
        rarity={stem: 0.0 if stem in renamed else weight for stem, weight in rarity.items()},
        absent=absent - renamed,
        closeness=found.closeness,
        clauses=tuple(tuple(clause) for clause in found.by_clause),
        outside_window=outside,
    )


def _speaks_of(question: Question, candidate: Candidate) -> bool:
    """Whether the candidate has more of the question than its date."""
    if candidate.meaning_gap >= 0 < candidate.meaning:  # nearest of all by meaning
        return True
    article = candidate.article
    held = wording_of(candidate.text, article.language).stems
    return not held.isdisjoint(question.stems) or not set(question.stems).isdisjoint(stems(article.title))


def bounding_window(question: Question) -> Window | None:
    """The time that the articles must be of: the only one named, in a question of one part."""
    return question.windows[0] if len(question.windows) == 1 and len(question.clauses) <= 1 else None


def _stems_of_renamed(question: Question, absent: frozenset[str], candidates: Sequence[Candidate]) -> frozenset[str]:
    """The absent stems that belong to names which the candidates have in another form: Japan where they say Tokyo.

    As words they say nothing about an answer; the names do.
    """
    if not absent:
        return frozenset()
    asked = {n.key: absent.intersection(stems(question.text[n.start : n.end])) for n in names_in(question.text)}
    wanted = {key for key, missing in asked.items() if missing and forms_of(key)}
    if not wanted:
        return frozenset()
    told = {name.key for candidate in candidates[: defaults.CLAUSE_EVIDENCE] for name in names_in(candidate.text)}
    return frozenset(stem for key in wanted & told for stem in asked[key])


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """Scores of passages by each search, those by words and by clause as shares of the best; the likeliest, best first,
    and how near each of their sentences is to the question.
    """

    by_words: Mapping[PassageId, float]
    by_clause: tuple[Mapping[PassageId, float], ...]
    likeliest: tuple[PassageId, ...]
    closeness: Mapping[PassageId, Sequence[float]]


def _search(index: Index, question: Question, vector: "Vector | None", window: Window | None) -> _Found:
    whole = WordQuery(stems=content_stems(question.text), names=question.names, window=window)
    parts = [WordQuery(stems=c.stems, publishers=c.publishers, window=window) for c in question.clauses]
    if question.publishers:
        parts.append(WordQuery(stems=question.stems, publishers=question.publishers, window=window))
    by_words = _shares(index.search_words(whole, defaults.PASSAGES_BY_WORDS))
    by_clause = tuple(_shares(index.search_words(part, defaults.PASSAGES_BY_CLAUSE)) for part in parts)
    by_meaning = dict(index.search_meaning(vector, defaults.PASSAGES_BY_MEANING)) if vector is not None else {}
    farthest = min(by_meaning.values(), default=0.0)
    guesses = {
        id: 0.4 * by_words.get(id, 0.0) + 0.35 * _best(by_clause, id) + 0.5 * by_meaning.get(id, farthest)
        for id in {*by_words, *by_meaning, *(id for clause in by_clause for id in clause)}
    }
    likeliest = sorted(guesses, key=lambda id: (-guesses[id], id))[: defaults.PASSAGES_RANKED]
    scored = index.sentence_scores(vector, likeliest) if vector is not None else {}
    return _Found(
        by_words=by_words,
        by_clause=by_clause,
        likeliest=tuple(likeliest),
        closeness={id: scores.tolist() for id, scores in scored.items()},
    )


def _candidates(db: Db, desk: Desk, question: Question, found: _Found, window: Window | None) -> list[Candidate]:
    """The likeliest passages as the archive has them; nothing from the asker's future."""
    passages = find_passages(db, desk.space, found.likeliest)
    articles = find_articles(db, desk.space, {passage.article for passage in passages.values()})
    meaning = {id: max(found.closeness.get(id, ()), default=0.0) for id in found.likeliest}
    nearest = max(meaning.values(), default=0.0)
    latest = question.now + timedelta(days=1)
    candidates = []
    for id in found.likeliest:
        article = articles[passages[id].article] if id in passages else None
        if article is None or (article.published or latest) > latest or not _is_of(window, article):
            continue
        candidates.append(
            Candidate(
                passage=passages[id],
                article=article,
                by_words=found.by_words.get(id, 0.0),
                by_clause=_best(found.by_clause, id),
                meaning=meaning[id],
                meaning_gap=meaning[id] - nearest,
            )
        )
    return candidates


def _is_of(window: Window | None, article: Article) -> bool:
    """Whether the article may tell of that time: published in it, or undated."""
    if window is None or article.published is None:
        return True
    return window.holds(article.published)


def _best(clauses: Sequence[Mapping[PassageId, float]], id: PassageId) -> float:
    return max((clause.get(id, 0.0) for clause in clauses), default=0.0)


def _shares(found: Sequence[tuple[PassageId, float]]) -> dict[PassageId, float]:
    best = max((score for _, score in found), default=1.0)
    return {id: score / best for id, score in found}
