"""The zone that is meant by what people type, and the sentence for what is none."""

import subprocess
import sys
from datetime import datetime
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.errors import RequestError
from bot.news.zones import find_zone, name_zone, read_zone, say_correction

NOW = datetime(2026, 11, 26)  # noqa: DTZ001  of every zone in turn


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Europe/Paris", "Europe/Paris"),
        ("america/new_york", "America/New_York"),
        ("Paris", "Europe/Paris"),
        ("new york", "America/New_York"),
        ("New York time", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("St. Petersburg", "Europe/Moscow"),
        ("San Francisco", "America/Los_Angeles"),
        ("Istanbul", "Europe/Istanbul"),
        ("Germany", "Europe/Berlin"),
        ("ET", "America/New_York"),
        ("Pacific time", "America/Los_Angeles"),
        ("cest", "CET"),
        ("GMT", "GMT"),
        ("Z", "UTC"),
        ("UTC+2", "Etc/GMT-2"),
        ("GMT+1", "Etc/GMT-1"),
        ("gmt -03:00", "Etc/GMT+3"),
        ("UTC+0", "UTC"),
        ("UTC+14", "Etc/GMT-14"),
    ],
)
def test_a_zone_is_known_by_what_people_call_it(typed: str, meant: str) -> None:
    assert read_zone(typed) == ZoneInfo(meant)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("america/new_york", "I took `america/new_york` as America/New_York."),
        ("Paris", "I took `Paris` as Europe/Paris."),
        ("Europe/Paris", None),
        ("UTC+2", None),
        ("utc-3", "I took `utc-3` as UTC-3."),
    ],
)
def test_what_was_corrected_is_said(typed: str, said: str | None) -> None:
    assert say_correction(typed, read_zone(typed)) == said


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "EST5EDTX",
            "UTC+25",
            "UTC+15",
            "UTC-13",
            "UTC+5:30",
            "Factory",
            "localtime",
            "posix/UTC",
            "Europe",
            "tzdata",
        ),
        *("../etc/passwd", "/etc/localtime", "", " ", "a\x00b", "\ud800", "x" * 10_000),
    ],
)
def test_what_is_no_zone_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(RequestError) as refused:
        read_zone(typed)
    assert str(refused.value) == "I do not know that time zone; use a name such as Europe/Paris."
    assert refused.value.code == "D03"
    assert find_zone(typed) is None


@pytest.mark.parametrize("typed", ["Europe/Pariss", "right/Europe/Paris", "europ/paris"])
def test_a_name_that_is_nearly_one_is_refused_with_the_one_probably_meant(typed: str) -> None:
    with pytest.raises(RequestError) as refused:
        read_zone(typed)
    assert str(refused.value) == "I do not know that time zone; did you mean Europe/Paris?"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("CST", "`CST` can mean three zones; write America/Chicago, Asia/Shanghai or America/Havana."),
        ("ist", "`ist` can mean three zones; write Asia/Kolkata, Asia/Jerusalem or Europe/Dublin."),
        ("PST", "`PST` can mean two zones; write America/Los_Angeles or Asia/Manila."),
    ],
)
def test_what_can_mean_several_zones_is_answered_with_all_of_them(typed: str, said: str) -> None:
    for read in (read_zone, find_zone):
        with pytest.raises(RequestError) as refused:
            read(typed)
        assert (str(refused.value), refused.value.code) == (said, "D04")


def test_every_zone_of_the_package_can_be_typed_and_said() -> None:
    names = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    asked_for = {"CST", "EST", "MST", "Factory"}
    for name in set(names) - asked_for:
        zone = read_zone(name)
        said = read_zone(name_zone(zone))
        assert said == zone or said.utcoffset(NOW) == zone.utcoffset(NOW), name
    assert set(names) <= available_timezones()


_NEWEST = """
from zoneinfo import ZoneInfo
from bot.news.zone_rules import use_newest_rules, zones_release
before = zones_release()
use_newest_rules()
print(before, zones_release() > before, ZoneInfo("Europe/Paris"))
"""


@pytest.mark.parametrize(("rules", "found"), [("1999a", "1999a True"), ("2999a", "2999a False")])
def test_older_rules_of_the_system_give_way_to_those_of_the_package(rules: str, found: str, tmp_path: Path) -> None:
    (tmp_path / "tzdata.zi").write_text(f"# version {rules}\n# more\n", encoding="utf-8")
    known = {"PYTHONTZPATH": str(tmp_path), "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run([sys.executable, "-c", _NEWEST], env=known, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{found} Europe/Paris"


def test_zones_need_no_system(tmp_path: Path) -> None:
    known = {"PYTHONTZPATH": str(tmp_path), "PYTHONPATH": str(Path.cwd())}
    code = "from bot.news.zone_rules import *; from bot.news.zones import *; print(read_zone('paris'), zones_release())"
    done = subprocess.run([sys.executable, "-c", code], env=known, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Europe/Paris 20")
