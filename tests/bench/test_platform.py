"""The platform that misbehaves does so as it should, and always alike for one seed."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import time
from typing import Any, TypeVar

import pytest

from bench.haste import Haste
from bench.platform.gate import Drawn, Faults, Gate, Trouble
from bench.platform.layout import Layout, channel_of, space_of
from bench.platform.platform import Message, Platform, Request
from bench.platform.poster import DirectLine, FakePoster
from bench.platform.process import running_platform
from bench.platform.rules import DISCORD_LIKE, FORGETFUL, SLACK_LIKE, Rules
from bench.platform.server import HttpLine, read_message, read_request, write_message, write_request
from bench.platform.tally import count_posts
from bench.simulation.loop import MadeUpLoop
from bot.errors import CannotSee, MaybePosted, NotPosted, PlaceClosed, PostError, PostRefused, SpaceClosed
from bot.news.article import Space
from bot.news.delivery import Delivery, DeliveryId
from bot.news.place import Place

T = TypeVar("T")
START = datetime(2026, 3, 2, 8, tzinfo=UTC)
HERE = Place(platform="slack", space=Space(space_of(0)), channel=channel_of(0, 0))
ELSEWHERE = Place(platform="slack", space=Space(space_of(0)), channel=channel_of(1, 0))
QUIET = Faults(seed=1, share=0.0)
LAYOUT = Layout(rules=DISCORD_LIKE, spaces=2, each=2, faults=QUIET)
LONG_AGO = START - timedelta(hours=1)
A_WHILE = 200.0


class Troubled(Gate):
    """The first post meets the trouble, and nothing else does."""

    def __init__(self, platform: Platform, trouble: Trouble) -> None:
        super().__init__(platform, QUIET)
        self._coming = [trouble]

    def draw(self, request: Request) -> Drawn:
        drawn = super().draw(request)
        return replace(drawn, trouble=self._coming.pop(), there=3.0, back=3.0) if self._coming else drawn


class Scene:
    """A platform of two Spaces, its poster, and a made-up clock."""

    def __init__(self, rules: Rules = SLACK_LIKE, trouble: Trouble = "none") -> None:
        self.loop = MadeUpLoop()
        self.platform = Platform(rules, LAYOUT.channels(), self.now)
        self.poster = FakePoster(rules=rules, line=DirectLine(Troubled(self.platform, trouble)))

    def now(self) -> datetime:
        return START + timedelta(seconds=self.loop.time())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def post(self, marker: str = "m", place: Place = HERE, text: str = "news") -> str:
        return self.run(self.poster.post(place, text, marker))

    def find(self, marker: str = "m", place: Place = HERE, since: datetime = LONG_AGO) -> str | None:
        return self.run(self.poster.find(place, marker, since))

    def wait(self, seconds: float) -> None:
        self.loop.let_pass(seconds)


def test_what_was_posted_is_found_by_its_marker_once_it_is_shown() -> None:
    scene = Scene()
    receipt = scene.post()
    assert scene.find() is None
    scene.wait(5)
    assert scene.find() == receipt
    assert scene.find("another") is None
    assert scene.find(since=scene.now()) is None
    assert scene.find(place=replace(HERE, thread="t")) is None


def test_a_history_of_many_pages_is_read_to_its_end() -> None:
    scene = Scene()
    for number in range(45):
        scene.post(f"m{number}")
        scene.wait(1)
    scene.wait(5)
    assert scene.find("m44")
    assert scene.find("m0")
    assert scene.find("m45") is None


@pytest.mark.parametrize(
    ("trouble", "fault", "arrives"),
    [
        ("unreachable", NotPosted, False),
        ("limited", NotPosted, False),
        ("fault before", MaybePosted, False),
        ("fault after", MaybePosted, True),
        ("cut before", MaybePosted, False),
        ("cut after", MaybePosted, True),
        ("late", None, True),
        ("slow", None, True),
    ],
)
def test_every_trouble_says_as_much_as_can_be_known(
    trouble: Trouble, fault: type[PostError] | None, arrives: bool
) -> None:
    scene = Scene(trouble=trouble)
    if fault is None:
        scene.post()
    else:
        with pytest.raises(fault):
            scene.post()
    assert scene.platform.counts() == ({"m": 1} if arrives else {})


def test_what_was_sent_arrives_though_its_sender_gave_up() -> None:
    scene = Scene(trouble="late")
    with pytest.raises(TimeoutError):
        scene.run(asyncio.wait_for(scene.poster.post(HERE, "news", "m"), 1.0))
    assert scene.platform.counts() == {}
    scene.wait(5)
    assert scene.platform.counts() == {"m": 1}


def test_a_sender_that_ends_before_all_was_written_has_sent_nothing() -> None:
    for step, arrives in {"before connect": 0, "half written": 0, "written": 1, "replied": 1}.items():
        scene = Scene()

        def end_at(passed: str, step: str = step) -> None:
            if passed == step:
                raise KeyError(step)

        poster = replace(scene.poster, line=DirectLine(Gate(scene.platform, QUIET), end_at))
        with pytest.raises(KeyError):
            scene.run(poster.post(HERE, "news", "m"))
        assert len(scene.platform.messages) == (step == "replied")
        scene.wait(10)
        assert len(scene.platform.messages) == arrives


def test_a_marker_that_is_remembered_is_posted_once_for_a_while() -> None:
    scene = Scene(DISCORD_LIKE)
    first = scene.post()
    scene.wait(scene.poster.repost_seconds)
    assert scene.post() == first
    scene.platform.delete(first)
    assert scene.post() == first
    assert scene.find() is None
    scene.wait(A_WHILE)
    assert scene.post() != first
    assert scene.platform.counts() == {"m": 2}


@pytest.mark.parametrize("rules", [SLACK_LIKE, FORGETFUL])
def test_a_platform_that_does_not_remember_posts_twice(rules: Rules) -> None:
    scene = Scene(rules)
    assert scene.poster.repost_seconds == 0
    scene.post()
    scene.wait(1)
    scene.post()
    assert scene.platform.counts() == {"m": 2}


@pytest.mark.parametrize("rules", [SLACK_LIKE, DISCORD_LIKE])
def test_nobody_is_told_that_nothing_is_there_who_may_not_look(rules: Rules) -> None:
    scene = Scene(rules)
    scene.platform.channels[HERE.channel].may_read = False
    with pytest.raises(CannotSee):
        scene.find()


def test_closed_channels_revoked_tokens_and_long_texts_are_refused() -> None:
    scene = Scene()
    with pytest.raises(PostRefused):
        scene.post(text="x" * 2_001)
    scene.platform.channels[HERE.channel].is_open = False
    with pytest.raises(PlaceClosed):
        scene.post()
    scene.platform.revoked.add(HERE.space)
    with pytest.raises(SpaceClosed):
        scene.post()
    assert scene.platform.messages == []


def test_a_channel_takes_one_post_a_second_in_the_long_run() -> None:
    scene = Scene()
    taken, end = 0, scene.now() + timedelta(seconds=30)
    while scene.now() < end:
        try:
            scene.post(f"m{taken}")
            taken += 1
        except NotPosted as fault:
            assert fault.retry_after
            scene.wait(fault.retry_after.total_seconds())
    assert 25 <= taken <= 33


def test_the_token_of_one_space_reaches_no_other_where_each_has_its_own() -> None:
    with pytest.raises(PlaceClosed):
        Scene(SLACK_LIKE).post(place=ELSEWHERE)
    assert Scene(DISCORD_LIKE).post(place=ELSEWHERE)


def test_the_same_seed_gives_the_same_faults_in_whatever_order() -> None:
    platform = Platform(SLACK_LIKE, {}, lambda: START)
    asked = [Request(ask="post", space="s", channel="c", marker=f"m{number % 40}") for number in range(200)]
    one, other = (Gate(platform, Faults(seed=4, share=0.3)) for _ in range(2))
    drawn = [(request.marker, one.draw(request).trouble) for request in asked]
    turned = [(request.marker, other.draw(request).trouble) for request in sorted(asked, key=lambda r: r.marker)]
    assert sorted(drawn) == sorted(turned)
    assert 30 < sum(trouble != "none" for _marker, trouble in drawn) < 90


def make_delivery(marker: str, *, part: int = 1, due: datetime = START, channel: str = HERE.channel) -> Delivery:
    return Delivery(
        id=DeliveryId(1), place=replace(HERE, channel=channel), cause="digest", key="k", part=part, parts=2,
        marker=marker, payload="news", state="sent", owed=START, due=due, not_before=due, attempt=1,
        first_attempt=due, lease_token=None, lease_until=None, unknown_since=None, receipt=None, settled=None,
        fault=None,
    )  # fmt: skip


def make_message(marker: str, *, channel: str = HERE.channel, text: str = "news", at: datetime = START) -> Message:
    return Message(receipt="r", channel=channel, thread=None, marker=marker, text=text, at=at)


def test_whatever_is_wrong_is_counted_under_its_name() -> None:
    channels = LAYOUT.channels()
    later = START + timedelta(seconds=1)
    one, two = make_delivery("one", part=1), make_delivery("two", part=2)
    tallies = {
        "lost": count_posts([one], [], channels),
        "doubled": count_posts([one], [make_message("one")] * 2, channels),
        "early": count_posts([make_delivery("one", due=later)], [make_message("one")], channels),
        "foreign": count_posts([one], [make_message("one", channel=channel_of(0, 1))], channels),
        "stray": count_posts([], [make_message("one")], channels),
        "disordered": count_posts([one, two], [make_message("two"), make_message("one")], channels),
        "pinging": count_posts([one], [make_message("one", text="hello @everyone")], channels),
    }
    for name, tally in tallies.items():
        assert not tally.is_sound
        assert tally.said().startswith(f"1 {name}: "), tally
    abroad = make_delivery("one", channel=ELSEWHERE.channel)
    assert count_posts([abroad], [make_message("one", channel=ELSEWHERE.channel)], channels).foreign == ("one",)
    assert count_posts([one, two], [make_message("one"), make_message("two")], channels).is_sound


def test_requests_and_messages_come_over_the_line_as_they_were() -> None:
    request = Request(ask="history", space="s", channel="c", thread="t", marker="m", since=START, cursor=3)
    assert read_request(write_request(request)) == request
    assert read_message(write_message(make_message("m"))) == make_message("m")


async def test_a_platform_of_its_own_process_answers_as_the_one_in_here() -> None:
    with running_platform(LAYOUT, Haste(start=START, began=time(), times=1)) as platform:
        async with HttpLine(platform.port) as line:
            poster = FakePoster(rules=LAYOUT.rules, line=line)
            receipt = await poster.post(HERE, "news", "m")
            assert await poster.post(HERE, "news", "m") == receipt
            assert await poster.find(HERE, "m", LONG_AGO) == receipt
            with pytest.raises(PostRefused):
                await poster.post(HERE, "", "empty")
        assert [message.marker for message in platform.messages()] == ["m"]
    with pytest.raises(NotPosted):
        async with HttpLine(platform.port) as line:
            await FakePoster(rules=LAYOUT.rules, line=line).post(HERE, "news", "m")
