"""What people press, choose and submit: commands, shortcuts, buttons, modals, and the addresses to answer at."""

import time
from typing import Any

from aiohttp import web

from tests.slack.block_rules import check_message
from tests.slack.delivering import Delivering
from tests.slack.markup import Json, pings
from tests.slack.world import APP, BOT


class Pressing(Delivering):
    """Everything that is handed to the app as a command or an interaction."""

    async def slash(self, command: str, text: str = "", user: str = "U0ALICE", channel: str = "C0NEWS") -> Json:
        trig, url = self._ticket(channel, user)
        ch = self.channels[channel]
        rec = await self._hand(
            "slash_commands",
            {
                "token": "deprecated",
                "team_id": ch["team"],
                "team_domain": self.teams[ch["team"]]["domain"],
                "channel_id": channel,
                "channel_name": ch["name"] or "directmessage",
                "user_id": user,
                "user_name": self.users[user]["name"],
                "command": command,
                "text": text,
                "api_app_id": APP,
                "is_enterprise_install": "false",
                "response_url": url,
                "trigger_id": trig,
            },
        )
        rec["user_sees"] = {"ok": "", "http_timeout": "operation_timeout", "timeout": "operation_timeout"}.get(
            rec["outcome"], "dispatch_failed"
        )
        if rec["outcome"] == "ok" and rec["answer"]:
            self._respond({"channel": channel, "user": user, "ts": None}, rec["answer"])
        return rec

    async def shortcut(self, callback_id: str, channel: str, ts: str, user: str = "U0ALICE") -> Json:
        """A message shortcut on that message, also where the bot is no member."""
        m = self._find(channel, ts)
        trig, url = self._ticket(channel, user)
        return await self._hand(
            "interactive",
            {
                **self._actor(user, self.channels[channel]["team"]),
                "type": "message_action",
                "callback_id": callback_id,
                "trigger_id": trig,
                "response_url": url,
                "action_ts": self._ts(),
                "message_ts": ts,
                "channel": {"id": channel, "name": self.channels[channel]["name"]},
                "message": self._public(m),
            },
        )

    async def click(self, channel: str, ts: str, action_id: str, user: str = "U0ALICE", **extra: Any) -> Json:
        """Press what has that action_id on a message, whoever may see it."""
        shown = [*self._live(channel), *(m for m in self.ephemeral if m["channel"] == channel)]
        m = next(m for m in shown if m["ts"] == ts)
        block, element = element_of(m.get("blocks") or [], action_id)
        trig, url = self._ticket(channel, user, m)
        only_shown = m in self.ephemeral
        return await self._hand(
            "interactive",
            {
                **self._actor(user, self.channels[channel]["team"]),
                "type": "block_actions",
                "trigger_id": trig,
                "response_url": url,
                "channel": {"id": channel, "name": self.channels[channel]["name"]},
                "container": {
                    "type": "message",
                    "message_ts": ts,
                    "channel_id": channel,
                    "is_ephemeral": only_shown,
                    **({"thread_ts": m["thread_ts"]} if m.get("thread_ts") else {}),
                },
                **({} if only_shown else {"message": self._public(m)}),
                "state": {"values": {}},
                "actions": [self._action(block, element, extra)],
            },
        )

    async def click_view(self, view_id: str, action_id: str, user: str = "U0ALICE", **extra: Any) -> Json:
        """Press what has that action_id in a modal or on App Home."""
        view = self.views[view_id]
        block, element = element_of(view["blocks"], action_id)
        return await self._hand(
            "interactive",
            {
                **self._actor(user, view["team_id"]),
                "type": "block_actions",
                "trigger_id": self._ticket("", user)[0],
                "container": {"type": "view", "view_id": view_id},
                "view": view,
                "actions": [self._action(block, element, extra)],
            },
        )

    async def ask_options(self, view_id: str, action_id: str, typed: str, user: str = "U0ALICE") -> Json:
        """What a menu that asks the app offers for what was typed so far."""
        view = self.views[view_id]
        return await self._hand(
            "interactive",
            {
                **self._actor(user, view["team_id"]),
                "type": "block_suggestion",
                "action_id": action_id,
                "block_id": "",
                "value": typed,
                "view": view,
                "container": {"type": "view", "view_id": view_id},
            },
        )

    async def submit(self, view_id: str, values: Json, user: str = "U0ALICE") -> Json:
        v = self.views[view_id]
        v["state"] = {"values": values}
        rec = await self._hand(
            "interactive",
            {
                **self._actor(user, v["team_id"]),
                "type": "view_submission",
                "trigger_id": self._ticket("", user)[0],
                "view": v,
                "response_urls": [],
            },
        )
        ans = rec["answer"] if isinstance(rec["answer"], dict) else {}
        rec["modal"] = (
            {"errors": "errors", "update": "open", "push": "open"}.get(ans.get("response_action", ""), "closed")
            if rec["outcome"] == "ok"
            else "trouble_connecting"
        )
        return rec

    def _actor(self, user: str, team: str) -> Json:
        who = self.users[user]
        return {
            "api_app_id": APP,
            "token": "deprecated",
            "team": {"id": team, "domain": self.teams[team]["domain"]},
            "user": {"id": user, "username": who["name"], "name": who["name"], "team_id": who["team_id"]},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _action(self, block: Json, element: Json, extra: Json) -> Json:
        kept: Json = {k: element[k] for k in ("type", "action_id", "text", "value", "style") if k in element}
        return {**kept, "block_id": block.get("block_id", "blk"), "action_ts": self._ts(), **extra}

    def _ticket(self, channel: str, user: str, message: Json | None = None) -> tuple[str, str]:
        trig, hook = f"{next(self._n)}.{int(time.time())}.fake", self._id("hook-")
        self.triggers[trig] = {"at": time.monotonic(), "used": False}
        self.hooks[hook] = {
            "channel": channel,
            "user": user,
            "left": 5,
            "until": time.monotonic() + 1800,
            "ts": message["ts"] if message else None,
        }
        return trig, f"{self.root}/hook/{hook}"

    def _respond(self, hook: Json, body: Json) -> None:
        ch = self.channels[hook["channel"]]
        if body.get("delete_original") or body.get("replace_original"):
            shown = [*self._live(ch["id"]), *self.ephemeral]
            m = next((m for m in shown if m["ts"] == hook["ts"]), None)
            if m and body.get("delete_original"):
                m["_deleted"] = True
            elif m:
                if "blocks" not in body:
                    m.pop("blocks", None)
                m.update({k: body[k] for k in ("text", "blocks") if k in body}, _pings=pings(body))
        elif body.get("response_type") == "in_channel":
            self._store(ch, body, user=self._bot_of(ch["team"]), bot_id=BOT, app_id=APP)
        elif any(body.get(k) for k in ("text", "blocks", "attachments")):
            self.ephemeral.append(
                {
                    "channel": ch["id"],
                    "user": hook["user"],
                    "text": body.get("text", ""),
                    "blocks": body.get("blocks"),
                    "thread_ts": body.get("thread_ts"),
                    "ts": self._ts(),
                    "_pings": pings(body),
                }
            )

    async def _on_hook(self, req: web.Request) -> web.Response:
        h = self.hooks.get(req.match_info["id"])
        if h is None or time.monotonic() > h["until"]:
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        if h["left"] <= 0:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        body = await req.json()
        found = check_message(body["blocks"]) if body.get("blocks") else []
        if found:
            return web.json_response({"ok": False, "error": "invalid_blocks", "errors": found}, status=400)
        h["left"] -= 1
        self._respond(h, body)
        return web.Response(text="ok")

    async def verify_url(self, challenge: str = "chal") -> Json:
        asked = {"type": "url_verification", "token": "deprecated", "challenge": challenge}
        return await self._hand("events_api", asked, retry=False)

    async def post_raw(self, body: str, headers: Json | None = None, age: float = 0, spoil: bool = False) -> int:
        """A request of your own: age=400 makes the signature too old, spoil=True makes it wrong."""
        head = {"Content-Type": "application/json", **self.sign(body, time.time() - age), **(headers or {})}
        if spoil:
            head["X-Slack-Signature"] = "v0=" + "0" * 64
        async with self.http.post(self.request_url, data=body.encode(), headers=head) as r:
            return int(r.status)


def element_of(blocks: list[Json], action_id: str) -> tuple[Json, Json]:
    """The block and the element with that action_id; LookupError where there is none."""
    for block in blocks:
        accessory = [block["accessory"]] if "accessory" in block else []
        for element in [*block.get("elements", []), *accessory]:
            if element.get("action_id") == action_id:
                return block, element
    raise LookupError(f"no element {action_id!r} among {[block.get('type') for block in blocks]}")
