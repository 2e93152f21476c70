"""The server of a farm, on loopback only: feeds, pages, front pages, and what a measuring program asks for."""

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import asdict, astuple, replace

from aiohttp import web

from bench.clock import Clock
from bench.farm.farm import Answer, Farm
from bench.farm.faults import make_hostile

_DRIP_SECONDS = 0.5
_HTML = "text/html"


@asynccontextmanager
async def serving(farm: Farm, clock: Clock, port: int = 0) -> AsyncIterator[None]:
    """While in it, the farm answers. Port 0 takes a free one, which farm.port gives. Needs Linux."""
    farm.feed(0)  # makes the vocabulary, for which no reader should have to wait
    if farm.rates.hostile:
        make_hostile()
    listening = _listen(port)
    farm.port = listening.getsockname()[1]
    runner = web.AppRunner(_make_app(farm, clock), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.SockSite(runner, listening, backlog=1024).start()
        yield
    finally:
        await runner.cleanup()
        listening.close()


@contextmanager
def serving_aside(farm: Farm, clock: Clock) -> Iterator[None]:
    """The same on a thread, for programs that wait for other processes meanwhile."""
    started, ended = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with serving(farm, clock):
            started.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), name="farm")
    thread.start()
    try:
        while not started.wait(0.05):
            if not thread.is_alive():
                raise RuntimeError("the feed farm did not start")
        yield
    finally:
        if thread.is_alive():
            loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()


def _listen(port: int) -> socket.socket:
    """A socket that hears every address of 127.0.0.0/8 and nothing from outside."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo")
    listening.bind(("0.0.0.0", port))
    return listening


def _make_app(farm: Farm, clock: Clock) -> web.Application:
    app = web.Application()

    async def feed(request: web.Request) -> web.StreamResponse:
        number, minute = int(request.match_info["feed"]), farm.minute
        asked = request.headers
        answer = farm.answer(number, minute, asked.get("If-None-Match"), asked.get("If-Modified-Since"))
        if answer.delay_seconds:
            await asyncio.sleep(answer.delay_seconds)
        farm.note(number, minute, answer)
        return await _send(request, answer)

    async def page(request: web.Request) -> web.Response:
        body = farm.page(int(request.match_info["feed"]), int(request.match_info["piece"]), farm.minute)
        if body is None:
            raise web.HTTPNotFound
        return web.Response(body=body, content_type=_HTML, charset="utf-8")

    async def site(request: web.Request) -> web.Response:
        body = farm.front(int(request.match_info["feed"]), farm.minute)
        return web.Response(body=body, content_type=_HTML, charset="utf-8")

    async def set_clock(request: web.Request) -> web.Response:
        asked = request.query
        if "minute" in asked:
            clock.set(float(asked["minute"]), float(asked.get("pace", "0")))
        return web.json_response({"minute": clock(), "answered": len(farm.served)})

    async def set_rates(request: web.Request) -> web.Response:
        farm.rates = replace(farm.rates, **{name: float(share) for name, share in request.query.items()})
        return web.json_response(asdict(farm.rates))

    async def served(request: web.Request) -> web.Response:
        lines = (json.dumps(astuple(one)) for one in farm.served[int(request.query.get("since", "0")) :])
        return web.Response(text="\n".join(lines), content_type="application/x-ndjson")

    app.router.add_get(r"/feed/{feed:\d+}", feed)
    app.router.add_get(r"/page/{feed:\d+}/{piece:\d+}", page)
    app.router.add_get(r"/site/{feed:\d+}", site)
    app.router.add_get("/clock", set_clock)
    app.router.add_get("/rates", set_rates)
    app.router.add_get("/served", served)
    return app


async def _send(request: web.Request, answer: Answer) -> web.StreamResponse:
    sent = answer.sent
    match sent.way:
        case "raw":
            assert request.transport is not None
            request.transport.write(sent.body)
            request.transport.close()
            return web.Response()
        case "drip":
            dripping = web.StreamResponse(headers=sent.headers)
            with suppress(ConnectionError):  # the reader has gone, as it should
                await dripping.prepare(request)
                for drop in range(len(sent.body)):
                    await dripping.write(sent.body[drop : drop + 1])
                    await asyncio.sleep(_DRIP_SECONDS)
            return dripping
        case "whole":
            return web.Response(status=sent.status, headers=sent.headers, body=sent.body)
