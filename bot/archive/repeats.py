"""Does this text repeat another? Runs of three words, their likeness, and a signature to look for the like."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import blake2b
from zlib import crc32

from bot.news.text import space_out
from config import defaults

Run = tuple[str, str, str]

_WORD = re.compile(r"\w+")
_SLOTS = defaults.REPEAT_BANDS * defaults.REPEAT_BAND_VALUES
_MIX = 0x9E3779B97F4A7C15
_PRIME = (1 << 61) - 1


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a text is recognised by. No slots: runs and bands are computed when first asked for, and kept."""

    fingerprint: bytes
    words: Sequence[str]

    @cached_property
    def runs(self) -> frozenset[Run]:
        """Its runs of three words."""
        return find_runs(self.words)

    @cached_property
    def bands(self) -> tuple[int, ...]:
        """The numbers by which texts like it are looked for."""
        return cut_bands(self.runs)


def look_at(title: str, text: str, published: datetime | None) -> Look:
    """What an article is recognised by; headline and date count only where the text is short."""
    words = fold_words(text)
    return Look(fingerprint=fingerprint(title, words, published), words=words)


def fold_words(text: str) -> list[str]:
    """The words of the text in lower case, in order: letters and digits, whatever stands between them."""
    return _WORD.findall(space_out(text.lower()))


def find_runs(words: Sequence[str]) -> frozenset[Run]:
    """The different runs of three neighbouring words; none where the text is too short to be compared by them."""
    if len(words) < defaults.REPEAT_WORDS:
        return frozenset()
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def likeness(one: Set[Run], other: Set[Run]) -> float:
    """The shared part of two texts' runs (Jaccard): 1.0 when they have the same, 0.0 when none."""
    if not one or not other:
        return 0.0
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


def fingerprint(title: str, words: Sequence[str], published: datetime | None) -> bytes:
    """Equal for texts of the same words; short ones must share headline and day as well.

    "Blah blah" or a price under a headline says nothing by itself, and may be true again on another day.
    """
    parts = [" ".join(words)]
    if len(words) < defaults.REPEAT_WORDS:
        parts += [" ".join(fold_words(title)), published.date().isoformat() if published else ""]
    return blake2b("\n".join(parts).encode(), digest_size=16).digest()


def cut_bands(runs: Set[Run]) -> tuple[int, ...]:
    """Eight numbers of which two texts share at least one when they are alike enough, and hardly ever otherwise.

    Kept in the archive: a change here needs a migration that computes them again. Each slot holds the smallest value
    hashed into it; slots still empty are filled from further rounds over the same runs, so that the share of equal
    slots estimates the likeness for short texts too (Dahlgaard and others, Fast Similarity Sketching, 2017).
    """
    if not runs:
        return ()
    hashes = [crc32(" ".join(run).encode()) for run in runs]
    slots: dict[int, int] = {}
    turn = 0
    while len(slots) < _SLOTS:
        fresh: dict[int, int] = {}
        factor = _MIX + 2 * turn
        for value in hashes:
            mixed = (value * factor >> 16) & 0xFFFFFFFFFF
            slot = mixed % _SLOTS
            if slot not in fresh or mixed < fresh[slot]:
                fresh[slot] = mixed
        for slot, mixed in fresh.items():
            slots.setdefault(slot, mixed)
        turn += 1
    bands = []
    for band in range(defaults.REPEAT_BANDS):
        key = band + 1
        for slot in range(band * defaults.REPEAT_BAND_VALUES, (band + 1) * defaults.REPEAT_BAND_VALUES):
            key = (key * _MIX + slots[slot]) % _PRIME
        bands.append(key)
    return tuple(bands)
