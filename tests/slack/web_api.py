"""The Web API as a whole: arguments in all the ways they come, tokens, limits, faults; and OAuth."""

import base64
import json
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from tests.slack.delivering import Delivering
from tests.slack.markup import Json
from tests.slack.world import APP, BOT, BOT_USER, JSON_FIELDS, SCOPE, TEAM, Refused

TAKE_JSON = ("chat.", "views.", "assistant.")
PER_MINUTE = {
    "apps.connections.open": 1,
    "conversations.list": 20,
    "users.list": 20,
    "chat.update": 50,
    "chat.delete": 50,
    "conversations.history": 50,
    "conversations.replies": 50,
    "conversations.info": 50,
    "users.lookupByEmail": 50,
    "reactions.add": 50,
    "users.info": 100,
    "chat.postEphemeral": 100,
    "views.publish": 100,
    "views.open": 100,
    "conversations.members": 100,
}


def _named(method: str) -> str:
    """chat.postMessage as chat_post_message."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[.]", "_", method).lower()


class WebApi(Delivering):
    """Where every call comes in."""

    def fault(
        self,
        method: str = "*",
        *,
        error: str = "",
        http: int = 0,
        retry_after: float | None = None,
        delay: float = 0,
        drop: bool = False,
        after: bool = False,
        times: int = 1,
        body: str | None = None,
    ) -> None:
        """Make the next `times` calls of `method` fail. after=True: the work is done, only the answer
        is lost, which is how double posts happen."""
        self.faults.append(
            {
                "method": method,
                "error": error,
                "http": http,
                "retry_after": retry_after,
                "delay": delay,
                "drop": drop,
                "after": after,
                "times": times,
                "body": body,
            }
        )

    async def _args(self, req: web.Request) -> Json:
        # The library puts most arguments in the query string. Slack takes a form as well, and JSON for what writes.
        got: dict[str, Any] = dict(req.query)
        if req.content_type == "application/json" and req.match_info["method"].startswith(TAKE_JSON):
            got.update(await req.json())
        elif req.can_read_body and req.content_type != "application/json":
            got.update(await req.post())
        for k in JSON_FIELDS & set(got):
            if isinstance(got[k], str):
                try:
                    got[k] = json.loads(got[k])
                except ValueError:
                    raise Refused("invalid_blocks_format" if k == "blocks" else "invalid_arguments") from None
        return {k: v for k, v in got.items() if v is not None}

    def _auth(self, req: web.Request, args: Json, method: str) -> Json:
        head = req.headers.get("Authorization", "")
        token = head[7:] if head.startswith("Bearer ") else args.pop("token", "")
        if not token:
            raise Refused("not_authed")
        who = self.tokens.get(token)
        if who is None:
            raise Refused("invalid_auth")
        if who["error"]:
            raise Refused(who["error"])
        if (who["kind"] == "app") != (method in ("apps.connections.open",)):
            raise Refused("not_allowed_token_type")
        need = SCOPE.get(method)
        if need and who["kind"] == "bot" and need not in who["scopes"]:
            raise Refused("missing_scope", needed=need, provided=",".join(who["scopes"]))
        return {**who, "token": token}

    def _take(self, key: Any, per_second: float, burst: float) -> float:
        left, at = self.buckets.get(key, (burst, time.monotonic()))
        now = time.monotonic()
        left = min(burst, left + (now - at) * per_second)
        if left >= 1:
            self.buckets[key] = (left - 1, now)
            return 0
        self.buckets[key] = (left, now)
        return max(1, -(-(1 - left) // per_second))

    def _throttle(self, method: str, who: Json, args: Json) -> float:
        if not self.limits:
            return 0
        wait = 0.0
        if method in PER_MINUTE:
            n = PER_MINUTE[method]
            wait = self._take((method, who["team"]), n / 60, max(n, 3))
        if method in ("chat.postMessage", "files.completeUploadExternal"):
            where = args.get("channel") or args.get("channel_id")
            wait = max(wait, self._take(("post", who["team"], where), 1, self.post_burst))
        return wait

    async def _on_api(self, req: web.Request) -> web.StreamResponse:
        method = req.match_info["method"]
        seen: dict[str, Any] = {"method": method, "at": time.time(), "args": {}, "http": 200}
        self.calls.append(seen)
        self._changed()
        fault = next((f for f in self.faults if f["times"] and f["method"] in ("*", method)), None)
        if fault:
            fault["times"] -= 1
        answer: dict[str, Any]
        try:
            args = seen["args"] = await self._args(req)
            await self._after(fault["delay"] if fault else 0)
            handler: Callable[..., Json] | None = getattr(self, "api_" + _named(method), None)
            if handler is None:
                raise Refused("unknown_method")
            who = {} if method == "oauth.v2.access" else self._auth(req, args, method)
            wait = self._throttle(method, who, args)
            if wait:
                seen.update(http=429, answer={"ok": False, "error": "ratelimited"})
                return web.json_response(seen["answer"], status=429, headers={"Retry-After": str(int(wait))})
            if fault and not fault["after"] and _is_wrong(fault):
                return self._fail(req, seen, fault)
            extra = {"request": req} if method == "oauth.v2.access" else {}
            answer = {"ok": True, **(handler(args, who, **extra) or {})}
            if fault and fault["after"]:
                return self._fail(req, seen, fault)
        except Refused as e:
            answer = {"ok": False, "error": e.code, **e.extra}
        finally:
            self._changed()
        seen["answer"] = answer
        scopes = self.tokens.get(req.headers.get("Authorization", "")[7:], {}).get("scopes", [])
        return web.json_response(answer, headers={"x-oauth-scopes": ",".join(scopes)})

    def _fail(self, req: web.Request, seen: Json, f: Json) -> web.StreamResponse:
        if f["drop"]:
            seen.update(http=0, answer={"dropped": True})
            if req.transport:
                req.transport.abort()
            return web.Response()
        status = f["http"] or (429 if f["retry_after"] is not None else 200)
        answer = {"ok": False, "error": f["error"] or ("ratelimited" if status == 429 else "internal_error")}
        seen.update(http=status, answer=answer)
        head = {} if f["retry_after"] is None else {"Retry-After": str(f["retry_after"])}
        if f["body"] is not None:  # e.g. an HTML error page from a proxy
            return web.Response(status=status, text=f["body"], content_type="text/html", headers=head)
        return web.json_response(answer, status=status, headers=head)

    async def _on_authorize(self, req: web.Request) -> web.Response:
        q = req.query
        if q.get("client_id") not in self.clients:
            return web.Response(status=400, text="invalid client_id")
        if self.oauth_answer != "allow":
            back = {"error": "access_denied", "state": q.get("state", "")}
        else:
            code = self._id("code-")
            self.codes[code] = {
                "redirect_uri": q.get("redirect_uri", ""),
                "scope": q.get("scope", ""),
                "team": q.get("team", TEAM),
                "used": False,
            }
            back = {"code": code, "state": q.get("state", "")}
        return web.Response(status=302, headers={"Location": f"{q.get('redirect_uri')}?{urlencode(back)}"})

    def api_oauth_v2_access(self, a: Json, w: Json, request: web.Request) -> Json:
        cid, secret = a.get("client_id", ""), a.get("client_secret", "")
        head = request.headers.get("Authorization", "")
        if head.startswith("Basic "):
            cid, secret = base64.b64decode(head[6:]).decode().split(":", 1)
        if cid not in self.clients:
            raise Refused("invalid_client_id")
        if self.clients[cid] != secret:
            raise Refused("bad_client_secret")
        if a.get("grant_type") == "refresh_token":
            return self._renewed(a.get("refresh_token", ""))
        c = self.codes.get(a.get("code", ""))
        if c is None or c["used"]:
            raise Refused("code_already_used" if c else "invalid_code")
        if c["redirect_uri"] != a.get("redirect_uri", ""):
            raise Refused("bad_redirect_uri")
        c["used"] = True
        self.teams.setdefault(c["team"], {"id": c["team"], "name": c["team"], "domain": c["team"].lower()})
        user, bot = (BOT_USER, BOT) if c["team"] == TEAM else (f"U{c['team']}BOT", f"B{c['team']}")
        if user not in self.users:
            self.add_user(user, "newsbot", is_bot=True, team=c["team"])
        token = f"xoxb-{self._id('installed')}"
        self.tokens[token] = self._token("bot", c["team"], user, bot, [s for s in c["scope"].split(",") if s])
        return {**self._granted(token), "authed_user": {"id": "U0ALICE"}}

    def _renewed(self, refresh: str) -> Json:
        old = next((one for one in self.tokens.values() if refresh and one.get("refresh") == refresh), None)
        if old is None:
            raise Refused("invalid_refresh_token")
        old["refresh"] = ""  # it works once
        token = f"xoxe.xoxb-{self._id('renewed')}"
        self.tokens[token] = {**old}
        return self._granted(token)

    def _granted(self, token: str) -> Json:
        who = self.tokens[token]
        ends: Json = {}
        if self.token_life:
            who["refresh"] = self._id("xoxe-1-")
            ends = {"refresh_token": who["refresh"], "expires_in": self.token_life}
        return {
            "app_id": APP,
            "scope": ",".join(who["scopes"]),
            "token_type": "bot",
            "access_token": token,
            "bot_user_id": who["user"],
            "team": {"id": who["team"], "name": self.teams[who["team"]]["name"]},
            "enterprise": None,
            "is_enterprise_install": False,
            **ends,
        }


def _is_wrong(fault: Json) -> bool:
    """Whether it is a wrong answer, or none, and not only a late one."""
    return bool(fault["error"] or fault["http"] or fault["drop"] or fault["retry_after"] is not None)
