"""Sites that are slow, endless, garbled or gone in the middle: each is stopped, named, and leaves nothing open."""

import asyncio
import gzip
import json
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from bot.errors import SourceError
from bot.wire.fetch import Fetched, Fetcher, Limits
from bot.wire.guard import Guard
from config import defaults
from tests.wire.web import NOW, Asked, Handler, answer, fetch, moved, serving

ROOT = Path(__file__).parents[2]
FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Coast Daily</title></channel></rss>'
QUICK = Limits(seconds=0.6, connect_seconds=0.3, silence_seconds=0.3)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
MEASURED_READINGS = """
import asyncio, json, re, sys
from pathlib import Path
from datetime import UTC, datetime
from bot.errors import SourceError
from bot.wire.fetch import Fetcher
from bot.wire.guard import Guard

def grown_to():
    # The most memory it ever held. What getrusage says of a child begins with what its parent held.
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

async def read(place, *paths):
    async with Fetcher(Guard([place])) as fetcher:
        for path in paths:
            try:
                got = len((await fetcher.fetch(f"http://{place}{path}", now=datetime.now(UTC))).data)
            except SourceError as refused:
                got = refused.code
            if path == paths[0]:
                before = grown_to()
            print(json.dumps([path, got, grown_to() - before]))

asyncio.run(read(*sys.argv[1:]))
"""


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.0 200 OK\r\n\r\n" + FEED,
        b"HTTP/1.1 200 OK\r\n\r\n" + FEED,
        b"HTTP/1.1 200\r\nContent-Length: %d\r\n\r\n" % len(FEED) + FEED,
        b"HTTP/1.1 200 OK\nContent-Length: %d\n\n" % len(FEED) + FEED,
        CHUNKED + b"%x\r\n" % len(FEED) + FEED + b"\r\n0\r\n\r\n",
        CHUNKED + b"%X;a=b\r\n" % len(FEED) + FEED + b"\r\n0\r\nX-Trailer: 1\r\n\r\n",
        CHUNKED + b"".join(b"1\r\n%c\r\n" % byte for byte in FEED) + b"0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + answer(FEED),
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + answer(FEED),
        answer(FEED, "X: " + "a" * 60_000),
        answer(FEED, *["X: a"] * 200),
        answer(FEED, "Set-Cookie: \x01=;;;=", "ETag: \u00fc", "Content-Type: \u00fc"),
        answer(gzip.compress(FEED), "Content-Encoding: gzip"),
        answer(gzip.compress(FEED)),
        answer(FEED, "Content-Encoding: gzip"),
        answer(gzip.compress(zlib.compress(FEED)), "Content-Encoding: deflate", "Content-Encoding: gzip"),
    ],
    ids=range(16),
)
async def test_what_can_be_understood_is_read(said: bytes) -> None:
    async with serving(said) as site:
        fetched = await fetch(site)
        assert isinstance(fetched, Fetched)
        assert fetched.data == FEED


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (answer(FEED, length=len(FEED) + 1), "F10"),
        (answer(FEED, length=len(FEED) - 1), "F14"),
        (answer("", length=500), "F10"),
        (answer(FEED, length=-1), "F14"),
        (answer(FEED, "Content-Length: 7"), "F14"),
        (answer(FEED, "Transfer-Encoding: chunked"), "F14"),
        (answer(gzip.compress(FEED)[:-9], "Content-Encoding: gzip"), "F10"),
        (answer(b"\x1f\x8b\x08garbage", "Content-Encoding: gzip"), "F14"),
        (answer(b"\x8b\x02\x80", "Content-Encoding: br"), "F14"),
        (CHUNKED + b"5\r\nhello\r\n", "F10"),
        (CHUNKED + b"ffffff\r\nhello", "F10"),
        (CHUNKED + b"5\r\nhello\r\nzz\r\n", "F14"),
        (CHUNKED + b"-5\r\nhello\r\n", "F14"),
        (CHUNKED + b"fffffffffffffffffffff\r\nhello\r\n", "F14"),
        (FEED, "F14"),
        (b"\0" * 100, "F14"),
        (b"SSH-2.0-OpenSSH_9.9\r\n", "F14"),
        (b"HTTP/2 200 OK\r\n\r\n", "F14"),
        (b"HTTP/1.1 abc OK\r\n\r\n", "F14"),
        (b"HTTP/1.1 200 " + b"O" * 100_000, "F14"),
        (b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n", "F14"),
        (b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "F14"),
        (answer(FEED, "X: " + "a" * 5_000_000), "F14"),
        (answer(FEED, "X" * 5_000_000 + ": a"), "F14"),
        (answer(FEED, *["X: a"] * 100_000), "F14"),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "F14"),
        (answer(FEED, status="206 Partial Content"), "F14"),
    ],
    ids=range(27),
)
async def test_what_is_garbled_or_cut_off_is_named(said: bytes, code: str) -> None:
    async with serving(said) as site:
        with pytest.raises(SourceError, match=r"127\.0\.0\.1") as refused:
            await fetch(site, limits=Limits(silence_seconds=2))
        assert refused.value.code == code
        await asyncio.wait_for(site.idle.wait(), 5)


def slow_sites() -> dict[str, Handler]:
    async def says_nothing(asked: Asked) -> None:
        await asked.gone()

    async def drips_its_head(asked: Asked) -> None:
        await asked.drip(answer(FEED, "X: " + "a" * 5000), step=1, seconds=0.01)

    async def drips_its_body(asked: Asked) -> None:
        await asked.say(answer("", length=5000))
        await asked.drip(b"a" * 5000, step=1, seconds=0.01)

    async def stops_in_the_middle(asked: Asked) -> None:
        await asked.say(answer(FEED, length=5000))
        await asked.gone()

    async def always_continues(asked: Asked) -> None:
        await asked.drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 500, step=25, seconds=0.01)

    async def redirects_slowly(asked: Asked) -> None:
        await asked.drip(moved(f"{asked.target}x"), step=10, seconds=0.02)

    async def drips_behind_a_redirect(asked: Asked) -> None:
        redirect = b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n" + b"a" * 500_000
        await asked.say(redirect if asked.target == "/feed" else answer("", length=5000))
        await asked.drip(b"a" * 5000, step=1, seconds=0.01)

    return {handler.__name__: handler for handler in (
        says_nothing, drips_its_head, drips_its_body, stops_in_the_middle, always_continues, redirects_slowly,
        drips_behind_a_redirect,
    )}  # fmt: skip


@pytest.mark.parametrize("kind", slow_sites())
async def test_a_site_that_takes_for_ever_is_left_in_time(kind: str) -> None:
    async with serving(slow_sites()[kind]) as site:
        started = time.monotonic()
        with pytest.raises(SourceError, match=r"127\.0\.0\.1 was too slow \(limit 0\.6 s\)") as refused:
            await fetch(site, limits=QUICK)
        assert refused.value.code == "F13"
        assert time.monotonic() - started < 2
        await asyncio.wait_for(site.idle.wait(), 5)


async def test_a_slow_site_holds_up_no_other() -> None:
    async with serving(slow_sites()["drips_its_body"]) as slow, serving(answer(FEED)) as site:
        async with Fetcher(Guard([slow.place, site.place]), limits=QUICK) as fetcher:
            waiting = [asyncio.create_task(fetcher.fetch(slow.address(), now=NOW)) for _ in range(20)]
            while slow.accepted < 20:
                await fetcher.fetch(site.address(), now=NOW)
            assert not any(task.done() for task in waiting)
            ended = await asyncio.gather(*waiting, return_exceptions=True)
        assert {fault.code for fault in ended if isinstance(fault, SourceError)} == {"F13"}
        await asyncio.wait_for(slow.idle.wait(), 5)


@pytest.mark.parametrize("kind", ["says_nothing", "drips_its_head", "drips_its_body", "stops_in_the_middle"])
async def test_a_reading_that_is_cancelled_leaves_nothing_open(kind: str) -> None:
    async with serving(slow_sites()[kind]) as site, Fetcher(Guard([site.place])) as fetcher:
        reading = asyncio.create_task(fetcher.fetch(site.address(), now=NOW))
        while not site.asked:
            await asyncio.wait({reading}, timeout=0.01)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        await asyncio.wait_for(site.idle.wait(), 5)
        assert site.accepted == 1


async def test_two_readings_at_once_do_not_mix() -> None:
    async def echo(asked: Asked) -> None:
        await asked.drip(answer(asked.target), step=20, seconds=0.001)

    async with serving(echo) as site, Fetcher(Guard([site.place])) as fetcher:
        paths = [f"/{n}" for n in range(60)]
        fetched = await asyncio.gather(*(fetcher.fetch(site.address(path), now=NOW) for path in paths))
        assert [one.data.decode() for one in fetched if isinstance(one, Fetched)] == paths


@pytest.mark.parametrize("length", [defaults.PAGE_BYTES + 1, 10**15])
async def test_an_answer_that_says_it_is_too_large_is_not_read(length: int) -> None:
    async with serving(answer(FEED, length=length)) as site:
        with pytest.raises(SourceError, match=r"127\.0\.0\.1 is larger than 10 MB") as refused:
            await fetch(site)
        assert refused.value.code == "F12"


async def test_the_largest_answer_is_read_whole() -> None:
    body = b"<" + b"a" * (defaults.PAGE_BYTES - 1)
    async with serving({"/plain": answer(body), "/packed": answer(gzip.compress(body, 1))}) as site:
        for path in ("/plain", "/packed"):
            fetched = await fetch(site, path)
            assert isinstance(fetched, Fetched)
            assert len(fetched.data) == defaults.PAGE_BYTES


@pytest.mark.skipif(sys.platform != "linux", reason="the memory that a process held is read from /proc")
async def test_what_never_ends_or_bursts_takes_little_memory() -> None:
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    bomb = head + (packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)) * 1000  # a gigabyte
    answers = {
        "/small": answer(FEED),
        "/bomb": answer(bomb, "Content-Encoding: gzip"),
        "/unsaid": answer(bomb),
        "/nested": answer(gzip.compress(gzip.compress(bomb)), "Content-Encoding: gzip"),
        "/members": answer(gzip.compress(bytes(1 << 20)) * 1024, "Content-Encoding: gzip"),
        "/deflate": answer(zlib.compress(bytes(100 << 20)), "Content-Encoding: deflate"),
        "/header": answer(FEED, "X: " + "a" * 100_000_000),
        "/large": answer(b"<" + b"a" * (defaults.PAGE_BYTES - 1)),
        "/packed": answer(gzip.compress(b"<" + b"a" * (defaults.PAGE_BYTES - 1))),
    }

    async def serve(asked: Asked) -> None:
        await asked.say(answers.get(asked.target, b"HTTP/1.1 200 OK\r\n\r\n"))
        while asked.target == "/endless" and not asked.writer.is_closing():
            await asked.say(b"<" * 100_000)

    async with serving(serve) as site:
        readings = await _measured(site.port, *answers, "/endless")
    assert {path: got for path, got, _ in readings} == {
        **dict.fromkeys(("/bomb", "/unsaid", "/nested", "/members", "/deflate", "/endless"), "F12"),
        **dict.fromkeys(("/large", "/packed"), defaults.PAGE_BYTES),
        "/header": "F14",
        "/small": len(FEED),
    }
    assert max(grown_mb for _, _, grown_mb in readings) <= 64


async def _measured(port: int, *paths: str) -> list[tuple[str, object, float]]:
    """What a process of its own gets from there, and by how many MB that makes it grow."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", MEASURED_READINGS, f"127.0.0.1:{port}", *paths, cwd=ROOT, stdout=subprocess.PIPE
    )
    printed, _ = await process.communicate()
    return [json.loads(line) for line in printed.splitlines()]
