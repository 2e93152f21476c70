"""What may have arrived is looked up before anything else is done: nothing is lost, and nothing is there twice."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.archive.archive import Archive
from bot.archive.attempts import list_attempts
from bot.archive.closed import reopen_place
from bot.archive.deliveries import find_deliveries, list_held
from bot.archive.notices import untold_notices
from bot.archive.settling import it_was_posted, post_it
from bot.desk.outbox import Step
from bot.errors import ArchiveError, CannotSee, MaybePosted, NotPosted, PlaceClosed, PostError, SpaceClosed
from config import defaults
from tests.archive.owing import TEAM, claim, make_owed, make_place, states
from tests.desk.postroom import Ended, PostRoom, ScriptedPoster, open_post_room
from tests.makes import NOW

LEASE = defaults.LEASE_SECONDS
LOOKED_UP = LEASE + defaults.LOOKUP_AFTER_SECONDS
WORDS = "The ferry was late again."


def outcomes(archive: Archive, room: PostRoom) -> list[tuple[str, str]]:
    """The attempts at the only delivery."""
    return [(one.what, one.outcome) for one in archive.read_now(list_attempts, TEAM, room.found().id)]


async def test_what_arrived_without_an_answer_is_found_and_not_posted_again(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        room.poster.script["news"] = ["lost"]
        await room.owe(make_owed())
        assert await room.delivers() == [WORDS]
        await room.recovers(after=LOOKED_UP - 0.1)
        assert room.poster.looks == []
        await room.recovers(after=0.1)
        assert (room.found().state, room.found().receipt) == ("sent", "message 1")
        assert room.poster.looks == [(room.found().marker, NOW - timedelta(seconds=60))]
        assert await room.delivers() == []
        assert outcomes(archive, room) == [("post", "unknown"), ("look up", "sent")]


async def test_what_is_surely_not_there_is_posted_again_with_the_same_words_and_marker(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        room.poster.script["news"] = ["cut"]
        await room.owe(make_owed())
        marker = room.found().marker
        assert await room.delivers() == []
        await room.recovers(after=LOOKED_UP)
        assert [(one.payload, one.marker) for one in room.poster.posts] == [(WORDS, marker)]
        assert outcomes(archive, room) == [("post", "unknown"), ("look up", "absent"), ("post", "sent")]
        assert (room.found().state, room.found().unknown_since) == ("sent", None)


async def test_nothing_overtakes_what_may_have_arrived(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        room.poster.script["news"] = ["cut"]
        await room.owe(make_owed(payloads=("1", "2")), make_owed("b", payloads=("3",)))
        assert await room.delivers() == []
        await room.recovers(after=LOOKED_UP)
        assert room.poster.texts == ["1", "2", "3"]


BLIND: list[PostError] = [
    CannotSee("the right to read is missing."),
    NotPosted("slow down", retry_after=timedelta(seconds=20)),
    MaybePosted("the server failed."),
    PostError("a fault without a name."),
]


@pytest.mark.parametrize("fault", BLIND)
async def test_what_cannot_be_seen_stays_unknown_and_is_held_after_a_quarter_of_an_hour(
    archive: Archive, fault: PostError
) -> None:
    async with open_post_room(archive) as room:
        room.poster.script["news"] = ["lost"]
        room.poster.sees = [fault] * 100
        await room.owe(make_owed(), make_owed("next", payloads=("next",)))
        await room.delivers()
        since = room.at
        seen: list[float] = []
        while room.found().state == "unknown":
            await room.recovers(after=30)
            if len(room.poster.looks) > len(seen):
                seen.append((room.at - since).total_seconds())
        assert 900 <= seen[-1] <= 930 + defaults.LOOK_AGAIN_LONGEST_SECONDS
        assert len(seen) < 20
        assert room.found().state == "held"
        assert [one.key for one in archive.read_now(list_held, TEAM)] == ["alert:1:1:0"]
        (notice,) = archive.read_now(untold_notices, TEAM)
        assert notice.sentence == (
            f"Nobody knows whether the alert for news on chat has arrived: {fault} "
            "Look there, then say whether to post it again or that it was posted."
        )
        assert room.poster.texts == [WORDS, "next"], "the channel goes on"


@pytest.mark.parametrize(("say", "state", "texts"), [(post_it, "sent", [WORDS]), (it_was_posted, "sent", [])])
async def test_a_person_says_what_became_of_what_is_held(
    archive: Archive, say: Callable[..., bool], state: str, texts: list[str]
) -> None:
    async with open_post_room(archive) as room:
        room.poster.script["news"] = ["cut"]
        room.poster.sees = [CannotSee("the right to read is missing.")] * 100
        await room.owe(make_owed())
        await room.delivers()
        while room.found().state != "held":
            await room.recovers(after=60)
        id = room.found().id
        assert archive.write_now(say, TEAM, id, "U1", room.at)
        assert not archive.write_now(say, TEAM, id, "U1", room.at)
        assert await room.delivers() == texts
        assert room.found().state == state
        assert ("said", "absent" if texts else "sent") in outcomes(archive, room)


async def test_the_other_parts_wait_for_one_that_is_held(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        room.poster.script["news"] = ["cut"]
        room.poster.sees = [CannotSee("the right to read is missing.")] * 100
        await room.owe(make_owed(payloads=("1", "2")), make_owed("b", payloads=("3",)))
        await room.delivers()
        while states(archive)[0] == "unknown":
            assert room.poster.texts == []
            await room.recovers(after=60)
        assert states(archive) == ["held", "waiting"]
        assert room.poster.texts == ["3"]
        archive.write_now(reopen_place, make_place(), room.at)
        assert states(archive) == ["held", "waiting"]
        (held,) = archive.read_now(list_held, TEAM)
        archive.write_now(it_was_posted, TEAM, held.id, None, room.at)
        assert await room.delivers() == ["2"]


async def test_a_wish_to_be_left_alone_stops_the_look_ups_of_the_platform(archive: Archive) -> None:
    async with open_post_room(archive) as room:
        await room.owe(*(make_owed(f"key-{n}", make_place(f"channel-{n}")) for n in range(20)))
        for n in range(20):
            room.poster.script[f"channel-{n}"] = ["lost"]
        room.poster.sees = [NotPosted("slow down", retry_after=timedelta(seconds=60))] * 4
        await room.delivers()
        await room.recovers(after=LOOKED_UP)
        assert len(room.poster.looks) == defaults.LOOKUPS_AT_ONCE
        await room.recovers(after=59)
        assert len(room.poster.looks) == defaults.LOOKUPS_AT_ONCE
        for _ in range(6):
            await room.recovers(after=1)
        assert len(room.poster.posts) == 20
        assert len(room.told) == 20 + 4 + 20


@pytest.mark.parametrize("fault", [PlaceClosed("the channel is gone."), SpaceClosed("the token was revoked.")])
async def test_what_may_have_arrived_in_a_closed_place_waits_until_it_can_be_looked_up(
    archive: Archive, fault: PostError
) -> None:
    async with open_post_room(archive) as room:
        room.poster.script["news"] = ["lost"]
        room.poster.sees = [fault]
        await room.owe(make_owed(), make_owed("next", payloads=("next",)))
        await room.delivers()
        await room.recovers(after=LOOKED_UP)
        assert [room.found().state, *states(archive, "next")] == ["unknown", "waiting"]
        await room.recovers(after=86_400)
        assert room.found().state == "unknown"
        if isinstance(fault, PlaceClosed):
            archive.write_now(reopen_place, make_place(), room.at)
            await room.recovers()
            assert room.poster.texts == [WORDS, "next"]


async def test_where_markers_are_known_again_it_is_posted_again_at_once(archive: Archive) -> None:
    async with open_post_room(archive, ScriptedPoster(repost_seconds=60)) as room:
        room.poster.script["news"] = ["lost", "cut"]
        await room.owe(make_owed())
        await room.delivers()
        assert await room.delivers(after=0.9) == []
        await room.delivers(after=0.1)
        await room.delivers(after=2)
        assert room.found().state == "sent"
        assert (room.poster.tries, room.poster.texts, room.poster.looks) == ([WORDS] * 3, [WORDS], [])
        assert room.steps.count("reposted") == 1


@pytest.mark.parametrize("fault", [NotPosted("busy", retry_after=timedelta(seconds=50)), PlaceClosed("archived.")])
async def test_a_second_post_that_was_not_accepted_says_nothing_of_the_first(
    archive: Archive, fault: PostError
) -> None:
    async with open_post_room(archive, ScriptedPoster(repost_seconds=60)) as room:
        room.poster.script["news"] = ["lost", fault]
        await room.owe(make_owed())
        await room.delivers()
        await room.delivers(after=1)
        assert room.found().state == "unknown"
        archive.write_now(reopen_place, make_place(), room.at)
        await room.recovers(after=LOOKED_UP + 1)
        assert (room.found().state, room.poster.texts) == ("sent", [WORDS])
        assert len(room.poster.looks) == 1


async def test_what_is_posted_again_too_late_for_its_marker_is_looked_up_instead(archive: Archive) -> None:
    async with open_post_room(archive, ScriptedPoster(repost_seconds=60)) as room:
        room.poster.script["news"] = ["lost"]
        await room.owe(make_owed())
        await room.delivers()
        passes = room.passes

        def doze(step: Step) -> None:
            passes(step)
            if step == "claimed" and room.found().attempt == 2:
                room.at += timedelta(seconds=15)

        room.passes = doze  # type: ignore[method-assign]
        await room.delivers(after=39)
        assert room.found().state == "unknown"
        assert await room.delivers(after=5) == []
        await room.recovers(after=LOOKED_UP)
        assert (room.found().state, room.poster.texts) == ("sent", [WORDS])


SENDING: list[Step] = ["claimed", "reply read", "mid settle", "settled"]
RECOVERING: list[Step] = ["before lookup", "after lookup", "reposted"]


@pytest.mark.parametrize("step", [*SENDING, *RECOVERING])
@pytest.mark.parametrize("repost_seconds", [0, 60])
async def test_whatever_the_step_at_which_the_process_ends_it_arrives_once(
    archive: Archive, step: Step, repost_seconds: float, database_url: str | None
) -> None:
    poster = ScriptedPoster(repost_seconds=repost_seconds)
    poster.script["news"] = ["lost"] if step in RECOVERING else []
    with pytest.raises(BaseExceptionGroup) as ended:
        async with open_post_room(archive, poster) as room:
            await room.owe(make_owed(payloads=("1", "2")))
            room.end_at = step
            await room.delivers()
            for seconds in (1, 2, 5, LOOKED_UP):
                await room.delivers(after=seconds)
                await room.recovers()
            raise Ended("it was never passed")
    assert ended.group_contains(Ended)
    async with open_post_room(archive, poster) as room:
        room.at = NOW + timedelta(seconds=2 * LOOKED_UP)
        began = room.at
        await room.recoverer.start()
        while states(archive) != ["sent", "sent"]:
            await room.delivers(after=5)
            await room.recovers()
            assert (room.at - began).total_seconds() <= (35 if database_url is None else 80)
    assert poster.texts == ["1", "2"]


async def test_every_step_is_one_at_which_a_process_was_ended_here() -> None:
    assert {*SENDING, *RECOVERING} == set(get_args(Step))


class Forgetful(Archive):
    """An archive whose answers get lost: what it did is kept, and nobody is told."""

    losing: set[str]
    gone: int = 0

    async def write(self, fn: Callable[..., Any], *args: Any, **named: Any) -> Any:
        found = await super().write(fn, *args, **named)
        name = fn.__name__.strip("_")
        if name in self.losing:
            self.losing.discard(name)
            raise ArchiveError("cannot reach the server.")
        return found


@pytest.fixture
def forgetful(archive: Archive, data_dir: Path, database_url: str | None) -> Any:
    archive.close()
    opened = Forgetful.open(data_dir, database_url)
    opened.losing = set()
    yield opened
    opened.close()


@pytest.mark.parametrize("lost", ["claim_due", "settle"])
async def test_a_commit_whose_answer_was_lost_is_read_again(forgetful: Forgetful, lost: str) -> None:
    async with open_post_room(forgetful) as room:
        await room.owe(make_owed(payloads=("1", "2")))
        forgetful.losing = {lost}
        await room.delivers()
        assert room.poster.texts == ["1", "2"]
        assert states(forgetful) == ["sent", "sent"]
        assert not forgetful.losing


async def test_two_desks_on_one_database_never_send_the_same_nor_two_in_a_channel(
    postgres_url: str, tmp_path: Path
) -> None:
    poster = ScriptedPoster()
    with Archive.open(tmp_path / "one", postgres_url) as one, Archive.open(tmp_path / "two", postgres_url) as two:
        async with open_post_room(one, poster) as here, open_post_room(two, poster) as there:
            owed = [make_owed(f"key-{n}", make_place(f"channel-{n % 12}"), payloads=(f"{n:03}",)) for n in range(120)]
            await here.owe(*owed)

            async def work(room: PostRoom) -> None:
                while len(poster.posts) < len(owed):
                    await room.delivers()

            await asyncio.gather(work(here), work(there))
            assert sorted(poster.tries) == [f"{n:03}" for n in range(120)]
            for n in range(12):
                texts = [post.payload for post in poster.posts if post.place.channel == f"channel-{n}"]
                assert texts == sorted(texts)
            assert here.told
            assert there.told


async def test_a_desk_that_comes_later_takes_only_what_has_lost_its_owner(postgres_url: str, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "one", postgres_url) as one, Archive.open(tmp_path / "two", postgres_url) as two:
        async with open_post_room(two) as there:
            await there.owe(make_owed())
            claim(one)
            assert await there.recoverer.start() == 0
            await there.recovers(after=LEASE - 1)
            assert states(two) == ["sending"]
            await there.recovers(after=1)
            assert states(two) == ["unknown"]
            await there.recovers(after=defaults.LOOKUP_AFTER_SECONDS)
            assert states(two) == ["sent"]


async def test_on_sqlite_what_was_under_way_is_known_fifteen_seconds_after_a_start(data_dir: Path) -> None:
    with Archive.open(data_dir) as archive:
        async with open_post_room(archive) as room:
            await room.owe(make_owed())
            claim(archive)
            assert await room.recoverer.start() == 1
            await room.recovers(after=defaults.RESTART_SECONDS - 1)
            assert states(archive) == ["unknown"]
            await room.recovers(after=1)
            assert states(archive) == ["sent"]
            (delivery,) = archive.read_now(find_deliveries, TEAM, "alert:1:1:0")
            assert outcomes(archive, room) == [("post", "unknown"), ("look up", "absent"), ("post", "sent")]
            assert delivery.attempt == 2
