"""The short phrase that says what an amount is of, in the sentence's own words."""

import re
from dataclasses import dataclass

from bot.news.amounts import Amount
from bot.news.lexicon import STOP_WORDS
from bot.news.text import stems, words
from bot.writer.clauses import Span
from bot.writer.measures import measure_of

PHRASE_WORDS = 8

_AUXILIARIES = re.compile(
    r"(?:\s+(?:were|was|are|is|have|had|has|been|being|be|also|others|more|already|now|still|so far"
    r"|reportedly))*(?=\s|$)"
)
_TAIL = re.compile(
    r"\s*(?P<head>(?:(?!(?:and|or|but|is|are|was|were|will|would|has|have|had|by|than|that|after|still|as|since"
    r"|until|if|while"
    r"|when|on|for|of|against|to|from|in|over|among|at|across|took|takes|remains?)\b)[\w'’./&-]+\s+){0,4}?)"
    r"(?P<prep>(?:applied |applies |apply |imposed |levied |placed )?(?:on|for|of|against|to|from|in|over|among"
    r"|across|at))\s+"
)
_HEAD = re.compile(
    r"\s+((?:(?!(?:and|or|but|is|are|was|were|will|would|has|have|had|by|than|that|after|still|as|since|until"
    r"|if|while|when"
    r"|took|takes|remains?|appl\w+|effective|starting|beginning|on|for|of|to|from|in|over|at|against|compared"
    r"|year|this|last)\b)"
    r"[\w'’./&-]+(?:\s+|(?=[^\w\s])|$)){1,4})"
)
_OBJECT_END = re.compile(
    r"[,;:()\[\]—–\"“”](?!\w)|\s[—–-]\s"
    r"|\s(?:but|while|that|which|who|is|are|was|were|will|would|has|have|had|took|takes?|after|starting"
    r"|beginning|effective|still"
    r"|remains?|remained|appl(?:y|ies|ied)|as|because|since|until|unless|by|than|compared|if|when|amid|due"
    r"|despite|under|with"
    r"|on (?=(?:mon|tues|wednes|thurs|fri|satur|sun)day)|in (?=(?:19|20)\d\d)|from (?=\$?\d)|to (?=\$?\d)|said"
    r"|says)\b"
    r"|\s(?:and|or)\s(?=(?:an?|the|its|their|\w+ed|will|would|is|are|has|have|to|\$?\d)\b)",
    re.I,
)
_SHARE_END = re.compile(r"[,;:()—–\"“”](?!\w)|\s(?:but|while|up|down|compared|after)\b")
_PERIOD = re.compile(
    r"(?:(?:the|a|an|this|last|late|early|mid|its|their|same|first|second|third|fourth|past|previous|next|prior"
    r"|fiscal|financial|full"
    r"|three|six|nine|twelve|12|two)[\s-])*"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:19|20)\d\d|q[1-4]"
    r"|year|month|quarter|week|day|season|half|decade|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|trading|afternoon|morning|early trading|total|all|addition)s?\b",
    re.I,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|could|may|might|can|should|shall|must|do|does|did"
    r"|faces?|faced|facing"
    r"|remain(?:s|ed)?|rose|fell|ris(?:es|ing)|fall(?:s|ing)?|climb(?:s|ed)|jump(?:s|ed)|drop(?:s|ped)"
    r"|slid(?:es)?|gain(?:s|ed)|held|holds"
    r"|st(?:ood|ands?)|hit|hits|reach(?:es|ed)|grew|grows|shrank|eas(?:es|ed)|slow(?:s|ed)|came|comes|went|goes"
    r"|cut|cuts|rais(?:es|ed)"
    r"|set|sets|put|puts|impos(?:es|ed)|lev(?:ied|ies)|appl(?:y|ies|ied)|took|takes?|paid|pays?|pauses?|said"
    r"|says?|announc(?:es|ed)"
    r"|kill(?:s|ed)|left|leaves|injured|total(?:s|ed|led)|amount(?:s|ed)|cost|costs|sold|bought|lost|won|beat"
    r"|dropped|tumbl(?:es|ed)"
    r"|surg(?:es|ed)|plung(?:es|ed)|edg(?:es|ed)|slip(?:s|ped)|increas(?:es|ed)|decreas(?:es|ed)|declin(?:es"
    r"|ed)|rall(?:ies|ied)"
    r"|charg(?:es|ed)|slapp(?:ed|ing)|expects?|expected|earns?|earned|made|makes|fined|averag(?:es|ed)|rocketed"
    r"|soared|sank|down|up)\b"
)
_OPENING = re.compile(
    r"(?:[\W_]|(?:the|an?|and|but|so|yet|while|although|though|meanwhile|however|now|also|currently|still|even"
    r"|because|after|when|if|since"
    r"|that|as|its|with|in all|overall)\b)*",
    re.I,
)
_QUALIFIER = re.compile(
    r"(?:baseline|base|reciprocal|universal|flat|blanket|across-the-board|retaliatory|additional|extra|minimum"
    r"|maximum|general|headline"
    r"|core|annual|average|sectoral|combined|total|effective|export|import|top|standard|separate|punitive"
    r"|anti-dumping)"
    r"(?:,? (?:baseline|base|reciprocal|universal|blanket|additional|export|import|general))?(?=\s+$)",
    re.I,
)
_ABBREVIATION = re.compile(r"(?:^|[\s.])[A-Z]\.$")
_PRONOUNS = frozenset("he she it they we i you this these those that there who which what".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """What an amount is of: the words shown, and where the object named after the amount stands, if there is one."""

    text: str
    target: Span | None


def phrase_of(sentence: str, clause: Span, segment: Span, amount: Amount, measure: str) -> Phrase:
    """What the amount is of, in at most eight words of the sentence: "car exports", "baseline, most trading partners".

    The thing named after the amount ("on car exports") comes first, then what qualifies it ("base rate"), then the
    subject of its clause.
    """
    lead = sentence[segment.start : amount.start]
    after = amount.end
    auxiliaries = _AUXILIARIES.match(sentence, after, segment.end)
    after = auxiliaries.end() if auxiliaries else after
    target, head_start, head = _target(sentence, after, segment.end, amount.unit)
    qualifier = _QUALIFIER.search(lead)
    own = _own_words(head, measure)
    thing = sentence[target.start : target.end] if target else ""
    counted = " ".join(amount.text.split()[1:]) if amount.unit.startswith("count:") else ""
    if qualifier:
        noun = thing or head
        text = f"{qualifier.group()}, {thing}" if thing else f"{qualifier.group()} {noun}"
    elif target and (own or counted):
        begin = head_start if not counted else amount.end - len(amount.text.split()[-1])
        text = sentence[begin : target.end]
    elif target:
        text = thing
    elif own or (counted and head):
        text = head
    else:
        text = (
            _subject(sentence, segment, amount)
            or _subject(sentence, clause, amount)
            or counted
            or head
            or _nearby(lead)
        )
    return Phrase(_short(text), target)


def period_of(sentence: str, clause: Span, amount: Amount) -> frozenset[str]:
    """The months, quarters and years that the clause names for its amount."""
    near = sentence[clause.start : clause.end].lower()
    return frozenset(_TIMES.findall(near))


_TIMES = re.compile(
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december|(?:19|20)\d\d|q[1-4]"
    r"|(?:first|second|third|fourth|last|this|next|previous|same) (?:quarter|half|year|month|week|season)"
    r"|year ago|year earlier)\b"
    r"|(?<=in )may\b"
)


def _target(sentence: str, after: int, end: int, unit: str) -> tuple[Span | None, int, str]:
    """The object after the amount, where the words between them begin, and those words."""
    tail = _TAIL.match(sentence, after, end)
    if (
        tail
        and not _PERIOD.match(sentence, tail.end())
        and not sentence[tail.end()].isdigit()
        and sentence[tail.end()] not in "$€£¥"
    ):
        share = unit == "%" and not tail["head"].strip() and tail["prep"] == "of"
        start = tail.end()
        stop = (_SHARE_END if share else _OBJECT_END).search(sentence, start, end)
        found = _trimmed(sentence, start, stop.start() if stop else end)
        if found:
            return found, tail.start("head"), tail["head"].strip()
    if tail and tail["head"].strip():
        return None, tail.start("head"), tail["head"].strip()
    head = _HEAD.match(sentence, after, end)
    return None, head.start(1) if head else after, head.group(1).strip(" .,") if head else ""


def _trimmed(sentence: str, start: int, end: int) -> Span | None:
    """The span without an article at its front and without white space or stops around it; None for nothing."""
    opening = _OPENING.match(sentence, start, end)
    start = opening.end() if opening else start
    text = sentence[start:end].rstrip(" ,;:'\"’”")
    text = text if _ABBREVIATION.search(text) else text.rstrip(". ")
    return Span(start, start + len(text)) if text else None


def _own_words(head: str, measure: str) -> list[str]:
    """The words of the head that say more than the measure itself: "base" in "base rate"."""
    plain = zip(words(head), stems(head), strict=True)
    return [w for w, stem in plain if measure_of(stem) not in (measure, "rate") and w not in STOP_WORDS]


def _subject(sentence: str, clause: Span, amount: Amount) -> str:
    verb = _VERB.search(sentence, clause.start, amount.start)
    found = _trimmed(sentence, clause.start, verb.start() if verb else amount.start)
    if not verb or not found:
        return ""
    text = sentence[found.start : found.end]
    return "" if text.lower() in _PRONOUNS else text


def _nearby(lead: str) -> str:
    """The last words before the amount, without the small ones at either end."""
    near = lead.split()[-PHRASE_WORDS:]
    while near and (near[-1].lower().strip(",:;(") in STOP_WORDS or near[-1].lower() in ("about", "nearly")):
        near.pop()
    while near and near[0].lower() in STOP_WORDS:
        near.pop(0)
    return " ".join(near)


def _short(text: str) -> str:
    """The first words of the phrase, as many as a table has room for, not ending in a small word."""
    kept = text.partition(" (")[0].split()[:PHRASE_WORDS]
    while kept and kept[-1].lower() in STOP_WORDS:
        kept.pop()
    phrase = " ".join(kept).strip(' ,;:()"“”‘')
    return phrase if _ABBREVIATION.search(phrase) else phrase.rstrip(".,;: ")
