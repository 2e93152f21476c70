"""Signed HTTP: Slack asks at an address of ours, where the desk is installed in further workspaces as well."""

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from bot.errors import ConfigError


class Site:
    """What answers at the address: Slack's requests where there is an `app`, and pages that people open."""

    def __init__(self, listen: tuple[str, int], app: AsyncApp | None, pages: list[web.RouteDef]) -> None:
        self._listen, self._app = listen, app
        served = web.Application()
        served.add_routes([*pages, *([web.post("/slack/events", self._asked)] if app else [])])
        self._runner = web.AppRunner(served, access_log=None)

    @property
    def port(self) -> int:
        """Where it answers."""
        return int(self._runner.addresses[0][1])

    async def open(self) -> None:
        """Answer from now on; ConfigError where the port cannot be had."""
        host, port = self._listen
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as fault:
            await self.close()
            reason = (fault.strerror or "unknown reason").lower()
            raise ConfigError(
                [f"NEWSDESK_SLACK_LISTEN: port {port} of {host} cannot be used ({reason}); name another one."]
            ) from fault

    async def close(self) -> None:
        """Answer no more."""
        await self._runner.cleanup()

    async def _asked(self, request: web.Request) -> web.Response:
        assert self._app is not None, "the route is there only with it"
        answer = await self._app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)
