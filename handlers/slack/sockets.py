"""Socket Mode: Slack is called, and hands in everything over that call. No address of ours is needed."""

from datetime import datetime, timedelta

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.desk.wire import Clock
from config import defaults
from handlers.slack.calls import open_client
from handlers.slack.outcomes import UNANSWERED
from handlers.slack.workspaces import Access, refusal_of


class Sockets:
    """The connection by Socket Mode. It is made anew whenever Slack, or the network, ends it."""

    def __init__(self, app: AsyncApp, access: Access, clock: Clock, session: aiohttp.ClientSession) -> None:
        self._app, self._access, self._clock, self._session = app, access, clock, session
        self._handler: AsyncSocketModeHandler | None = None
        self._lost: datetime | None = None
        self._last: datetime | None = None

    async def open(self) -> None:
        """Connect. ConfigError where Slack does not take the token: the library would ask for ever.

        A PostError where Slack does not say.
        """
        try:
            web = open_client("", self._access.api_url, self._session)
            opened = await web.apps_connections_open(app_token=self._access.app_token)
        except UNANSWERED as fault:
            raise refusal_of("NEWSDESK_SLACK_APP_TOKEN", fault) from None
        self._handler = AsyncSocketModeHandler(
            self._app, self._access.app_token, web_client=web, ping_interval=self._access.pings
        )
        self._handler.client.socket_mode_request_listeners.insert(0, self._note)
        self._handler.client.proxy = self._access.proxy or None  # and none that the environment names
        self._handler.client.wss_uri = str(opened["url"])  # Slack opens few of them a minute
        await self._handler.client.connect()  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        """Hang up; nothing comes in any more."""
        if self._handler is not None:
            await self._handler.client.close()  # type: ignore[no-untyped-call]

    def trouble(self) -> str | None:
        """Since when there is no connection; None while there is one, or has been just now."""
        if self._is_connected():
            self._lost = None
            return None
        now = self._clock()
        self._lost = self._lost or now
        if now - self._lost < timedelta(seconds=defaults.SLACK_SILENT_SECONDS):
            return None
        last = f"; the last word from it came at {self._last:%H:%M} UTC" if self._last else ""
        return f"There has been no connection to Slack since {self._lost:%H:%M} UTC{last}."

    def _is_connected(self) -> bool:
        if self._handler is None:
            return False
        client = self._handler.client
        return not (client.closed or client.stale or client.current_session is None or client.current_session.closed)

    async def _note(self, _client: AsyncBaseSocketModeClient, _request: SocketModeRequest) -> None:
        self._last = self._clock()
