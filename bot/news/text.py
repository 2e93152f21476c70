"""Words, stems and sentences of plain text. The door to the stemmer and the sentence splitter."""

import re
import unicodedata

import sentencex
import Stemmer

_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*", re.UNICODE)
_UNSPACED = re.compile(
    r"[\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+"
)
_STEMMER = Stemmer.Stemmer("english", 50_000)


def fold(text: str) -> str:
    """The text in lower case without accents, for comparing words."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower().replace("’", "'")


def space_out(text: str) -> str:
    """The text with runs of scripts that write no spaces (Chinese, Japanese, Thai, …) cut into overlapping pairs.

    Searching for two neighbouring characters then works like searching for a word. Other text is unchanged.
    """
    if text.isascii():
        return text
    return _UNSPACED.sub(lambda run: " " + " ".join(_pairs(run.group())) + " ", text)


def words(text: str) -> list[str]:
    """The words and numbers of the text, folded, in order; unspaced scripts give pairs of characters."""
    return _WORD.findall(space_out(fold(text)))


def stems(text: str) -> list[str]:
    """The stems of words(text), in order."""
    return _STEMMER.stemWords(words(text))  # type: ignore[no-any-return]


def sentence_spans(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Where each sentence of the text starts and ends, in order, without surrounding white space.

    A newline always ends a sentence. text[start:end] is the sentence.
    """
    spans = []
    offset = 0
    for paragraph in text.split("\n"):
        for piece in sentencex.get_sentence_boundaries(language, paragraph) if paragraph.strip() else ():
            start, end = offset + piece["start_index"], offset + piece["end_index"]
            while start < end and text[start].isspace():
                start += 1
            while end > start and text[end - 1].isspace():
                end -= 1
            if start < end:
                spans.append((start, end))
        offset += len(paragraph) + 1
    return spans


def clip(text: str, limit: int) -> str:
    """The text, cut at a word with an ellipsis where it is longer than limit characters."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:—-") + "…"


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]
