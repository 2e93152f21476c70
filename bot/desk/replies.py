"""Everything that a request, or a button, can be answered with."""

from dataclasses import dataclass

from bot.desk.follow import Choice, Followed
from bot.desk.gather import Gathered
from bot.desk.sources import Imported
from bot.news.briefing import Brief
from bot.news.reply import (
    Answered,
    DigestMade,
    DigestPreviewed,
    DigestsListed,
    Exported,
    HeldListed,
    Overview,
    Proof,
    Said,
    SourcesListed,
    WatchChanged,
    WatchesListed,
    WatchMade,
    WatchTested,
    WatchWanted,
)
from bot.news.source import Source
from bot.news.verdict import Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """Sources that were read just now, and how that went."""

    readings: tuple[tuple[Source, Gathered], ...]


AboutDue = (
    Said
    | DigestMade
    | DigestsListed
    | DigestPreviewed
    | WatchMade
    | WatchChanged
    | WatchTested
    | WatchesListed
    | Verdict
    | HeldListed
)
"""What is answered about digests, watches and deliveries."""

AboutSources = Followed | Choice | SourcesListed | Checked | Imported | Exported
"""What is answered about sources."""

Reply = AboutDue | AboutSources | Answered | Proof | WatchWanted | Brief | Overview
"""Whatever a request is answered with."""
