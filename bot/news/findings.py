"""All that was found for a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.news.article import PassageId
from bot.news.evidence import Evidence
from bot.news.question import Question


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """What the archive holds for a question: evidence, best first.

    `rarity` weighs each stem of the question, `absent` are those that no passage holds. `closeness` gives for each
    passage of the evidence how near each of its sentences is to the question (cosine), in order; empty without vectors.
    `clauses` holds for each part of the question what was found for that part, best first.
    `outside_window` says that nothing was found in the time asked about and the evidence is older.
    """

    question: Question
    evidence: tuple[Evidence, ...]
    rarity: Mapping[str, float]
    absent: frozenset[str]
    closeness: Mapping[PassageId, Sequence[float]]
    clauses: tuple[tuple[Evidence, ...], ...] = ()
    outside_window: bool = False

    def told_by_those_named(self) -> "Findings":
        """What the publishers that the question names told; all when it names none."""
        named = self.question.publishers
        if not named:
            return self
        return replace(
            self,
            evidence=tuple(one for one in self.evidence if one.article.publisher in named),
            clauses=tuple(tuple(one for one in clause if one.article.publisher in named) for clause in self.clauses),
        )
