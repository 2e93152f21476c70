"""What sites send that is no sound feed: answers that are damaged, and answers that are made to hurt.

The hostile ones are those of the list of bad inputs that concern an answer's bytes: other formats, XML that grows or
tires a parser, bodies that are too large, unpack too far, drip or stop, and headers that lie.
"""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

_XML = {"Content-Type": "application/xml"}
_ITEM = "<item><title>Nothing new</title><description>Nothing happened in the town.</description></item>"
_FEED = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Town</title>{_ITEM}</channel></rss>'
_MEGABYTE = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """What goes out. "whole" is an ordinary answer, "raw" bytes are written past HTTP, "drip" is a byte at a time."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    way: Literal["whole", "raw", "drip"] = "whole"


def damage(body: bytes, luck: float) -> bytes:
    """A sound feed with one of the usual damages: cut off, a bare ampersand, an unknown entity, a tag left open."""
    if body.startswith(b"{") or luck < 0.25:
        return body[: int(len(body) * (0.4 + luck))]
    into = {0: b"&", 1: b"&nbsp;", 2: b"\xff\xfe", 3: b"<b>"}[int(luck * 4) % 4]
    return body.replace(b"<title>", b"<title>A " + into + b" B ", 1)


def hostile(luck: float) -> tuple[str, Sent]:
    """One of the hostile answers, and what it is."""
    names = list(HOSTILE)
    name = names[int(luck * len(names))]
    return name, send(name)


def make_hostile() -> None:
    """Make all hostile answers, which takes a few seconds, before somebody waits for them."""
    for name in HOSTILE:
        send(name)


@cache
def send(name: str) -> Sent:
    """The hostile answer of that name, made once."""
    return HOSTILE[name]()


def _binary(kind: str, start: bytes) -> Callable[[], Sent]:
    return lambda: Sent(headers={"Content-Type": kind}, body=start + bytes(range(256)) * 40)


def _xml(body: str | bytes, **headers: str) -> Callable[[], Sent]:
    sent = body if isinstance(body, bytes) else body.encode()
    return lambda: Sent(headers=_XML | {name.replace("_", "-"): value for name, value in headers.items()}, body=sent)


def _document(declared: str, used: str) -> str:
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [{declared}]><rss version="2.0"><channel><title>Town</title>'
        f"<item><title>{used}</title></item></channel></rss>"
    )


def _laughs() -> Sent:
    declared = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return Sent(headers=_XML, body=_document(declared, "&a9;").encode())


def _quadratic() -> Sent:
    return Sent(headers=_XML, body=_document(f'<!ENTITY a "{"a" * 50_000}">', "&a;" * 2_000).encode())


def _entity(declared: str) -> Callable[[], Sent]:
    return lambda: Sent(headers=_XML, body=_document(declared, "&x;Nothing new").encode())


def _too_large() -> Sent:
    return Sent(headers=_XML, body=_FEED.replace("Town", "Town " * (11 * _MEGABYTE // 5)).encode())


def _gzip_bomb() -> Sent:
    """A gigabyte of spaces in a megabyte: one block that is its own beginning, again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * _MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    check, end = 0, packer.flush()
    for _ in range(1_000):
        check = zlib.crc32(b" " * _MEGABYTE, check)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
    tail = check.to_bytes(4, "little") + (1_000 * _MEGABYTE).to_bytes(4, "little")
    return Sent(headers=_XML | {"Content-Encoding": "gzip"}, body=head + block * 1_000 + end + tail)


def _many_parts() -> Sent:
    """A gigabyte in a thousand gzip members."""
    return Sent(headers=_XML | {"Content-Encoding": "gzip"}, body=gzip.compress(b" " * _MEGABYTE, 9) * 1_024)


def _many_items() -> Sent:
    body = _FEED.replace(_ITEM, "<item><title>Nothing new</title></item>" * 250_000)
    return Sent(headers=_XML, body=body.encode())


def _attributes() -> Sent:
    attributes = " ".join(f"a{n}='1'" for n in range(300_000))
    return Sent(headers=_XML, body=_FEED.replace("<item>", f"<item {attributes}>").encode())


def _nested() -> Sent:
    return Sent(headers=_XML, body=_FEED.replace("Town", "<a>" * 100_000 + "</a>" * 100_000).encode())


def _nested_json() -> Sent:
    body = '{"version": "https://jsonfeed.org/version/1.1", "items": ' + "[" * 100_000 + "]" * 100_000 + "}"
    return Sent(headers={"Content-Type": "application/feed+json"}, body=body.encode())


def _raw(head: str, body: bytes) -> Callable[[], Sent]:
    return lambda: Sent(
        way="raw", body=f"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n{head}\r\n\r\n".encode() + body
    )


def _long_header() -> Sent:
    return _raw(f"X-Long: {'a' * 5 * _MEGABYTE}", _FEED.encode())()


HOSTILE: dict[str, Callable[[], Sent]] = {
    "a PDF file": _binary("application/pdf", b"%PDF-1.7\n"),
    "an image": _binary("image/png", b"\x89PNG\r\n\x1a\n"),
    "a zip file": _binary("application/zip", b"PK\x03\x04"),
    "a film": _binary("video/mp4", b"\x00\x00\x00\x18ftypmp42"),
    "other JSON": lambda: Sent(headers={"Content-Type": "application/json"}, body=b'{"items": [{"id": 1}]}'),
    "a login page": lambda: Sent(headers={"Content-Type": "text/html"}, body=b"<html><form>Log in</form></html>"),
    "an empty answer": _xml(""),
    "no content": lambda: Sent(status=204),
    "entities that laugh": _laughs,
    "an entity that grows": _quadratic,
    "entities that name each other": _entity('<!ENTITY x "&y;"><!ENTITY y "&x;">'),
    "an entity that is a file": _entity('<!ENTITY x SYSTEM "file:///etc/passwd">'),
    "an entity that is an address": _entity('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'),
    "more than 10 MB": _too_large,
    "a bomb of gzip": _gzip_bomb,
    "a bomb of gzip in parts": _many_parts,
    "a drip": lambda: Sent(headers=_XML, body=_FEED.encode() * 100, way="drip"),
    "a long header": _long_header,
    "items without end": _many_items,
    "attributes without end": _attributes,
    "tags without end": _nested,
    "brackets without end": _nested_json,
    "an unknown encoding": _xml(_FEED.replace("?>", ' encoding="zlib_codec"?>', 1)),
    "a wrong encoding": _xml(_FEED.replace("?>", ' encoding="utf-16"?>', 1)),
    "UTF-16 without a mark": _xml(_FEED.encode("utf-16-le")),
    "nothing but NUL": _xml(bytes(10_000)),
    "scripts": _xml(_FEED.replace("Nothing happened", "&lt;script>x()&lt;/script>&lt;iframe src='/'>&lt;/iframe>")),
    "plain, said to be gzip": _xml(_FEED, Content_Encoding="gzip"),
    "gzip, said to be plain": _xml(gzip.compress(_FEED.encode())),
    "gzip that stops": _xml(gzip.compress(_FEED.encode() * 50)[:-100], Content_Encoding="gzip"),
    "a length too long": _raw(f"Content-Length: {len(_FEED) + 5_000}", _FEED.encode()),
    "a length too short": _raw(f"Content-Length: {len(_FEED) // 2}", _FEED.encode()),
    "no HTTP": lambda: Sent(way="raw", body=b"220 smtp.example.org ESMTP\r\n" * 3),
}  # fmt: skip
"""The hostile answers by what they are; each is made when it is first sent."""
