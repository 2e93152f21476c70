"""The release of the rules by which zones are read: the newest that the system or the tzdata package has."""

import zoneinfo
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

_RULES = "tzdata.zi"


@cache
def zones_release() -> str:
    """The release of the rules in use, such as "2026f". By those of another, a local time may be another moment."""
    return next(filter(None, map(_release, _rules_of_system())), _release(_rules_of_package()))


def use_newest_rules() -> None:
    """Read zones from the tzdata package where the system's rules are older. Right before any zone is read."""
    newest = _release(_rules_of_package())
    if any(_release(rules) < newest for rules in _rules_of_system()):
        zoneinfo.reset_tzpath(())
        zoneinfo.ZoneInfo.clear_cache()
        zones_release.cache_clear()


def _rules_of_system() -> list[Path]:
    return [Path(folder, _RULES) for folder in zoneinfo.TZPATH if Path(folder).is_dir()]


def _rules_of_package() -> Traversable:
    return resources.files("tzdata").joinpath("zoneinfo", _RULES)


def _release(rules: Path | Traversable) -> str:
    """The release that the rules say they are of; "" where they do not."""
    try:
        with rules.open("r", encoding="utf-8") as lines:
            return lines.readline().removeprefix("# version").strip()
    except OSError:
        return ""
