"""Numbers in square brackets: a reader takes them for our citations, so that a source may have none of its own."""

import re

_FOOTNOTE = re.compile(r"\[(\d+(?:\s*[,–-]\s*\d+)*)\]")


def without_footnotes(text: str) -> str:
    """The text with its own footnotes, or forged ones, in round brackets."""
    return _FOOTNOTE.sub(r"(\1)", text)
