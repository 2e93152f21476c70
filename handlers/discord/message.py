"""Messages as Discord's REST interface takes them, with the marker hidden in them."""

import copy
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

_NO_PREVIEW, _OF_COMPONENTS = 1 << 2, 1 << 15  # flags of a message


def message_of(components: Sequence[Mapping[str, Any]], ping: str | None = None) -> dict[str, Any]:
    """A message that calls nobody but that role, whatever stands in it, and shows no preview of any address."""
    calls: dict[str, Any] = {"parse": [], "roles": [ping]} if ping else {"parse": []}
    return {"flags": _OF_COMPONENTS | _NO_PREVIEW, "allowed_mentions": calls, "components": list(components)}


def marked(components: Sequence[Mapping[str, Any]], marker: str, ping: str | None = None) -> dict[str, Any]:
    """The same, found again by the marker: for some minutes as its nonce, and for ever in the numbers of the frame and
    of what stands first in it."""
    ours: list[Any] = copy.deepcopy(list(components))
    ours[0]["id"], ours[0]["components"][0]["id"] = _numbers(marker)
    return {**message_of(ours, ping), "nonce": marker, "enforce_nonce": True}


def is_marked(message: Mapping[str, Any], marker: str) -> bool:
    """Whether the message, as Discord shows it, holds the marker."""
    return set(_numbers(marker)) <= set(_numbers_in(message.get("components") or ()))


def _numbers(marker: str) -> tuple[int, int]:
    """Two numbers that stand for the marker, and tell nobody anything: 58 bits of it.

    Discord numbers from 1 what has no number, and takes 31 bits; ours begin far above, and are never the same.
    """
    digest = sha256(marker.encode()).digest()
    first, second = (int.from_bytes(digest[at : at + 4]) >> 3 for at in (0, 4))
    return 0b10 << 29 | first, 0b11 << 29 | second


def _numbers_in(components: Iterable[Mapping[str, Any]]) -> Iterable[int]:
    for component in components:
        if component.get("id"):
            yield int(component["id"])
        yield from _numbers_in(component.get("components") or ())
