"""The news of a made-up morning, and the feeds in which it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from random import Random

from bot.wire.fetch import Fetched

START = datetime(2026, 3, 2, 7, 50, tzinfo=UTC)
"""A Monday morning."""

_WHO = ("the council", "a court", "the operator", "the coastguard", "a minister", "the union", "an inspector")
_SYLLABLES = ("ka", "lo", "mi", "ru", "ten", "sol", "var", "pe", "dra", "nu", "fi", "gos", "hal", "bre", "to")
_SENTENCES = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A piece of news in a feed from so many seconds after the start on; `word` stands in no other piece.

    Each has a publisher of its own, so that no digest leaves one out because its publisher has said enough.
    """

    feed: str
    word: str
    after: float
    title: str
    text: str


def make_pieces(seed: int, feed: str, moments: Sequence[float], subject: str = "") -> list[Piece]:
    """One piece for each moment, each about an event of its own; the subject stands in all of them."""
    chance = Random(f"{seed} {feed}")
    return [make_piece(chance, feed, after, subject, number) for number, after in enumerate(moments)]


def make_piece(chance: Random, feed: str, after: float, subject: str, number: int) -> Piece:
    """A piece of words that stand in no other, so that it is a story of its own."""
    place, word = _make_word(chance).capitalize() + _make_word(chance), f"quoll{_make_word(chance)}{number}"
    about, deed = f"{subject} of {place}", f"was {_make_word(chance)}ed by {_make_word(chance)}s"
    said = [f"The {about} {deed} on Monday, said {chance.choice(_WHO)}, and {word} is the word for it."]
    for _ in range(_SENTENCES):
        words = " ".join(_make_word(chance) for _ in range(9))
        said.append(f"{chance.choice(_WHO).capitalize()} said that {words} {chance.randint(2, 900)} times.")
    return Piece(feed=feed, word=word, after=after, title=f"The {about} {deed}: {word}", text=" ".join(said))


def _make_word(chance: Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=3))


class Press:
    """Prints feeds: at any moment each lists what there is to tell by then, the newest first."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = sorted(pieces, key=lambda piece: piece.after)

    @property
    def last(self) -> float:
        """Seconds after the start when the last piece is printed."""
        return max(piece.after for piece in self.pieces)

    def fetch(self, address: str, now: datetime) -> Fetched:
        """What the address gives now."""
        return print_feed(address, [piece for piece in self.pieces if piece.feed == address and _is_told(piece, now)])


def print_feed(address: str, pieces: Sequence[Piece], start: datetime = START) -> Fetched:
    """What the address gives where the feed lists these pieces; the newest, which comes last here, is on top."""
    items = "".join(_write_item(piece, start) for piece in reversed(pieces))
    title = escape(address.split("//")[1])
    return Fetched(
        data=f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>".encode(),
        address=address,
        moved_to=None,
        media_type="application/rss+xml",
        charset=None,
        etag=None,
        last_modified=None,
        keep_for=None,
    )


def _is_told(piece: Piece, now: datetime) -> bool:
    return START + timedelta(seconds=piece.after) <= now


def _write_item(piece: Piece, start: datetime) -> str:
    printed = start + timedelta(seconds=piece.after)
    return (
        f"<item><title>{escape(piece.title)}</title><guid isPermaLink='false'>{piece.word}</guid>"
        f"<link>https://{piece.word}.example/news</link><description>{escape(piece.text)}</description>"
        f"<pubDate>{printed:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
    )
