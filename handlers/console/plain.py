"""Text from outside, made harmless for a terminal.

Articles, names and addresses are written by strangers. A terminal obeys escape sequences, and invisible characters can
turn the reading order round, so both are taken out before anything is shown. JSON output is not changed by this.
"""

import re
import unicodedata

_SEQUENCES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\|\x9c)"  # OSC, DCS and their like
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor, erasing
    r"|\x1b[ -/]*[0-~]"  # every other escape
)
_JOINERS = "\u200c\u200d"  # zero width, but words of Persian and many Indian languages need them
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co"})
_ACCENTS = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_HEAPED = re.compile(f"({_ACCENTS}{{3}}){_ACCENTS}+")
_SAFE_LINK = re.compile(r"https?://[^\s\x00-\x20<>\"\\^`{|}\x7f-\x9f]+", re.IGNORECASE)


def plain(text: str) -> str:
    """The text on one line without control, escape, invisible and direction characters, its white space single.

    Accents heaped on one letter are cut to three.
    """
    if not (text.isascii() and text.isprintable()):
        text = _SEQUENCES.sub("", text)
        text = "".join(c for c in text if c.isspace() or c in _JOINERS or unicodedata.category(c) not in _DROPPED)
        text = _HEAPED.sub(r"\1", text)
    return " ".join(text.split())


def plain_link(url: str | None) -> str | None:
    """The address as one harmless word, to be shown; None when there is none."""
    shown = plain(url or "").replace(" ", "%20")
    return shown or None


def may_be_opened(url: str) -> bool:
    """Whether the terminal may offer the address to be clicked: http and https only, nothing odd inside."""
    return bool(_SAFE_LINK.fullmatch(url))
