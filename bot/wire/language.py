"""Which language a text is written in. The door to py3langid."""

import re

from config import defaults

_CODE = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)
_NAMES = {
    "arabic": "ar", "chinese": "zh", "dutch": "nl", "english": "en", "french": "fr", "german": "de", "deutsch": "de",
    "hindi": "hi", "italian": "it", "japanese": "ja", "korean": "ko", "polish": "pl", "portuguese": "pt",
    "russian": "ru", "spanish": "es", "swedish": "sv", "turkish": "tr", "ukrainian": "uk",
}  # fmt: skip
_THREE_LETTERS = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "jpn": "ja", "zho": "zh",
    "chi": "zh", "por": "pt", "rus": "ru", "nld": "nl", "kor": "ko", "ara": "ar",
}  # fmt: skip
_UNKNOWN = {"und", "mul", "zxx", "xx", "xxx"}
_ENGLISH_WORDS = (
    "the of to and in a that is for on it was with as said he by at from has his are be will an have not this"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_ENGLISH_SHARE = 0.18  # English prose has 0.3 to 0.45 of these words; its nearest neighbours stay under 0.1
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def read_language(claim: str | None) -> str | None:
    """The claimed language as a short code ("en" for "en-US", "English" or "eng"); None if it is none."""
    claim = (claim or "").strip().lower()
    if claim in _NAMES:
        return _NAMES[claim]
    match = _CODE.fullmatch(claim)
    if not match or match[1] in _UNKNOWN:
        return None
    return _THREE_LETTERS.get(match[1], match[1])


def reads_as_english(text: str) -> bool:
    """Whether the text has as many of the commonest English words as English prose has."""
    words = text[: defaults.GUESS_CHARACTERS].lower().split()
    return sum(word in _ENGLISH for word in words) > len(words) * _ENGLISH_SHARE


def guess_language(text: str) -> str:
    """The language of the text as a two-letter code; "en" where it is too short to tell."""
    if reads_as_english(text):
        return "en"
    sample = text[: defaults.GUESS_CHARACTERS]
    letters = len(_LATIN.findall(sample))
    is_latin = letters * 2 > sum(map(str.isalpha, sample))
    if not sample.strip() or (is_latin and len(sample) < defaults.GUESS_MINIMUM_CHARACTERS):
        return "en"
    # Loading takes half a second; an English archive never pays it.
    import py3langid

    code, _ = py3langid.classify(sample)
    return str(code)
