"""Bytes to text without guessing wrong. The door to charset-normalizer."""

import codecs
import re
from collections.abc import Sequence

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
_WIDE = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_SAMPLE = 50_000
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Under these names the web means Microsoft's supersets (WHATWG Encoding Standard).
_MEANT = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932",
    "x-sjis": "cp932", "windows-31j": "cp932", "x-euc-jp": "euc_jp", "x-gbk": "gb18030", "windows-874": "cp874",
    "iso8859-1": "cp1252", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "tis-620": "cp874",
}  # fmt: skip
_SHIFTING = ("iso2022", "hz")  # seven bits a byte: what they say fits UTF-8 too
# UTF-7 smuggles markup past whoever looks for it, and the others are no encodings of text.
_NEVER = {"utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "mbcs", "oem"}
_STRANGE = re.compile(r"[^\x00-\x7f\ufffd]+")
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
    if _marked(sample) or _wide(sample):
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
    meant = _meant(declared)
    text = _decode(data, [meant] if meant else [])
    if text is None:
        raise RefusedInput(where, "the text encoding cannot be told; save it as UTF-8 and add it again")
    return text


def decode_markup(data: bytes, *declared: str | None) -> str | None:
    """The text of a page or feed in the same way; None where its encoding cannot be told.

    The first declaration counts most. A few bytes that break UTF-8 are dropped: sites cut texts within a letter.
    """
    names = [name for name in map(_meant, declared) if name]
    if len(names) > 1 and names[0] == "cp1252":
        names.reverse()  # western European is what servers say of everything; a document says it of itself
    if (not names or "utf-8" in names) and _is_broken_utf8(data):
        return data.decode("utf-8", "ignore")
    return _decode(data, names)


def _decode(data: bytes, names: Sequence[str]) -> str | None:
    for encoding in _candidates(data, names):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if encoding != "cp1252" or encoding in names or _is_western(text):
            return text
    return _guess(data)


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    try:
        text = data.decode(best.encoding if best else "ascii")
    except (UnicodeDecodeError, LookupError):
        return None
    return text if text and not _ODD_PAIR.search(text) else None


def _meant(declared: str | None) -> str | None:
    """The encoding that a declaration means, by Python's name; None where it names none that may be used."""
    name = (declared or "").strip().strip("\"'").lower()
    try:
        found = codecs.lookup(_MEANT.get(name, name)).name
    except (LookupError, ValueError):
        return None
    return None if found in _NEVER else found


def _candidates(data: bytes, names: Sequence[str]) -> list[str]:
    mark = _marked(data)
    if mark:
        return [mark]
    shifting = [name for name in names if name.startswith(_SHIFTING) and (b"\x1b" in data or b"~{" in data)]
    wide = _wide(data[:_SAMPLE])
    western = ["cp1252", "latin-1"] if "cp1252" in names else ["cp1252"]
    return [*shifting, *([wide] if wide else []), "utf-8", *(name for name in names if name != "cp1252"), *western]


def _is_broken_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 but for a few."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return 0 < 2 * broken < sum(map(len, _STRANGE.findall(text)))


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _wide(sample: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: it begins with a wide bracket, or every other byte is zero, as in ASCII text."""
    for start, encoding in _WIDE:
        if sample.startswith(start):
            return encoding
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
