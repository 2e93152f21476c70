"""Verdicts: why an article did or did not reach a channel."""

from dataclasses import dataclass
from typing import Literal

Step = Literal[
    "sent",
    "named",
    "being posted",
    "queued",
    "quiet hours",
    "for the batch",
    "too many",
    "not posted",
    "story muted",
    "muted",
    "told before",
    "below the threshold",
    "filtered",
    "made later",
    "old",
    "first reading",
    "no watch",
    "not placed",
    "copy",
    "not fetched",
]
"""How far an article came; the farthest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """How far it came with one watch or digest of the channel, or by itself; the sentence says so and why."""

    step: Step
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """Why the article under a link did or did not reach a channel.

    `findings` begin with the one that decides; `headline` is None where there is no such article.
    """

    link: str
    headline: str | None
    findings: tuple[Finding, ...]

    @property
    def step(self) -> Step:
        """How far it came."""
        return self.findings[0].step
