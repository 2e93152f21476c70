"""Names of hosts to addresses, on threads that a name server which does not answer holds up, and nobody else."""

import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread

from config import defaults

LookUp = Callable[[str], Sequence[str]]
"""Gives the addresses of a host's name, or raises socket.gaierror. It may block."""

_Queue = SimpleQueue[tuple[str, Future[Sequence[str]]] | None]


def look_up(host: str) -> list[str]:
    """The addresses that the system finds for a name."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return [str(sockaddr[0]) for *_, sockaddr in found]


class LookUps:
    """Looks names up, a limited number at a time.

    An ending process does not wait for these threads, as it would for those of an executor: a dead name server takes
    up to half a minute to be given up.
    """

    def __init__(self, look_up: LookUp) -> None:
        self._look_up = look_up
        self._wanted: _Queue = SimpleQueue()
        self._threads: list[Thread] = []

    def begin(self, host: str) -> Future[Sequence[str]]:
        """The addresses of the host, once they are found. Cancelled before its turn, it is not looked up."""
        found: Future[Sequence[str]] = Future()
        self._wanted.put((host, found))
        if len(self._threads) < defaults.LOOKUP_THREADS:
            thread = Thread(target=_work, args=(self._wanted, self._look_up), name="look-up", daemon=True)
            self._threads.append(thread)
            thread.start()
        return found

    def close(self) -> None:
        """Let the threads end when they have come to it."""
        for _ in self._threads:
            self._wanted.put(None)


def _work(wanted: _Queue, look_up: LookUp) -> None:
    while (next_one := wanted.get()) is not None:
        host, found = next_one
        if not found.set_running_or_notify_cancel():
            continue
        try:
            found.set_result(look_up(host))
        except (OSError, UnicodeError, RuntimeError) as fault:
            found.set_exception(fault)
