"""Whether the evidence is ground enough for an answer, or the desk has to say that it does not know."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from bot.news.evidence import Evidence, Quote
from bot.news.findings import Findings
from bot.news.names import names_in, same_name
from bot.news.question import Question, Wanted
from bot.news.text import stems, words
from bot.news.wording import coverage, wording_of
from bot.writer.sentences import is_of_kind
from config import defaults, weights


@dataclass(frozen=True, kw_only=True, slots=True)
class Grounds:
    """What speaks for an answer, in the order of config.weights.GROUNDS, and whether anything rules it out.

    Without vectors (`words_only`) other weights hold.
    """

    signs: tuple[float, ...]
    words_only: bool
    ruled_out: bool

    @property
    def confidence(self) -> float:
        """How sure the desk may be that the articles hold an answer, 0 to 1."""
        if self.ruled_out:
            return 0.0
        held = weights.GROUNDS_BY_WORDS if self.words_only else weights.GROUNDS
        total = held[-1] + sum(weight * sign for weight, sign in zip(held[:-1], self.signs, strict=True))
        return 1 / (1 + exp(-max(-50.0, min(50.0, total))))

    @property
    def enough(self) -> bool:
        """Whether an answer may be given."""
        return self.confidence >= defaults.CONFIDENCE


def weigh_grounds(found: Findings, quotes: Sequence[Quote]) -> Grounds:
    """The grounds for answering from what was found; quotes are the sentences of its evidence, best first."""
    question, evidence = found.question, found.evidence
    if not evidence:
        return Grounds(signs=(), words_only=True, ruled_out=True)
    wanted = {stem: found.rarity[stem] for stem in question.stems}
    near = _nearness(found)
    per_publisher = [
        [one for one in evidence if one.article.publisher == publisher] for publisher in question.publishers
    ] or [list(evidence)]
    held = [_stems_of(one) for one in evidence[:10]]
    best_quote, named_quote, direct_quote = _best_quotes(found, quotes, wanted)
    signs = (
        max(near(one) for one in evidence[:3]),
        sum(near(one) for one in evidence[:3]) / min(3, len(evidence)),
        _mean(max(map(near, some), default=0.0) for some in per_publisher),
        min(max(map(near, some), default=0.0) for some in per_publisher),
        _mean(max((one.score for one in some), default=defaults.NO_SCORE) for some in per_publisher),
        evidence[0].score,
        _weakest(found, lambda one, part: coverage(part, _stems_of(one))),
        _weakest(found, _best_sentence),
        _weakest(found, lambda one, part: near(one)),
        _names_found(found),
        coverage(wanted, held[0]),
        coverage(wanted, frozenset().union(*held[:4])),
        max(_best_sentence(one, wanted) for one in evidence[:5]),
        max(coverage(wanted, frozenset(stems(one.article.title))) for one in evidence[:5]),
        sum(wanted[stem] for stem in found.absent) / (sum(wanted.values()) or 1.0),
        best_quote,
        named_quote,
        direct_quote,
        float(direct_quote >= defaults.COVERED_WHOLLY),
        float(bool(question.unknown_publishers)),
        float(bool(question.publishers)),
        float(_dates_missed(found)),
        log(len(question.stems) + 1),
        float(question.wanted is Wanted.YES_NO),
    )
    return Grounds(signs=signs, words_only=not found.closeness, ruled_out=_is_ruled_out(found))


def _is_ruled_out(found: Findings) -> bool:
    """A plain question about somebody or something that no evidence names cannot be answered."""
    plain = len(found.question.clauses) <= 1 and not found.question.publishers
    return plain and bool(found.question.names) and _names_found(found) == 0.0


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


def _best_quotes(found: Findings, quotes: Sequence[Quote], wanted: Mapping[str, float]) -> tuple[float, float, float]:
    """How well the best sentences cover the question: with their headlines; those that name all it names; and alone,
    weighed by the share of its names they name, where they hold the kind of thing asked for.
    """
    most = most_named = most_direct = 0.0
    asked = frozenset(words(found.question.text))
    for quote in quotes[: defaults.QUOTES_WEIGHED]:
        context = f"{quote.article.title}. {quote.text}"
        covered = coverage(wanted, frozenset(stems(context)))
        most = max(most, covered)
        if _share_named(found.question, context) == 1.0:
            most_named = max(most_named, covered)
        if is_of_kind(found.question.wanted, quote.text, asked):
            named = _share_named(found.question, quote.text)
            most_direct = max(most_direct, named * coverage(wanted, frozenset(stems(quote.text))))
    return most, most_named, most_direct


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
