"""Ranking: which stories a digest tells first, and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import log2
from typing import Literal

from bot.news.development import Development
from bot.news.digest import Ranking
from bot.news.houses import house_of
from bot.news.story import KeptStory
from config import defaults

_HOUR = 3600


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A story that a digest may tell.

    `told` is how far the channel was told of it, None where it never was; `development` how far it has come, and
    `change` the newest of what changed since. `fit` is how well it fits the topic, 0 to 1, None without a topic;
    `leaning` what the channel made of its like, -1 to 1. `publishers` are the independent ones.
    """

    story: KeptStory
    told: int | None
    development: int
    change: Development | None
    publishers: tuple[str, ...]
    fit: float | None = None
    leaning: float = 0.0

    @property
    def kind(self) -> Literal["new", "update"]:
        """Whether the channel hears of it for the first time."""
        return "new" if self.told is None else "update"

    @property
    def since(self) -> datetime:
        """When what is new about it was published, or found."""
        return self.change.found if self.change else max(article.dated for article in self.story.articles)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """A story where it stands in a digest, and why."""

    candidate: Candidate
    ranking: Ranking


def rank_stories(candidates: Iterable[Candidate], now: datetime, limit: int) -> tuple[list[Ranked], int]:
    """The stories to tell, the first most, and how many are left out. No publisher tells more than a few alone."""
    ranked = [Ranked(candidate=one, ranking=_weigh(one, now)) for one in candidates]
    ranked.sort(key=lambda one: (-one.ranking.score, -one.candidate.story.id))
    alone: Counter[str] = Counter()
    chosen: list[Ranked] = []
    for one in ranked:
        publishers = one.candidate.publishers
        teller = house_of(publishers[0]) if len(publishers) == 1 else ""
        if len(chosen) < limit and (not teller or alone[teller] < defaults.DIGEST_TOLD_BY_ONE):
            alone[teller] += 1
            chosen.append(one)
    return chosen, len(ranked) - len(chosen)


def _weigh(one: Candidate, now: datetime) -> Ranking:
    hours = max((now - one.since).total_seconds(), 0.0) / _HOUR
    parts = {
        "publishers": log2(1 + len(one.publishers)),
        "novelty": defaults.DIGEST_NEW if one.kind == "new" else defaults.DIGEST_MOVED,
        "freshness": defaults.DIGEST_FRESH * 0.5 ** (hours / defaults.DIGEST_FRESH_HOURS),
    }
    if one.fit is not None:
        parts["topic"] = defaults.DIGEST_TOPIC * one.fit
    if one.leaning:
        parts["feedback"] = defaults.DIGEST_FEEDBACK * one.leaning
    parts = {name: round(part, 3) for name, part in parts.items()}
    return Ranking(score=round(sum(parts.values()), 3), parts=parts)
