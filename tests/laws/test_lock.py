"""What gets installed is settled to the byte, and from nowhere in particular."""

import re
import tomllib

import pytest

from tests.laws.tree import ROOT

LOCKS = ("requirements.lock", "bench/requirements.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"://|--(?:index|extra-index|find-links|trusted-host)\S*|^-[fi]\b", text, re.MULTILINE) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_the_lock_has_an_exact_version_and_a_hash(lock: str) -> None:
    loose = [
        r
        for r in _requirements(lock)
        if not re.fullmatch(r"[\w.-]+==[\w.]+(?: ; [^\\]+?)?(?: --hash=sha256:[0-9a-f]{64})+", r)
    ]
    assert loose == []


def test_the_lock_holds_everything_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    wanted = {_name(r) for r in (*project["project"]["dependencies"], *groups["install"], *groups["tools"])}
    locked = {_name(r) for r in _requirements("requirements.lock")}
    assert wanted <= locked
    assert {_name(r) for r in groups["measuring"]} <= locked | {
        _name(r) for r in _requirements("bench/requirements.lock")
    }


def test_the_part_of_the_lock_that_the_image_installs_holds_no_tools() -> None:
    runs, tools = (ROOT / "requirements.lock").read_text(encoding="utf-8").split("\n# Tools")
    assert "\nsqlalchemy==" in runs
    assert "\npytest==" not in runs
    assert "\npytest==" in tools
    assert "'/^# Tools/,$d' requirements.lock" in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def _requirements(lock: str) -> list[str]:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    return [" ".join(line.split()) for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].split("[")[0].lower().replace("_", "-").replace(".", "-")
