"""What a text says about where it was printed first, in words of its own: "This article first appeared in …"."""

import re
from collections.abc import Iterable, Iterator

from bot.news.houses import usual_name
from bot.news.places import word_group
from bot.news.text import fold
from bot.wire.agencies import agency_in_byline
from bot.wire.carriers import is_no_publisher
from bot.wire.publishers import publisher_of

_PIECE = (
    r"(?:(?:a|an earlier|the original) version of )?(?:this|the following|the above) (?:\w+ )?"
    r"(?:article|story|piece|post|report|essay|column|interview|op-ed|commentary|content|item|text|work|investigation"
    r"|analysis|feature|blog)s?(?: by [^.,;:]{2,50}?)?(?: (?:was|is|has been|is being|had been|were))?"
)
_DONE = r"(?:published|republished|re-published|posted|appeared|printed|written|produced|co-published|ran)"
_TAKEN = (
    r"(?:republished|re-published|reprinted|reposted|reproduced|syndicated|cross-?posted)(?: here)?"
    r"(?: under .{2,60}? licen[cs]e)?(?: with (?:the )?(?:kind )?permission)? (?:from|of|by|courtesy of) "
)
_STATEMENTS = (
    rf"{_PIECE}(?: (?:originally|first|initially|previously))+ {_DONE}(?: online)?,?(?: here)?"
    r" (?:at|by|in|on|from|with|for) ",
    rf"{_PIECE} {_DONE}(?: here)? (?:originally|first|initially) (?:at|by|in|on) ",
    rf"{_PIECE}(?: (?:\w+ly|first))* {_TAKEN}",
    rf"{_PIECE} (?:produced|distributed|written) by (?=.{{2,60}}(?:distributed|partnership|licen[cs]ed))",
    rf"{_PIECE} (?:provided to .{{2,60}}? )?(?:provided|supplied|made available) by ",
    r"(?:originally|first) (?:published|posted|appeared|printed)(?: online)? (?:at|by|in|on) ",
    _TAKEN,
    r"(?:(?:story|article|content|text) )?(?:provided|supplied) by:? ",
    r"read (?:the )?original (?:article|story|version|post)(?: here)? (?:at|on|in) ",
    r"(?:dieser|der) (?:artikel|text|beitrag|bericht)(?: ist)?(?: am [\w. ]{3,20})?(?: ist)?(?: erschien)?"
    r" (?:zuerst|zunächst|erstmals|ursprünglich)(?: erschienen)? (?:bei|auf|in der|im|in|beim) ",
    r"cet article (?:a (?:été )?|est |fut )?(?:\w+ment )?(?:publié|paru|republié)(?: \w+ment| d'abord)?"
    r" (?:à partir de|sur|par|dans) ",
    r"est[ea] (?:artículo|nota|texto|artigo|matéria|reportagem)(?: se| fue| foi)?(?: originalmente)?"
    r" (?:publicad[oa]|publicó|apareció)(?: originalmente| por primera vez| originariamente)?"
    r" (?:en|em|por|pela|pelo|no|na) ",
    r"questo articolo è (?:stato |apparso |uscito )?(?:pubblicato )?(?:\w+mente |in origine |per la prima volta )?"
    r"(?:su|da|in|sul|sulla) ",
    r"dit artikel (?:verscheen|is) (?:eerder|oorspronkelijk|eerst)(?: verschenen| gepubliceerd)? (?:op|in|bij|door) ",
    # The sign-off that WordPress puts under every entry of a feed, in its languages.
    r"the post .{1,200}? (?:appeared first|first appeared) on ",
    r"der beitrag .{1,200}? erschien zuerst auf ",
    r"l['’]article .{1,200}? est apparu en premier sur ",
    r"la entrada .{1,200}? (?:se publicó primero|apareció primero) en ",
    r"l['’]articolo .{1,200}? (?:proviene da|sembra essere il primo su) ",
    r"o post .{1,200}? apareceu primeiro em ",
    r"het bericht .{1,200}? verscheen eerst op ",
)
_STATED = re.compile("|".join(f"(?:{statement})" for statement in _STATEMENTS), re.IGNORECASE)
_MEMBER = re.compile(r"([A-Z][\w' -]{2,50}?) is part of States Newsroom\b")
_ISSUE = re.compile(
    r"(?:the |our |its )?(?:[\w,-]+ ){0,4}?(?:issue|edition|pages|website|web site|site|blog|newsletter|paper"
    r"|publication|partner|section|permission)(?: (?:of|at|by))?(?: (?:the|our))?[ ,]+(?=[\w\"“‘'*_\[])",
    re.IGNORECASE,
)
_HOST = re.compile(r"[\[(<]?(?:https?://)?((?:[\w-]+\.)+[a-z]{2,10})(?=[/\s.,;:)>\]]|$)", re.IGNORECASE)
_WORD = re.compile(r"[\w+&][\w'’&+.-]*")
_JOINING = frozenset(
    {"of", "the", "for", "&", "de", "la", "le", "del", "des", "du", "der", "die", "das", "und", "et", "al"}
)
_LABEL = re.compile(r"\W*(?:source|credit|provided by|provider|publisher|from|via|by|©)\b\W*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:]['\"”’)\]]*\s+(?=[A-Z(\[*_])")
_ENDS = re.compile(r"[,:;()|\[\]\"“”\n]|\.(?:\s|$)|\s[-–—]\s")
_NO_NAMES = frozenset(
    "english spanish french german italian russian chinese japanese arabic hindi portuguese dutch issue spring summer"
    " autumn fall winter part print this that these here a an my our your his her their its i in on at by".split()
)
_LONGEST_NAME = 7  # words; a longer one runs into the sentence
_LONGEST_LINE = 400  # characters; a statement stands in a line of its own, or opens or closes a short paragraph


def printed_first_by(lines: Iterable[str]) -> str | None:
    """Who published the text first, as one of the lines says; None where none does, or says only when."""
    for line in lines:
        for sentence in _openings(line):
            member = _MEMBER.match(sentence)
            stated = None if member else _STATED.match(sentence)
            name = member[1] if member else _name_in(sentence[stated.end() :]) if stated else None
            if name and not is_no_publisher(name):
                return name
    return None


def named_in_credit(line: str, *, is_sure: bool) -> str | None:
    """Who is credited in what a page says about its source: a statement, an address or a bare name.

    A bare name counts where it is that of a well-known outlet, since pages also name their owner there, or where it
    is sure that others wrote what the page has.
    """
    if stated := printed_first_by([line]):
        return stated
    bare = _LABEL.sub("", line).strip(" .")
    return usual_name(bare) or agency_in_byline(bare) or (_name_in(bare) if is_sure or "://" in bare else None)


def _openings(line: str) -> Iterator[str]:
    """Where in the line a statement may begin: at its start, and after each of its sentences."""
    line = line.strip(" \t*_[]()<>|-–—•“”\"'")
    yield line[:_LONGEST_LINE]
    for piece in [line] if len(line) <= 2 * _LONGEST_LINE else [line[:_LONGEST_LINE], line[-_LONGEST_LINE:]]:
        for end in _SENTENCE_END.finditer(piece):
            yield piece[end.end() :].lstrip("([*_ ")


def _name_in(text: str) -> str | None:
    """The name of a publisher with which the text begins."""
    text = text.strip(" *_“\"'‘")
    issue = _ISSUE.match(text)
    text = (text[issue.end() :] if issue else text).lstrip(" *_“\"'‘[(<")
    if host := _HOST.match(text):
        return usual_name(host[1]) or publisher_of(host[1].removeprefix("www."))
    words = [word[0] for word in _WORD.finditer(text[: 12 * _LONGEST_NAME])]
    for count in range(min(len(words), _LONGEST_NAME), 0, -1):
        if usual := usual_name(" ".join(words[:count]).rstrip(".'’")):
            return usual
    end = _ENDS.search(text)
    return _capitalised(text[: end.start()] if end else text)


def _capitalised(text: str) -> str | None:
    """The run of names with which the text begins; None where it is a date, a language or no name at all."""
    kept: list[str] = []
    for word in text.split():
        plain = word.strip("*_'’‘.")
        if not plain or not (any(map(str.isupper, plain)) or plain[0].isdigit() or plain.lower() in _JOINING):
            break
        kept.append(plain)
    while kept and kept[-1].lower() in _JOINING:
        kept.pop()
    while kept and kept[0] in _JOINING:
        kept.pop(0)
    small = [fold(word) for word in kept if fold(word) not in _JOINING]
    if not small or len(kept) > _LONGEST_NAME or small[0] in _NO_NAMES:
        return None
    if all(word.replace(".", "").isdigit() or word in word_group("dates") or word in _NO_NAMES for word in small):
        return None
    return " ".join(kept)
