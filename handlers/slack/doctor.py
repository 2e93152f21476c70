"""Is everything in order with Slack? What was looked at before anything starts, and what to do where it is not."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.news.diagnosis import Diagnosis, Health
from bot.news.place import Place
from config import defaults
from handlers.slack.calls import open_client, open_session
from handlers.slack.manifest import SCOPES
from handlers.slack.outcomes import UNANSWERED, code_of
from handlers.slack.workspaces import Access, refused_token

_ABOUT = "slack"
_CAN_DO_WITHOUT = frozenset({"assistant:write", "files:read", "files:write", "reactions:write"})
_AGAIN = "Put the manifest of `newsdesk slack manifest` into the app once more, and install it again."


async def examine_slack(access: Access, places: Sequence[Place], now: datetime) -> list[Diagnosis]:
    """What was found; `places` are those of the workspace of the settings in which something comes or is told."""
    async with open_session(access.proxy) as session:
        return [one async for one in _look(access, places, now, session)]


async def _look(
    access: Access, places: Sequence[Place], now: datetime, session: aiohttp.ClientSession
) -> AsyncIterator[Diagnosis]:
    if access.bot_token:
        client = open_client(access.bot_token, access.api_url, session)
        try:
            said = await client.auth_test()
        except UNANSWERED as fault:
            yield _bad(refused_token("NEWSDESK_SLACK_BOT_TOKEN", fault))
        else:
            yield _ok(f"the desk is @{said.get('user')} in {said.get('team')}.")
            yield _scopes(said)
            yield _clock(said, now)
            yield await _channels(client, places, str(said.get("user")))
    if access.app_token:
        yield await _socket(access, session)
    elif access.listen:
        host, port = access.listen
        where = f"{access.public_url}/slack/events" if access.public_url else "/slack/events at your public address"
        yield _ok(f"Slack's requests are taken at {host}:{port}; the app's pages have to name {where}.")


def _scopes(said: AsyncSlackResponse) -> Diagnosis:
    granted = {scope.strip() for scope in str(said.headers.get("x-oauth-scopes", "")).split(",")}
    missing = sorted(set(SCOPES) - granted)
    if not missing:
        return _ok("the app may do all that it needs.")
    told = "; ".join(f"{scope} (to {SCOPES[scope]})" for scope in missing)
    health = Health.WARN if set(missing) <= _CAN_DO_WITHOUT else Health.BAD
    return Diagnosis(health=health, about=_ABOUT, sentence=f"the app lacks {told}. {_AGAIN}")


def _clock(said: AsyncSlackResponse, now: datetime) -> Diagnosis:
    try:
        off = abs((parsedate_to_datetime(str(said.headers.get("Date", ""))) - now).total_seconds())
    except (TypeError, ValueError):
        off = 0.0
    if off < defaults.SLACK_CLOCK_SECONDS:
        return _ok("this machine's clock agrees with Slack's.")
    minutes = f"{off / 60:.0f} min"
    return _bad(
        f"this machine's clock is {minutes} off; Slack's requests will be refused. Let it be set by the network."
    )


async def _channels(client: AsyncWebClient, places: Sequence[Place], name: str) -> Diagnosis:
    """Whether the desk is in all channels in which something comes or is told."""
    out: list[str] = []
    for channel in [place.channel for place in places][: defaults.SLACK_CHANNELS_EXAMINED]:
        try:
            found = (await client.conversations_info(channel=channel))["channel"]
        except UNANSWERED as fault:
            if code_of(fault):
                out.append(channel)
            continue
        if found.get("is_archived") or not (found.get("is_member") or found.get("is_im")):
            out.append(channel if found.get("is_private") else f"#{found.get('name')}")
    if not out:
        return _ok("the desk is in every channel in which something comes or is told.")
    told = ", ".join(out)
    return Diagnosis(
        health=Health.WARN,
        about=_ABOUT,
        sentence=f"something is due in {told}, where the desk cannot post. Invite it there: /invite @{name}.",
    )


async def _socket(access: Access, session: aiohttp.ClientSession) -> Diagnosis:
    try:
        await open_client("", access.api_url, session).apps_connections_open(app_token=access.app_token)
    except UNANSWERED as fault:
        return _bad(refused_token("NEWSDESK_SLACK_APP_TOKEN", fault))
    return _ok("a socket can be opened.")


def _ok(sentence: str) -> Diagnosis:
    return Diagnosis(health=Health.OK, about=_ABOUT, sentence=sentence)


def _bad(sentence: str) -> Diagnosis:
    return Diagnosis(health=Health.BAD, about=_ABOUT, sentence=sentence)
