"""Bytes to text without guessing wrong. The door to charset-normalizer."""

import codecs
import re

from bot.errors import RefusedInput

_KINDS = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a", "a rar archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"OggS", "a sound or film file"),
    (b"ID3", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"RIFF", "a sound, film or WebP file"),
    (b"\x1aE\xdf\xa3", "a film file"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"wOF2", "a font"),
)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 50_000
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Under these names the web means Microsoft's supersets (WHATWG Encoding Standard).
_MEANT = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932",
    "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "tis-620": "cp874",
}  # fmt: skip
# What western European text has outside ASCII in cp1252: accents, quotes, dashes, currency and degree signs.
_WESTERN = re.compile(r"[À-ÖØ-öø-ÿŒœŠšŽžŸ‘’“”„‚«»‹›–—…•€£¥§©®™°·¿¡ªº½¼¾²³±×\u00a0]")
# What other encodings look like when they are read as western: accented capitals in a row, signs inside words.
_ODD_PAIR = re.compile(r"[À-Ý]{3}|[ÂÃâ][\u0080-¿€-™]|[a-zà-ÿ][¹³¿¥£¦¼¾][a-zà-ÿ]|[a-zà-ÿ]¹ ")


def looks_like(data: bytes) -> str | None:
    """What the bytes are when they are no text, in words ("a PNG image"); None for text of any encoding."""
    for mark, kind in _KINDS:
        if data.startswith(mark):
            return kind
    if data[4:8] == b"ftyp":
        return "a film or picture file"
    sample = data[:_SAMPLE]
    if _marked(sample) or _utf16(sample):
        return None
    return "binary data" if len(_CONTROLS.findall(sample)) > len(sample) * 0.02 else None


def decode_text(data: bytes, where: str, declared: str | None = None) -> str:
    """The text in the bytes. RefusedInput where they are no text or no encoding fits without a fault.

    A byte order mark wins, then UTF-8 if every byte fits, then the declared encoding, then western European, then
    the best guess. What is read as one encoding is never patched with another.
    """
    kind = looks_like(data)
    if kind:
        raise RefusedInput(where, f"looks like {kind}, not text; add the article as text, or as a saved web page")
    for encoding in _candidates(data, declared):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if encoding != "cp1252" or declared or _is_western(text):
            return text
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    try:
        text = data.decode(best.encoding if best else "ascii")
    except (UnicodeDecodeError, LookupError):
        text = ""
    if not text or _ODD_PAIR.search(text):
        raise RefusedInput(where, "the text encoding cannot be told; save it as UTF-8 and add it again")
    return text


def _candidates(data: bytes, declared: str | None) -> list[str]:
    mark = _marked(data)
    if mark:
        return [mark]
    named = (declared or "").strip().lower()
    wide = _utf16(data[:_SAMPLE])
    return [name for name in (wide, "utf-8", _MEANT.get(named, named), "cp1252") if name]


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark: in text of mostly ASCII, every other byte is zero."""
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0 : 2 * half : 2].count(0), sample[1 : 2 * half : 2].count(0)
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.05 else None


def _is_western(text: str) -> bool:
    sample = text[:_SAMPLE]
    strange = [c for c in sample if not c.isascii()]
    fitting = sum(bool(_WESTERN.match(c)) for c in strange)
    return len(strange) < len(sample) * 0.15 and fitting >= len(strange) * 0.95 and not _ODD_PAIR.search(sample)
