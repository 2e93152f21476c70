"""How Slack hands things to an app: by socket or by signed HTTP, once, again, or not at all."""

import asyncio
import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from tests.slack.markup import Json
from tests.slack.world import APP, BOT_USER, TEAM, World


class Delivering(World):
    """Socket Mode, signed requests, retries, and what is announced to the app."""

    async def _on_link(self, req: web.Request) -> web.StreamResponse:
        if req.query.get("ticket") not in self.tickets:  # single use
            return web.Response(status=400)
        self.tickets.discard(req.query["ticket"])
        ws = web.WebSocketResponse(heartbeat=None)
        await ws.prepare(req)
        if len(self.sockets) >= self.max_sockets:
            await ws.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {"host": "fake"}})
            await ws.close()
            return ws
        self.sockets.append(ws)
        await ws.send_json(
            {
                "type": "hello",
                "num_connections": len(self.sockets),
                "connection_info": {"app_id": APP},
                "debug_info": {"host": "fake", "build_number": 1, "approximate_connection_time": 18060},
            }
        )
        self._changed()
        try:
            async for msg in ws:
                if msg.type is aiohttp.WSMsgType.TEXT:
                    got = json.loads(msg.data)
                    fut = self._acks.get(got.get("envelope_id", ""))
                    if fut and not fut.done():
                        fut.set_result(got.get("payload"))
        finally:
            if ws in self.sockets:
                self.sockets.remove(ws)
            self._changed()
        return ws

    async def disconnect(self, reason: str = "refresh_requested") -> int:
        """Ask every client to reconnect, the way Slack recycles connections; then close, unless it is a warning."""
        old = list(self.sockets)
        for ws in old:
            await ws.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "fake"}})
        if reason != "warning":
            for ws in old:
                await ws.close()
        return len(old)

    async def drop_sockets(self) -> int:
        """Cut the TCP connections with no close frame (a dead network, a killed host)."""
        old = list(self.sockets)
        for ws in old:
            if ws._req and ws._req.transport:
                ws._req.transport.abort()
        return len(old)

    async def connected(self, n: int = 1, within: float = 10) -> None:
        await self.until(lambda: len(self.sockets) >= n, within)

    def sign(self, body: str, at: float | None = None) -> Json:
        stamp = str(int(time.time() if at is None else at))
        mac = hmac.new(self.secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mac}"}

    async def _once(self, kind: str, payload: Json, num: int, reason: str) -> tuple[str, Any, bool]:
        """One attempt. Gives (outcome, what the app answered, may we retry)."""
        if self.mode == "socket":
            if not self.sockets:
                return "no_connection", None, True
            eid, fut = self._id("env-"), asyncio.get_running_loop().create_future()
            self._acks[eid] = fut
            env = {
                "envelope_id": eid,
                "type": kind,
                "payload": payload,
                "accepts_response_payload": kind != "events_api",
            }
            if kind == "events_api":
                env.update(retry_attempt=num, retry_reason=reason)
            try:
                await self.sockets[next(self._n) % len(self.sockets)].send_json(env)
                return "ok", await asyncio.wait_for(fut, self.ack_within), False
            except TimeoutError:
                return "timeout", None, True
            except (ConnectionError, RuntimeError):
                return "connection_failed", None, True
            finally:
                self._acks.pop(eid, None)
        if kind == "events_api":
            body, ctype = json.dumps(payload), "application/json"
        else:
            body = urlencode(payload if kind == "slash_commands" else {"payload": json.dumps(payload)})
            ctype = "application/x-www-form-urlencoded"
        head = {"Content-Type": ctype, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)", **self.sign(body)}
        if num:
            head |= {"X-Slack-Retry-Num": str(num), "X-Slack-Retry-Reason": reason}
        try:
            async with self.http.post(
                self.request_url,
                data=body.encode(),
                headers=head,
                timeout=aiohttp.ClientTimeout(total=self.ack_within),
            ) as r:
                text = await r.text()
                if not 200 <= r.status < 300:
                    return f"http_{r.status}", text, r.headers.get("X-Slack-No-Retry") != "1"
                try:
                    return "ok", json.loads(text) if text else None, False
                except ValueError:
                    return "ok", {"text": text}, False
        except TimeoutError:
            return "http_timeout", None, True
        except aiohttp.ClientError:
            return "connection_failed", None, True

    async def _hand(self, kind: str, payload: Json, retry: bool = True) -> Json:
        reason, rec = "", {}
        for num in range(1 + (len(self.retry_delays) if retry and kind == "events_api" else 0)):
            if num:
                await self._after(self.retry_delays[num - 1])
            t0 = time.monotonic()
            outcome, answer, again = await self._once(kind, payload, num, reason)
            rec = {
                "kind": kind,
                "attempt": num,
                "reason": reason,
                "outcome": outcome,
                "answer": answer,
                "seconds": round(time.monotonic() - t0, 3),
                "event_id": payload.get("event_id"),
                "type": (payload.get("event") or {}).get("type") or payload.get("type") or payload.get("command"),
            }
            self.deliveries.append(rec)
            self._changed()
            if not again:
                break
            reason = "http_error" if outcome.startswith("http_") and outcome != "http_timeout" else outcome
        return rec

    def _emit(self, event: Json, ch: Json | None = None, team: str = TEAM) -> str:
        """Queue an event if the bot would see it. Deliveries run side by side: order is not promised."""
        if ch is not None and self._bot_of(ch["team"]) not in ch["members"]:
            return ""
        team = ch["team"] if ch else team
        eid = self._id("Ev")
        body = {
            "token": "deprecated",
            "team_id": team,
            "api_app_id": APP,
            "type": "event_callback",
            "event": {**event, "event_ts": event.get("event_ts") or event.get("ts") or self._ts()},
            "event_id": eid,
            "event_time": int(time.time()),
            "is_ext_shared_channel": False,
            "event_context": f"4-{eid}",
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team,
                    "user_id": self._bot_of(team),
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
        }
        self.events[eid] = body
        if self.mode == "http" and not self.request_url:
            return eid
        self._spawn(self._hand("events_api", body))
        return eid

    @staticmethod
    def _bot_of(team: str) -> str:
        return BOT_USER if team == TEAM else f"U{team}BOT"

    def _announce(self, m: Json) -> list[str]:
        """A new message: a `message` event, and `app_mention` as well when the bot is named."""
        ch = self.channels[m["channel"]]
        ev = {**self._public(m), "channel": ch["id"], "channel_type": self._kind(ch)}
        ids = [self._emit(ev, ch)]
        if f"<@{self._bot_of(ch['team'])}>" in m["text"] and not ch["is_im"] and not m.get("bot_id"):
            ids.append(self._emit({k: v for k, v in ev.items() if k != "channel_type"} | {"type": "app_mention"}, ch))
        return [i for i in ids if i]
