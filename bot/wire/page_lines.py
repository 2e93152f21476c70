"""The lines that a reader sees on a page, and those close to its headline. Part of the door to lxml."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HIDDEN = {"script", "style", "noscript", "template", "svg", "math", "select", "iframe", "head", "button", "textarea"}
_INLINE = {"a", "abbr", "b", "bdi", "cite", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub",
           "sup", "time", "u", "nobr", "wbr", "img"}  # fmt: skip
_WORD = re.compile(r"\w+")
_LONGEST_HEADING = 400  # characters of a line in which a headline stands
_MOST_CHARACTERS = 200_000  # of a page's lines; a byline or a date never stands behind that


def visible_lines(tree: "HtmlElement") -> list[str]:
    """The words of the page in its order, one line for each stretch between the borders of blocks."""
    from lxml import etree

    pieces: list[str] = []
    hidden = length = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):  # no recursion: hostile nesting is deep
        step = 1 if event == "start" else -1
        hidden += step * (element.tag in _HIDDEN)
        if element.tag not in _INLINE:
            pieces.append("\n")
        words = (element.text if step == 1 else element.tail) or ""
        if not hidden and words:
            pieces.append(" ".join(words.split("\n")))
            length += len(words)
            if length > _MOST_CHARACTERS:
                break
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return [line for line in lines if line]


def near_headline(lines: Sequence[str], title: str | None, *, before: int, after: int) -> list[str]:
    """The lines around each place where the headline stands, closest first; those behind it before those above it.

    Empty where the headline stands nowhere by itself.
    """
    wanted = _WORD.findall((title or "").lower())
    places = [
        number
        for number, line in enumerate(lines)
        if wanted and len(line) < _LONGEST_HEADING and _holds(_WORD.findall(line.lower()), wanted)
    ]
    steps = [step for distance in range(1, max(before, after) + 1) for step in (distance, -distance)]
    spots = [place + step for step in steps for place in places if -before <= step <= after]
    return [lines[spot] for spot in dict.fromkeys(spots) if 0 <= spot < len(lines)]


def _holds(words: list[str], wanted: list[str]) -> bool:
    """Whether the words are those wanted, perhaps with a few before or behind them."""
    return len(words) < 2 * len(wanted) + 2 and wanted in (words[: len(wanted)], words[-len(wanted) :])
