"""Turns: words which say that something happened that changes a story, such as a verdict, a deal or a pause."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from bot.news.places import read_list

TurnKind = Literal["status", "outcome", "statement"]

_GAP = r"(?:\w+ ){0,4}?"
_UNREAL = re.compile(
    r"(?:\b(?:to(?: be)?|not|never|no|could|may|might|would|will|can|should|must|if|unless|until|before|whether|without"
    r"|expected|likely|seek\w*|want\w*|threaten\w*|urg\w+|demand\w*|call(?:s|ed|ing)? for|possibl[ey]|potential(?:ly)?"
    r"|alleged(?:ly)?)|n[’']t)"
    r"(?:\s+(?:be|been|being|have|has|had|was|were|is|yet|also|soon|\w+ly))*\s+$",
    re.I,
)
_BACKGROUND = re.compile(
    r"\b(?:after|when|while|who|whom|whose|which|that|since|because|amid|following|despite|al?though|before"
    r"|previously|earlier|formerly|once|last (?:week|month|year)|in (?:19|20)\d\d)\b[^,;:—–]*$",
    re.I,
)
_LOOK_BACK = 48


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn in a text: its name ("convicted", "paused"), its kind, and where it stands."""

    name: str
    kind: TurnKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Listed:
    """All turns: the pattern that finds one, and the name and kind of each of its groups."""

    pattern: re.Pattern[str]
    named: tuple[tuple[str, TurnKind], ...]


def turns_in(text: str) -> list[Turn]:
    """The turns that the text tells as having happened, in order; those that may only come are left out."""
    found, listed = [], _listed()
    for match in listed.pattern.finditer(text):
        if not _UNREAL.search(text[max(0, match.start() - _LOOK_BACK) : match.start()]):
            name, kind = listed.named[(match.lastindex or 1) - 1]
            found.append(Turn(name, kind, match.start(), match.end()))
    return found


def is_background(sentence: str, at: int) -> bool:
    """Whether what stands there is only mentioned while something else is told: "the man, who was arrested in May"."""
    return _BACKGROUND.search(sentence[:at]) is not None


@cache
def _listed() -> _Listed:
    patterns, named = [], []
    for line in read_list("turns.txt"):
        head, _, phrases = line.partition(": ")
        kind, _, name = head.partition(", ")
        written = [re.escape(phrase).replace(r"\~\ ", _GAP) for phrase in phrases.split(" | ")]
        patterns.append("|".join(sorted(written, key=len, reverse=True)))
        named.append((name, cast("TurnKind", kind)))
    return _Listed(re.compile(r"\b(?:" + "|".join(f"({one})" for one in patterns) + r")\b", re.I), tuple(named))
