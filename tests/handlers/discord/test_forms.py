"""Forms as modals of Discord: every form fits, and is read back as the words that it stands for."""

from typing import Any

import pytest

from handlers.discord.forms import filled_in, is_form, modal_of
from handlers.layout.forms import (
    Form,
    ask_form,
    new_digest_form,
    new_source_form,
    new_watch_form,
)
from tests.fake_discord.spec import spec

FORMS = (ask_form(), new_digest_form(), new_source_form(), new_watch_form("tariffs on Japan"))


def shown(form: Form) -> dict[str, Any]:
    return modal_of(form).to_dict()


def submitted(form: Form, values: dict[str, str]) -> dict[str, Any]:
    """What Discord hands in when somebody has filled in these values, by the labels of their fields."""
    labels = []
    for label in shown(form)["components"]:
        part = label["component"]
        value = values.get(label["label"], "")
        if part["type"] == 4:
            given: dict[str, Any] = {"value": value}
        elif part["type"] == 3:
            chosen = [
                one["value"] for one in part["options"] if one["label"] == value or (not value and one["default"])
            ]
            given = {"values": chosen}
        else:
            given = {"values": [value] if value else []}
        labels.append({"type": 18, "component": {"type": part["type"], "custom_id": part["custom_id"], **given}})
    return {"custom_id": shown(form)["custom_id"], "components": labels}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.command)
async def test_every_form_is_one_that_discord_takes(form: Form) -> None:
    callback = {"type": 9, "data": shown(form)}
    assert not spec().check_request("POST", "/interactions/1/token/callback", callback)
    assert len(callback["data"]["components"]) <= 5
    assert is_form(callback["data"]["custom_id"])


async def test_a_filled_in_form_is_what_could_have_been_typed() -> None:
    filled = filled_in(
        submitted(
            new_digest_form(),
            {
                "When it comes": "weekdays 8:30",
                "What about": "tariffs",
                "How long": "Short, 5 stories",
                "Where it comes": "123",
            },
        )
    )
    assert filled.typed == "digest add weekdays 8:30 about tariffs short"
    assert filled.channel == "123"


async def test_what_is_left_empty_is_not_typed() -> None:
    filled = filled_in(submitted(new_source_form(), {"Address": "https://example.org/feed.xml"}))
    assert filled.typed == "source add https://example.org/feed.xml"
    assert filled.channel is None


async def test_what_stands_there_at_first_is_kept() -> None:
    [topic] = [one for one in shown(new_watch_form("tariffs"))["components"] if one["label"] == "What to watch"]
    assert topic["component"]["value"] == "tariffs"


def test_modals_of_others_are_told_apart() -> None:
    assert not is_form("someone:elses")
