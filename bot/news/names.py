"""People, places and organisations in a text, the same thing under the same key whatever its form."""

import re
import unicodedata
from bisect import bisect_right
from typing import NamedTuple, assert_never

from bot.news.lexicon import STOP_WORDS
from bot.news.places import (
    Case,
    Form,
    Kind,
    forms_by_first_word,
    ordinary_words,
    plain_forms,
    word_group,
    written_forms,
)


class Name(NamedTuple):
    """A name in a text: text[start:end], and the key that all forms of the thing share ("jp", "shigeru ishiba")."""

    key: str
    start: int
    end: int


def names_in(text: str) -> list[Name]:
    """The people, places and organisations named in the text, in order.

    A part of a name gets the key of the whole where the text holds the whole ("Mr. Ishiba" beside "Shigeru Ishiba");
    alone it has a key of its own, which same_name() matches with the whole.
    """
    return _Reader(text).names()


def same_name(one: str, other: str) -> bool:
    """Whether two keys can mean the same: equal, or one is the last word or words of the other."""
    return one == other or one.endswith(" " + other) or other.endswith(" " + one)


def forms_of(key: str) -> tuple[str, ...]:
    """The forms in which the thing is written, the usual one first; none for a key that no list knows."""
    return written_forms().get(key, ())


_CAPITALS = "".join(chr(code) for code in range(0x530) if chr(code).isupper())
# Begins with the set of capitals so that the engine leaps from one to the next; what stands before is looked at after.
_TOKEN = re.compile(
    rf"[{_CAPITALS}](?<!\w\w.)(?:"
    rf"\.(?:[{_CAPITALS}]\.)+(?:[{_CAPITALS}]\b)?|\.[{_CAPITALS}]\b"  # U.S., U.S
    rf"|\.(?=[ {_CAPITALS}])|t\.(?= [{_CAPITALS}])"  # the J. of Donald J. Trump, St. Louis
    rf"|\w*(?:['’][{_CAPITALS}]\w+|&[{_CAPITALS}]\w*)?(?:-(?:[a-z]+|\d\w*))?)"
)
_LINE_END = re.compile("\n")
_LOWER = re.compile(r"\b[a-z][a-z]+\b")
_ACCENTED = re.compile(r"[^\x00-\x7f’‘“”–—…]")
_LETTERS = {
    code: plain[0].lower()
    for code in range(0x80, 0x250)
    if (plain := unicodedata.normalize("NFKD", chr(code)).strip()) and plain[0].isascii() and plain[0].isalpha()
} | {0x2019: "'", 0xD8: "o", 0xF8: "o", 0x141: "l", 0x142: "l", 0x130: "i", 0x131: "i"}

_SPACE, _HYPHEN, _OF, _LINK = range(1, 5)
_JOINS = {" ": _SPACE, "\u00a0": _SPACE, "-": _HYPHEN, "\u2010": _HYPHEN, " of ": _OF, " of the ": _OF, " & ": _LINK}
_LINKS = word_group("links")
_JOINS |= {f" {link} ": _LINK for link in _LINKS} | {
    " van der ": _LINK,
    " van den ": _LINK,
    " von der ": _LINK,
    " de la ": _LINK,
    " al-": _LINK,
    " el-": _LINK,
    " d'": _LINK,
}

_TITLES = word_group("titles")
_SKIPPED = STOP_WORDS | _TITLES | word_group("dates") | word_group("other")
_BEFORE_NAMES = word_group("before names")
_FIRST_NAMES = word_group("first names")
_LAST_NAMES = _FIRST_NAMES | word_group("last names")
_MEANT = {"trump": "donald trump", "biden": "joe biden", "obama": "barack obama", "putin": "vladimir putin"}
_INSTITUTIONS = word_group("institutions")
_CUT_TAILS = word_group("tails")
_GOVERNS = word_group("governing")
_PLACING = word_group("placing")
_OPENING = frozenset("\n\"'“”‘([•—–")
_ENDING = frozenset('.!?:;…•|"”')


_ORDINARY_ENDINGS = (
    "tion",
    "tions",
    "ness",
    "ment",
    "ments",
    "ally",
    "ously",
    "ively",
    "ingly",
    "ility",
    "ities",
    "able",
    "ible",
)
_LOUD_SHARE = 0.9
_LONGEST_HEADLINE = 300
_MOST_PARTS = 8
_MOST_CHARACTERS = 100
_LINK_WORDS = {" & ": "and"}
_NEXT_CAPITAL = re.compile(rf" ([{_CAPITALS}]\w+)")
_NEXT_VERB = re.compile(r"(?: also)? ([a-z]+)")
_LONG_WORD = re.compile(r"\b[^\W\d_]{3,}")


class _Run:
    """A run of capitalised words that no list knows, growing while the text is read."""

    __slots__ = ("end", "parts", "starts")

    def __init__(self, word: str, start: int, end: int) -> None:
        self.parts, self.starts, self.end = [word], [start], end

    def has_room(self) -> bool:
        """Whether another word can follow; a longer run is a list or a headline, not a name."""
        return len(self.parts) < _MOST_PARTS and self.end - self.starts[0] < _MOST_CHARACTERS

    def take(self, join: int, gap: str, word: str, start: int, end: int) -> None:
        if join == _HYPHEN:
            self.parts[-1] += "-" + word
        else:
            words = [*_LINK_WORDS.get(gap, gap).split(), word]
            self.parts += words
            self.starts += [start] * len(words)
        self.end = end


class _Reader:
    """One text being read for names, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = _plain(text)
        self.lower = frozenset(_LOWER.findall(text))
        self.listed: list[Name] = []
        self.people: list[Name] = []
        self.ordinary = ordinary_words()
        self.line_ends = [found.start() for found in _LINE_END.finditer(text)]
        self.loud: dict[int, bool] = {}

    def names(self) -> list[Name]:
        text, plain, listed = self.text, self.plain, forms_by_first_word()
        run: _Run | None = None
        taken = 0
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            if start < taken:
                continue
            before = text[start - 1] if start else " "
            if before.isalnum():  # iPhone, eBay
                start -= 1
            word = plain[start:end]
            gap = text[run.end : start] if run else ""
            is_initial = end - start == 2 and text[end - 1] == "."
            if "-" in word or "." in word:
                word, end = self._trimmed(word, end, gap)
            if word in listed or before == "$":
                hit = self._listed(word, start, end)
                if hit and not self._belongs(hit[0], word, start, hit[1], run):
                    if run:
                        self._close(run)
                    run, taken = None, hit[1]
                    names = self.people if hit[0].kind is Kind.PERSON else self.listed
                    names.append(Name(hit[0].key, start, taken))
                    continue
            if word in _SKIPPED and not is_initial and not self._can_be_name(word, start, end, run):
                if run:
                    self._close(run)
                run = None
                continue
            join = _JOINS.get(gap) if run else None
            if (
                run
                and join
                and (join != _OF or len(run.parts) == 1 or run.parts[-1] in _INSTITUTIONS)
                and run.has_room()
            ):
                run.take(join, gap, word, start, end)
            else:
                if run:
                    self._close(run)
                run = _Run(word, start, end)
        if run:
            self._close(run)
        return self._in_order()

    def _trimmed(self, word: str, end: int, gap: str) -> tuple[str, int]:
        """The word without full stops, and without what a hyphen hangs on a name: "Japan-based", not "Suk-yeol"."""
        head, hyphen, tail = word.partition("-")
        if hyphen and (head in forms_by_first_word() or (tail.isalpha() and (gap != " " or tail in _CUT_TAILS))):
            return head, end - len(tail) - 1
        return word.replace(".", ""), end

    def _listed(self, word: str, start: int, end: int) -> tuple[Form, int] | None:
        """The longest listed form that stands here, and where it ends."""
        forms = forms_by_first_word()
        if self.text[start - 1 : start] == "$" and (ticker := forms.get("$" + word)):
            return ticker[0], end
        if self.text[end : end + 1] == "$":  # US$50 is a price
            return None
        for form in forms.get(word, ()):
            stop = end + len(form.rest)
            stands = self.plain.startswith(form.rest, end) and not self.plain[stop : stop + 1].isalnum()
            if stands and self._is_written(form, start, end, stop):
                return form, stop
        return None

    def _is_written(self, form: Form, start: int, end: int, stop: int) -> bool:
        match form.case:
            case Case.ANY | Case.CAPITAL:
                return True
            case Case.CAPITALS:
                return self.text[start:end].isupper()
            case Case.ACRONYM:
                return self.text[start:end].isupper() and not self._is_loud(start)
            case Case.INSIDE:
                return not self._opens_sentence(start) and not self._is_loud(start)
            case Case.ACTING:
                verb = _NEXT_VERB.match(self.plain, stop)
                before = self.plain[max(0, start - 9) : start].split()
                return bool(verb and verb[1] in _GOVERNS) and not (before and before[-1] in _PLACING)
        assert_never(form.case)

    def _belongs(self, form: Form, word: str, start: int, stop: int, run: _Run | None) -> bool:
        """Whether a listed name is only a part of another: Japan Airlines, Michael Jordan, Jordan Peterson."""
        following = _NEXT_CAPITAL.match(self.text, stop)
        after = self.plain[following.start(1) : following.end(1)] if following else ""
        if form.kind is Kind.PLACE and after in _INSTITUTIONS and (form.key != "us" or word == "american"):
            return not self._is_loud(start)
        if form.rest:
            return False
        can_be_last = word in _LAST_NAMES or form.kind is Kind.PERSON
        if can_be_last and run and self.text[run.end : start] == " " and run.parts[-1] not in self.ordinary:
            return not self._is_loud(start)
        if word in _FIRST_NAMES and after and after not in forms_by_first_word():
            return after not in _TITLES and after not in self.ordinary and not self._is_loud(start)
        return bool(run and run.parts == ["air"])

    def _can_be_name(self, word: str, start: int, end: int, run: _Run | None) -> bool:
        """Whether a title, month or "will" is a person's name here: Theresa May, Stephen King, Will Smith."""
        capital = _NEXT_CAPITAL.match(self.text, end)
        if word == "will":
            return bool(capital) and not self._opens_sentence(start) and not self._is_loud(start)
        if run is None or word not in _LAST_NAMES or self.text[run.end : start] != " " or capital:
            return False
        return len(run.parts) == 1 and run.parts[0] not in self.ordinary and not self._is_loud(start)

    def _close(self, run: _Run) -> None:
        """Keep the run if it is a name, without the ordinary words that only a sentence or a headline capitalised."""
        parts, starts = run.parts, run.starts
        if len(parts) == 1:
            word = parts[0]
            if word in self.ordinary or not 2 <= len(word) <= _MOST_CHARACTERS:
                return
            is_ordinary = word in self.lower or word.endswith(_ORDINARY_ENDINGS)
            if is_ordinary and (self._opens_sentence(starts[0]) or self._is_loud(starts[0])):
                return
            if len(word) == 2 and word in written_forms():
                word = f"{word[0]}.{word[1]}."  # AI is not Anguilla, whose key is "ai"
            self.people.append(Name(word, starts[0], run.end))
            return
        opener = parts[0]
        is_loose = (opener in self.lower and opener not in _LINKS) or (len(parts) > 2 and opener in self.ordinary)
        first = 1 if opener in _BEFORE_NAMES or (is_loose and self._opens_sentence(starts[0])) else 0
        if not self.ordinary.isdisjoint(parts) and self._is_loud(starts[0]):
            self._close_headline(run)
        else:
            self.people.append(Name(_key(parts[first:]), starts[first], run.end))

    def _close_headline(self, run: _Run) -> None:
        piece: _Run | None = None
        for word, start in zip(run.parts, run.starts, strict=True):
            if word in self.ordinary or word in self.lower:
                if piece:
                    self._close(piece)
                piece = None
            elif piece:
                piece.take(_SPACE, " ", word, start, start + len(word.rpartition(" ")[2]))
            else:
                piece = _Run(word, start, start + len(word.rpartition(" ")[2]))
        if piece:
            self._close(piece)

    def _opens_sentence(self, start: int) -> bool:
        if start == 0 or self.text[start - 1] in _OPENING:
            return True
        return start > 1 and self.text[start - 2] in _ENDING

    def _is_loud(self, position: int) -> bool:
        """Whether the line around the position has capitals on most words, as headlines have."""
        line = bisect_right(self.line_ends, position)
        if line not in self.loud:
            start = self.line_ends[line - 1] + 1 if line else 0
            end = self.line_ends[line] if line < len(self.line_ends) else len(self.text)
            self.loud[line] = end - start <= _LONGEST_HEADLINE and _has_capitals_throughout(self.text[start:end])
        return self.loud[line]

    def _in_order(self) -> list[Name]:
        """All names by position, parts under the key of their whole, none inside another."""
        wholes: dict[str, str] = {}
        for key, _, _ in self.people:
            if " " in key:
                last = key.rpartition(" ")[2]
                known = wholes.setdefault(last, key)
                if known.endswith(" " + key):
                    continue
                # With two people of one name it stays open who is meant.
                wholes[last] = key if key.endswith(" " + known) or key == known else last
        found = self.listed
        for name in self.people:
            whole = wholes.get(name.key.rpartition(" ")[2])
            if whole and whole.endswith(" " + name.key) and _MEANT.get(name.key, whole) == whole:
                name = Name(whole, name.start, name.end)
            found.append(name)
        found += self._without_capitals()
        found.sort(key=_by_position)
        kept: list[Name] = []
        reached = 0
        for name in found:
            if name.start >= reached:
                kept.append(name)
                reached = name.end
        return kept

    def _without_capitals(self) -> list[Name]:
        """The listed names written small, as people type them: "japanese", "the fed"."""
        plain, forms = self.plain, plain_forms()
        found = []
        for anchor in self.lower & forms.keys():
            for form, key in forms[anchor]:
                start = plain.find(form)
                while start >= 0:
                    end = start + len(form)
                    around = plain[max(0, start - 1) : start] + plain[end : end + 1]
                    if self.text[start:end].islower() and not any(map(str.isalnum, around)):
                        found.append(Name(key, start, end))
                    start = plain.find(form, end)
        return found


def _has_capitals_throughout(line: str) -> bool:
    words = [word for word in _LONG_WORD.findall(line) if word not in STOP_WORDS]
    capitals = sum(not word[0].islower() for word in words)
    return capitals >= 3 and capitals >= _LOUD_SHARE * len(words)


def _by_position(name: Name) -> tuple[int, int]:
    return name.start, -name.end


def _key(parts: list[str]) -> str:
    """The parts as one key: "donald j trump" is "donald trump", "j d vance" is "jd vance"."""
    if any(len(part) == 1 for part in parts):
        lead = 0
        while lead < len(parts) - 1 and len(parts[lead]) == 1:
            lead += 1
        rest = [part for part in parts[lead:-1] if len(part) > 1] + parts[-1:]
        parts = ["".join(parts[:lead]), *rest] if lead else rest
    return " ".join(parts)


def _plain(text: str) -> str:
    """The text folded letter by letter, so that positions stay what they are."""
    if not text.isascii():
        text = text.replace("’", "'")
        if _ACCENTED.search(text):
            text = text.translate(_LETTERS)
    return text.lower()
