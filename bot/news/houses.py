"""Houses: the one outlet behind several names, so that it is counted once."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from bot.news.places import read_list, word_group
from bot.news.text import fold

_WORD = re.compile(r"[^\W_]+|&")
_PARTS = re.compile(r"\s+[-–—>»›•·/]+\s+|\s*[|»›｜]\s*|:\s+|\s+::\s+")
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,10})/?", re.IGNORECASE)
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "or", "ne", "go"})


@lru_cache(maxsize=4096)
def house_of(publisher: str) -> str:
    """A key that is equal for names of one outlet: its short forms, addresses, sections, editions and Sunday paper.

    Outlets that only have an owner in common are different houses. The key is for comparing, not for showing.
    """
    known = _known_house(publisher)
    if known:
        return known
    for part in name_parts(publisher):
        known = _known_house(part)
        if known and (not is_ordinary(part) or _only_sections(publisher, part)):
            return known
    parts = [part for part in name_parts(publisher) if not is_section(part)]
    name = parts[0] if parts and not is_ordinary(parts[0]) else publisher
    return squash(_without_ending(name)) or publisher


def usual_name(name: str) -> str | None:
    """The usual name of the outlet or agency that goes by this name or address; None for one that no list knows."""
    return _found_in(_usual_names(), name)


def outlet_at(host: str) -> str | None:
    """The usual name of the well-known outlet that publishes at this host, or at a host of which it is a part."""
    labels = host.lower().strip(".").split(".")
    endings = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((_outlets_by_host()[ending] for ending in endings if ending in _outlets_by_host()), None)


def is_ordinary(name: str) -> bool:
    """Whether a well-known name may also be something else: "Time", "The Herald"."""
    return squash(name) in _ordinary_names()


def is_section(words: str) -> bool:
    """Whether the words name no outlet but a part of any: "World news", "Latest", "RSS"."""
    found = _WORD.findall(fold(words))
    return all(word.isdigit() or word in word_group("sections") for word in found)


def name_parts(name: str) -> list[str]:
    """What stands between the marks that part an outlet's name from its sections: "World news | The Guardian"."""
    return [part for piece in _PARTS.split(name) if (part := piece.strip(" -–—|>»›•·:"))]


def squash(name: str) -> str:
    """The name folded and without spaces, marks, "The" and the "www." of an address."""
    return "".join(_words(name))


def registered_label(address: str) -> str:
    """The part of a web address that names its owner: "gadgetgazette" of "www.gadgetgazette.co.uk"."""
    labels = address.lower().split(".")
    second = len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2
    return labels[-3] if second else labels[-2]


def _words(name: str) -> list[str]:
    words = ["and" if word == "&" else fold(word) for word in _WORD.findall(name)]
    return words[1:] if len(words) > 1 and words[0] in ("the", "www", "https", "http") else words


def _found_in(names: dict[str, str], name: str) -> str | None:
    """What the name stands for: as it is parted in words (Morning Star), else however it is (Morningstar)."""
    words = _words(name)
    return names.get(" ".join(words)) or names.get("".join(words))


def _known_house(name: str) -> str | None:
    """The key of a listed name, or of one that listed words begin and sections end: "Reuters World News"."""
    words = name.split()
    for length in range(len(words), 0, -1):
        start = " ".join(words[:length])
        key = _found_in(_houses(), start)
        if key and (length == len(words) or (is_section(" ".join(words[length:])) and not is_ordinary(start))):
            return key
    return None


def _only_sections(name: str, part: str) -> bool:
    return all(other == part or is_section(other) for other in name_parts(name))


def _without_ending(name: str) -> str:
    address = _ADDRESS.fullmatch(name.strip())
    return registered_label(address[1]) if address else name


def _rows(name: str) -> Iterable[list[str]]:
    return (line.split(" | ") for line in read_list(name))


@cache
def _usual_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for list_name in ("outlets.txt", "agencies.txt", "houses.txt"):
        for row in _rows(list_name):
            usual = names.get(" ".join(_words(row[0])), row[0])
            for form in row:
                words = _words(form.lstrip("!"))
                names.setdefault(" ".join(words), usual)
                names.setdefault("".join(words), usual)
    return names


@cache
def _outlets_by_host() -> dict[str, str]:
    found: dict[str, str] = {}
    for list_name in ("outlets.txt", "houses.txt"):
        for row in _rows(list_name):
            for form in row:
                if form.islower() and _ADDRESS.fullmatch(form):
                    found.setdefault(form, row[0])
    return found


@cache
def _ordinary_names() -> frozenset[str]:
    """Forms marked as ordinary words, and those that are one word after "The": many papers have such a name."""
    return frozenset(
        squash(form.lstrip("!"))
        for name in ("outlets.txt", "agencies.txt")
        for row in _rows(name)
        for form in row
        if form.startswith("!") or (form.startswith("The ") and form.count(" ") == 1)
    )


@cache
def _houses() -> dict[str, str]:
    houses = dict(_usual_names())
    for first, *labels in _rows("houses.txt"):
        key = _found_in(houses, first) or first
        joined = {_found_in(houses, label) for label in labels} - {key}
        if joined:
            houses = {form: key if house in joined else house for form, house in houses.items()}
    return houses
