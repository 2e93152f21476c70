"""Gists: what articles are compared by, to tell whether they report one event."""

import struct
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isnan, nan
from zlib import crc32

from bot.news.amounts import amounts_in
from bot.news.article import Article, ArticleId
from bot.news.lexicon import subject_stems
from bot.news.names import names_in
from bot.news.story import StoryId
from config import defaults

_HEAD = struct.Struct("<dHHHHHB")
_MOST = 255
_YEAR = 10_000  # a date is kept as 20250409, or as 409 without a year


@dataclass(frozen=True, kw_only=True, slots=True)
class Gist:
    """What an article is compared by: stems, names and numbers of its headline and opening, its days, its meaning.

    A key stands for a stem, a name or a number; `times` is how often each stem is there, those of the headline counted
    twice. `days` are the weekdays that it names (Monday is 0), in order, and `dates` the days of the year (409).
    `meaning` is a vector of half floats, empty where there is no encoder for it; `dated` is None where the source did
    not say.
    """

    stems: "array[int]"
    times: "array[int]"
    names: "array[int]"
    numbers: "array[int]"
    dates: "array[int]"
    days: bytes
    meaning: bytes
    dated: datetime | None

    def pack(self) -> bytes:
        """The gist in few bytes; unpack_gist gives an equal one."""
        keys = (self.stems, self.names, self.numbers, self.dates)
        seconds = nan if self.dated is None else self.dated.timestamp()
        head = _HEAD.pack(seconds, *map(len, keys), len(self.meaning), len(self.days))
        return b"".join((head, *(one.tobytes() for one in (*keys, self.times)), self.days, self.meaning))


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """An article of a story, by what further ones are compared with; `seen` is when the desk read it."""

    story: StoryId
    article: ArticleId
    seen: datetime
    gist: Gist


def unpack_gist(packed: bytes) -> Gist:
    """The gist that was packed so; nothing is like one of no bytes."""
    seconds, stems, names, numbers, dates, meaning, days = _HEAD.unpack_from(packed or bytes(_HEAD.size))
    at, parts = _HEAD.size, []
    for kind, size in (("I", stems), ("I", names), ("I", numbers), ("H", dates), ("B", stems)):
        part = array(kind)
        end = at + size * part.itemsize
        part.frombytes(packed[at:end])
        parts.append(part)
        at = end
    return Gist(
        stems=parts[0],
        times=parts[4],
        names=parts[1],
        numbers=parts[2],
        dates=parts[3],
        days=packed[at : at + days],
        meaning=packed[at + days : at + days + meaning],
        dated=None if isnan(seconds) else datetime.fromtimestamp(seconds, UTC),
    )


def opening_of(article: Article) -> str:
    """The headline and the beginning of the text, which say what event an article reports."""
    return f"{article.title}\n{article.text[: defaults.STORY_OPENING_CHARACTERS]}"


def make_gist(article: Article, meaning: bytes = b"") -> Gist:
    """The gist of the article, with the vector of opening_of(article) where there is one."""
    read = opening_of(article)
    counted = Counter(map(key_of, subject_stems(article.title) * 2 + subject_stems(read[len(article.title) :])))
    stems = sorted(counted)
    amounts = [one for one in amounts_in(read) if one.number is not None]
    last = len(article.title) + defaults.STORY_DAYS_CHARACTERS
    days = [int(one.number or 0) for one in amounts if one.unit == "weekday" and one.start < last]
    dates = {int(one.number or 0) % _YEAR for one in amounts if one.unit == "date"}
    return Gist(
        stems=array("I", stems),
        times=array("B", (min(counted[key], _MOST) for key in stems)),
        names=_keys(name.key for name in names_in(read)),
        numbers=_keys(f"{one.number} {one.unit}" for one in amounts),
        dates=array("H", sorted(dates)),
        days=bytes(dict.fromkeys(days)),
        meaning=meaning,
        dated=article.dated if article.published else None,
    )


def key_of(word: str) -> int:
    """The number that stands for a stem, a name or an amount."""
    return crc32(word.encode())


def _keys(words: Iterable[str]) -> "array[int]":
    return array("I", sorted({key_of(word) for word in words}))
