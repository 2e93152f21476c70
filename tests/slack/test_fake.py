"""The fake Slack is as strict as Slack: what it would refuse is refused, and whom a message would call is seen."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.block_rules import check_message, check_view
from tests.slack.fake import FakeSlack
from tests.slack.markup import pings, typed
from tests.slack.world import BOT_TOKEN


def section(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


@pytest.mark.parametrize(
    "blocks",
    [
        [section("x" * 3001)],
        [section("")],
        [section("x")] * 51,
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        [{"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11}],
        [{"type": "section", "text": {"type": "mrkdwn", "text": "x"}, "block_id": "a"}] * 2,
        [{"type": "unheard of"}],
        [{"type": "table", "rows": [[]]}] * 2,
    ],
)
def test_blocks_that_slack_refuses_are_refused(blocks: list[dict[str, object]]) -> None:
    assert check_message(blocks) != []
    assert check_message([section("x")]) == []


def test_views_that_slack_refuses_are_refused() -> None:
    title = {"type": "plain_text", "text": "Ask"}
    element = {"type": "plain_text_input", "action_id": "value"}
    asks = {"type": "input", "block_id": "a", "label": title, "element": element}
    assert check_view({"type": "modal", "title": title, "submit": title, "blocks": [asks]}) == []
    assert check_view({"type": "modal", "title": title, "blocks": [asks]}) != []
    assert check_view({"type": "modal", "title": {"type": "plain_text", "text": "x" * 25}, "blocks": []}) != []
    assert check_view({"type": "home", "blocks": [section("x")] * 101}) != []


def test_whom_a_message_would_call_is_seen_wherever_it_stands() -> None:
    assert pings({"text": "<!channel> <@U1> <!subteam^S1|x>"}) == ["channel", "U1", "subteam^S1"]
    assert pings({"blocks": [section("<!here>")]}) == ["here"]
    assert pings({"text": "@channel", "link_names": True}) == ["channel"]
    assert pings({"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "<!here>"}}]}) == []
    assert pings({"text": "&lt;!channel&gt; @channel"}) == []


def test_what_people_type_arrives_escaped_and_marked_up() -> None:
    assert typed("a < b & <@U1> https://a.org/?x=1&y=2") == "a &lt; b &amp; <@U1> <https://a.org/?x=1&amp;y=2>"


async def test_tokens_channels_and_limits_are_looked_at() -> None:
    async with FakeSlack(limits=True) as slack:
        client = AsyncWebClient(token=BOT_TOKEN, base_url=slack.api_url)
        refused = {"C0OTHER": "not_in_channel", "C0SECRET": "channel_not_found", "C0OLD": "is_archived"}
        for channel, code in refused.items():
            with pytest.raises(SlackApiError, match=code):
                await client.chat_postMessage(channel=channel, text="x")
        await client.chat_postMessage(channel="C0NEWS", text="x")
        with pytest.raises(SlackApiError, match="ratelimited"):
            await client.chat_postMessage(channel="C0NEWS", text="y")
        slack.set_token_error(BOT_TOKEN, "token_revoked")
        with pytest.raises(SlackApiError, match="token_revoked"):
            await client.auth_test()


async def test_arguments_of_reading_calls_are_not_taken_from_json() -> None:
    async with FakeSlack() as slack:
        client = AsyncWebClient(token=BOT_TOKEN, base_url=slack.api_url)
        with pytest.raises(SlackApiError, match="user_not_found"):
            await client.api_call("users.info", json={"user": "U0ALICE"})
        assert (await client.users_info(user="U0ALICE"))["user"]["name"] == "alice"
