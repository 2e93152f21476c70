"""What is due in Slack, posted by the line: whole, in order, and kept while the desk is put out."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.archive.closed import list_closed
from bot.archive.deliveries import find_deliveries, owe_delivery
from bot.desk.deliver import Deliverer
from bot.desk.desk import Desk
from bot.desk.outbox import Outbox
from bot.news.article import LOCAL
from bot.news.delivery import Owed
from bot.news.digest import PlainNotice
from bot.news.place import Place
from tests.desk.paper import NOW, ZONE
from tests.slack.fake import FakeSlack
from tests.slack.newsroom import NEWS, Newsroom, open_line
from tests.slack.reading import words_in
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
