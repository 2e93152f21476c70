"""The wiring: settings that only the parts themselves can judge."""

import pytest

from bot.app import require_sound
from bot.errors import ConfigError
from config.settings import load_settings


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({}, []),
        ({"ALLOW": "wiki.example:8081, 10.1.0.0/16", "EGRESS_PROXY": "http://proxy.example:3128"}, []),
        ({"CONTACT": "https://desk.example/about"}, []),
        ({"ALLOW": "a b, 0.0.0.0/0"}, ["ALLOW", "ALLOW"]),
        ({"ALLOW": "a b", "EGRESS_PROXY": "ftp://jo:hunter2@x/", "CONTACT": "ü"}, ["ALLOW", "EGRESS_PROXY", "CONTACT"]),
    ],
)  # fmt: skip
def test_every_wrong_setting_about_the_web_is_named_at_once(given: dict[str, str], names: list[str]) -> None:
    settings = load_settings({f"NEWSDESK_{name}": value for name, value in given.items()})
    faults: tuple[str, ...] = ()
    try:
        require_sound(settings)
    except ConfigError as fault:
        faults = fault.faults
    assert [fault.partition(":")[0] for fault in faults] == [f"NEWSDESK_{name}" for name in names]
    assert "hunter2" not in "".join(faults)
