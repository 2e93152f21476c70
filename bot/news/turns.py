"""Turns: words which say that something happened that changes a story, such as a verdict, a deal or a pause."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
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
class _Phrase:
    """A phrase of the list, for lower-case text, with what it stands for."""

    pattern: re.Pattern[str]
    name: str
    kind: TurnKind
    sort: str


Phrases = Mapping[str, Sequence[_Phrase]]
"""Phrases by their first word, those of the first line first."""


def turns_in(text: str) -> list[Turn]:
    """The turns that the text tells as having happened, in order; those that may only come are left out.

    So are those that only describe a thing: "fired director", "restored sanctions".
    """
    return [
        Turn(phrase.name, phrase.kind, phrase.sort, start, end)
        for phrase, start, end in _found(text, _listed()[0])
        if not _UNREAL.search(text[max(0, start - _LOOK_BACK) : start]) and not _describes(text, start, end)
    ]


def sorts_named(text: str) -> frozenset[str]:
    """The sorts of turns for which there is a noun in the text, as something that has happened."""
    found = _found(text, _listed()[1])
    return frozenset(phrase.sort for phrase, start, _ in found if not is_wished(text, start))


def is_wished(text: str, at: int) -> bool:
    """Whether what stands there is only wished for, feared, or still to come: "prosecutors want Berg convicted"."""
    return _WISHED.search(text[max(0, at - _LOOK_BACK) : at]) is not None


def is_background(sentence: str, at: int) -> bool:
    """Whether what stands there is only mentioned while something else is told: "the man, who was arrested in May"."""
    return _BACKGROUND.search(sentence[:at]) is not None


def _found(text: str, phrases: Phrases) -> Iterator[tuple[_Phrase, int, int]]:
    """The phrases in the text with where they stand, none within another."""
    lowered, taken = text.lower(), 0
    if len(lowered) != len(text):
        return  # some letters change their number; such text is not English
    for word in _WORD.finditer(lowered):
        for phrase in phrases.get(word.group(), ()) if word.start() >= taken else ():
            if match := phrase.pattern.match(lowered, word.start()):
                taken = match.end()
                yield phrase, match.start(), taken
                break


def _describes(text: str, start: int, end: int) -> bool:
    """Whether the word that stands there stands before a noun as an adjective does."""
    found = text[start:end]
    if not found.endswith("ed") or " " in found:
        return False
    before, after = _LAST_WORD.search(text[max(0, start - _LOOK_BACK) : start]), _NEXT_WORD.match(text, end)
    is_led = before is None or before.group(1).lower() in _LEADING
    return is_led and after is not None and after.group(1).lower() not in STOP_WORDS


@cache
def _listed() -> tuple[Phrases, Phrases]:
    """What happens, and the nouns for it."""
    verbs: defaultdict[str, list[_Phrase]] = defaultdict(list)
    nouns: defaultdict[str, list[_Phrase]] = defaultdict(list)
    for line in read_list("turns.txt"):
        head, _, phrases = line.partition(": ")
        kind, _, name = head.partition(", ")
        sort, _, own = name.rpartition("/")
        for listed, written in zip((verbs, nouns), phrases.split(" ; "), strict=False):
            for phrase in sorted(written.split(" | "), key=len, reverse=True):
                pattern = re.escape(phrase).replace(r"\~\ ", _GAP).replace(r"\#", _MOMENT)
                one = _Phrase(re.compile(rf"{pattern}\b"), own, cast("TurnKind", kind), sort or own)
                listed[_WORD.match(phrase).group()].append(one)  # type: ignore[union-attr]
    return verbs, nouns
