"""Calls to Slack's Web API: in whose name, how fast, and what their answers mean. Nothing is retried here."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotPosted
from bot.news.article import Space
from config import defaults
from handlers.slack.outcomes import UNANSWERED, outcome_of
from handlers.slack.throttle import Throttle

_AS_JSON = ("assistant.", "chat.", "views.")  # of the others, not all take JSON

ClientOf = Callable[[Space], Awaitable[AsyncWebClient]]
"""The client that speaks for the Space, with a token that is good now; SpaceClosed where there is none."""


def open_session(proxy: str = "") -> aiohttp.ClientSession:
    """What all clients share: their connections, the time that a call may take, and the proxy that they go by."""
    return aiohttp.ClientSession(proxy=proxy or None, timeout=aiohttp.ClientTimeout(total=defaults.SLACK_CALL_SECONDS))


def open_client(token: str, base_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client that asks once, never twice: what is sent twice may be posted twice.

    It goes by the proxy of the session, and by none that the environment names.
    """
    client = AsyncWebClient(token=token, base_url=base_url, session=session, retry_handlers=[])
    client.proxy = None
    return client


@dataclass(frozen=True, kw_only=True, slots=True)
class Calls:
    """Calls in the name of Spaces; all tasks share the throttle."""

    client_of: ClientOf
    throttle: Throttle = field(default_factory=Throttle)

    async def call(self, space: Space, method: str, **named: object) -> dict[str, Any]:
        """What Slack answers; a PostError says what is known where that is not "ok"."""
        await self.throttle.turn(space, method, str(named.get("channel") or ""))
        client = await self.client_of(space)
        given = {name: value for name, value in named.items() if value is not None}
        try:
            if method.startswith(_AS_JSON):
                answer = await client.api_call(method, json=given)
            else:
                answer = await client.api_call(method, params=given)
        except UNANSWERED as fault:
            outcome = outcome_of(fault)
            if isinstance(outcome, NotPosted) and outcome.retry_after is not None:
                self.throttle.leave_alone(space, method, outcome.retry_after)
            raise outcome from None
        assert isinstance(answer.data, dict), "Slack answers with JSON"
        return answer.data
