"""Gists: what articles are compared by, to tell whether they report one event."""

import struct
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zlib import crc32

from bot.news.amounts import amounts_in
from bot.news.article import Article, ArticleId
from bot.news.lexicon import subject_stems
from bot.news.names import names_in
from bot.news.story import StoryId
from config import defaults

_HEAD = struct.Struct("<dHHHHH")
_MOST = 255


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Which things a text holds and how often, in the order of their keys; a key stands for a stem, name or number."""

    keys: "array[int]"
    times: "array[int]"

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, kw_only=True, slots=True)
class Gist:
    """What an article is compared by: stems of its headline and opening, names and numbers in them, meaning and date.

    `meaning` is a vector of half floats, empty where there is no encoder for it.
    """

    headline: Tally
    opening: Tally
    names: Tally
    numbers: Tally
    meaning: bytes
    dated: datetime

    def pack(self) -> bytes:
        """The gist in few bytes; unpack_gist gives an equal one."""
        tallies = (self.headline, self.opening, self.names, self.numbers)
        head = _HEAD.pack(self.dated.timestamp(), *map(len, tallies), len(self.meaning))
        return b"".join((head, *(part.tobytes() for one in tallies for part in (one.keys, one.times)), self.meaning))


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """An article of a story, by what further ones are compared with; `seen` is when the desk read it."""

    story: StoryId
    article: ArticleId
    seen: datetime
    gist: Gist


def unpack_gist(packed: bytes) -> Gist:
    """The gist that was packed so."""
    seconds, *sizes, meaning = _HEAD.unpack_from(packed)
    at, tallies = _HEAD.size, []
    for size in sizes:
        keys, times = array("I"), array("B")
        keys.frombytes(packed[at : at + size * keys.itemsize])
        at += size * keys.itemsize
        times.frombytes(packed[at : at + size])
        at += size
        tallies.append(Tally(keys=keys, times=times))
    headline, opening, names, numbers = tallies
    return Gist(
        headline=headline,
        opening=opening,
        names=names,
        numbers=numbers,
        meaning=packed[at : at + meaning],
        dated=datetime.fromtimestamp(seconds, UTC),
    )


def opening_of(article: Article) -> str:
    """The headline and the beginning of the text, which say what event an article reports."""
    return f"{article.title}\n{article.text[: defaults.STORY_OPENING_CHARACTERS]}"


def make_gist(article: Article, meaning: bytes = b"") -> Gist:
    """The gist of the article, with the vector of opening_of(article) where there is one."""
    read = opening_of(article)
    return Gist(
        headline=_tally(subject_stems(article.title)),
        opening=_tally(subject_stems(read[len(article.title) :])),
        names=_tally(name.key for name in names_in(read)),
        numbers=_tally(f"{one.number} {one.unit}" for one in amounts_in(read) if one.number is not None),
        meaning=meaning,
        dated=article.dated,
    )


def _tally(things: Iterable[str]) -> Tally:
    counted: Mapping[int, int] = Counter(crc32(thing.encode()) for thing in things)
    keys = array("I", sorted(counted))
    return Tally(keys=keys, times=array("B", (min(counted[key], _MOST) for key in keys)))
