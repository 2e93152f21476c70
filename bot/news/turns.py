"""Turns: words which say that something happened that changes a story, such as a verdict, a deal or a pause."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from bot.news.lexicon import STOP_WORDS
from bot.news.places import read_list

TurnKind = Literal["status", "outcome", "statement"]

_GAP = r"(?:\w+ ){0,4}?"
_MOMENT = (
    r"(?:\d+|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)"
)
_UNREAL = re.compile(
    r"(?:\b(?:to(?: be)?|not|never|no|could|may|might|would|will|can|should|must|if|unless|until|before|whether|without"
    r"|expected|likely|seek\w*|want\w*|threaten\w*|urg\w+|demand\w*|call(?:s|ed|ing)? for|possibl[ey]|potential(?:ly)?"
    r"|alleged(?:ly)?)|n[’']t)"
    r"(?:\s+(?:be|been|being|have|has|had|was|were|is|yet|also|soon|\w+ly))*\s+$",
    re.I,
)
_WISHED = re.compile(
    r"\b(?:no|without|could|may|might|would|will|if|seek\w*|want\w*|possible|potential|hop(?:e|es|ing)|push\w*|call\w*"
    r"|demand\w*|await\w*|pending|fac(?:e|es|ing)|plan\w*|threat\w*|near\w*|close to|talks|before|ahead|vote|weigh\w*"
    r"|consider\w*|propos\w*|urg\w+|prevent|avoid)\b(?:\s+[\w’'-]+){0,3}\s+$",
    re.I,
)
_BACKGROUND = re.compile(
    r"\b(?:after|when|while|who|whom|whose|which|that|since|because|amid|following|despite|al?though|before"
    r"|previously|earlier|formerly|once|last (?:week|month|year)|in (?:19|20)\d\d)\b[^,;:—–]*$",
    re.I,
)
_LAST_WORD = re.compile(r"([\w’'-]+)\s+\Z")
_NEXT_WORD = re.compile(r"\s+([A-Za-z][\w’'-]*)")
_LEADING = frozenset("a an the this that these those from by of with newly recently his her its their".split())
_NEVER = r"(?!)"
_LOOK_BACK = 48


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn in a text: its name ("convicted", "paused"), its kind, and where it stands.

    `sort` is what it shares with those that outlets call the same: who "resigned" at one was "dismissed" at another.
    """

    name: str
    kind: TurnKind
    sort: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Listed:
    """All turns: the pattern that finds one, and one that finds a noun for it, with what their groups stand for."""

    pattern: re.Pattern[str]
    nouns: re.Pattern[str]
    named: tuple[tuple[str, TurnKind, str], ...]


def turns_in(text: str) -> list[Turn]:
    """The turns that the text tells as having happened, in order; those that may only come are left out.

    So are those that only describe a thing: "fired director", "restored sanctions".
    """
    listed = _listed()
    return [
        _turn(match, listed)
        for match in listed.pattern.finditer(text)
        if not _UNREAL.search(text[max(0, match.start() - _LOOK_BACK) : match.start()]) and not _describes(text, match)
    ]


def sorts_named(text: str) -> frozenset[str]:
    """The sorts of turns for which there is a noun in the text, as something that has happened."""
    listed = _listed()
    return frozenset(
        _turn(match, listed).sort
        for match in listed.nouns.finditer(text)
        if not is_wished(text, match.start())
    )


def is_wished(text: str, at: int) -> bool:
    """Whether what stands there is only wished for, feared, or still to come: "prosecutors want Berg convicted"."""
    return _WISHED.search(text[max(0, at - _LOOK_BACK) : at]) is not None


def is_background(sentence: str, at: int) -> bool:
    """Whether what stands there is only mentioned while something else is told: "the man, who was arrested in May"."""
    return _BACKGROUND.search(sentence[:at]) is not None


def _describes(text: str, match: re.Match[str]) -> bool:
    """Whether the word found stands before a noun as an adjective does."""
    if not match.group().endswith("ed") or " " in match.group():
        return False
    before = _LAST_WORD.search(text[max(0, match.start() - _LOOK_BACK) : match.start()])
    after = _NEXT_WORD.match(text, match.end())
    is_led = before is None or before.group(1).lower() in _LEADING
    return is_led and after is not None and after.group(1).lower() not in STOP_WORDS


def _turn(match: re.Match[str], listed: _Listed) -> Turn:
    name, kind, sort = listed.named[(match.lastindex or 1) - 1]
    return Turn(name, kind, sort, match.start(), match.end())


@cache
def _listed() -> _Listed:
    verbs, nouns, named = [], [], []
    for line in read_list("turns.txt"):
        head, _, phrases = line.partition(": ")
        kind, _, name = head.partition(", ")
        sort, _, own = name.rpartition("/")
        verb, _, noun = phrases.partition(" ; ")
        verbs.append(_any_of(verb))
        nouns.append(_any_of(noun) if noun else _NEVER)
        named.append((own, cast("TurnKind", kind), sort or own))
    return _Listed(_grouped(verbs), _grouped(nouns), tuple(named))


def _any_of(phrases: str) -> str:
    written = [re.escape(phrase).replace(r"\~\ ", _GAP).replace(r"\#", _MOMENT) for phrase in phrases.split(" | ")]
    return "|".join(sorted(written, key=len, reverse=True))


def _grouped(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(f"({one})" for one in patterns) + r")\b", re.IGNORECASE)
