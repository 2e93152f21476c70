"""The made-up workspace: its teams, people, channels, tokens and messages."""

import asyncio
import itertools
import json
import time
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
from aiohttp import web

from tests.slack.block_rules import check_message
from tests.slack.markup import Json, pings

TEAM, APP, BOT_USER, BOT = "T0FAKE", "A0FAKE", "U0BOT", "B0FAKE"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-fake", "xapp-1-fake", "fake-signing-secret"
POST_TRUNCATE, UPDATE_LIMIT = 40_000, 4_000
BLOCKS_TOTAL = 13_200  # not documented; seen in the field as msg_blocks_too_long
JSON_FIELDS = {"blocks", "attachments", "view", "metadata", "files", "prompts", "chunks", "profile"}
SCOPE = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "conversations.list": "channels:read",
    "conversations.info": "channels:read",
    "conversations.members": "channels:read",
    "conversations.history": "channels:history",
    "conversations.replies": "channels:history",
    "conversations.join": "channels:join",
    "conversations.open": "im:write",
    "users.list": "users:read",
    "users.info": "users:read",
    "users.lookupByEmail": "users:read.email",
    "reactions.add": "reactions:write",
    "reactions.remove": "reactions:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "assistant.threads.setStatus": "chat:write",
    "assistant.threads.setSuggestedPrompts": "assistant:write",
}
SHOWN = ("text", "blocks", "attachments")
ALL_SCOPES = sorted({*SCOPE.values(), "app_mentions:read", "commands"})


class Refused(Exception):
    """ok:false with an error code."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code, self.extra = code, extra


class World:
    """Everything there is, and what all methods need to find in it."""

    http: aiohttp.ClientSession

    def __init__(
        self,
        *,
        mode: str = "socket",
        port: int = 0,
        request_url: str = "",
        signing_secret: str = SECRET,
        ack_within: float = 3.0,
        retry_delays: tuple[float, ...] = (0, 0.1, 0.1),
        limits: bool = False,
        post_burst: int = 1,
        has_agents: bool = True,
        max_sockets: int = 10,
    ) -> None:
        self.mode, self.port, self.request_url, self.secret = mode, port, request_url, signing_secret
        self.ack_within, self.retry_delays, self.limits = ack_within, retry_delays, limits
        self.post_burst, self.has_agents = post_burst, has_agents
        self.max_sockets = max_sockets
        self._n = itertools.count(1)
        self._last_ts = 0
        self.teams = {TEAM: {"id": TEAM, "name": "Fake Team", "domain": "fake-team"}}
        self.users: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}
        self.log: list[Json] = []  # every message ever, deleted ones too
        self.ephemeral: list[Json] = []
        self.views: dict[str, Json] = {}
        self.homes: dict[str, Json] = {}
        self.files: dict[str, Json] = {}
        self.triggers: dict[str, Json] = {}
        self.hooks: dict[str, Json] = {}  # response_url id -> state
        self.codes: dict[str, Json] = {}
        self.tickets: set[str] = set()
        self.status: dict[str, Json] = {}  # assistant thread state
        self.calls: list[Json] = []  # every Web API call and its answer
        self.deliveries: list[Json] = []  # every attempt to hand the app something
        self.events: dict[str, Json] = {}
        self.faults: list[Json] = []
        self.buckets: dict[Any, tuple[float, float]] = {}
        self.sockets: list[web.WebSocketResponse] = []
        self._acks: dict[str, asyncio.Future[Any]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._change = asyncio.Event()
        self.clients = {"11.22": "fake-client-secret"}
        self.oauth_answer = "allow"
        self.token_life = 0  # seconds; 0: tokens never end
        self.tokens = {BOT_TOKEN: self._token("bot", TEAM, BOT_USER, BOT), APP_TOKEN: self._token("app", TEAM, "", "")}
        self.add_user(BOT_USER, "newsbot", is_bot=True)
        self.add_user("U0ALICE", "alice", email="alice@example.test", tz="Europe/Paris")
        self.add_user("U0BOB", "bob", email="bob@example.test", tz="America/New_York")
        self.add_channel("C0NEWS", "news", ["U0ALICE", "U0BOB", BOT_USER])
        self.add_channel("C0OTHER", "other", ["U0ALICE"])  # bot is not in it
        self.add_channel("C0SECRET", "secret", ["U0ALICE"], private=True)
        self.add_channel("C0OLD", "old", ["U0ALICE", BOT_USER], archived=True)

    def _token(self, kind: str, team: str, user: str, bot: str, scopes: list[str] | None = None) -> Json:
        return {
            "kind": kind,
            "team": team,
            "user": user,
            "bot": bot,
            "error": "",
            "scopes": ALL_SCOPES if scopes is None else scopes,
        }

    def add_user(
        self, id: str, name: str, is_bot: bool = False, email: str = "", tz: str = "UTC", team: str = TEAM, **more: Any
    ) -> Json:
        self.users[id] = {
            "id": id,
            "team_id": team,
            "name": name,
            "real_name": name.title(),
            "deleted": False,
            "is_bot": is_bot,
            "tz": tz,
            "tz_offset": 0,
            "profile": {"real_name": name.title(), "display_name": name, "email": email},
            **more,
        }
        return self.users[id]

    def add_channel(
        self,
        id: str,
        name: str,
        members: list[str],
        private: bool = False,
        archived: bool = False,
        im: bool = False,
        team: str = TEAM,
    ) -> Json:
        self.channels[id] = {
            "id": id,
            "name": name,
            "is_channel": not im and not private,
            "is_group": private,
            "is_im": im,
            "is_private": private or im,
            "is_archived": archived,
            "members": list(members),
            "team": team,
        }
        return self.channels[id]

    def set_token_error(self, token: str, error: str) -> None:
        """'account_inactive', 'token_revoked', 'token_expired', '' to heal."""
        self.tokens[token]["error"] = error

    def _id(self, prefix: str) -> str:
        return f"{prefix}{next(self._n):08X}"

    def _ts(self) -> str:
        self._last_ts = max(self._last_ts + 1, int(time.time() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_url(self) -> str:
        return self.root + "/api/"

    def _spawn(self, job: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        t = asyncio.get_running_loop().create_task(job)
        self._tasks.add(t)
        t.add_done_callback(self._tasks.discard)
        return t

    def _channel(self, ref: Any, who: Json, member: bool = False, write: bool = False) -> Json:
        ref = str(ref or "")
        if ref in self.users and write:
            if ref == who["user"] or self.users[ref]["is_bot"]:
                raise Refused("cannot_dm_bot")
            return self._im(ref, who)
        ch = self.channels.get(ref) or next(
            (c for c in self.channels.values() if write and c["name"] == ref.lstrip("#") and ref), None
        )
        inside = ch is not None and who["user"] in ch["members"]
        if ch is None or ch["team"] != who["team"] or (ch["is_private"] and not inside):
            raise Refused("channel_not_found")
        if write and ch["is_archived"]:
            raise Refused("is_archived")
        if (member or write) and not inside and "chat:write.public" not in who["scopes"]:
            raise Refused("not_in_channel")
        return ch

    def _im(self, user: str, who: Json) -> Json:
        both = {user, who["user"]}
        return next(
            (c for c in self.channels.values() if c["is_im"] and set(c["members"]) == both), None
        ) or self.add_channel(self._id("D"), "", sorted(both), im=True, team=who["team"])

    def _live(self, channel: str) -> list[Json]:
        return [m for m in self.log if m["channel"] == channel and not m.get("_deleted")]

    def _find(self, channel: str, ts: Any, error: str = "message_not_found") -> Json:
        m = next((m for m in self._live(channel) if m["ts"] == str(ts)), None)
        if m is None:
            raise Refused(error)
        return m

    def _check_blocks(self, args: Json) -> None:
        if "blocks" not in args:
            return
        if not isinstance(args["blocks"], list):
            raise Refused("invalid_blocks_format")
        found = check_message(args["blocks"])
        if found:
            raise Refused(
                "invalid_blocks", errors=found, response_metadata={"messages": [f"[ERROR] {f}" for f in found]}
            )
        if len(json.dumps(args["blocks"], ensure_ascii=False)) > BLOCKS_TOTAL:
            raise Refused("msg_blocks_too_long")

    def _need(self, args: Json, *names: str) -> None:
        for n in names:
            if args.get(n) in (None, ""):
                raise Refused(
                    "invalid_arguments", response_metadata={"messages": [f"[ERROR] missing required field: {n}"]}
                )

    def _store(self, ch: Json, body: Json, **more: Any) -> Json:
        keep = {
            k: body[k]
            for k in (*SHOWN, "metadata", "thread_ts", "username", "icon_emoji", "icon_url", "mrkdwn")
            if k in body
        }
        m: Json = {
            "type": "message",
            "ts": self._ts(),
            "channel": ch["id"],
            "team": ch["team"],
            "text": "",
            **keep,
            **more,
            "_pings": pings(body),
        }
        self.log.append(m)
        return m

    @staticmethod
    def _public(m: Json) -> Json:
        return {k: v for k, v in m.items() if not k.startswith("_") and k != "channel"}

    @staticmethod
    def _kind(ch: Json) -> str:
        return "im" if ch["is_im"] else "group" if ch["is_private"] else "channel"

    async def until(self, test: Callable[[], Any], within: float = 10) -> Any:
        """What the test gives, as soon as it gives something; it is looked at whenever something has changed here."""
        async with asyncio.timeout(within):
            while not (got := test()):
                self._change.clear()
                await self._change.wait()
        return got

    def _changed(self) -> None:
        self._change.set()

    async def _after(self, seconds: float) -> None:
        """Slack's own time: until it asks again, or until a late answer comes."""
        passed = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_later(seconds, passed.set_result, None)
        await passed
