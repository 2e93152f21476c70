"""The body of an answer as it arrives: unpacked whatever its headers say of it, counted, and stopped when too large."""

import zlib

from bot.errors import SourceError
from config import defaults

_MAGIC = b"\x1f\x8b\x08"
_GZIP, _ZLIB, _RAW = zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS
_SAID_GZIP = ("gzip", "x-gzip")
_PACKED = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "dcb", "dcz"})
_BLANK = b" \t\r\n\xef\xbb\xbf\x00\xfe\xff"  # also what UTF-16 begins with
_TEXT = (b"<", b"{", b"[")


class Body:
    """The bytes of one answer. Give them to add() as they come, then take the whole().

    `encodings` is the Content-Encoding header. It is a hint only: what is packed without saying so is unpacked, what is
    said to be packed and is not is taken as it is. Memory stays within the limit whatever the bytes would unpack to.
    Both raise SourceError: too large (F12), malformed (F14), or broken off (F10).
    """

    def __init__(self, host: str, encodings: str = "", limit_bytes: int = defaults.PAGE_BYTES) -> None:
        said = [word.strip() for word in encodings.lower().split(",")]
        self._arriving = _Layer(host, [word for word in said if word in _PACKED], limit_bytes, 0)

    def add(self, arrived: bytes) -> None:
        """Take the next bytes in."""
        self._arriving.add(arrived)

    def whole(self) -> bytes:
        """Everything, unpacked, once all bytes are there."""
        return self._arriving.whole()


def broken_off(host: str) -> SourceError:
    """The fault of an answer that ends before its end."""
    return SourceError("F10", f"The answer of {host} stops in the middle; it is tried again later.")


def too_large(host: str, limit_bytes: int = defaults.PAGE_BYTES) -> SourceError:
    """The fault of an answer that is larger than anything that is read."""
    return SourceError(
        "F12", f"The answer of {host} is larger than {limit_bytes // 1_000_000} MB, the most that is read of a feed."
    )


def malformed(host: str, what: str = "it does not keep to the rules of HTTP") -> SourceError:
    """The fault of an answer that cannot be understood as one."""
    return SourceError("F14", f"The answer of {host} is malformed: {what}.")


class _Layer:
    """Bytes at one depth of packing. Their beginning tells whether another layer is inside."""

    def __init__(self, host: str, said: list[str], limit_bytes: int, depth: int) -> None:
        self._host, self._said, self._limit, self._depth = host, said, limit_bytes, depth
        self._size = 0
        self._kept: list[bytes] = []
        self._is_told = False
        self._packed: _Packed | None = None

    def add(self, arrived: bytes) -> None:
        self._size += len(arrived)
        if self._size > self._limit:
            raise too_large(self._host, self._limit)
        if self._packed is not None:
            self._packed.add(arrived)
            return
        self._kept.append(arrived)
        if not self._is_told and self._size >= len(_MAGIC):
            self._tell()

    def whole(self) -> bytes:
        if not self._is_told:
            self._tell()
        return b"".join(self._kept) if self._packed is None else self._packed.whole()

    def _tell(self) -> None:
        """Find out how the bytes so far are packed; if they are, unpack them."""
        self._is_told = True
        beginning = b"".join(self._kept)
        said = self._said[-1] if self._said else ""
        if beginning.startswith(_MAGIC):
            self._open(beginning, _GZIP, self._said[:-1] if said in _SAID_GZIP else self._said)
        elif not said or said in _SAID_GZIP or not beginning or beginning.lstrip(_BLANK)[:1] in _TEXT:
            return
        elif said == "deflate":
            has_header = beginning[0] & 0x0F == 8 and int.from_bytes(beginning[:2], "big") % 31 == 0
            self._open(beginning, _ZLIB if has_header else _RAW, self._said[:-1])
        else:
            raise malformed(self._host, f"it is packed in a way that was not asked for ({said})")

    def _open(self, beginning: bytes, bits: int, said: list[str]) -> None:
        if self._depth >= defaults.PACKED_LAYERS:
            raise malformed(self._host, "it is packed into itself too many times")
        self._packed = _Packed(self._host, bits, _Layer(self._host, said, self._limit, self._depth + 1))
        self._kept.clear()
        self._packed.add(beginning)


class _Packed:
    """A packed stream, which may be joined from parts; what it holds goes to the layer inside."""

    def __init__(self, host: str, bits: int, inside: _Layer) -> None:
        self._host, self._bits, self._inside = host, bits, inside
        self._stream = zlib.decompressobj(bits)
        self._parts = 1
        self._waiting = b""
        self._is_over = False

    def add(self, arrived: bytes) -> None:
        rest, self._waiting = self._waiting + arrived, b""
        while rest and not self._is_over:
            if not self._stream.eof:
                rest = self._unpack(rest)
            elif self._bits == _GZIP and rest.startswith(_MAGIC):
                self._begin_part()
            elif self._bits == _GZIP and _MAGIC.startswith(rest):
                self._waiting, rest = rest, b""
            else:
                self._is_over = True  # padding, as packing programs and servers leave behind

    def whole(self) -> bytes:
        if not self._stream.eof:
            raise broken_off(self._host)
        return self._inside.whole()

    def _begin_part(self) -> None:
        self._parts += 1
        if self._parts > defaults.PACKED_PARTS:
            raise malformed(self._host, "it is packed in too many parts")
        self._stream = zlib.decompressobj(self._bits)

    def _unpack(self, packed: bytes) -> bytes:
        """Unpack to the end of the bytes or of the part. Returns what follows the part."""
        try:
            while True:
                piece = self._stream.decompress(packed, defaults.FETCH_STEP_BYTES)
                packed = self._stream.unconsumed_tail
                if piece:
                    self._inside.add(piece)
                if self._stream.eof:
                    return self._stream.unused_data
                if not packed and len(piece) < defaults.FETCH_STEP_BYTES:
                    return b""
        except zlib.error:
            raise malformed(self._host, "it cannot be unpacked") from None
