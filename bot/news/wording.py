"""The wording of a passage: its sentences and their stems, worked out once and remembered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.news.text import sentence_spans, stems
from config import defaults


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """Sentences of a text as (start, end) offsets, the stems of each in order, and all stems and stem pairs of the
    text.
    """

    spans: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[str, ...], ...]
    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]


@lru_cache(maxsize=defaults.WORDINGS_KEPT)
def wording_of(text: str, language: str = "en") -> Wording:
    """The wording of the text."""
    spans = tuple(sentence_spans(text, language))
    sentences = tuple(tuple(stems(text[start:end])) for start, end in spans)
    return Wording(
        spans=spans,
        sentences=sentences,
        stems=frozenset(stem for sentence in sentences for stem in sentence),
        pairs=frozenset(pair for sentence in sentences for pair in pairwise(sentence)),
    )


def coverage(wanted: Mapping[str, float], held: Iterable[str] | frozenset[str]) -> float:
    """How much of the weight of the wanted stems is among those held, 0 to 1; 0 when nothing is wanted."""
    total = sum(wanted.values())
    kept = held if isinstance(held, frozenset) else frozenset(held)
    return sum(weight for stem, weight in wanted.items() if stem in kept) / total if total else 0.0
