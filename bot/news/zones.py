"""Time zones: the one meant by what people type, and which release of their rules is in use."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from zoneinfo import TZPATH

_LIST_OF_ZONES = "tzdata.zi"


@cache
def zones_release() -> str:
    """The release of the zones' rules in use, such as "2026f": another one may make a local time another moment."""
    texts = [Path(folder, _LIST_OF_ZONES) for folder in TZPATH if Path(folder, _LIST_OF_ZONES).is_file()]
    first = texts[0] if texts else files("tzdata").joinpath("zoneinfo", _LIST_OF_ZONES)
    with first.open(encoding="utf-8") as lines:
        return lines.readline().removeprefix("# version").strip()
