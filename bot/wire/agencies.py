"""News agencies, where a text says that it is theirs: in its dateline, its byline or its closing.

A mention of an agency in a sentence, a photo credit and a note on who helped say nothing about who wrote the text.
"""

import re
from collections.abc import Sequence
from functools import cache

from bot.news.houses import is_ordinary, usual_name
from bot.news.places import read_list

_FAR = 120  # characters into a line within which a dateline ends
_INITIALS = 5  # letters with which an editor signs
_CLOSING_LINES = 3  # a note or two may stand below the signature
_BYLINE_LONGEST = 160  # characters; a longer line is prose
_BRACKETS = re.compile(
    r"(?P<open>[(/\[（［【])\s?(?P<agency>[\w][\w .,&'’=-]{0,40}?)(?P<more>/[\w.]{1,12})?\s?(?P<close>[)/\]）］】])"
)
_PLACE_WORD = re.compile(
    r"\d{1,4}(?:st|nd|rd|th|er|日|月|日電)?\.?|of|de|del|la|las|los|el|le|al|am|an|der|and|y|et|do|da|di|du|on|und"
)
_MARKS = re.compile(r"[\s,/\[\]()•|–—-]+")
_DAY = re.compile(r"\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,10}\.?(?:\s(?:de\s)?\d{4})?")
_GOES_ON = re.compile(r"\s?(?:\.?\s?[-–—_]{1,3}|[:|=•·])\s*\S")
_GOES_ON_DATED = re.compile(r"\.?\s\S")
_LEADING = re.compile(r"(?P<agency>[\w][\w .]{1,30}?)\s?[-–—]{1,2}\s(?=[A-Z“\"'‘])")
_EAST = re.compile(
    r"[（(【［\[][^）)】］\]]{0,24}?(?P<named>共同|時事|ロイター|AFP=時事|연합뉴스|뉴시스|新华社|新華社|中新社|中央社)[）)】］\]]"
    r"|(?P<begun>新华社|新華社|中新社|中新网)\S{1,14}?[电電]"
    r"|[А-ЯЁ][\w.,\s-]{2,30}?\s[-–—]\s(?P<spoken>РИА Новости|ТАСС|Интерфакс)\."
)
_BY = re.compile(
    r"\s*(?:(?:written|story|text|report|article)\s+)?(?:by|von|par|por|di|door|av|af|from)\b[:\s]+", re.IGNORECASE
)
_MAIL = re.compile(r"\S+@\S+\s*\((?P<name>[^()]+)\)|\s*\S+@\S+")
_SPLIT = re.compile(r"\s*(?:[,;|/•·()]|\s[-–—]\s|\sfor\s|\sof\s(?:the\s)?|\n)\s*")
_POST = re.compile(
    r"(?:\s(?:\w+\s){0,2}(?:writers?|staff|editorial|reporters?|correspondents?|editors?|desk|bureau|newsroom|news"
    r"|columnists?|wire|service))?(?:,?\s(?:in|at|à|en|aus)\s[A-Z][\w .'’-]{1,30})?",
    re.IGNORECASE,
)
_MIXED = re.compile(
    r"\b(?:with|and|agencies|agenturen|agences|agencias|mit|avec|con|inputs?|additional|contribut\w+|photos?|images?|pictures?"
    r"|videos?|via|getty|handout|former\w*|ex|staff|redaktion|rédaction|redacción|desk|team|newsroom)\b|&",
    re.IGNORECASE,
)
_AND = ("and", "&", "und", "et", "y")
_YEAR = r"(?:19|20)\d\d"
_COPYRIGHT = re.compile(
    rf"(?:(?:©|\(c\)|copyright)\W{{0,3}}){{1,3}}(?:{_YEAR}(?:\s?[-–]\s?{_YEAR})?,?\s+(?:by\s+)?(?P<after>[^.\n,]{{2,60}}?)"
    rf"|(?P<before>[^.\n\d]{{2,60}}?),?\s+{_YEAR})\s*(?:,?\s(?:all rights|l\.p|llc|inc|ltd|limited)\b.*|[.,].*)?",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:.*[.!?…\"”’»。]\s*)?[(\[（]\s?([\w][\w ./-]{1,30}?)\s?[)\]）]\.?"
    r"|(?:.*[.!?…\"”’»]\s*)?[-–—]{1,2}\s?([\w][\w ./]{1,30}?)\.?"
    r"|(?:[Ss]ource|SOURCE|[Qq]uelle|[Ff]onte|[Ff]uente|[Bb]ron|[Kk]ilde|[Kk]älla)\s?:\s?([\w][\w .-]{1,40}?)\.?"
    r"|([\w-]{2,20}(?:/[\w-]{2,20}){1,3})|(PTI)(?: [A-Z]{2,5}){1,4}"
)
# Phrases of their own that agencies close with, in lower case.
_PHRASES = {
    "our standards: the thomson reuters trust principles": "Reuters",
    "this report by the canadian press was first published": "The Canadian Press",
    "kff health news is a national": "KFF Health News",
    "kaiser health news is a national": "KFF Health News",
    "propublica is a nonprofit newsroom": "ProPublica",
    "propublica is a pulitzer prize-winning": "ProPublica",
    "dpa-infocom, dpa:": "dpa",
    "© dpa, dpa:": "dpa",
}


def agency_in_dateline(line: str) -> str | None:
    """The agency in the dateline that the line begins with: "LONDON, Nov 3 (Reuters) - "; None without one."""
    start = line[:_FAR]
    if east := _EAST.match(start):
        return usual_name(east["named"] or east["begun"] or east["spoken"])
    leading = _LEADING.match(start)
    if leading and (agency := _in_dateline(leading["agency"])):
        return agency
    for found in _BRACKETS.finditer(start):
        agency = _in_dateline(found["agency"])
        if agency and not (found["more"] and _in_dateline(found["more"][1:])):
            place, after = start[: found.start()], line[found.end() :]
            is_sure = found["open"] == "/" or any(map(str.isdigit, place)) or place.isupper()
            goes_on = _GOES_ON.match(after) or (is_sure and _GOES_ON_DATED.match(after))
            return agency if goes_on and _is_place(place) else None
    return None


def agency_in_byline(byline: str) -> str | None:
    """The agency or outlet that a byline gives as author, or as whose the author is; None for one of the own staff.

    A byline that names several, or staff beside an agency, is no credit: the text was put together from theirs.
    """
    byline = _MAIL.sub(lambda mail: mail["name"] or "", byline).strip()
    if not byline or len(byline) > _BYLINE_LONGEST:
        return None
    byline = _BY.sub("", byline, count=1).strip(" .:*")
    # One word by itself is a news agency, or a name: "Forbes".
    if (agency := _titled(byline)) and (" " in byline or _in_dateline(byline)):
        return agency
    if "/" in byline and (agency := _signed_by(byline)):
        return agency
    *others, last = [part for part in _SPLIT.split(byline) if part] or [""]
    agency = _titled(last)
    if agency and others:
        rest = " ".join(others)
        several = any(_titled(other) not in (None, agency) for other in others)
        return None if several or _MIXED.search(_without_and(rest)) else agency
    return _after_name(byline) if not others else None


def agency_at_end(lines: Sequence[str]) -> str | None:
    """The agency that the last lines of a text name as its owner: "© 2026 AFP", "dpa/jam", "(PTI)"."""
    for line in reversed(lines):
        lowered = line.lower()
        if phrase := next((phrase for phrase in _PHRASES if phrase in lowered), None):
            return _PHRASES[phrase]
        if owned := _COPYRIGHT.fullmatch(line):
            name = (owned["after"] or owned["before"]).strip()
            if owner := _in_dateline(name) or _outlet(name):
                return owner
    written = [line.strip() for line in lines if line.strip() and not _COPYRIGHT.fullmatch(line)]
    for line in reversed(written[-_CLOSING_LINES:]):
        if signed := _SIGNED.fullmatch(line[-_BYLINE_LONGEST:]):
            return _signed_by(next(name for name in signed.groups() if name))
    return None


def _signed_by(signature: str) -> str | None:
    """The one agency in "AFP", "dpa/jam", "jam/dpa"; None where there are several, or more than initials besides."""
    if agency := _in_dateline(signature):
        return agency
    parts = signature.split("/")
    agencies = {agency for part in parts if (agency := _in_dateline(part))}
    initials = [part for part in parts if not _in_dateline(part)]
    return agencies.pop() if len(agencies) == 1 and all(len(part) <= _INITIALS for part in initials) else None


def _in_dateline(name: str) -> str | None:
    """The agency of exactly this form: in a dateline capitals tell AP from ap."""
    return _forms().get(" ".join(name.split()))


def _outlet(name: str) -> str | None:
    """A well-known outlet or agency that is named in full, and by no ordinary word."""
    usual = usual_name(name)
    is_initials = len(name) <= _INITIALS and not name.isupper() and name not in _forms()
    if usual is None or is_initials or name in _forms_in_datelines_only():
        return None
    return None if is_ordinary(name) and not name.startswith("The ") else usual


def _titled(part: str) -> str | None:
    """The agency or outlet in "Reuters", "AP Sports Writer", "Agence France-Presse in Paris"."""
    part = part.strip()
    whole = _outlet(part)
    if whole or not part:
        return whole
    words = part.split()
    for length in range(len(words) - 1, 0, -1):
        agency = _outlet(re.sub("['’]s?$", "", " ".join(words[:length])).rstrip(","))
        if agency and _POST.fullmatch(" " + " ".join(words[length:])):
            return agency
    return None


def _after_name(byline: str) -> str | None:
    """The agency that follows a name without a mark: "JANE DOE Associated Press"."""
    words = byline.split()
    for start in range(2, len(words)):
        name, rest = words[:start], " ".join(words[start:])
        is_sure = len(words) - start > 1 or (rest.isupper() and not " ".join(name).isupper())
        is_name = all(word[0].isupper() or word in _AND for word in name) and name[-1] not in _AND
        if is_sure and is_name and (agency := _titled(rest)):
            return agency if not _MIXED.search(_without_and(" ".join(name))) else None
    return None


def _without_and(names: str) -> str:
    """Two authors are no mixture: "Jane Doe and John Roe"."""
    return re.sub(r"(?<=[a-zA-Z.])\s+(?:and|&)\s+(?=[A-Z])", " ", names)


def _is_place(text: str) -> bool:
    """Whether the text reads as place and date, and not as a sentence or as the agency's own name."""
    text = text.strip(" ,.–—-/")
    words = [word for word in _MARKS.split(_DAY.sub("", text)) if word]
    if usual_name(text):
        return False
    return len(words) <= 14 and all(word[0].isupper() or _PLACE_WORD.fullmatch(word) for word in words)


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split(" | ")) for line in read_list("agencies.txt"))


@cache
def _forms() -> dict[str, str]:
    forms = {form.lstrip("!"): usual_name(row[0]) or row[0] for row in _rows() for form in row}
    return forms | {form.upper(): name for form, name in forms.items() if len(form) > _INITIALS}


@cache
def _forms_in_datelines_only() -> frozenset[str]:
    return frozenset(form[1:] for row in _rows() for form in row if form.startswith("!"))
