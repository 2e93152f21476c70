"""Text from outside without what cannot be seen: the part of making it harmless that is the same on every platform."""

import re
import unicodedata

_JOINERS = "\u200c\u200d"  # zero width, but words of Persian and many Indian languages need them
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co"})
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters that show nothing
_ACCENTS = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_HEAPED = re.compile(f"({_ACCENTS}{{3}}){_ACCENTS}+")


def harmless(text: str) -> str:
    """The text without control, invisible and direction characters, every white space in it one space.

    Accents heaped on one letter are cut to three. White space at its ends is kept, as one space.
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(" " if c.isspace() else c for c in text if _is_seen(c))
        text = _HEAPED.sub(r"\1", text)
    return re.sub(" {2,}", " ", text)


def _is_seen(character: str) -> bool:
    if character.isspace() or character in _JOINERS:
        return True
    return unicodedata.category(character) not in _DROPPED and character not in _BLANK
