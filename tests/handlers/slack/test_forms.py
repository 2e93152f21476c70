"""Forms as modals, and back as the words that could have been typed."""

import pytest

from bot.news.article import Space
from bot.news.place import Place
from handlers.layout.forms import Form, ask_form, new_digest_form, new_source_form, new_watch_form
from handlers.slack.forms import form_view, read_form, refusal_under
from handlers.slack.mrkdwn import Block
from tests.slack.block_rules import check_view

HERE = Place(platform="slack", space=Space("slack-T0FAKE"), channel="C0NEWS", thread="1.5")


def fill(form: Form, place: Place | None = HERE, **given: object) -> Block:
    """The view as Slack hands it in, with what is there at first and what somebody filled in."""
    view = form_view(form, place)
    assert check_view(view) == []
    values: dict[str, Block] = {}
    for block in view["blocks"]:
        element, name = block["element"], block["block_id"]
        first = {
            "value": element.get("initial_value"),
            "selected_option": element.get("initial_option"),
            "selected_conversation": element.get("initial_conversation"),
        }
        values[name] = {"value": first | ({_key(element): given[name]} if name in given else {})}
    return view | {"state": {"values": values}}


def _key(element: Block) -> str:
    kinds = {"static_select": "selected_option", "conversations_select": "selected_conversation"}
    return kinds.get(element["type"], "value")


@pytest.mark.parametrize("form", [new_digest_form(), new_watch_form("tariffs " * 600), new_source_form(), ask_form()])
def test_every_form_is_a_view_that_slack_takes(form: Form) -> None:
    assert check_view(form_view(form, HERE)) == []
    assert check_view(form_view(form, None)) == []


def test_a_form_that_was_filled_in_says_what_could_have_been_typed() -> None:
    filled = read_form(fill(new_digest_form(), times="weekdays 8:30", topic="tariffs & <rain>"))
    assert filled.typed == "digest add weekdays 8:30 about tariffs & <rain> normal"
    assert (filled.channel, filled.thread) == ("C0NEWS", "1.5")


def test_another_channel_can_be_chosen() -> None:
    filled = read_form(fill(new_digest_form(), times="daily 7:00", channel="C0OTHER"))
    assert (filled.channel, filled.thread) == ("C0OTHER", None)


def test_a_choice_that_stands_for_nothing_says_nothing() -> None:
    filled = read_form(fill(new_source_form(), address="https://a.example/feed"))
    assert filled.typed == "source add https://a.example/feed"
    paged = fill(new_source_form(), address="https://a.example/", page={"value": "=as a page"})
    assert read_form(paged).typed == "source add https://a.example/ as a page"


def test_what_is_wrong_is_said_below_the_field_that_is_quoted() -> None:
    view = fill(new_digest_form(), times="sometimes", topic="tariffs")
    answer = refusal_under(view, "I do not know when `sometimes` is; say `weekdays 8:30`.")
    assert answer == {
        "response_action": "errors",
        "errors": {"times": "I do not know when sometimes is; say weekdays 8:30."},
    }
    assert list(refusal_under(view, "Only members may do that.")["errors"]) == ["times"]
