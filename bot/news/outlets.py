"""Outlets named in a question: publishers that the archive has, and those that it lacks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from bot.news.houses import squash
from bot.news.lexicon import STOP_WORDS
from bot.news.places import ordinary_words, read_list, word_group, written_forms
from bot.news.text import fold


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """An outlet named in a text: text[start:end] names the publisher.

    `as_source` says that the words around speak of what it published ("according to …", "… reported"), so that it
    is not itself the subject ("who bought …?").
    """

    publisher: str
    start: int
    end: int
    as_source: bool = False


def publishers_named(text: str, known: Iterable[str]) -> list[Mention]:
    """The known publishers that the text names, in order; several of one span where they share the form that stands.

    A name counts with its capitals anywhere, without them only where the words around show that an outlet is meant;
    so does a name that is also an ordinary word. Short forms count: the part before " - " or " | ", without "The",
    the web address, and the other names of well-known outlets.
    """
    return _mentions(text, _known_outlets(tuple(known)))


def outlets_named(text: str) -> list[Mention]:
    """The outlets of the world that the text names, in order, by the same rules; the publisher is the usual name.

    A name that no list knows counts where the words around are those of an outlet ("an article from …"): it then is
    the publisher as written.
    """
    known = _mentions(text, _world_outlets())
    return sorted([*known, *_unknown(text, known)], key=lambda mention: mention.start)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Form:
    """A way to name a publisher; the lowest rank at a place wins: 0 its name or part of it, 1 another name."""

    publisher: str
    written: str
    rank: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Outlets:
    """Publishers under their forms without spaces; `longest` is the most words that a form has.

    `unspaced` are the forms in scripts that do not part words, to be found anywhere.
    """

    forms: dict[str, tuple[_Form, ...]]
    longest: int
    unspaced: tuple[_Form, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Candidate:
    """Words that may name outlets."""

    forms: tuple[_Form, ...]
    start: int
    end: int
    is_ambiguous: bool
    has_capitals: bool
    is_address: bool


_WORD = re.compile(r"[^\W_]+|&")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_GAP = re.compile(r"[ \-–—|&:,'’./+?!()]{0,4}")
_PARTS = re.compile(r"\s+[-–—|»•·]+\s+|\s*\|\s*|:\s+|\s*\(")
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,10})(?:/\S*)?", re.IGNORECASE)
_ENDING = re.compile(r"(?:\.(?:com|org|net|co|news|io|info|tv|media|gov|edu|[a-z]{2}))+\b")
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "go"})
_SMALL = frozenset(
    {"the", "of", "and", "for", "in", "on", "de", "la", "le", "del", "della", "der", "die", "s", "to", "a", "&"}
)
_LONGEST_FORM = 10

_NOUNS = (
    r"articles?|reports?|reporting|coverage|stor(?:y|ies)|pieces?|reviews?|interviews?|journalists?|reporters?"
    r"|correspondents?|editors?|columnists?|columns?|editorials?|headlines?|investigations?|newsletters?|podcasts?"
    r"|magazine|newspaper|website|accounts?|analys[ie]s|posts?|features?|writers?|op-eds?|obituary|publications?|guides?|staff"
)
_SAYS = (
    r"say|report|write|claim|suggest|state|describe|publish|cover|argue|mention|quote|cite|discuss|note|highlight|tell"
    r"|portray|think|reveal|depict|print|predict|warn|emphasi[sz]e|characteri[sz]e|feature|identify|attribute|present"
    r"|recommend|list|call|frame|speak|talk|provide|address|express|critici[sz]e|praise|offer|give|imply|indicate|agree"
    r"|acknowledge|confirm|deny|support|contradict|refer|detail|analy[sz]e|explain|review|rate|rank|take|have|make"
)
_SAID = (
    r"says?|said|reports?|reported|writes?|wrote|written|claims?|claimed|suggests?|suggested|states?|stated|describes?"
    r"|described|publishe[sd]|covers?|covered|argues?|argued|mentions?|mentioned|quotes?|quoted|cite[sd]?|discuss(?:es|ed)"
    r"|notes?|noted|highlights?|highlighted|tells?|told|portrays?|portrayed|reveals?|revealed|depicts?|depicted"
)
_TOLD = (
    r"report|publish|writt|print|cover|featur|cit|quot|post|not|stat"
    r"|describ|discuss|detail|mention|highlight|suggest|claim|reveal|portray|depict|document"
)
_LEAD = r"\s+(?:both\s+|either\s+)?(?:an?\s+|the\s+)?$"
_BEFORE = re.compile(
    rf"\b(?:according to|(?:{_TOLD})(?:e?d|en|ten) (?:by|in|on)|(?:{_NOUNS}|outlets?|sites?|sources?)"
    rf"(?:,? (?:by|from|in|of|on|at|like|such as|including|called|named))?|as per){_LEAD}"
)
_BEFORE_FAR = re.compile(rf"\b(?:(?:{_NOUNS})\b[^.?!]{{0,80}} (?:by|from|in)|\w+ed by){_LEAD}")
_BEFORE_PLAIN = re.compile(rf"\b(?:according to|(?:reported|published|written) by){_LEAD}")
_ASKED = re.compile(rf"\b(?:did|does|do|has|have|had|would|will|can|could){_LEAD}")
_ANSWERED = re.compile(rf" (?:\w+ly |also |ever |first )?(?:{_SAYS}|{_SAID})\b")
_AFTER = re.compile(rf"(?:['’]s? (?:\w+ ){{0,2}}?(?:{_NOUNS})|(?: news)? (?:{_NOUNS}|{_SAID}))\b")
_BETWEEN = re.compile(
    r"(?:\s*[,;]\s*|\s+)(?:(?:and|or|versus|vs\.?|as well as|but not|than|&)\s+)?(?:both\s+)?(?:the\s+)?"
)
_PUBLISHED = re.compile(
    r"\b(?:(?:articles?|stor(?:y|ies)|coverage|columns?|pieces?),? (?:from|published (?:by|in)|featured in)"
    rf"|as (?:reported|noted|published|covered) (?:by|in)|(?:newspaper|magazine|outlet|website|news site)){_LEAD}"
)
_QUOTE = re.compile(r"['\"‘’“”]")
_CLOSING = re.compile(r"^(?:['’](?!s\b)|[\"”])")
_NEIGHBOUR = re.compile(r"\b([A-Z]\w+) $")
_CAPITAL_RUN = re.compile(r"[A-Z][\w'’&-]*(?: (?:(?:of|the|and|&|de|la) (?:the )?)?[A-Z][\w'’&-]*){0,5}")


def _mentions(text: str, outlets: _Outlets) -> list[Mention]:
    folded = text.lower() if len(text.lower()) == len(text) else text
    candidates = sorted(_candidates(text, outlets), key=lambda candidate: candidate.start)
    as_source: dict[int, bool] = {}
    for i, candidate in enumerate(candidates):
        if _stands_as_source(candidate, folded):
            as_source[i] = True
        elif candidate.is_address or (candidate.has_capitals and _stands_alone(candidate, text)):
            as_source[i] = False
    for step in (1, -1):
        for i in range(len(candidates))[::step]:
            beside = as_source.get(i - step)
            if beside is not None and _is_beside(candidates[i], candidates[i - step], folded):
                as_source[i] = beside or as_source.get(i, False)
    mentions = []
    for i in sorted(as_source):
        start, end = _with_article(candidates[i], text), candidates[i].end
        best = min(form.rank for form in candidates[i].forms)
        publishers = dict.fromkeys(form.publisher for form in candidates[i].forms if form.rank == best)
        mentions += [Mention(publisher=p, start=start, end=end, as_source=as_source[i]) for p in publishers]
    return mentions


def _candidates(text: str, outlets: _Outlets) -> Iterator[_Candidate]:
    """The longest forms that stand in the text, whatever their case."""
    words = [(_folded(match.group()), match.start(), match.end()) for match in _WORD.finditer(text)]
    i = 0
    while i < len(words):
        squashed, found, last = "", None, i
        for j in range(i, min(i + outlets.longest, len(words))):
            if j > i and not _GAP.fullmatch(text, words[j - 1][2], words[j][1]):
                break
            squashed += words[j][0]
            if squashed in outlets.forms:
                found, last = squashed, j
        if found and _is_whole(text, outlets.forms[found], words[i][1], words[last]):
            yield _candidate(text, outlets.forms[found], found, words[i : last + 1])
        i = last + 1
    for form in outlets.unspaced:
        if (start := text.find(form.written)) >= 0:
            end = start + len(form.written)
            yield _Candidate(
                forms=(form,), start=start, end=end, is_ambiguous=False, has_capitals=True, is_address=False
            )


def _is_whole(text: str, forms: tuple[_Form, ...], start: int, last: tuple[str, int, int]) -> bool:
    """Whether the words are the whole name: not the end of Michael Bloomberg, and with any "The" it must have."""
    if all(form.written.startswith("The ") for form in forms) and text[max(0, start - 4) : start].lower() != "the ":
        return False
    before = _NEIGHBOUR.search(text, max(0, start - 40), start)
    if start != last[1] or before is None or text[start].islower():
        return True
    word = before[1].lower()
    return word in STOP_WORDS or (word in ordinary_words() and before.start(1) == 0)


def _candidate(text: str, forms: tuple[_Form, ...], squashed: str, words: list[tuple[str, int, int]]) -> _Candidate:
    start, end = words[0][1], words[-1][2]
    written = text[start:end]
    address = _ENDING.match(text, end)
    is_short = len(squashed) <= 3
    has_capitals = any(form.written in (written, "The " + written) for form in forms) or all(
        (text[a:b].isupper() if is_short else not text[a].islower() or not text[a:b].islower())
        for word, a, b in words
        if word not in _SMALL
    )
    is_address = address is not None or (len(words) > 1 and bool(_ADDRESS.fullmatch(written)))
    return _Candidate(
        forms=forms,
        start=start,
        end=address.end() if address else end,
        is_ambiguous=not is_address and _is_ambiguous(squashed, len(words), forms),
        has_capitals=has_capitals,
        is_address=is_address,
    )


def _is_ambiguous(squashed: str, count: int, forms: tuple[_Form, ...]) -> bool:
    if squashed in _ambiguous_forms():
        return True
    if count == 1 and any(form.written.startswith("The ") for form in forms):
        return True
    return count == 1 and (len(squashed) <= 2 or squashed in ordinary_words() or squashed in STOP_WORDS)


def _stands_as_source(candidate: _Candidate, folded: str) -> bool:
    """Whether the words around speak of something that was published."""
    before = _QUOTE.sub("", folded[max(0, candidate.start - 120) : candidate.start])
    after = _CLOSING.sub("", folded[candidate.end : candidate.end + 60])
    if _ASKED.search(before) and _ANSWERED.match(after):
        return True
    if candidate.is_ambiguous and not candidate.has_capitals:
        return bool(_BEFORE_PLAIN.search(before)) and not after.startswith((" of ", " for ", " and ", " to "))
    return bool(_BEFORE.search(before) or _AFTER.match(after) or _BEFORE_FAR.search(before))


def _stands_alone(candidate: _Candidate, text: str) -> bool:
    """Whether a name with its capitals needs no help from the words around."""
    before = text[max(0, candidate.start - 40) : candidate.start]
    if candidate.is_ambiguous:
        return bool(re.search(r"[\w,] ['\"‘“]?The $", before))
    if " " in text[candidate.start : candidate.end]:
        return True
    following = re.match(r" ([A-Z]\w+)", text[candidate.end : candidate.end + 40])
    return not following or following[1].lower() in STOP_WORDS


def _is_beside(one: _Candidate, other: _Candidate, folded: str) -> bool:
    """Whether the two stand in one list of outlets: "both Fortune and TechCrunch"."""
    if one.is_ambiguous and not one.has_capitals:
        return False
    first, second = sorted((one, other), key=lambda candidate: candidate.start)
    if second.start - first.end > 40:
        return False
    return bool(_BETWEEN.fullmatch(_QUOTE.sub("", folded[first.end : second.start])))


def _with_article(candidate: _Candidate, text: str) -> int:
    """The start of the name, its "The" included where it has one."""
    has_article = any(form.written.startswith("The ") for form in candidate.forms)
    if has_article and text[max(0, candidate.start - 4) : candidate.start].lower() == "the ":
        return candidate.start - 4
    return candidate.start


def _unknown(text: str, known: list[Mention]) -> list[Mention]:
    """Capitalised names and addresses that no list knows, where only an outlet can stand."""
    folded = text.lower() if len(text.lower()) == len(text) else text
    mentions = []
    for match in [*_CAPITAL_RUN.finditer(text), *_ADDRESS.finditer(text)]:
        start, end = match.span()
        words = re.findall(r"[a-z0-9]+", folded[start:end])
        while len(words) > 1 and words[0] in STOP_WORDS and " " in text[start:end]:
            start = text.index(" ", start) + 1
            words = words[1:]
        written = re.sub(r"['’]s?$", "", text[start:end])
        end = start + len(written)
        if any(mention.start < end and start < mention.end for mention in known) or not words:
            continue
        name = _Candidate(forms=(), start=start, end=end, is_ambiguous=False, has_capitals=True, is_address=False)
        has_outlet_word = words[-1] in word_group("outlet words") or words[0] == "daily"
        if has_outlet_word or _ADDRESS.fullmatch(written):
            is_outlet = len(words) > 1 and _stands_as_source(name, folded)
        else:
            is_outlet = bool(_PUBLISHED.search(folded[max(0, start - 120) : start])) and not _is_listed(words)
        if is_outlet:
            mentions.append(Mention(publisher=written, start=start, end=end, as_source=True))
            known = [*known, mentions[-1]]
    return mentions


def _is_listed(words: list[str]) -> bool:
    """Whether the words are a date, an ordinary word, or a place or organisation that names what is no outlet."""
    if all(word in ordinary_words() or word in STOP_WORDS or word in word_group("dates") for word in words):
        return True
    return squash(" ".join(words)) in _listed_names()


@cache
def _listed_names() -> frozenset[str]:
    return frozenset(squash(form) for forms in written_forms().values() for form in forms)


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split(" | ")) for line in read_list("outlets.txt"))


@cache
def _ambiguous_forms() -> frozenset[str]:
    return frozenset(squash(form[1:]) for row in _rows() for form in row if form.startswith("!"))


@cache
def _rows_by_form() -> dict[str, tuple[str, ...]]:
    return {squash(form.lstrip("!")): row for row in reversed(_rows()) for form in row}


@cache
def _world_outlets() -> _Outlets:
    return _gathered(_Form(publisher=row[0], written=form.lstrip("!"), rank=0) for row in _rows() for form in row)


@lru_cache(maxsize=8)
def _known_outlets(publishers: tuple[str, ...]) -> _Outlets:
    return _gathered(form for publisher in publishers for form in _forms(publisher))


def _gathered(forms: Iterable[_Form]) -> _Outlets:
    grouped: dict[str, dict[_Form, None]] = {}
    longest = 1
    unspaced = []
    for form in forms:
        if _UNSPACED.search(form.written):
            unspaced.append(form)
            continue
        squashed = squash(form.written)
        if len(squashed) > 1:
            grouped.setdefault(squashed, {})[form] = None
            longest = max(longest, len(_WORD.findall(form.written)))
    # An address or a run-together name is often written in several words: three more than the form has.
    return _Outlets(
        forms={key: tuple(found) for key, found in grouped.items()},
        longest=min(longest + 3, _LONGEST_FORM),
        unspaced=tuple(dict.fromkeys(unspaced)),
    )


def _forms(publisher: str) -> Iterator[_Form]:
    """Every form that can name a filed publisher."""
    own = _Form(publisher=publisher, written=publisher, rank=0)
    yield own
    parts = [part for part in _PARTS.split(publisher) if part.strip()]
    others = [part for part in parts[1:] if squash(part) in _rows_by_form() and squash(part) not in _ambiguous_forms()]
    for part in [*parts[:1], *others]:
        yield replace(own, written=part.removeprefix("The "))
        yield replace(own, written=part)
        row = _rows_by_form().get(squash(part))
        for other in row or ():
            yield replace(own, written=other.lstrip("!"), rank=1)
        if row is None and (address := _ADDRESS.fullmatch(part.strip())):
            yield replace(own, written=_label(address[1]))


def _label(address: str) -> str:
    """The part of a web address that names its owner: "gadgetgazette" of "www.gadgetgazette.co.uk"."""
    labels = address.split(".")
    return labels[-3] if len(labels) > 2 and labels[-2].lower() in _SECOND_LEVEL else labels[-2]


def _folded(word: str) -> str:
    return "and" if word == "&" else fold(word)
