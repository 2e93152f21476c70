"""Drafts for the archive's tests: made-up words in any number, and texts that share as much as a test asks for."""

import random
from datetime import UTC, datetime
from zlib import crc32

from bot.news.article import Draft

NOW = datetime(2025, 4, 16, 9, 0, tzinfo=UTC)

_SYLLABLES = ("ka", "lo", "mi", "ru", "ten", "sol", "var", "pe", "dra", "nu", "fi", "gos", "hal", "bre", "to")


def make_text(seed: int, words: int = 120) -> str:
    """Sentences of ten made-up words, two to a paragraph; another seed gives a text that shares nothing."""
    chosen = random.Random(seed)
    said = ["".join(chosen.choices(_SYLLABLES, k=3)) + str(seed) for _ in range(words)]
    sentences = [" ".join(said[start : start + 10]).capitalize() + "." for start in range(0, words, 10)]
    return "\n".join(" ".join(sentences[start : start + 2]) for start in range(0, len(sentences), 2))


def add_words(text: str, count: int) -> str:
    """The text with that many further words at its end: 120 words and 10 more share 0.92 of their runs."""
    return text + "\n" + " ".join(f"further{number}" for number in range(count)) + "."


def make_draft(
    name: str,
    text: str | None = None,
    *,
    published: datetime | None = None,
    publisher: str | None = "The Daily Example",
) -> Draft:
    """A draft with this name; without a text one of its own."""
    return Draft(
        name=name,
        identity=f"https://example.org/{name}",
        title=f"Headline of {name}",
        text=make_text(crc32(name.encode(errors="surrogatepass"))) if text is None else text,
        url=f"https://example.org/{name}",
        publisher=publisher,
        published=published,
    )
