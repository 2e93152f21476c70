"""What is due in Slack, posted by the line: whole, in order, and kept while the desk is put out."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.archive.articles import changes_after
from bot.archive.closed import list_closed
from bot.archive.deliveries import find_deliveries, owe_delivery
from bot.archive.mutes import muted_stories
from bot.archive.subscriptions import list_subscriptions
from bot.desk.deliver import Deliverer
from bot.desk.desk import Desk
from bot.desk.digest import preview_digest
from bot.desk.outbox import Outbox
from bot.news.article import LOCAL
from bot.news.delivery import Owed
from bot.news.digest import Dispatch, PlainNotice
from bot.news.place import Place
from bot.news.story import StoryId
from tests.desk.paper import NOW, ZONE
from tests.handlers.console.dispatch_makes import make_alert
from tests.handlers.slack.test_commands import typed
from tests.slack.fake import FakeSlack
from tests.slack.newsroom import ALICE, BOB, NEWS, Newsroom, open_line
from tests.slack.reading import keys_in, words_in
from tests.slack.world import BOT_TOKEN

HERE = Place(platform="slack", space=LOCAL, channel=NEWS)
KEY = "digest:1:2025-04-24:18:00"


def owe(room: Newsroom, parts: int) -> None:
    """Let a digest of so many parts be owed there."""
    said = [PlainNotice(sentence=f"Part {number}.") for number in range(1, parts + 1)]
    payloads = tuple(payload for one in said for payload in room.line.poster.render(one, ZONE))
    owed = Owed(place=HERE, cause="digest", key=KEY, payloads=payloads, due=NOW)
    assert room.desks.archive.write_now(owe_delivery, owed, NOW)


async def deliver(room: Newsroom) -> None:
    """Post what is due; a moment later in each turn, as a channel takes one message a second."""
    async with asyncio.TaskGroup() as tasks:
        outbox = Outbox(
            archive=room.desks.archive,
            posters={"slack": room.line.poster},
            tasks=tasks,
            clock=room.desks.clock,
            monotonic=lambda: (room.desks.at_now - NOW).total_seconds(),
        )
        deliverer = Deliverer(outbox)
        for _ in range(4):
            room.desks.at_now += timedelta(seconds=2)
            await deliverer.deliver_due()
        await deliverer.stop()


def states(room: Newsroom) -> list[str]:
    return [one.state for one in room.desks.archive.read_now(find_deliveries, LOCAL, KEY)]


async def test_a_digest_in_parts_stands_in_one_thread(room: Newsroom) -> None:
    owe(room, 3)
    await deliver(room)
    first, second, third = room.said()
    assert [words_in(one) for one in (first, second, third)] == ["Part 1.", "Part 2.", "Part 3."]
    assert second["thread_ts"] == third["thread_ts"] == first["ts"]


async def test_a_token_that_dies_in_mid_digest_loses_nothing_and_doubles_nothing(
    slack: FakeSlack, desk: Desk, folder: Path
) -> None:
    async with open_line(slack, desk, folder) as room:
        owe(room, 3)
        dying = asyncio.create_task(slack.until(lambda: room.said()))
        dying.add_done_callback(lambda _: slack.set_token_error(BOT_TOKEN, "token_revoked"))
        await deliver(room)
        assert states(room) == ["sent", "waiting", "waiting"]
        assert [place.channel for place, _ in desk.archive.read_now(list_closed, LOCAL)] == [""]
        at = room.desks.at_now
    slack.set_token_error(BOT_TOKEN, "")
    async with open_line(slack, desk, folder) as room:
        room.desks.at_now = at
        await deliver(room)
        assert states(room) == ["sent"] * 3
        assert [words_in(one) for one in room.said()] == ["Part 1.", "Part 2.", "Part 3."]


async def test_a_channel_that_puts_the_desk_out_keeps_what_is_due_until_it_is_invited(room: Newsroom) -> None:
    owe(room, 1)
    await room.slack.kick(NEWS)
    await room.idle()
    await deliver(room)
    assert states(room) == ["waiting"] and room.said() == []
    await room.slack.invite(NEWS)
    await room.idle()
    await deliver(room)
    assert states(room) == ["sent"]


async def posted(room: Newsroom, dispatch: Dispatch) -> dict[str, Any]:
    """The first message in which it stands in the channel."""
    before = len(room.said())
    for number, payload in enumerate(room.line.poster.render(dispatch, ZONE)):
        await room.line.poster.post(HERE, payload, f"mark{number}")
    return room.said()[before]


async def press(room: Newsroom, message: dict[str, Any], label: str, user: str) -> str:
    """What whoever presses it is shown alone; nothing where all see it."""
    before = len(room.whispered(user))
    await room.slack.click(NEWS, message["ts"], user=user, **keys_in(message)[label])
    await room.idle()
    return "\n".join(map(words_in, room.whispered(user)[before:]))


async def test_the_buttons_of_a_digest_tell_more_for_all_and_mute_for_the_channel(room: Newsroom) -> None:
    await typed(room, "digest add weekdays 8:30 ferry")
    (subscription,) = room.desks.archive.read_now(list_subscriptions, LOCAL)
    digest = await posted(room, await preview_digest(room.desks.archive, subscription, NOW))
    assert await press(room, digest, "More on this", BOB) == ""
    more = room.said()[-1]
    assert more["thread_ts"] == digest["ts"] and "Buses to replace" in words_in(more)
    assert "hears no more of this story" in await press(room, digest, "Mute this story", BOB)
    assert len(room.desks.archive.read_now(muted_stories, LOCAL, [StoryId(1), StoryId(2), StoryId(3)])) == 1


async def test_the_buttons_of_an_alert_say_why_it_came_and_hear_what_was_of_use(room: Newsroom) -> None:
    await typed(room, "watch add ferry")
    (article, *_) = [
        one for one in room.desks.archive.read_now(changes_after, LOCAL, 0, 100) if "ferry" in one.article.title.lower()
    ]
    made = make_alert()
    cited = replace(made.citations[0], article_id=article.article.id, version=article.article.version)
    alert = await posted(room, replace(made, watch=1, story=StoryId(1), citations=(cited,)))
    assert article.article.title in await press(room, alert, "Why this", BOB)
    assert "brings more of the like" in await press(room, alert, "Helpful", BOB)
    assert "brings less of the like" in await press(room, alert, "Not helpful", ALICE)
    room.slack.users[BOB]["is_restricted"] = True
    room.line.people.forget(LOCAL)
    assert "can change this" in await press(room, alert, "Mute this story", BOB)
    assert "hears no more of this story" in await press(room, alert, "Mute this story", ALICE)
