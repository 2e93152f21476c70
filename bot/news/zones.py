"""Time zones: the one that is meant by what people type."""

import re
from difflib import get_close_matches
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from bot.errors import RequestError
from bot.news.places import read_list
from bot.news.text import fold
from bot.news.typed import again

_OFFSET = re.compile(r"(?:utc|gmt)?([+-])(\d{1,2})(?::?00)?")
_MARKS = str.maketrans({"_": " ", ".": "", "'": "", "−": "-", "–": "-"})
_HOURS_WEST, _HOURS_EAST = 12, 14
_LIKE = 0.8
_LONGEST = 60
_COUNTS = {2: "two", 3: "three", 4: "four", 5: "five"}
_NO_PLACE = frozenset({"Factory"})


def read_zone(typed: str) -> ZoneInfo:
    """The zone of that name, city, abbreviation or whole hours from UTC.

    RequestError for what is none (D03), and for what can mean several (D04).
    """
    zone = find_zone(typed)
    if zone is not None:
        return zone
    near = get_close_matches(_folded(typed[:_LONGEST]), _zones_by_form(), n=1, cutoff=_LIKE)
    meant = _zones_by_form()[near[0]] if near else ()
    # The old names that name no place ("EST5EDT") are understood, and offered to nobody.
    hint = f"did you mean {meant[0]}?" if len(meant) == 1 and "/" in meant[0] else "use a name such as Europe/Paris."
    raise RequestError(f"I do not know that time zone; {hint}", "D03")


def find_zone(typed: str) -> ZoneInfo | None:
    """The same as read_zone, and None for what is no zone."""
    form = _folded(typed)
    zones = _zones_by_form().get(form) or _zones_by_form().get(form.removesuffix(" time"), ())
    if len(zones) > 1:
        listed = f"{', '.join(zones[:-1])} or {zones[-1]}"
        raise RequestError(f"{again(typed)} can mean {_COUNTS[len(zones)]} zones; write {listed}.", "D04")
    if zones:
        return ZoneInfo(zones[0])
    offset = _OFFSET.fullmatch(form.replace(" ", ""))
    if offset is None:
        return None
    hours, east = int(offset[2]), offset[1] == "+"
    if hours > (_HOURS_EAST if east else _HOURS_WEST):
        return None
    return ZoneInfo(f"Etc/GMT{'-' if east else '+'}{hours}" if hours else "UTC")  # that is how these are named


def name_zone(zone: ZoneInfo) -> str:
    """What the zone is called: its name, or the hours from UTC."""
    west, name, hours = zone.key.partition("Etc/GMT")
    return f"UTC{'+' if hours[0] == '-' else '-'}{hours[1:]}" if name and not west and len(hours) > 1 else zone.key


def say_correction(typed: str, zone: ZoneInfo) -> str | None:
    """The sentence that says which zone was understood; None where it was typed by its name."""
    name = name_zone(zone)
    return None if typed.strip() == name else f"I took {again(typed)} as {name}."


@cache
def _zones_by_form() -> dict[str, tuple[str, ...]]:
    """The zones by everything that means them, folded: what the list says first, then names, then cities."""
    found: dict[str, tuple[str, ...]] = {}
    for row in read_list("zones.txt"):
        zones, _, forms = row.partition(": ")
        found |= {_folded(form): tuple(zones.split()) for form in forms.split("|")}
    names = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    for name in names:
        if name not in _NO_PLACE:
            found.setdefault(_folded(name), (name,))
    # The shortest name of a city is the one in use: "America/Louisville" and not "America/Kentucky/Louisville". In
    # "Etc/GMT+1" there is none, and GMT+1 is on the other side of Greenwich.
    for name in sorted(names, key=lambda name: (name.count("/"), len(name))):
        if not name.startswith("Etc/"):
            found.setdefault(_folded(name.rpartition("/")[2]), (name,))
    for name in _NO_PLACE:
        found.pop(_folded(name), None)
    return found


def _folded(form: str) -> str:
    return " ".join(fold(form).translate(_MARKS).split())
