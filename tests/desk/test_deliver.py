"""What is due is posted: once, in order, never early, and no place waits for another."""

import asyncio
from datetime import timedelta
from itertools import pairwise
from typing import cast

import pytest

from bot.archive.archive import Archive
from bot.archive.attempts import list_attempts
from bot.archive.closed import reopen_place, reopen_space
from bot.archive.deliveries import drop_pending
from bot.archive.notices import untold_notices
from bot.errors import CannotSee, MaybePosted, NotPosted, PlaceClosed, PostError, PostRefused, SpaceClosed
from bot.news.article import Space
from config import defaults
from tests.archive.owing import SECOND, TEAM, make_owed, make_place, states
from tests.desk.postroom import ScriptedPoster, open_post_room
from tests.makes import NOW


async def test_what_is_due_is_posted_as_it_was_frozen_and_kept_as_sent(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        await room.owe(make_owed(payloads=("frozen words",)))
        assert await room.delivers() == ["frozen words"]
        sent = room.found()
        (posted,) = room.poster.posts
        assert (sent.state, sent.receipt, sent.marker) == ("sent", posted.receipt, posted.marker)
        assert room.steps == ["claimed", "reply read", "mid settle", "settled", "claimed"]
        assert [one.state for one in room.told] == ["sent"]
        assert await room.delivers() == []


async def test_nothing_is_posted_before_it_is_due(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        await room.owe(make_owed(due=NOW + 60 * SECOND))
        assert await room.delivers(after=59.9) == []
        assert await room.delivers(after=0.1) == ["The ferry was late again."]


async def test_parts_and_briefings_of_a_channel_follow_each_other_in_order(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        await room.owe(make_owed("later", payloads=("4",)))
        await room.owe(make_owed("first", due=NOW - SECOND, payloads=("1", "2", "3")))
        assert await room.delivers() == ["1", "2", "3", "4"]


async def test_channels_are_served_at_the_same_time(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        await room.owe(*(make_owed(f"key-{n}", make_place(f"channel-{n}")) for n in range(50)))
        assert len(await room.delivers()) == 50
        assert room.poster.most_at_once > 10


async def test_a_place_that_does_not_answer_holds_up_no_other(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        room.poster.script["slow"] = ["hang"]
        await room.owe(make_owed("slow", make_place("slow"), payloads=("slow 1", "slow 2")))
        await room.owe(*(make_owed(f"key-{n}", make_place("quick")) for n in range(3)))
        delivering = asyncio.create_task(room.deliverer.deliver_due())
        async with asyncio.timeout(20):
            while len(room.poster.posts) < 3:
                await asyncio.wait([delivering], timeout=0.01)
        assert states(archive, "slow") == ["sending", "pending"]
        room.poster.go.set()
        await delivering
        assert room.poster.texts[3:] == ["slow 1", "slow 2"]


FAULTS: list[tuple[PostError, str, str]] = [
    (NotPosted("the name could not be looked up."), "pending", "not posted"),
    (NotPosted("too many at once.", retry_after=timedelta(seconds=7)), "pending", "not posted"),
    (MaybePosted("the server failed."), "unknown", "unknown"),
    (PostRefused("it is too long."), "dead", "refused"),
    (PlaceClosed("the channel is archived."), "waiting", "closed"),
    (SpaceClosed("the token was revoked."), "waiting", "closed"),
    (CannotSee("a fault that no post should have."), "unknown", "unknown"),
    (PostError("a fault without a name."), "unknown", "unknown"),
]


@pytest.mark.parametrize(("fault", "state", "outcome"), FAULTS)
async def test_the_kind_of_fault_says_what_becomes_of_a_delivery(
    archive: Archive, fault: PostError, state: str, outcome: str
) -> None:
    async with open_post_room(archive) as room:
        room.poster.script["news"] = [fault]
        await room.owe(make_owed())
        assert await room.delivers() == []
        found = room.found()
        assert (found.state, found.fault) == (state, str(fault))
        (attempt,) = archive.read_now(list_attempts, TEAM, found.id)
        assert (attempt.outcome, attempt.fault) == (outcome, str(fault))


async def test_what_was_not_accepted_is_posted_again_each_time_later(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        room.poster.script["news"] = [NotPosted("refused") for _ in range(12)]
        await room.owe(make_owed())
        waits = []
        while not room.poster.posts:
            await room.delivers()
            waits.append((room.found().not_before - room.at).total_seconds())
            room.at = max(room.at, room.found().not_before)
        assert waits[:9] == [1, 2, 4, 8, 16, 32, 64, 128, 256]
        assert waits[9:12] == [300, 300, 300]
        assert len(set(room.poster.tries)) == 1


async def test_a_platforms_wish_to_be_left_alone_is_followed_in_that_place_only(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        room.poster.script["busy"] = [NotPosted("slow down", retry_after=timedelta(seconds=30))]
        await room.owe(make_owed("a", make_place("busy"), payloads=("busy 1", "busy 2")))
        await room.owe(make_owed("b", make_place("quiet"), payloads=("quiet",)))
        assert await room.delivers() == ["quiet"]
        assert await room.delivers(after=29.9) == []
        assert await room.delivers(after=0.2) == ["busy 1", "busy 2"]


async def test_a_platform_that_wants_to_be_left_alone_everywhere_is(archive: Archive) -> None:
    async with open_post_room(archive, others=[ScriptedPoster(platform="other")]) as room:
        wish = NotPosted("slow down", retry_after=timedelta(seconds=30), everywhere=True)
        room.poster.script["busy"] = [wish]
        await room.owe(make_owed("a", make_place("busy")))
        await room.delivers()
        await room.owe(make_owed("b", make_place("quiet")), make_owed("c", make_place(platform="other")))
        assert await room.delivers(after=29.9) == []
        assert states(archive, "c") == ["sent"]
        assert len(await room.delivers(after=0.2)) == 2


async def test_a_wish_to_be_left_alone_for_ever_is_not_followed(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        room.poster.script["news"] = [NotPosted("slow down", retry_after=timedelta(days=9_999))]
        await room.owe(make_owed())
        await room.delivers()
        assert await room.delivers(after=defaults.LEFT_ALONE_SECONDS) == ["The ferry was late again."]


class Hurried(asyncio.SelectorEventLoop):
    """A loop whose time can be made to skip."""

    skipped = 0.0

    def time(self) -> float:
        return super().time() + self.skipped


def test_no_answer_for_twenty_seconds_leaves_it_unknown(archive: Archive) -> None:
    async def run() -> None:
        async with open_post_room(archive) as room:
            room.poster.script["news"] = ["hang"]
            await room.owe(make_owed())
            delivering = asyncio.create_task(room.deliverer.deliver_due())
            while not room.poster.tries:
                await asyncio.wait([delivering], timeout=0.01)
            loop.skipped += defaults.SEND_SECONDS - 1
            await asyncio.wait([delivering], timeout=0.05)
            assert not delivering.done()
            loop.skipped += 1
            await delivering
            assert (room.found().state, room.found().fault) == ("unknown", "chat did not answer within 20 seconds.")

    with asyncio.Runner(loop_factory=Hurried) as runner:
        loop = cast(Hurried, runner.get_loop())
        runner.run(run())


async def test_a_machine_that_slept_since_the_claim_posts_nothing(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        await room.owe(make_owed())
        passes = room.passes

        def sleep_once(step: str) -> None:
            passes(step)  # type: ignore[arg-type]
            if step == "claimed" and room.steps.count("claimed") == 1:
                room.at += timedelta(seconds=defaults.SEND_GUARD_SECONDS + 0.1)

        room.passes = sleep_once  # type: ignore[method-assign]
        assert await room.delivers() == ["The ferry was late again."]
        found = room.found()
        outcomes = [one.outcome for one in archive.read_now(list_attempts, TEAM, found.id)]
        assert outcomes == ["given back", "sent"]
        assert found.attempt == 1, "what was given back was never tried"


async def test_a_closed_channel_keeps_what_is_owed_until_it_is_open_again(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        room.poster.script["news"] = [PlaceClosed("the channel is archived.")]
        await room.owe(make_owed("a", payloads=("1", "2")), make_owed("b", payloads=("3",)))
        await room.owe(make_owed("elsewhere", make_place("open"), payloads=("open",)))
        assert await room.delivers() == ["open"]
        await room.owe(make_owed("c", payloads=("4",)))
        assert await room.delivers(after=3600) == []
        assert [states(archive, key) for key in "abc"] == [["waiting", "waiting"], ["waiting"], ["waiting"]]
        assert room.poster.tries.count("1") == 1
        (notice,) = archive.read_now(untold_notices, TEAM)
        assert notice.sentence == (
            "Nothing can be posted in news on chat: the channel is archived. What is due there waits."
        )
        assert archive.write_now(reopen_place, make_place(), room.at)
        assert await room.delivers() == ["1", "2", "3", "4"]


async def test_a_closed_space_waits_as_a_whole_and_goes_on_without_loss(archive: Archive) -> None:
    async with open_post_room(archive, others=[ScriptedPoster(platform="other")]) as room:
        room.poster.script["a"] = [SpaceClosed("the token was revoked.")]
        await room.owe(make_owed("a", make_place("a"), payloads=("a",)))
        assert await room.delivers() == []
        await room.owe(make_owed("b", make_place("b"), payloads=("b",)))
        foreign = make_place("b", Space("others"))
        await room.owe(make_owed("c", foreign, payloads=("c",)), make_owed("d", make_place(platform="other")))
        assert await room.delivers() == ["c"]
        assert states(archive, "d") == ["sent"]
        (notice,) = archive.read_now(untold_notices, TEAM)
        assert notice.to is None
        assert archive.write_now(reopen_space, "chat", TEAM, room.at)
        assert sorted(await room.delivers()) == ["a", "b"]


async def test_what_is_refused_is_given_up_with_a_notice_and_the_rest_goes_on(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        room.poster.script["news"] = [PostRefused("it has too many blocks.")]
        await room.owe(make_owed(payloads=("1", "2")))
        assert await room.delivers() == ["2"]
        assert states(archive) == ["dead", "sent"]
        (notice,) = archive.read_now(untold_notices, TEAM)
        assert "it has too many blocks." in notice.sentence


async def test_posts_in_a_channel_keep_their_distance(archive: Archive) -> None:
    async with open_post_room(archive, ScriptedPoster(channel_seconds=1.0)) as room:
        await room.owe(make_owed(payloads=("1", "2", "3")), make_owed("b", make_place("other"), payloads=("b",)))
        assert sorted(await room.delivers()) == ["1", "b"]
        assert await room.delivers(after=0.9) == []
        assert await room.delivers(after=0.1) == ["2"]
        assert await room.delivers(after=5) == ["3"]


async def test_the_desk_looks_by_itself_when_a_channel_is_free_again(archive: Archive) -> None:
    async with open_post_room(archive, ScriptedPoster(channel_seconds=0.1)) as room:
        began = asyncio.get_running_loop().time()
        room.monotonic = lambda: asyncio.get_running_loop().time() - began  # type: ignore[method-assign]
        room.clock = lambda: NOW + timedelta(seconds=room.monotonic())  # type: ignore[method-assign]
        await room.owe(make_owed(payloads=("1", "2", "3")))
        await room.deliverer.begin_due()
        async with asyncio.timeout(20):
            while len(room.told) < 3:
                await asyncio.wait([asyncio.create_task(asyncio.Event().wait())], timeout=0.02)
        times = [one.attempt.ended for one in room.told]
        assert all(late - early >= 0.1 * SECOND for early, late in pairwise(times))


async def test_posts_begin_as_fast_as_the_platform_takes_them_in_handfuls(archive: Archive) -> None:
    async with open_post_room(archive, ScriptedPoster(posts_a_second=50)) as room:
        await room.owe(*(make_owed(f"key-{n}", make_place(f"channel-{n}")) for n in range(40)))
        sent = [len(await room.delivers(after)) for after in (0, 0.05, 0.06, 0.1, 0.15, 5.0)]
        assert sent == [10, 0, 5, 5, 8, 10]


async def test_a_platform_that_takes_few_gets_two_at_most(archive: Archive) -> None:
    async with open_post_room(archive, ScriptedPoster(posts_a_second=5)) as room:
        await room.owe(*(make_owed(f"key-{n}", make_place(f"channel-{n}")) for n in range(9)))
        sent = [len(await room.delivers(after)) for after in (0, 0.1, 0.15, 0.3, 5.0)]
        assert sent == [2, 0, 1, 1, 2]


async def test_what_is_overtaken_before_it_goes_out_is_never_posted(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        await room.owe(make_owed("old", payloads=("old",)), make_owed("new", payloads=("new",)))
        assert archive.write_now(drop_pending, TEAM, "old", NOW)
        assert await room.delivers() == ["new"]


async def test_whoever_is_told_to_stop_claims_nothing_more_and_settles_what_is_under_way(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        room.poster.script["news"] = ["hang"]
        await room.owe(make_owed(payloads=("1", "2")))
        await room.deliverer.begin_due()
        await room.deliverer.stop()
        room.poster.go.set()
        assert await room.delivers() == ["1"]
        assert states(archive) == ["sent", "pending"]


async def test_who_looks_for_what_is_due_may_be_broken_off_and_what_was_claimed_is_posted(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        await room.owe(make_owed())
        looking = asyncio.create_task(room.deliverer.begin_due())
        await asyncio.wait([looking], timeout=0.001)
        looking.cancel()
        await room.deliverer.stop()
        await room.delivers()
        assert (states(archive), room.poster.texts) == (["sent"], ["The ferry was late again."])
