"""What becomes of a channel, or of a whole workspace: what is owed waits, somebody is told once, and it goes on."""

from dataclasses import replace

import pytest

from bot.archive.closed import closed_in, list_closed
from bot.archive.notices import untold_notices
from bot.news.article import LOCAL
from bot.news.place import Place
from bot.news.source import Notice
from tests.desk.paper import NOW
from tests.handlers.slack.test_commands import typed
from tests.slack.newsroom import ALICE, NEWS, Newsroom
from tests.slack.reading import words_in

HERE = Place(platform="slack", space=LOCAL, channel=NEWS)


def is_closed(room: Newsroom, place: Place = HERE) -> bool:
    return room.desks.archive.read_now(closed_in, LOCAL)(place)


async def test_a_channel_from_which_the_desk_is_removed_is_closed_until_it_is_invited_again(room: Newsroom) -> None:
    await typed(room, "digest add weekdays 8:30 ferry")
    await room.slack.kick(NEWS)
    await room.idle()
    assert is_closed(room)
    (notice,) = room.desks.archive.read_now(untold_notices, LOCAL)
    assert notice.to == ALICE
    await room.slack.invite(NEWS)
    await room.idle()
    assert not is_closed(room)


async def test_an_archived_channel_is_closed_until_it_is_taken_out_again(room: Newsroom) -> None:
    await room.slack.shelve(NEWS)
    await room.idle()
    assert is_closed(room)
    await room.slack.shelve(NEWS, archived=False)
    await room.idle()
    assert not is_closed(room)


async def test_a_channel_that_is_gone_is_closed(room: Newsroom) -> None:
    kinds = ("channel_deleted", "group_deleted", "group_left", "group_archive")
    for number, kind in enumerate(kinds):
        await room.slack.event({"type": kind, "channel": f"C{number}"})
    await room.idle()
    for number, _ in enumerate(kinds):
        assert is_closed(room, replace(HERE, channel=f"C{number}"))


async def test_a_channel_with_a_new_name_of_slacks_keeps_what_comes_there(room: Newsroom) -> None:
    await typed(room, "digest add weekdays 8:30 ferry")
    await room.slack.rename_id(NEWS, "C1NEWS")
    await room.idle()
    assert "ferry" in await typed(room, "digest list", channel="C1NEWS")


async def test_an_uninstalled_app_closes_the_workspace_and_its_operator_is_told_once(room: Newsroom) -> None:
    await room.slack.uninstall()
    await room.idle()
    assert is_closed(room)
    (notice,) = room.desks.archive.read_now(untold_notices, LOCAL)
    assert notice.to is None


async def test_a_token_that_died_unseen_closes_the_workspace_when_it_is_used(room: Newsroom) -> None:
    room.slack.set_token_error("xoxb-fake", "token_revoked")
    await room.slack.say(NEWS, ALICE, "<@U0BOT> What rate did the Bank of Norrland set?")
    await room.idle()
    ((place, reason),) = room.desks.archive.read_now(list_closed, LOCAL)
    assert place.channel == "" and "token_revoked" in reason


async def test_the_token_of_somebody_else_changes_nothing(room: Newsroom) -> None:
    await room.slack.event({"type": "tokens_revoked", "tokens": {"oauth": [ALICE], "bot": []}})
    await room.idle()
    assert not is_closed(room)


async def test_whom_a_notice_is_for_is_told_directly_and_nobody_is_called_by_it(room: Newsroom) -> None:
    notice = Notice(space=LOCAL, key="k", to=ALICE, sentence="“<!channel>” is no longer read.", made=NOW)
    assert await room.line.tell(notice)
    (told,) = room.said(room.slack.direct(ALICE)["id"])
    assert "is no longer read" in words_in(told) and told["_pings"] == []


@pytest.mark.parametrize("to", [None, "123456789012345678"])
async def test_a_notice_for_somebody_elsewhere_is_left_to_others(room: Newsroom, to: str | None) -> None:
    assert not await room.line.tell(Notice(space=LOCAL, key="k", to=to, sentence="Gone.", made=NOW))
