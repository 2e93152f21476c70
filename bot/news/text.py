"""Words, stems and sentences of plain text. The door to the stemmer and the sentence splitter."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

import sentencex
import Stemmer

_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*", re.UNICODE)
_UNSPACED = re.compile(
    r"[\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+"
)
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
# Scripts whose vowels and tones are marks of their own, which Python does not count among the letters of a word.
_WITH_MARKS = re.compile(r"[\u0590-\u1cff\ua800-\uabff]")
# "Japan-U.|S. talks", "at 10:30 a.m. |Eastern": a full stop with no space behind it, or after a time of day.
_NO_END = re.compile(r"(?:\w\.|\b[ap]\.?m\.\s+)$", re.IGNORECASE)
_GOES_ON = re.compile(r"[A-Z]\.|[a-z0-9,;]|(?:Eastern|Central|Mountain|Pacific|Greenwich|[A-Z]{2,4}T|GMT|UTC)\b")
_STEMMER = Stemmer.Stemmer("english", 0)  # remembering its words by itself costs more than asking stem_of


def fold(text: str) -> str:
    """The text in lower case without accents, for comparing words."""
    plain = text.replace("’", "'").replace("“", '"').replace("”", '"')  # so that most English text is ASCII at once
    if plain.isascii():
        return plain.lower()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))).lower()


def space_out(text: str) -> str:
    """The text with runs of scripts that write no spaces (Chinese, Japanese, Thai, …) cut into overlapping pairs.

    Searching for two neighbouring characters then works like searching for a word. Other text is unchanged.
    """
    if text.isascii():
        return text
    return _UNSPACED.sub(lambda run: " " + " ".join(text[start:end] for start, end in _pair_spans(run)) + " ", text)


def unspaced_letters(text: str) -> frozenset[str]:
    """The letters in the text, folded, of scripts that write no spaces: each can be a word by itself."""
    return frozenset() if text.isascii() else frozenset("".join(_UNSPACED.findall(fold(text))))


def words(text: str) -> list[str]:
    """The words and numbers of the text, folded, in order; unspaced scripts give pairs of characters."""
    folded = space_out(fold(text))
    return (_word_with_marks() if _WITH_MARKS.search(folded) else _WORD).findall(folded)


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where each of words(text) stands in the text, in order; pairs of characters overlap."""
    folded, origins = _fold_letters(text)
    pattern = _word_with_marks() if _WITH_MARKS.search(folded) else _WORD
    found: list[tuple[int, int]] = []
    reached = 0
    for run in [*_UNSPACED.finditer(folded), None]:
        pieces = [(reached, run.start() if run else len(folded)), *(_pair_spans(run) if run else ())]
        found += (match.span() for start, end in pieces for match in pattern.finditer(folded, start, end))
        reached = run.end() if run else reached
    return [(origins[start], max(origins[end], origins[start] + 1)) for start, end in found]  # ½ is two words


def stems(text: str) -> list[str]:
    """The stems of words(text), in order."""
    return list(map(stem_of, words(text)))


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """The stem of a word as words() gives it."""
    return _STEMMER.stemWord(word)  # type: ignore[no-any-return]


def sentence_spans(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Where each sentence of the text starts and ends, in order, without surrounding white space.

    A newline always ends a sentence. text[start:end] is the sentence.
    """
    spans = []
    offset = 0
    for paragraph in text.split("\n"):
        for left, right in _pieces(paragraph, language):
            start, end = offset + left, offset + right
            while start < end and text[start].isspace():
                start += 1
            while end > start and text[end - 1].isspace():
                end -= 1
            if start < end:
                spans.append((start, end))
        offset += len(paragraph) + 1
    return spans


def _pieces(paragraph: str, language: str) -> list[tuple[int, int]]:
    """The sentences as the library cuts them, put together again where it cuts inside an abbreviation."""
    pieces: list[tuple[int, int]] = []
    for piece in sentencex.get_sentence_boundaries(language, paragraph) if paragraph.strip() else ():
        start, end = piece["start_index"], piece["end_index"]
        if pieces and _NO_END.search(paragraph[pieces[-1][0] : start]) and _GOES_ON.match(paragraph, start):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    return pieces


def clip(text: str, limit: int) -> str:
    """The text, cut at a word with an ellipsis where it is longer than limit characters."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:—-") + "…"


def _pair_spans(run: re.Match[str]) -> list[tuple[int, int]]:
    """The run in overlapping pairs of characters, each with the marks that belong to it."""
    if _WITH_MARKS.search(run.group()):
        starts = [sign.start() for sign in _sign().finditer(run.string, *run.span())]
    else:
        starts = list(range(*run.span()))
    ends = [*starts[1:], run.end()]
    return list(zip(starts, ends[1:] or ends, strict=False))


def _fold_letters(text: str) -> tuple[str, Sequence[int]]:
    """The text folded letter by letter, and which letter of the text each of its letters (and its end) comes from."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    letters = [fold(letter) for letter in text]
    origins = [position for position, folded in enumerate(letters) for _ in folded]
    return "".join(letters), [*origins, len(text)]


@cache
def _word_with_marks() -> re.Pattern[str]:
    return re.compile(rf"[^\W_](?:[^\W_]|[{_marks()}])*(?:[.,][0-9]+)*")


@cache
def _sign() -> re.Pattern[str]:
    return re.compile(rf".[{_marks()}]*")


@cache
def _marks() -> str:
    """The vowel and tone marks of all living scripts; few texts need them, and finding them takes some 10 ms."""
    return "".join(mark for mark in map(chr, range(0x591, 0xAC00)) if unicodedata.category(mark).startswith("M"))
