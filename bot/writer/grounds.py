"""Whether the evidence is ground enough for an answer, or the desk has to say that it does not know."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import NamedTuple

from bot.news.evidence import Evidence, Quote
from bot.news.findings import Findings
from bot.news.names import names_in, same_name
from bot.news.question import Question, Wanted
from bot.news.text import stems, words
from bot.news.wording import coverage, wording_of
from bot.writer.sentences import is_of_kind
from config import defaults, weights


class Signs(NamedTuple):
    """What speaks for and against an answer, in the order of config.weights.GROUNDS.

    Shares are of the weight of the question's stems, nearness is the cosine of a passage's nearest sentence.
    """

    nearness: float
    """Of the best passage of each publisher named, the least; of all where none is named."""
    publishers_score: float
    """The best score of each publisher named, on average; of all where none is named."""
    best_score: float
    part_in_passage: float
    """The share held by one passage of the part of the question that is carried worst."""
    part_in_sentence: float
    part_nearness: float
    names: float
    """The share of the question's names that the best passages name."""
    four_passages: float
    """The share held by the best four passages together."""
    headline: float
    """The share held by one of the best headlines."""
    absent: float
    """The share that no passage of the archive holds."""
    outlet_missing: float
    """1 when the question names an outlet of which the archive has nothing."""
    outlet_named: float
    date_missed: float
    """1 when the best passages are not of a date that the question names."""
    reports_length: float
    """The length of a question that names publishers (logarithm of its stems)."""
    yes_no: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Grounds:
    """The signs, and whether something rules an answer out or makes it certain whatever their sum.

    Without vectors (`words_only`) other weights hold.
    """

    signs: Signs
    words_only: bool
    ruled_out: bool = False
    certain: bool = False

    @property
    def confidence(self) -> float:
        """How sure the desk may be that the articles hold an answer, 0 to 1."""
        if self.ruled_out or self.certain:
            return float(not self.ruled_out)
        *held, constant = weights.GROUNDS_BY_WORDS if self.words_only else weights.GROUNDS
        total = constant + sum(weight * sign for weight, sign in zip(held, self.signs, strict=True))
        return 1 / (1 + exp(-max(-50.0, min(50.0, total))))

    @property
    def enough(self) -> bool:
        """Whether an answer may be given."""
        return self.confidence >= defaults.CONFIDENCE


def weigh_grounds(found: Findings, quotes: Sequence[Quote]) -> Grounds:
    """The grounds for answering from what was found; quotes are the sentences of its evidence, best first.

    A plain question, one of a single part that names no publisher, cannot be answered when nothing found names what it
    names, or when no sentence of the kind asked for does. It is certain to be answered when one such sentence holds all
    of it.
    """
    signs = _read_signs(found) if found.evidence else Signs(*[0.0] * len(Signs._fields))
    plain = len(found.question.clauses) <= 1 and not found.question.publishers
    direct = _direct_share(found, quotes)
    nothing = not found.evidence or (plain and (signs.names == 0.0 or direct == 0.0))
    return Grounds(
        signs=signs,
        words_only=not found.closeness,
        ruled_out=nothing,
        certain=plain and not nothing and direct >= defaults.COVERED_WHOLLY and _is_pointed(found.question),
    )


def _read_signs(found: Findings) -> Signs:
    question, evidence = found.question, found.evidence
    wanted = {stem: found.rarity[stem] for stem in question.stems}
    near = _nearness(found)
    per_publisher = [
        [one for one in evidence if one.article.publisher == publisher] for publisher in question.publishers
    ] or [list(evidence)]
    headlines = [frozenset(stems(one.article.title)) for one in evidence[:5]]
    return Signs(
        nearness=min(max(map(near, some), default=0.0) for some in per_publisher),
        publishers_score=_mean(max((one.score for one in some), default=defaults.NO_SCORE) for some in per_publisher),
        best_score=evidence[0].score,
        part_in_passage=_weakest(found, lambda one, part: coverage(part, _stems_of(one))),
        part_in_sentence=_weakest(found, _best_sentence),
        part_nearness=_weakest(found, lambda one, part: near(one)),
        names=_names_found(found),
        four_passages=coverage(wanted, frozenset().union(*map(_stems_of, evidence[:4]))),
        headline=max(coverage(wanted, headline) for headline in headlines),
        absent=coverage(wanted, found.absent),
        outlet_missing=float(bool(question.unknown_publishers)),
        outlet_named=float(bool(question.publishers)),
        date_missed=float(_dates_missed(found)),
        reports_length=log(len(question.stems) + 1) if question.publishers else 0.0,
        yes_no=float(question.wanted is Wanted.YES_NO),
    )


def _is_pointed(question: Question) -> bool:
    """Whether the question asks for one kind of thing, or says more than one word about it."""
    return question.wanted is not Wanted.WHAT or len(question.stems) > 1


def _nearness(found: Findings) -> Callable[[Evidence], float]:
    return lambda one: max(found.closeness.get(one.passage.id, ()), default=0.0)


def _stems_of(one: Evidence) -> frozenset[str]:
    return wording_of(one.text, one.article.language).stems | frozenset(stems(one.article.title))


def _best_sentence(one: Evidence, part: Mapping[str, float]) -> float:
    sentences = wording_of(one.text, one.article.language).sentences
    return max((coverage(part, frozenset(sentence)) for sentence in sentences), default=0.0)


def _weakest(found: Findings, measure: Callable[[Evidence, Mapping[str, float]], float]) -> float:
    """The measure of the part of the question that is carried worst."""
    parts: list[tuple[Sequence[Evidence], dict[str, float]]] = [
        (evidence[: defaults.CLAUSE_EVIDENCE], {stem: found.rarity[stem] for stem in clause.stems})
        for clause, evidence in zip(found.question.clauses, found.clauses, strict=False)
    ] or [(found.evidence[:5], {stem: found.rarity[stem] for stem in found.question.stems})]
    return min(max((measure(one, part) for one in evidence), default=0.0) for evidence, part in parts)


def _names_found(found: Findings) -> float:
    """The share of the question's names that the best passages name, 1 when it has none."""
    best = found.evidence[: defaults.CLAUSE_EVIDENCE]
    return _share_named(found.question, ". ".join(f"{one.article.title}. {one.text}" for one in best))


def _direct_share(found: Findings, quotes: Sequence[Quote]) -> float:
    """How much of the question one sentence of the kind asked for holds, times the share of its names there."""
    wanted = {stem: found.rarity[stem] for stem in found.question.stems}
    asked = frozenset(words(found.question.text))
    return max(
        (
            _share_named(found.question, quote.text) * coverage(wanted, frozenset(stems(quote.text)))
            for quote in quotes[: defaults.QUOTES_WEIGHED]
            if is_of_kind(found.question.wanted, quote.text, asked)
        ),
        default=0.0,
    )


def _share_named(question: Question, text: str) -> float:
    """The share of the question's names that the text names, 1 when it has none."""
    if not question.names:
        return 1.0
    named = [name.key for name in names_in(text)]
    return sum(any(same_name(name, other) for other in named) for name in question.names) / len(question.names)


def _dates_missed(found: Findings) -> bool:
    """Whether a day or month that the question names has no article among the best."""
    dates = [window for window in found.question.windows if window.start and window.end]
    return any(not any(window.holds(one.article.dated) for one in found.evidence[:10]) for window in dates)


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
