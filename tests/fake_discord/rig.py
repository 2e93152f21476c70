"""The made-up Discord as a whole, listening on 127.0.0.1 for the real discord.py."""

import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import yarl
from aiohttp import web
from discord.gateway import DiscordWebSocket, KeepAliveHandler
from discord.http import Route

from tests.fake_discord.gateway import Gateway
from tests.fake_discord.rest import Rest
from tests.fake_discord.world import World

TOKEN = "MTIz.made-up.token"


class Rig:
    """A world, and the two doors by which a bot comes to it."""

    def __init__(self) -> None:
        self.world = World()
        self.rest = Rest(self.world, TOKEN)
        self.gateway = Gateway(self.world, TOKEN)


@asynccontextmanager
async def open_rig() -> AsyncIterator[Rig]:
    """A made-up Discord to which discord.py connects meanwhile. What was asked wrongly fails the test at its end."""
    rig = Rig()
    app = web.Application(client_max_size=30 * 2**20)
    app.router.add_route("*", "/api/v10/{tail:.*}", rig.rest.answer)
    for path in ("/gw/", "/gw-resume", "/gw-resume/"):
        app.router.add_get(path, rig.gateway.connect)
    app.router.add_get("/cdn/{tail:.*}", _serve_files(rig))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host = f"127.0.0.1:{runner.addresses[0][1]}"
    rig.rest.gateway, rig.gateway.address = f"ws://{host}/gw/", f"ws://{host}"
    rig.world.cdn = f"http://{host}/cdn"
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = f"http://{host}/api/v10", yarl.URL(f"ws://{host}/gw/")
    try:
        yield rig
        assert not rig.rest.violations, "\n".join(rig.rest.violations)
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
        for thread in threading.enumerate():
            if isinstance(thread, KeepAliveHandler):  # of a socket that the library lost while it connected anew
                thread.stop()
        await runner.cleanup()


def _serve_files(rig: Rig) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def serve(request: web.Request) -> web.Response:
        found = rig.world.backend.cdn.get(f"https://cdn.simcord.invalid/{request.match_info['tail']}")
        return web.Response(status=404) if found is None else web.Response(body=found)

    return serve
