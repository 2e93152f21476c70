"""The manifest keeps to Slack's limits and asks for no more than is used; the doctor says what is missing."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.news.article import LOCAL
from bot.news.diagnosis import Diagnosis, Health
from bot.news.place import Place
from handlers.slack.doctor import examine_slack
from handlers.slack.manifest import COMMANDS, SCOPES, Reached, write_manifest
from tests.slack.fake import FakeSlack
from tests.slack.newsroom import access_to, wall_clock
from tests.slack.world import BOT_TOKEN

ADDRESS = "https://desk.example"


def addresses(found: Any) -> list[str]:
    """Every address of ours that stands in it."""
    if isinstance(found, dict):
        return [one for value in found.values() for one in addresses(value)]
    if isinstance(found, list):
        return [one for value in found for one in addresses(value)]
    return [found] if isinstance(found, str) and found.startswith(ADDRESS) else []


@pytest.mark.parametrize("is_socket", [True, False])
@pytest.mark.parametrize("is_shared", [True, False])
def test_the_manifest_is_within_slacks_limits(is_socket: bool, is_shared: bool) -> None:
    made = write_manifest(Reached(public_url=ADDRESS, is_socket=is_socket, is_shared=is_shared))
    shown = made["display_information"]
    assert len(shown["name"]) <= 35 and len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    features = made["features"]
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert len(features["slash_commands"]) == len(COMMANDS) <= 50
    assert all(len(one["command"]) <= 32 and len(one["description"]) <= 2000 for one in features["slash_commands"])
    assert len(made["settings"]["event_subscriptions"]["bot_events"]) <= 100
    assert json.loads(json.dumps(made)) == made


def test_by_a_socket_no_address_is_named_and_by_http_every_one() -> None:
    assert addresses(write_manifest(Reached(public_url=ADDRESS))) == []
    by_http = addresses(write_manifest(Reached(public_url=ADDRESS, is_socket=False)))
    assert set(by_http) == {f"{ADDRESS}/slack/events"} and len(by_http) == len(COMMANDS) + 2
    shared = write_manifest(Reached(public_url=ADDRESS, is_shared=True))
    assert shared["oauth_config"]["redirect_urls"] == [f"{ADDRESS}/slack/oauth_redirect"]


def test_agents_can_be_left_out() -> None:
    assert "agent_view" not in write_manifest(Reached(has_agents=False))["features"]


def test_what_may_be_read_or_written_is_no_more_than_what_is_used() -> None:
    assert not {scope for scope in SCOPES if scope.startswith(("admin", "users:read.email", "chat:write.public"))}


async def look(slack: FakeSlack, **changed: Any) -> dict[Health, str]:
    """What the doctor says, by how it was found."""
    places = [Place(platform="slack", space=LOCAL, channel=one) for one in changed.pop("channels", ("C0NEWS",))]
    now = wall_clock() + changed.pop("off", timedelta())
    found: list[Diagnosis] = await examine_slack(replace(access_to(slack), **changed), places, now)
    return {health: " ".join(one.sentence for one in found if one.health is health) for health in Health}


async def test_all_is_well_with_the_manifest_as_it_is(slack: FakeSlack) -> None:
    slack.tokens[BOT_TOKEN]["scopes"] = sorted(SCOPES)
    said = await look(slack)
    assert said[Health.BAD] == said[Health.WARN] == ""
    for part in ("@newsbot in Fake Team", "all that it needs", "clock agrees", "a socket can be opened"):
        assert part in said[Health.OK]


async def test_what_the_app_lacks_is_named_with_what_it_is_for(slack: FakeSlack) -> None:
    slack.tokens[BOT_TOKEN]["scopes"] = sorted(set(SCOPES) - {"chat:write"})
    said = await look(slack)
    assert "the app lacks chat:write (to post)" in said[Health.BAD] and "newsdesk slack manifest" in said[Health.BAD]
    slack.tokens[BOT_TOKEN]["scopes"] = sorted(set(SCOPES) - {"files:write"})
    said = await look(slack)
    assert said[Health.BAD] == "" and "files:write" in said[Health.WARN]


async def test_wrong_tokens_a_wrong_clock_and_channels_without_the_desk_are_found(slack: FakeSlack) -> None:
    slack.tokens[BOT_TOKEN]["scopes"] = sorted(SCOPES)
    said = await look(slack, bot_token="xoxb-wrong", app_token="xapp-wrong")
    assert "NEWSDESK_SLACK_BOT_TOKEN" in said[Health.BAD] and "NEWSDESK_SLACK_APP_TOKEN" in said[Health.BAD]
    assert "wrong" not in said[Health.BAD]
    assert "7 min off" in (await look(slack, off=timedelta(minutes=7)))[Health.BAD]
    said = await look(slack, channels=("C0NEWS", "C0OTHER", "C0SECRET"))
    assert "#other, C0SECRET" in said[Health.WARN] and "/invite @newsbot" in said[Health.WARN]
