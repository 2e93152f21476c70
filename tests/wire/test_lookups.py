"""Looking names up, whatever the name server does."""

import socket
import threading
from concurrent.futures import Future
from contextlib import closing

import pytest

from bot.wire.lookups import LookUps, look_up
from config import defaults


def test_the_system_knows_this_machine() -> None:
    assert set(look_up("localhost")) <= {"127.0.0.1", "::1"}


def test_faults_reach_whoever_asked_and_the_next_name_is_looked_up() -> None:
    def sometimes(host: str) -> list[str]:
        if host == "lost":
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return [host]

    with closing(LookUps(sometimes)) as lookups:
        for _ in range(2 * defaults.LOOKUP_THREADS):
            with pytest.raises(socket.gaierror):
                lookups.begin("lost").result(5)
            assert lookups.begin("8.8.8.8").result(5) == ["8.8.8.8"]


def test_a_limited_number_is_looked_up_at_once_and_nobody_waits_for_what_was_given_up() -> None:
    going, answered, asked = threading.Semaphore(0), threading.Event(), []

    def stuck(host: str) -> list[str]:
        asked.append(host)
        going.release()
        answered.wait(30)
        return [host]

    with closing(LookUps(stuck)) as lookups:
        found: list[Future] = [lookups.begin(str(n)) for n in range(defaults.LOOKUP_THREADS + 3)]
        for _ in range(defaults.LOOKUP_THREADS):
            assert going.acquire(timeout=5)
        assert len(asked) == defaults.LOOKUP_THREADS
        assert found[-1].cancel()
        answered.set()
        assert [future.result(5) for future in found[:-1]] == [[str(n)] for n in range(len(found) - 1)]
    assert str(len(found) - 1) not in asked
    assert all(thread.daemon for thread in threading.enumerate() if thread.name == "look-up")
