"""One request at a time goes to a host."""

from bot.desk.hosts import Hosts
from config import defaults


def test_requests_to_one_host_queue_and_others_do_not_wait_for_them() -> None:
    now = [100.0]
    hosts = Hosts(gap_seconds=1.0, clock=lambda: now[0])
    assert [hosts.queue("one.example") for _ in range(3)] == [0.0, 1.0, 2.0]
    assert hosts.queue("two.example") == 0.0
    now[0] += 2.5
    assert hosts.queue("one.example") == 0.5
    now[0] += 60
    assert hosts.queue("one.example") == 0.0


def test_a_queue_that_is_too_long_turns_requests_away() -> None:
    hosts = Hosts(gap_seconds=defaults.HOST_QUEUE_SECONDS, clock=lambda: 0.0)
    assert [hosts.queue("one.example") for _ in range(3)] == [0.0, defaults.HOST_QUEUE_SECONDS, None]
