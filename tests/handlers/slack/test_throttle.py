"""How fast a workspace is asked: as fast as Slack allows, kept to by all together."""

from datetime import timedelta

import pytest

from bot.errors import NotPosted
from bot.news.article import Space
from config import defaults
from handlers.slack.throttle import Throttle

HERE, THERE = Space("slack-T1"), Space("slack-T2")
POST, LOOK = "chat.postMessage", "conversations.history"


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def read(self) -> float:
        return self.now


@pytest.fixture
def time() -> Seconds:
    return Seconds()


async def test_so_many_lookups_a_minute_and_the_next_is_put_off(time: Seconds) -> None:
    throttle = Throttle(time.read)
    for _ in range(defaults.SLACK_LOOKUPS_A_MINUTE):
        await throttle.turn(HERE, LOOK)
    time.now = 20.0
    with pytest.raises(NotPosted) as raised:
        await throttle.turn(HERE, LOOK)
    assert raised.value.retry_after == timedelta(seconds=40)
    await throttle.turn(THERE, LOOK)
    await throttle.turn(HERE, "conversations.replies")
    time.now = 60.0
    await throttle.turn(HERE, LOOK)


async def test_one_post_a_second_in_a_channel_and_others_do_not_wait(time: Seconds) -> None:
    throttle = Throttle(time.read)
    for _ in range(2):
        await throttle.turn(HERE, POST, "C1")
        await throttle.turn(HERE, POST, "C2")
        await throttle.turn(THERE, POST, "C1")
        time.now += 1.0


async def test_a_crowded_channel_puts_off_whoever_comes_last(time: Seconds) -> None:
    throttle = Throttle(time.read)
    await throttle.turn(HERE, POST, "C1")
    time.now = 0.999
    await throttle.turn(HERE, POST, "C1")  # its turn is in a millisecond
    time.now = 0.0
    with pytest.raises(NotPosted):
        throttle.leave_alone(HERE, POST, timedelta(seconds=10))
        await throttle.turn(HERE, POST, "C3")


async def test_whoever_is_to_be_left_alone_is_for_an_hour_at_most(time: Seconds) -> None:
    throttle = Throttle(time.read)
    throttle.leave_alone(HERE, POST, timedelta(days=3))
    time.now = defaults.LEFT_ALONE_SECONDS + 1.0
    await throttle.turn(HERE, POST, "C1")
