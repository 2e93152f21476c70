"""The short phrase that says what an amount is of, in the sentence's own words."""

import re
from dataclasses import dataclass

from bot.news.amounts import Amount
from bot.news.lexicon import STOP_WORDS
from bot.news.text import stems, words
from bot.writer.clauses import Span
from bot.writer.measures import measure_of, stem_of

PHRASE_WORDS = 8
RULES = frozenset({"tariff", "tax", "interest", "pay", "fine", "rate", ""})
"""Measures that somebody sets, so that they can be in force or paused."""

_AUXILIARIES = re.compile(
    r"(?:\s+(?:were|was|are|is|have|had|has|been|being|be|also|others|more|already|now|still|so far"
    r"|reportedly))*(?=\s|$)"
)
_TAIL = re.compile(
    r"\s*(?P<head>(?:(?!(?:and|or|but|is|are|was|were|will|would|has|have|had|by|than|that|after|still|as|since"
    r"|until|if|while"
    r"|when|on|for|of|against|to|from|in|over|among|at|across|took|takes|remains?|he|she|they|it|we|you|who|which"
    r"|set|goal|target)\b)[\w'’./&-]+\s+){0,4}?)"
    r"(?:by (?:the )?(?:[A-Z][\w.’]*\s+){1,3})?"
    r"(?P<prep>(?:applied |applies |apply |imposed |levied |placed )?(?:on|for|of|against|to|from|in|over|among"
    r"|across|at))\s+"
)
_HEAD = re.compile(
    r"\s+((?:(?!(?:and|or|but|is|are|was|were|will|would|has|have|had|by|than|that|after|still|as|since|until"
    r"|if|while|when"
    r"|took|takes|remains?|appl\w+|effective|starting|beginning|on|for|of|to|from|in|over|at|against|compared"
    r"|year|this|last|first|today|yesterday|during|amid|through|under|he|she|they|it|we|you|who|which)\b)"
    r"[\w'’./&-]+(?:\s+|(?=[^\w\s])|$)){1,4})"
)
_OBJECT_END = re.compile(
    r"[,;:()\[\]—–\"“”](?!\w)|\s[—–-]\s"
    r"|\s(?:but|while|that|which|who|is|are|was|were|will|would|has|have|had|took|takes?|went|goes|starts?|started|begins?|began|comes?|came|now|adds?|rose|rises?|fell|stays?|runs?|ends?|feels?|after|starting"
    r"|beginning|effective|still"
    r"|remains?|remained|appl(?:y|ies|ied)|as|because|since|until|unless|by|than|compared|if|when|amid|due"
    r"|despite|under|with"
    r"|on (?=(?:mon|tues|wednes|thurs|fri|satur|sun)day)|in (?=(?:19|20)\d\d)|from (?=\$?\d)|to (?=\$?\d)|said"
    r"|says)\b"
    r"|\s(?:and|or)\s(?=(?:an?|the|its|their|\w+ed|will|would|is|are|has|have|to|zero|none|\$?\d"
    r"|\w+ (?:an?|the|its))\b)"
    r"|\son tops? of\b|\sto (?:lead|be|help|get|take|put|make)\b",
    re.I,
)
_SHARE_END = re.compile(r"[,;:()—–\"“”](?!\w)|\s(?:but|while|up|down|compared|after)\b")
_PERIOD = re.compile(
    r"(?:(?:the|a|an|this|last|late|early|mid|its|their|same|first|second|third|fourth|past|previous|next|prior"
    r"|fiscal|financial|full"
    r"|three|six|nine|twelve|12|two)[\s-])*"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:19|20)\d\d|q[1-4]"
    r"|year|month|quarter|week|day|season|half|decade|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|trading|afternoon|morning|early trading|(?:total|all|addition)(?=[,.;]|$))s?(?!\w)",
    re.I,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|could|may|might|can|should|shall|must|do|does|did"
    r"|faces?|faced|facing|feels?|felt"
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
    r"|charg(?:es|ed)|slapp(?:ed|ing)|report(?:s|ed)|post(?:s|ed)|record(?:s|ed)|book(?:s|ed)|saw|sees|show(?:s"
    r"|ed)|estimat(?:es|ed)"
    r"|donat(?:es|ed)|gave|gives|sp(?:ent|ends)|sells?|buys?|found|finds|plans|planned|propos(?:es|ed)"
    r"|threaten(?:s|ed)"
    r"|wants?|wanted|seeks|sought|warn(?:s|ed)|agree(?:s|d)|add(?:s|ed)|den(?:ies|ied)|paused|scored|scores"
    r"|expects?|expected|earns?|earned|made|makes|fined|averag(?:es|ed)|rocketed"
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
    r"|core|annual|average|sectoral|combined|total|effective|export|import|top|standard|punitive"
    r"|anti-dumping)"
    r"(?:,? (?:baseline|base|reciprocal|universal|blanket|additional|export|import|general))?"
    r"(?P<noun>\s+(?:rate|tariff|levy|duty|charge)s?(?=\s+(?:of|at)\s+$))?(?:\s+(?:of|at))?(?=\s+$)",
    re.I,
)
_ONTO = re.compile(r"(?:the )?(?:[A-Z][\w.’]*\s+){1,3}(?:on|against)\s+")
_LISTED = re.compile(r"((?:[A-Z][\w.’]+\s?){1,4}?)(?:,|:|\s+at|['’]s)?\s*(?:about|around|nearly)?\s*\(?$")
_LEADING = re.compile(r"(?:for|in|at|on|among|under|with|by|during)\b[^,]{0,60},\s", re.I)
_MULTIPLIED = re.compile(r"^[^\s\d]*[\d.,]+[ -]?(?:(?:hundred|thousand|million|billion|trillion|dozen)\s+)*")
_EACH = re.compile(
    r"\s+(?:an?|per|each|every)\s+(?:hour|day|week|month|year|barrel|share|tonne?|gallon|head|person|kilo|litre"
    r"|ounce|piece|ticket)\b"
)
_OWNED = frozenset("price inflation growth unemployment sales profit trade debt money worth".split())
_OF_NOUN = re.compile(r"\b(?P<noun>[A-Za-z]+)\s+(?:on|against|for|of)\s+(?![$€£¥\d])")
_NOUN = re.compile(
    r"(?<!will )(?<!would )(?<!could )(?<!to )"
    r"\b(?:(?:net|gross|annual|quarterly|total|average|core|operating|pre-tax)\s+)?(?P<noun>[A-Za-z]+)\b"
)
_LED_TO = re.compile(r"\s+(?:up |down )?(?:to|at|by|of|from|about|around|nearly|was|is|were|are)$")
_PERIOD_AFTER = re.compile(
    r"\s+(?:in|for)\s+(?:the\s+)?(?:(?:first|second|third|fourth|last|fiscal)\s+)?"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|quarter|(?:19"
    r"|20)\d\d)\b"
)
_TIMES = re.compile(
    r"\b(?:january|february|march|april|(?-i:May)|june|july|august|september|october|november|december|(?:19|20)\d\d"
    r"|q[1-4]|(?:first|second|third|fourth|last|this|next|previous|same) (?:quarter|half|year|month|week|season))\b",
    re.I,
)
_ADVERB_END = re.compile(r"(?:\s+(?:currently|still|now|also|already|again|both|each|since|then|\w+ly))+$")
_DETERMINER = re.compile(r"\b(?:the|an?|its|their|his|her)\s+$")
_ABBREVIATION = re.compile(r"(?:^|[\s.])[A-Z]\.$")
_PRONOUNS = frozenset("he she it they we i you this these those that there who which what".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """What an amount is of: the words shown, and where the object named after the amount stands, if there is one."""

    text: str
    target: Span | None


def phrase_of(sentence: str, clause: Span, segment: Span, amount: Amount, measure: str) -> Phrase:
    """What the amount is of, in at most eight words of the sentence: "car exports", "baseline, most trading partners".

    The thing named with the amount ("on car exports") comes first, then what qualifies it ("base rate"), then the
    subject of its clause.
    """
    lead = sentence[segment.start : amount.start]
    each = _EACH.match(sentence, amount.end, segment.end)
    after = each.end() if each else amount.end
    auxiliaries = _AUXILIARIES.match(sentence, after, segment.end)
    after = auxiliaries.end() if auxiliaries else after
    target, head_start, head = _target(sentence, after, segment.end, amount.unit)
    if auxiliaries and auxiliaries.group() and not amount.unit.startswith("count:"):
        head = ""
    own = _own_words(head, measure)
    counted = _MULTIPLIED.sub("", amount.text).strip(" -") if amount.unit.startswith("count:") else ""
    if amount.unit == "score":
        target, own, head = None, [], ""
    if target and counted:
        text = sentence[amount.end - len(counted.split()[-1]) : target.end]
    elif target and own:
        text = sentence[head_start : target.end]
    elif own or (counted and head):
        text = head
    else:
        target = target or _target_before(sentence, segment, amount, measure)
        text = sentence[target.start : target.end] if target else ""
        text = text or ("" if amount.unit == "count:people" else counted)
        text = text or _named_before(sentence, clause, segment, amount, measure) or counted or head or _nearby(lead)
    qualifier = _QUALIFIER.search(lead)
    if qualifier:
        known = re.sub(r"\s+(?:of|at)$", "", qualifier.group())
        noun = "" if qualifier["noun"] else f" {head or text}"
        text = f"{known}, {text}" if target else f"{known}{noun}"
    period = _PERIOD_AFTER.match(sentence, after, segment.end)
    return Phrase((_short(text) + (period.group() if period else "")).strip(), target)


def periods_of(sentence: str, clause: Span, segment: Span) -> frozenset[str]:
    """The months, quarters and years named for an amount: those beside it, else in its clause or sentence."""
    near = _TIMES.findall(sentence, segment.start, segment.end)
    near = near or _TIMES.findall(sentence, clause.start, clause.end) or _TIMES.findall(sentence)
    return frozenset(time.lower() for time in near)


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
        onto = _ONTO.match(sentence, start, end) if tail["prep"] in ("in", "from") else None
        start = onto.end() if onto and not _PERIOD.match(sentence, onto.end()) else start
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


def _target_before(sentence: str, segment: Span, amount: Amount, measure: str) -> Span | None:
    """The object of the measure where both stand before the amount: "tariffs on Chinese goods rose to 125%"."""
    for match in reversed(list(_OF_NOUN.finditer(sentence, segment.start, amount.start))):
        if measure_of(stem_of(match["noun"])) == measure and not _PERIOD.match(sentence, match.end()):
            stops = [m.start() for p in (_OBJECT_END, _VERB) if (m := p.search(sentence, match.end(), amount.start))]
            found = _trimmed(sentence, match.end(), min(stops, default=amount.start))
            if found and not stops:
                text = _LED_TO.sub("", sentence[found.start : found.end])
                found = Span(found.start, found.start + len(text)) if text else None
            return found
    return None


def _named_before(sentence: str, clause: Span, segment: Span, amount: Amount, measure: str) -> str:
    """The subject of the amount, or what is measured where the subject only owns it: "Acme posted revenue of …"."""
    lead = sentence[segment.start : amount.start].rstrip()
    listed = _LISTED.search(lead)
    if listed and len(lead) > len(listed.group(1)):
        return listed.group(1).strip()
    subject = _subject(sentence, segment, amount) or _subject(sentence, clause, amount)
    if measure not in _OWNED or any(measure_of(stem) == measure for stem in stems(subject)):
        return subject
    for match in reversed(list(_NOUN.finditer(sentence[clause.start : amount.start]))):
        if measure_of(stem_of(match["noun"])) == measure:
            return match.group()
    return subject


def _subject(sentence: str, span: Span, amount: Amount) -> str:
    leading = _LEADING.match(sentence, span.start, amount.start)
    span = Span(leading.end(), span.end) if leading else span
    verb = next((v for v in _VERB.finditer(sentence, span.start, amount.start) if not _is_noun(sentence, v)), None)
    found = _trimmed(sentence, span.start, verb.start() if verb else amount.start)
    if not verb or not found:
        return ""
    text = _ADVERB_END.sub("", sentence[found.start : found.end])
    return "" if text.lower() in _PRONOUNS else text


def _is_noun(sentence: str, verb: re.Match[str]) -> bool:
    """Whether a word that can be a verb is a noun here: "the cost of", "its set"."""
    return bool(_DETERMINER.search(sentence[max(0, verb.start() - 8) : verb.start()]))


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
