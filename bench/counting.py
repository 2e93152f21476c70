"""Lost or doubled? What a farm has sent, against the articles that are kept."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bench.farm import Served
from bench.farm.forms import mark_of

_MARK = re.compile(r"\bquoll(\d+)x(\d+)(?:v(\d+))?\b")

Piece = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Pieces sent in sound answers, and what went wrong with them, by their marks.

    `lost` are in no article, `doubled` in several. `outdated` are in one that lacks the newest text that was sent.
    """

    sent: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    outdated: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Is every piece there once, as it was sent last?"""
        return not (self.lost or self.doubled or self.outdated)


def count_pieces(served: Iterable[Served], texts: Iterable[str]) -> Tally:
    """The tally of what was served and the newest texts of all articles.

    What was listed in a damaged answer may have been kept as well, and then must not be doubled either.
    """
    sent: dict[Piece, int] = {}
    for answer in served:
        for number, version in answer.fresh:
            piece = (answer.feed, number)
            sent[piece] = max(version, sent.get(piece, 0))
    kept: dict[Piece, int] = {}
    articles = Counter[Piece]()
    for text in texts:
        marked = read_marks(text)
        articles.update(marked.keys())
        for piece, version in marked.items():
            kept[piece] = max(version, kept.get(piece, 0))
    return Tally(
        sent=len(sent),
        lost=tuple(mark_of(*piece) for piece in sent if piece not in articles),
        doubled=tuple(mark_of(*piece) for piece, count in articles.items() if count > 1),
        outdated=tuple(
            mark_of(*piece, version) for piece, version in sent.items() if kept.get(piece, version) < version
        ),
    )


def read_marks(text: str) -> dict[Piece, int]:
    """The pieces whose marks stand in the text, each with the newest version of it that is marked."""
    found: dict[Piece, int] = {}
    for feed, number, version in _MARK.findall(text):
        piece = (int(feed), int(number))
        found[piece] = max(int(version or 0), found.get(piece, 0))
    return found
