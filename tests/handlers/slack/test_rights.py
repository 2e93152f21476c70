"""Who may do what: members, guests, other organisations, administrators, now and not five minutes ago."""

import json
from pathlib import Path

import pytest

from bot.archive.subscriptions import list_subscriptions
from bot.desk.desk import Desk
from bot.news.article import LOCAL
from handlers.slack.people import Rules
from tests.handlers.slack.test_commands import choose, typed
from tests.slack.fake import FakeSlack
from tests.slack.newsroom import ALICE, BOB, NEWS, Newsroom, open_line
from tests.slack.reading import keys_in, words_in

ADD = "digest add weekdays 8:30 ferry"
REFUSED = "can change this"


def digests(room: Newsroom) -> int:
    return len(room.desks.archive.read_now(list_subscriptions, LOCAL))


OUTSIDERS: list[dict[str, object]] = [
    {"is_restricted": True},
    {"is_ultra_restricted": True},
    {"is_stranger": True},
    {"team": "T0OTHER"},
    {"is_bot": True},
    {"deleted": True},
]


async def test_guests_bots_and_people_of_other_organisations_ask_and_change_nothing(room: Newsroom) -> None:
    for who in OUTSIDERS:
        room.slack.add_user("U0OUT", "out", **who)  # type: ignore[arg-type]
        room.slack.channels[NEWS]["members"].append("U0OUT")
        room.line.people.forget(LOCAL)
        assert REFUSED in await typed(room, ADD, user="U0OUT")
    assert digests(room) == 0
    await room.slack.say(NEWS, "U0OUT", "<@U0BOT> What rate did the Bank of Norrland set?")
    await room.idle()
    assert "3.25%" in words_in(room.said()[-1])


async def test_people_of_other_organisations_press_buttons_and_change_nothing(
    room: Newsroom,
) -> None:
    await typed(room, ADD)
    await typed(room, "digest preview 1")
    preview = room.whispered()[-1]
    room.slack.log.append({**preview, "type": "message", "team": "T0FAKE", "bot_id": "B0FAKE", "ts": "1700000000.5"})
    room.slack.teams["T0OTHER"] = {"id": "T0OTHER", "name": "Other", "domain": "other"}
    room.slack.add_user("U0OUT", "out", team="T0OTHER")
    room.slack.channels[NEWS]["members"].append("U0OUT")
    keys = keys_in(preview)
    for label, shown in (("Mute this story", REFUSED), ("More on this", "")):
        room.slack.channels[NEWS]["team"] = "T0OTHER"  # under whose name it may be handed in
        await room.slack.click(NEWS, "1700000000.5", user="U0OUT", **keys[label])
        room.slack.channels[NEWS]["team"] = "T0FAKE"
        await room.idle()
        assert shown in words_in(room.whispered("U0OUT")[-1])


async def test_a_setting_leaves_channels_to_administrators(slack: FakeSlack, desk: Desk, folder: Path) -> None:
    async with open_line(slack, desk, folder, rules=Rules(channels_by="admins")) as room:
        refused = await typed(room, ADD)
        assert "Workspace Admin" in refused and digests(room) == 0
        slack.users[BOB]["is_admin"] = True
        await typed(room, ADD, user=BOB)
        assert digests(room) == 1


async def test_sources_are_for_administrators_unless_a_setting_lets_members(
    slack: FakeSlack, desk: Desk, folder: Path
) -> None:
    async with open_line(slack, desk, folder) as room:
        assert "can change what is followed" in await typed(room, "source remove Harbour Wire")
    async with open_line(slack, desk, folder, rules=Rules(sources_by="members")) as room:
        assert "can change what is followed" not in await typed(room, "source remove Harbour Wire")


async def test_a_button_asks_again_who_presses_it(room: Newsroom) -> None:
    await typed(room, ADD)
    room.slack.channels["C0OPEN"] = {**room.slack.channels[NEWS], "id": "C0OPEN", "members": [ALICE, "U0BOT"]}
    await typed(room, "digest add weekdays 8:30 ferry", channel="C0OPEN")
    await typed(room, "digest preview 2", channel="C0OPEN")
    preview = room.whispered()[-1]
    await room.slack.click("C0OPEN", preview["ts"], user=BOB, **keys_in(preview)["Mute this story"])
    await room.idle()
    assert REFUSED in words_in(room.whispered(BOB)[-1])  # Bob can see the channel, and is not in it


async def test_a_right_that_was_taken_away_ends_when_it_is_looked_up_again(room: Newsroom) -> None:
    await typed(room, ADD)
    room.slack.users[ALICE]["is_restricted"] = True
    room.line.people.forget(LOCAL)  # as it does after five minutes
    assert REFUSED in await typed(room, "digest remove 1")


async def test_where_slack_does_not_tell_who_somebody_is_they_may_ask_and_try_again_later(room: Newsroom) -> None:
    room.slack.fault("users.info", http=503, times=100)
    assert "Try again in a minute" in await typed(room, ADD)
    await room.slack.say(NEWS, ALICE, "<@U0BOT> What rate did the Bank of Norrland set?")
    await room.idle()
    assert "3.25%" in words_in(room.said()[-1])


@pytest.mark.parametrize("channel", ["C0OTHER", "C0SECRET"])
async def test_where_the_desk_is_no_member_it_says_how_it_is_let_in(room: Newsroom, channel: str) -> None:
    assert "/invite @newsbot" in await typed(room, ADD, channel=channel)
    assert digests(room) == 0


async def test_private_channels_are_named_to_nobody_who_is_not_in_them(room: Newsroom) -> None:
    room.slack.channels["C0SECRET"]["members"].append("U0BOT")
    await typed(room, "digest add weekdays 8:30 submarines", channel="C0SECRET")
    for user in (ALICE, BOB):
        await room.slack.open_home(user)
    await room.idle()
    assert "submarines" in words_in(room.slack.homes[ALICE])
    for shown in ("submarines", "C0SECRET"):
        assert shown not in json.dumps(room.slack.homes[BOB])
    assert "submarines" not in await typed(room, "digest list", user=BOB)
    with pytest.raises(LookupError):
        await choose(room, "nd1:home:digest:1", "nd1:home:digest:remove:1", user=BOB)


async def test_what_comes_to_somebody_directly_is_theirs_alone(room: Newsroom) -> None:
    here = room.slack.direct(ALICE)["id"]
    assert "submarines" in await typed(room, "digest add weekdays 8:30 submarines", channel=here)
    for user in (ALICE, BOB):
        await room.slack.open_home(user)
    await room.idle()
    assert "submarines" in words_in(room.slack.homes[ALICE])
    assert "submarines" not in words_in(room.slack.homes[BOB])
    assert "removed" in await typed(room, "digest remove 1", channel=here)


async def test_guests_see_on_app_home_only_the_channels_that_they_are_in(room: Newsroom) -> None:
    room.slack.channels["C0OTHER"]["members"].append("U0BOT")
    await typed(room, "digest add weekdays 8:30 submarines", channel="C0OTHER")
    room.slack.users[BOB]["is_restricted"] = True
    await room.slack.open_home(BOB)
    await room.idle()
    assert "submarines" not in json.dumps(room.slack.homes[BOB])
