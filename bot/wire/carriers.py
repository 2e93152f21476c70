"""Hosts that carry or point at what others publish, and the address that stands inside one of theirs."""

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from urllib.parse import parse_qs, urlsplit

from bot.news.houses import squash
from bot.news.places import read_list
from bot.wire.address import canonical_address, host_of


class Kind(StrEnum):
    """What a host does with what others publish."""

    INDEX = "index"  # lists headlines and adds the publisher to each
    FORUM = "forum"  # discusses it
    READER = "reader"  # shows feeds
    PROXY = "proxy"  # hides the address behind its own
    PLATFORM = "platform"  # hosts publications of others
    PORTAL = "portal"  # prints what others wrote under its own name
    RELEASE = "release"  # distributes what companies say of themselves
    COPY = "copy"  # shows a page of another site


@dataclass(frozen=True, kw_only=True, slots=True)
class Carrier:
    """A host that is not, or not by itself, the publisher of what it shows."""

    kind: Kind
    name: str


LEADING_ON = frozenset({Kind.INDEX, Kind.FORUM, Kind.READER, Kind.PROXY, Kind.COPY})
"""Kinds whose addresses say nothing about who published what is read there."""

_MOST_LAYERS = 3  # a copy of a shortened address of a page for phones: nobody goes deeper
_INSIDE = ("url", "u", "q", "to", "target", "dest", "destination", "redirect", "link", "href", "a")
_AMP = re.compile(r"/(?:amp|[acvi])/(?:s/)?((?:[\w-]+\.)+[a-z]{2,24}/.*)")
_ADDRESS = re.compile(r"https?:/{1,2}(?=[\w[])")
_STAMPED = re.compile(r"/(?:web/)?\d{4,14}[a-z_]*/((?:[\w-]+\.)+[a-z]{2,24}(?:[:/?].*)?)$")
_PACKED = re.compile(r"/articles/(CBM[A-Za-z0-9_-]{20,2000})")
_GOOGLE = re.compile(r"google\.(?:com?\.)?[a-z]{2}")
_TRANSLATED = ".translate.goog"


def carrier_at(host: str) -> Carrier | None:
    """The carrier at this host or one it is a part of; None for hosts that publish for themselves, and unknown ones."""
    host = "google.com" if _GOOGLE.fullmatch(host) else host
    labels = host.split(".")
    endings = [f"={host}", *(".".join(labels[start:]) for start in range(len(labels) - 1))]
    return next((_carriers()[ending] for ending in endings if ending in _carriers()), None)


def is_no_publisher(name: str) -> bool:
    """Whether this is what a carrier is called that has nothing of its own: "Google News", "Medium"."""
    return squash(name) in _names()


def carriers_of(kind: Kind) -> list[Carrier]:
    """The carriers of this kind."""
    return [carrier for carrier in _carriers().values() if carrier.kind is kind]


def leads_to(address: str) -> str:
    """The address that stands inside an aggregator's, a copy's or a phone page's; itself where none does."""
    for _ in range(_MOST_LAYERS):
        inner = _inner(address)
        if inner is None or inner == address:
            break
        address = inner
    return address


def _inner(address: str) -> str | None:
    host = host_of(address)
    carrier = carrier_at(host)
    if carrier is None or carrier.kind not in LEADING_ON:
        return None
    parts = urlsplit(address)
    if host.endswith(_TRANSLATED):
        site = re.sub("-+", lambda run: "-" * (len(run[0]) // 2) or ".", host.removesuffix(_TRANSLATED))
        return canonical_address(f"https://{site}{parts.path}")
    asked = parse_qs(parts.query)
    named = [value for key in _INSIDE for value in asked.get(key, ())]
    found = [value[start.start() :] for value in named if (start := _ADDRESS.search(value))]
    if carrier.kind in (Kind.COPY, Kind.READER) and (start := _ADDRESS.search(address, len("https://"))):
        found.append(address[start.start() :])
    if amp := _AMP.fullmatch(parts.path):
        found.append(f"https://{amp[1]}?{parts.query}")
    if carrier.kind is Kind.COPY and (stamped := _STAMPED.search(parts.path)):
        found.append(f"https://{stamped[1]}")
    if packed := _PACKED.search(parts.path):
        found.append(_unpacked(packed[1]))
    addresses = (canonical_address(_ADDRESS.sub(lambda scheme: scheme[0].rstrip("/") + "//", one, 1)) for one in found)
    return next((one for one in addresses if one and host_of(one) != host), None)


def _unpacked(packed: str) -> str:
    """The address inside an id of Google News; newer ids hold none."""
    try:
        held = urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    except ValueError:
        return ""
    found = re.search(rb"https?://[!-~]+", held)
    return found[0].decode("ascii") if found else ""


@cache
def _carriers() -> dict[str, Carrier]:
    rows = (line.split(" | ") for line in read_list("carriers.txt"))
    return {host: Carrier(kind=Kind(kind), name=name) for kind, name, *hosts in rows for host in hosts}


@cache
def _names() -> frozenset[str]:
    own = (Kind.PORTAL, Kind.RELEASE)
    return frozenset(squash(carrier.name) for carrier in _carriers().values() if carrier.kind not in own)
