"""Characters that may stay: text from outside is made plain, once, before anything else reads it."""

import re
import unicodedata

from bot.news.text import clip
from config import defaults

_BREAK = "\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_SPACE = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Controls, soft hyphen, bidi marks and overrides, zero-width signs, interlinear and replacement objects,
# noncharacters, tag characters: none can be seen, all can mislead (Unicode TR 36).
_UNSEEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U000e0000-\U000e0fff"
)
_MARK = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_LATIN = "\x00-\u024f\u2010-\u2027"
_BREAKS = re.compile(f"\r\n|[{_BREAK}]")
_SPACES = re.compile(f"[{_SPACE}]")
_HIDDEN = re.compile(f"[{_UNSEEN}]")
# Joiners mean something between letters of joining scripts and inside emoji; beside Latin letters they only hide.
_JOINERS = re.compile(f"(?:^|(?<=[{_LATIN}]))[\u200c\u200d]+|[\u200c\u200d]+(?=[{_LATIN}]|$)")
_MARKS = re.compile(f"([{_MARK}]{{4}})[{_MARK}]+")
_ASCII_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_STRANGE = re.compile(r"[^\x00-\x7f]+")
_ODD = re.compile(f"[{_BREAK}{_SPACE}{_UNSEEN}\u200c\u200d]|[{_MARK}]{{5}}")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean_text(text: str) -> str:
    r"""The text in NFC with \n as its only line break, plain spaces, and no character that cannot be seen.

    At most four combining marks stay on one letter. Words and their order never change.
    """
    # Most texts have nothing to mend; a look at their few strange characters is all they cost.
    strange = "" if text.isascii() else " ".join(_STRANGE.findall(text))
    if _ASCII_ODD.search(text) or _ODD.search(strange):
        text = _SPACES.sub(" ", _BREAKS.sub("\n", text))
        text = _MARKS.sub(r"\1", _JOINERS.sub("", _HIDDEN.sub("", text)))
    return unicodedata.normalize("NFC", text) if strange else text


def clean_line(text: str, limit: int = defaults.TITLE_CHARACTERS) -> str:
    """The text cleaned and on one line, clipped at a word where it is longer than limit characters."""
    # Slicing first keeps a title of several megabytes from being normalised in full.
    return clip(clean_text(text[: limit * 20]), limit)


def find_lone_surrogate(text: str) -> str | None:
    """The first half of a surrogate pair in the text, written as an escape; None in well-formed text."""
    match = None if text.isascii() else _SURROGATE.search(text)
    return f"\\u{ord(match.group()):04x}" if match else None
