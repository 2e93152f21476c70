"""Cutting a sentence so that each amount stands with its own words, and reading the status those words give it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.news.amounts import Amount

IN_FORCE, PAUSED, PROPOSED, DENIED, EXPECTED = "in force", "paused", "proposed", "denied", "expected"

_ASIDE = re.compile(r", (?:which|who|whose|where)\b[^,;:]{1,120},")
_BREAK = re.compile(
    r"[;:]\s|\s[—–-]\s|—"
    r"|,? \b(?:but|while|whereas|although|though|because|after|amid|when|if|unless|until|despite|following"
    r"|before|even as)\s"
    r"|, (?=(?:with|as|which|who|whose|where|and|so|yet|compared|versus|including)\b)"
    r"|\s(?=(?:which|who)\s)"
)
_OPENER = re.compile(
    r"\W*(?:while|although|though|because|after|when|if|unless|despite|following|before|as|since|with|once|even"
    r"|under)\b",
    re.I,
)
_COMMA = re.compile(r",\s")
_JOINT = re.compile(r",? (?:and|or|plus) |[,;] ")
_TRAILING = re.compile(r"\s*(?:\([^)]{0,40}\)\s*|\)\s*)?(?:,|;|and\b|or\b|plus\b)")

_STATUS_WORDS = [
    (DENIED, r"den(?:y|ies|ied|ying)|rul(?:ed|es|ing) out|scrap(?:s|ped|ping)?|lift(?:s|ed)|abandon(?:s|ed|ing)"
             r"|cancel(?:s|l?ed|l?ing)|revok(?:e|es|ed)|withdr[ae]wn?|rescind(?:s|ed)?|rejected|rejects"
             r"|repeal(?:s|ed)?"),
    (PAUSED, r"paus(?:e|es|ed|ing)|suspend(?:s|ed|ing)?|suspension|on hold|delay(?:s|ed|ing)?|postpon(?:e|es|ed"
             r"|ing)|deferr?ed"
             r"|halted|frozen|on ice|pushed back|reprieve"),
    (PROPOSED, r"propos(?:e|es|ed|ing|al|als)|threat(?:s|en|ens|ened|ening)?|plan(?:s|ned|ning)? to|planned"
               r"|plans (?:an?|new)|would|could"
               r"|might|consider(?:s|ed|ing)"
               r"|weigh(?:s|ed|ing)|float(?:s|ed|ing)|vow(?:s|ed|ing)?|draft|mull(?:s|ed|ing)"),
    (EXPECTED, r"expect(?:s|ed|ing)?|forecasts?|project(?:s|ed)|predict(?:s|ed)?|scheduled|set to"
               r"|due to (?:take|start|come|begin|rise|go)"
               r"|likely|will|about to"),
    (IN_FORCE, r"took effect|tak(?:es|en|ing) effect|went into effect|in force|in effect|in place|appl(?:y|ies"
               r"|ied)|fac(?:e|es|ed|ing)"
               r"|subject to|remains?|remained|imposed|imposes|collect(?:s|ed|ing)|currently|still|pays?|paying"
               r"|now stands|stands at"),
]  # fmt: skip
_STATUS = re.compile("|".join(rf"(?P<s{i}>\b(?:{words})\b)" for i, (_, words) in enumerate(_STATUS_WORDS)), re.I)
_NOT = re.compile(
    r"(?:\bnot?|\bnever|n[’']t|\bno longer|\bwithout"
    r"|\b(?:during|after|until|before|despite) (?:the|an?))(?: be| been| being| yet| have been)?\s+$",
    re.I,
)
_ATTRIBUTE = re.compile(
    r"\b(?:an?|the|its|their|his|faces?|faced|facing|of|at|currently|new|these|those|by|under|from)\s+$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a sentence: sentence[start:end]."""

    start: int
    end: int


def without_asides(sentence: str, amounts: Sequence[Amount]) -> str:
    """The sentence with its ", which …," blanked out where they hold none of the amounts, offsets unchanged."""

    def blanked(aside: re.Match[str]) -> str:
        held = any(aside.start() <= a.start < aside.end() for a in amounts)
        return aside.group() if held else " " * len(aside.group())

    return _ASIDE.sub(blanked, sentence)


def clauses_of(sentence: str) -> list[Span]:
    """The clauses of the sentence, in order, without the conjunctions between them."""
    cuts = [(m.start(), m.end()) for m in _BREAK.finditer(sentence)]
    if _OPENER.match(sentence):
        comma = _COMMA.search(sentence)
        if comma:
            cuts.append((comma.start(), comma.end()))
    spans = []
    start = 0
    for left, right in [*sorted(cuts), (len(sentence), len(sentence))]:
        if sentence[start:left].strip(" ,"):
            spans.append(Span(start, max(left, start)))
        start = max(right, start)
    return spans


def segments_of(sentence: str, clause: Span, amounts: Sequence[Amount]) -> list[Span]:
    """The part of the clause that belongs to each of its amounts, in their order.

    "24% on X, 46% on Y" is cut before the second amount's own words; "X down 1%, Y down 2%" right after the first.
    """
    starts = [clause.start]
    for before, after in pairwise(amounts):
        between = sentence[before.end : after.start]
        joints = list(_JOINT.finditer(between))
        if not joints:
            starts.append(after.start)
        elif _TRAILING.match(between):
            starts.append(before.end + joints[0].end())
        else:
            starts.append(before.end + joints[-1].end())
    ends = [*starts[1:], clause.end]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def status_of(sentence: str, clause: Span, segment: Span, *, rule: bool) -> str | None:
    """What the words of the clause say about the amount in this segment of it; None when they say nothing.

    A word elsewhere in the clause counts only where it governs the whole clause: "a paused 24% levy and a 10% one"
    says nothing about the second. Only a rule, such as a tariff, can be in force or paused.
    """
    best = len(_STATUS_WORDS)
    for match in _STATUS.finditer(sentence, clause.start, clause.end):
        before = sentence[max(clause.start, match.start() - 24) : match.start()]
        own = segment.start <= match.start() < segment.end
        if _NOT.search(before) or (not own and _ATTRIBUTE.search(before)):
            continue
        best = min(best, int((match.lastgroup or "s9")[1:]))
    if best == len(_STATUS_WORDS):
        return None
    status = _STATUS_WORDS[best][0]
    if rule:
        return status
    return {DENIED: DENIED, PROPOSED: EXPECTED, EXPECTED: EXPECTED}.get(status)
