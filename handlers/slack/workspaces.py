"""The workspaces in which the desk is installed: by what token it speaks there, and as whom."""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.archive.archive import Archive
from bot.archive.closed import reopen_space
from bot.archive.installations import (
    Installation,
    drop_installation,
    find_installation,
    keep_installation,
    list_installations,
)
from bot.archive.seal import Seal
from bot.desk.wire import Clock
from bot.errors import ConfigError, MaybePosted, NotPosted, PostError, SpaceClosed
from bot.news.article import Space
from config import defaults
from handlers.slack.calls import open_client
from handlers.slack.outcomes import UNANSWERED, code_of, outcome_of

_log = logging.getLogger(__name__)

PLATFORM = "slack"


@dataclass(frozen=True, kw_only=True, slots=True)
class Access:
    """How Slack is reached and reaches us.

    With `bot_token`, the one workspace that gave it; with `client_id` and `client_secret`, every workspace in which the
    desk was installed at `public_url`. Slack calls by Socket Mode with `app_token`, else by signed requests that come
    in at `listen`. Everything goes out by the `proxy`, and a socket shows that it lives every `pings` seconds.
    """

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    listen: tuple[str, int] | None = None
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    public_url: str = ""
    api_url: str = "https://slack.com/api/"
    proxy: str = field(default="", repr=False)
    pings: float = defaults.SLACK_PING_SECONDS


@dataclass(frozen=True, kw_only=True, slots=True)
class Workspace:
    """A workspace: who the desk is there. `ends` is when the token does; None where it never does."""

    team: str
    space: Space
    name: str
    bot_user: str
    bot_id: str
    bot_name: str
    token: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    ends: datetime | None = None


class Workspaces:
    """All workspaces of the installation, in memory; what was installed is kept sealed."""

    def __init__(self, access: Access, archive: Archive, seal: Seal, clock: Clock, space_of: Callable[[str], Space]):
        self.access, self._archive, self._seal, self._clock, self._space_of = access, archive, seal, clock, space_of
        self._by_team: dict[str, Workspace] = {}
        self._turns: dict[str, asyncio.Lock] = {}
        self._session: aiohttp.ClientSession | None = None

    async def open(self, session: aiohttp.ClientSession) -> None:
        """Learn who the desk is in every workspace.

        ConfigError where the token of the settings is wrong, a PostError where Slack does not say.
        """
        self._session = session
        if self.access.bot_token:
            own = await self._introduce(self.access.bot_token)
            self._add(own)
            await self._archive.write(reopen_space, PLATFORM, own.space, self._clock())
        for installation in await self._archive.read(list_installations, PLATFORM):
            if installation.team not in self._by_team:
                self._add(self._unsealed(installation))

    def all(self) -> tuple[Workspace, ...]:
        """Every workspace, the one of the settings first."""
        return tuple(self._by_team.values())

    def of(self, team: str) -> Workspace | None:
        """The workspace of that name; None where the desk is not installed.

        A desk that only one workspace can have takes all for that one: in channels that are shared with other
        organisations, what their people press may be handed in under the name of theirs.
        """
        found = self._by_team.get(team)
        return next(iter(self._by_team.values()), None) if found is None and not self.access.client_id else found

    def authorize(self, team_id: str | None, enterprise_id: str | None) -> AuthorizeResult | None:
        """As whom Bolt takes what comes from there, without asking anybody; None where the desk is not installed."""
        workspace = self.of(team_id or "")
        if workspace is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=workspace.team,
            bot_user_id=workspace.bot_user,
            bot_id=workspace.bot_id,
            bot_token=workspace.token,
        )

    async def client_of(self, space: Space) -> AsyncWebClient:
        """The client that speaks for the Space, with a token that is good now. SpaceClosed where there is none."""
        team = next((one.team for one in self._by_team.values() if one.space == space), None)
        if self._session is None or self._session.closed:
            raise NotPosted("The desk is just starting, or ending.")
        if team is None:
            raise SpaceClosed("The desk is not installed in this workspace any more; install it again.")
        async with self._turns.setdefault(team, asyncio.Lock()):
            workspace = self._by_team[team]
            if self._ends_within(workspace, defaults.SLACK_RENEWAL_MINUTES):
                workspace = await self._renewed(workspace)
        return open_client(workspace.token, self.access.api_url, self._session)

    async def install(self, granted: dict[str, Any], by: str | None) -> Workspace:
        """The workspace that has just given its token, kept from now on; what waited for it goes out."""
        ends = _ends(granted, self._clock())
        refresh = str(granted.get("refresh_token") or "")
        workspace = await self._introduce(str(granted["access_token"]), refresh, ends)
        await self._keep(workspace, by)
        await self._archive.write(reopen_space, PLATFORM, workspace.space, self._clock())
        return workspace

    async def leave(self, team: str) -> None:
        """Forget the token of a workspace that has taken it back."""
        workspace = self._by_team.pop(team, None)
        if workspace is not None:
            await self._archive.write(drop_installation, workspace.space, PLATFORM)

    async def ask(self, method: str, **given: Any) -> dict[str, Any]:
        """What Slack answers to a call in nobody's name, such as those by which tokens are got."""
        assert self._session is not None, "nobody comes in before"
        client = open_client("", self.access.api_url, self._session)
        answer = await client.api_call(method, data=given)
        assert isinstance(answer.data, dict), "Slack answers with JSON"
        return answer.data

    def _ends_within(self, workspace: Workspace, minutes: int) -> bool:
        return workspace.ends is not None and workspace.ends - self._clock() < timedelta(minutes=minutes)

    async def _renewed(self, workspace: Workspace) -> Workspace:
        """The workspace with a new token, or with the one that it has while that is good and Slack gives none.

        A token comes with what the next one is got by; either can be used once.
        """
        try:
            granted = await self.ask(
                "oauth.v2.access",
                client_id=self.access.client_id,
                client_secret=self.access.client_secret,
                grant_type="refresh_token",
                refresh_token=workspace.refresh,
            )
        except UNANSWERED as fault:
            if not self._ends_within(workspace, 0):
                _log.warning("a token was not renewed", extra={"space": workspace.space, "why": str(outcome_of(fault))})
                return workspace
            if code_of(fault) == "invalid_refresh_token":
                raise SpaceClosed("Slack does not renew the token; install the desk again.") from None
            raise outcome_of(fault) from None
        renewed = replace(
            workspace,
            token=str(granted["access_token"]),
            refresh=str(granted.get("refresh_token") or workspace.refresh),
            ends=_ends(granted, self._clock()),
        )
        kept = await self._archive.write(find_installation, workspace.space, PLATFORM)
        await self._keep(renewed, kept.installed_by if kept else None)
        return renewed

    async def _introduce(self, token: str, refresh: str = "", ends: datetime | None = None) -> Workspace:
        assert self._session is not None, "nobody is asked before"
        try:
            said = await open_client(token, self.access.api_url, self._session).auth_test()
        except UNANSWERED as fault:
            raise refusal_of("NEWSDESK_SLACK_BOT_TOKEN", fault) from None
        return Workspace(
            team=str(said["team_id"]),
            space=self._space_of(str(said["team_id"])),
            name=str(said.get("team") or said["team_id"]),
            bot_user=str(said["user_id"]),
            bot_id=str(said.get("bot_id") or ""),
            bot_name=str(said.get("user") or "newsdesk"),
            token=token,
            refresh=refresh,
            ends=ends,
        )

    async def _keep(self, workspace: Workspace, by: str | None) -> None:
        secret = {
            "token": workspace.token,
            "refresh": workspace.refresh,
            "bot_user": workspace.bot_user,
            "bot_id": workspace.bot_id,
            "bot_name": workspace.bot_name,
        }
        installation = Installation(
            space=workspace.space,
            platform=PLATFORM,
            team=workspace.team,
            name=workspace.name,
            sealed=self._seal.seal(json.dumps(secret)),
            expires=workspace.ends,
            installed=self._clock(),
            installed_by=by,
        )
        await self._archive.write(keep_installation, installation)
        self._add(workspace)

    def _unsealed(self, installation: Installation) -> Workspace:
        secret = json.loads(self._seal.open(installation.sealed))
        return Workspace(
            team=installation.team,
            space=installation.space,
            name=installation.name,
            ends=installation.expires,
            **secret,
        )

    def _add(self, workspace: Workspace) -> None:
        self._by_team[workspace.team] = workspace


def refusal_of(setting: str, fault: Exception) -> ConfigError | PostError:
    """What is to be raised: that Slack does not take the token, or what is known where it did not say."""
    outcome = outcome_of(fault)
    unsaid = not code_of(fault) or isinstance(outcome, NotPosted | MaybePosted)
    return outcome if unsaid else ConfigError([refused_token(setting, fault)])


def refused_token(setting: str, fault: Exception) -> str:
    """The sentence about a token that Slack did not take, or could not be asked about."""
    code = code_of(fault)
    if not code:
        outcome: PostError = outcome_of(fault)
        return f"{setting}: {outcome} Whether the token is right cannot be said; try again when Slack can be reached."
    return (
        f"{setting}: Slack does not take it ({code}). Copy it again from your app's pages at api.slack.com/apps, "
        "where docs/slack.md says."
    )


def _ends(granted: dict[str, Any], now: datetime) -> datetime | None:
    lasts = granted.get("expires_in")
    return now + timedelta(seconds=int(lasts)) if lasts else None
