"""Cutting an article into passages."""

from bot.news.text import sentence_spans, space_out
from config import defaults


def cut_passages(text: str, language: str = "en", *, size_words: int = defaults.PASSAGE_WORDS) -> list[tuple[int, int]]:
    """Start and end of each passage of the text: whole sentences, about size_words words, in reading order.

    A passage is longer than size_words only when its first sentence is. In scripts without spaces every character
    counts. No text, no passages.
    """
    spans: list[tuple[int, int]] = []
    start = end = count = 0
    for left, right in sentence_spans(text, language):
        size = _size(text[left:right])
        if count and count + size > size_words:
            spans.append((start, end))
            count = 0
        if not count:
            start = left
        end = right
        count += size
    if count:
        spans.append((start, end))
    return spans


def _size(sentence: str) -> int:
    return max(len(space_out(sentence).split()), len(sentence) // 12)
