"""A town with a site of its own, which changes while a desk that is a process of its own reads it."""

import asyncio
import json
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from tests.desk.newsstand import Item, printed
from tests.flows.runs import command, run, surroundings
from tests.wire.web import Handler, Site, answer, serving

XML = "Content-Type: application/rss+xml"
PATIENCE_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Town:
    """The site, what it answers by path, and how a desk that may read it is called."""

    site: Site
    answers: dict[str, bytes]

    @property
    def settings(self) -> dict[str, str]:
        """The settings of a run that may read the site."""
        return {"NEWSDESK_ALLOW": f"127.0.0.1:{self.site.port}"}

    def prints(self, path: str, *items: Item, title: str = "Harbour Wire") -> str:
        """The address of a feed that lists these from now on."""
        self.answers[path] = answer(printed(self.site, items, title), XML)
        return self.site.address(path)

    def shows(self, path: str, html: str) -> str:
        """The address of a page."""
        self.answers[path] = answer(f"<html>{html}</html>", "Content-Type: text/html")
        return self.site.address(path)

    def source(self, data: Path, *arguments: str, piped: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        """The finished run of `newsdesk source …`."""
        return run(data, ["source", *arguments], piped=piped, **self.settings, **settings)

    def followed(self, data: Path) -> list[dict[str, Any]]:
        """What is followed, as programs are told."""
        done = self.source(data, "list", "--json")
        assert (done.returncode, done.stderr) == (0, "")
        return list(json.loads(done.stdout)["sources"])

    def names(self, data: Path) -> list[str]:
        return [source["name"] for source in self.followed(data)]


@contextmanager
def open_town(handler: Handler | None = None) -> Iterator[Town]:
    """A town whose site answers from another thread; the handler, where there is one, answers everything."""
    answers: dict[str, bytes] = {}
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    there = serving(handler or answers)
    site = asyncio.run_coroutine_threadsafe(there.__aenter__(), loop).result()
    try:
        yield Town(site=site, answers=answers)
    finally:
        asyncio.run_coroutine_threadsafe(there.__aexit__(None, None, None), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@dataclass(kw_only=True)
class Running:
    """A desk that runs as a process, where it says how it does, and what it said and showed by its end."""

    process: subprocess.Popen[str]
    place: str
    said: list[str] = field(default_factory=list)
    shown: str = ""

    def get(self, path: str) -> tuple[int, str]:
        """The status and the body of what it answers there."""
        try:
            with build_opener(ProxyHandler({})).open(f"http://{self.place}{path}", timeout=10) as found:
                return found.status, found.read().decode()
        except HTTPError as fault:
            return fault.code, fault.read().decode()

    def end(self, by: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Its exit status after the signal, and the seconds that it took to end."""
        began = monotonic()
        self.process.send_signal(by)
        shown, said = self.process.communicate(timeout=PATIENCE_SECONDS)
        self.shown += shown
        self.said += said.splitlines()
        return self.process.returncode, monotonic() - began


@contextmanager
def running(data: Path, settings: Mapping[str, str]) -> Iterator[Running]:
    """A desk that reads what is followed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    process = begin(data, ["run"], {**settings, "NEWSDESK_LISTEN": place})
    try:
        assert process.stdout
        line = process.stdout.readline()
        if not line:
            raise AssertionError(process.communicate()[1])
        assert line.endswith(f"; Ctrl-C stops it. How it does: http://{place}/healthz\n")
        yield Running(process=process, place=place)
    finally:
        process.kill()
        process.communicate()


def begin(data: Path, arguments: Sequence[str], settings: Mapping[str, str]) -> subprocess.Popen[str]:
    """A run that goes on."""
    return subprocess.Popen(
        command(data, *arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(**settings),
        text=True,
    )
