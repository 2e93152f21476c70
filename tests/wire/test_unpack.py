"""Bodies that are packed, packed wrongly, packed twice, or made to burst."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SourceError
from bot.wire.unpack import Body
from config import defaults

FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Coast Daily</title></channel></rss>' * 20


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def deflated(data: bytes, bits: int) -> bytes:
    packer = zlib.compressobj(wbits=bits)
    return packer.compress(data) + packer.flush()


PACKED = gzipped(FEED)


def unpacked(data: bytes, encodings: str = "", *, step: int = 1000, limit: int = defaults.PAGE_BYTES) -> bytes:
    body = Body("coast.example", encodings, limit)
    for start in range(0, len(data), step):
        body.add(data[start : start + step])
    return body.whole()


@pytest.mark.parametrize(
    ("data", "encodings"),
    [
        (FEED, ""),
        (FEED, "identity"),
        (FEED, "UTF-8"),
        (PACKED, "gzip"),
        (PACKED, "GZIP"),
        (PACKED, "x-gzip"),
        (PACKED, ""),
        (PACKED, "deflate"),
        (PACKED, "br"),
        (FEED, "gzip"),
        (FEED, "deflate"),
        (FEED, "br"),
        (FEED, "zstd"),
        (deflated(FEED, zlib.MAX_WBITS), "deflate"),
        (deflated(FEED, -zlib.MAX_WBITS), "deflate"),
        (gzipped(PACKED), "gzip, gzip"),
        (gzipped(PACKED), "gzip"),
        (gzipped(deflated(FEED, zlib.MAX_WBITS)), "deflate, gzip"),
        (gzipped(gzipped(PACKED)), ""),
        (PACKED + b"\0" * 512, "gzip"),
        (PACKED + b"\x1f", "gzip"),
        (PACKED + b"trailing words", "gzip"),
        (deflated(FEED, zlib.MAX_WBITS) + PACKED, "deflate"),
        (gzipped(FEED[:500]) + gzipped(FEED[500:]), "gzip"),
        (b"".join(gzipped(FEED[n : n + 1]) for n in range(1000)) + gzipped(FEED[1000:]), "gzip"),
    ],
)
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_what_is_packed_is_unpacked_whatever_is_said_of_it(data: bytes, encodings: str, step: int) -> None:
    assert unpacked(data, encodings, step=step) == FEED


@pytest.mark.parametrize("data", [b"", b"\x1f", b"\x1f\x8b", b"<", "<?xml?>".encode("utf-16"), b"\x00\x01\x02"])
def test_what_is_short_or_not_packed_stays_as_it_is(data: bytes) -> None:
    assert unpacked(data, "gzip") == data


@pytest.mark.parametrize(
    ("data", "encodings", "code"),
    [
        (PACKED[:-1], "gzip", "F10"),
        (PACKED[:20], "gzip", "F10"),
        (PACKED[:3], "", "F10"),
        (gzipped(PACKED[:50]), "gzip", "F10"),
        (PACKED + PACKED[:40], "gzip", "F10"),
        (deflated(FEED, zlib.MAX_WBITS)[:-4], "deflate", "F10"),
        (PACKED[:-8] + b"\0" * 8, "gzip", "F14"),
        (PACKED[:10] + b"\xff" * 50, "gzip", "F14"),
        (b"\xff\x01\x02\x03", "deflate", "F14"),
        (b"\x8b\x02\x80", "br", "F14"),
        (b"\x28\xb5\x2f\xfd", "zstd", "F14"),
        (gzipped(gzipped(gzipped(PACKED))), "gzip", "F14"),
        (gzipped(b"") * (defaults.PACKED_PARTS + 1), "gzip", "F14"),
    ],
)
@pytest.mark.parametrize("step", [1, 100_000])
def test_what_is_cut_off_or_garbled_is_named(data: bytes, encodings: str, code: str, step: int) -> None:
    with pytest.raises(SourceError, match=r"coast\.example") as refused:
        unpacked(data, encodings, step=step)
    assert refused.value.code == code


def test_as_many_parts_are_joined_as_are_allowed() -> None:
    assert unpacked(gzipped(b"ab") * defaults.PACKED_PARTS, "gzip") == b"ab" * defaults.PACKED_PARTS


@pytest.mark.parametrize("layers", [0, 1, 2, 3])
def test_the_limit_is_kept_to_the_byte_at_every_depth(layers: int) -> None:
    def packed(data: bytes) -> bytes:
        for _ in range(layers):
            data = gzipped(data)
        return data

    assert unpacked(packed(b"a" * 5000), limit=5000) == b"a" * 5000
    with pytest.raises(SourceError, match=r"coast\.example is larger than") as refused:
        unpacked(packed(b"a" * 5001), limit=5000)
    assert refused.value.code == "F12"


def test_what_would_unpack_to_a_thousand_times_its_size_is_stopped_early() -> None:
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(200)) + packer.flush()
    body, taken = Body("coast.example"), 0
    with pytest.raises(SourceError, match="larger than 10 MB"):
        for start in range(0, len(bomb), 1000):
            body.add(bomb[start : start + 1000])
            taken += 1000
    assert taken < 12_000


@given(st.binary(max_size=300), st.sampled_from(["", "gzip", "deflate", "br", "gzip, deflate"]), st.integers(1, 300))
def test_any_bytes_are_taken_or_refused_with_a_reason(data: bytes, encodings: str, step: int) -> None:
    for candidate in (data, b"\x1f\x8b\x08" + data, PACKED[:40] + data):
        try:
            assert len(unpacked(candidate, encodings, step=step)) <= defaults.PAGE_BYTES
        except SourceError as refused:
            assert refused.code in ("F10", "F12", "F14")
