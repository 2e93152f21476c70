"""The REST side of the made-up Discord: who may ask, how often, what is well-formed, and all that can go wrong."""

import asyncio
import fnmatch
import hashlib
import io
import json
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import BodyPartReader, web
from simcord.backend.errors import BackendError
from simcord.http import router as sim_router
from simcord.http import routes as _routes  # noqa: F401 (registers what answers)

from tests.fake_discord.polish import polish
from tests.fake_discord.rules import check_rules
from tests.fake_discord.spec import Problem, error_tree, spec
from tests.fake_discord.world import World

_NONCE_SECONDS = 180  # Discord says "a few minutes"


@dataclass(kw_only=True)
class Fault:
    """What goes wrong with the next requests on a route; `times` of them.

    "before" loses the request, "after" loses the answer, "status_after" answers with the status although it was done.
    """

    kind: Literal["status", "status_after", "429", "html", "before", "after", "wait"]
    path: str
    method: str = "*"
    times: int = 1
    status: int = 500
    code: int = 0
    retry_after: float = 0.05
    scope: str = "user"
    until: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(kw_only=True)
class Asked:
    """A request, and the status it was answered with; 0 where nobody got an answer."""

    method: str
    path: str
    body: Any = None
    files: list[str] = field(default_factory=list)
    status: int = 0
    nonce_known: bool = False


@dataclass(kw_only=True)
class Bucket:
    """How many requests more are taken until it fills again."""

    limit: int
    seconds: float
    left: int = 0
    fills_at: float = 0.0

    def take(self) -> bool:
        """Whether one more is taken."""
        if time.monotonic() >= self.fills_at:
            self.left, self.fills_at = self.limit, time.monotonic() + self.seconds
        self.left -= 1
        return self.left >= 0


@dataclass
class _Upload:
    fp: io.BytesIO
    filename: str
    description: str | None = None


class Rest:
    """Answers requests. `violations` is what Discord's description or documents object to: a test ends with none.

    `limits` are (method, path with *, how many, in how many seconds); none by default, as tests are in a hurry.
    """

    def __init__(self, world: World, token: str) -> None:
        self.world, self.token = world, token
        self.asked: list[Asked] = []
        self.violations: list[str] = []
        self.faults: list[Fault] = []
        self.limits: list[tuple[str, str, int, float]] = []
        self.a_second = 50
        self.check_every = 1  # so many requests are looked at once; more where a bench is in a hurry
        self.invalid_limit = 10_000
        self.invalid: deque[float] = deque()
        self.identifies_left = 1000
        self.shards = 1
        self.gateway = ""
        self._recent: deque[float] = deque()
        self._buckets: dict[str, Bucket] = {}
        self._nonces: dict[tuple[str, str], tuple[float, Any]] = {}

    def requests(self, method: str, path: str) -> list[Asked]:
        """The requests on a route, whose path may have *."""
        return [one for one in self.asked if one.method == method and fnmatch.fnmatch(one.path, path)]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        asked = Asked(method=request.method, path="/" + request.match_info["tail"])
        self.asked.append(asked)
        if len(self.invalid) >= self.invalid_limit:
            asked.status = 429  # a page that speaks no JSON and has no Via
            return web.Response(status=429, text="error code: 1015", content_type="text/html")
        fault = self._next_fault(asked)
        if fault and fault.kind == "before":
            return _hang_up(request)
        asked.body, files = await _read(request)
        asked.files = [file.filename for file in files]
        if fault and fault.kind == "wait":
            await fault.until.wait()
        if refused := self._refuse(request, asked, fault):
            return refused
        headers, problems = self._bucket(asked), self._problems(asked)
        if headers and int(headers["X-RateLimit-Remaining"]) < 0:
            return self._too_many(asked, float(headers["X-RateLimit-Reset-After"]), "user", headers)
        if problems:
            error = {"message": "Invalid Form Body", "code": 50035, "errors": error_tree(problems)}
            return self._finish(asked, 400, error, headers)
        status, answer = self._carry_out(asked, files, dict(request.query))
        if fault and fault.kind == "after":
            return _hang_up(request)
        if fault and fault.kind == "status_after":
            return self._finish(asked, fault.status, {"message": "made up", "code": 0}, {})
        return self._finish(asked, status, answer, headers)

    def _next_fault(self, asked: Asked) -> Fault | None:
        for fault in self.faults:
            if fault.method in ("*", asked.method) and fnmatch.fnmatch(asked.path, fault.path):
                fault.times -= 1
                if fault.times <= 0:
                    self.faults.remove(fault)
                return fault
        return None

    def _refuse(self, request: web.Request, asked: Asked, fault: Fault | None) -> web.Response | None:
        """The answer to a request that is not looked at."""
        if fault and fault.kind == "status":
            return self._finish(asked, fault.status, {"message": "made up", "code": fault.code}, {})
        if fault and fault.kind == "429":
            return self._too_many(asked, fault.retry_after, fault.scope, {})
        if fault and fault.kind == "html":
            asked.status = fault.status
            return web.Response(status=fault.status, text="<html>bad gateway</html>", content_type="text/html")
        by_token = asked.path.startswith("/interactions/") or (
            asked.path.startswith("/webhooks/") and asked.path.count("/") >= 3
        )
        if by_token:
            return None
        if request.headers.get("Authorization") != f"Bot {self.token}":
            return self._finish(asked, 401, {"message": "401: Unauthorized", "code": 0}, {})
        moment = time.monotonic()
        self._recent.append(moment)
        while moment - self._recent[0] > 1:
            self._recent.popleft()
        if len(self._recent) > self.a_second:
            return self._too_many(asked, round(1.001 - (moment - self._recent[0]), 3), "global", {})
        return None

    def _bucket(self, asked: Asked) -> dict[str, str]:
        """What the headers say of the limit of the route, one request less; none where it has no limit."""
        for method, pattern, limit, seconds in self.limits:
            if method in ("*", asked.method) and fnmatch.fnmatch(asked.path, pattern):
                name = hashlib.sha1(f"{method}{pattern}".encode()).hexdigest()[:16]
                major = "/".join(asked.path.split("/")[:3])
                bucket = self._buckets.setdefault(f"{name}:{major}", Bucket(limit=limit, seconds=seconds))
                bucket.take()
                after = max(bucket.fills_at - time.monotonic(), 0.001)
                return {
                    "X-RateLimit-Limit": str(limit),
                    "X-RateLimit-Remaining": str(bucket.left),
                    "X-RateLimit-Reset": f"{time.time() + after:.3f}",
                    "X-RateLimit-Reset-After": f"{after:.3f}",
                    "X-RateLimit-Bucket": name,
                }
        return {}

    def _is_checked(self) -> bool:
        return len(self.asked) % self.check_every == 0

    def _problems(self, asked: Asked) -> list[Problem]:
        if asked.path.startswith("/gateway") or not self._is_checked():
            return []
        method, path, body = asked.method, asked.path, asked.body
        problems = spec().check_request(method, path, body)
        problems += check_rules(method, spec().match(method, path) or "", body)
        self.violations += [f"{method} {path}: {problem}" for problem in problems]
        unknown = spec().unknown_fields(method, path, body)
        self.violations += [f"{method} {path}: unknown field {name}" for name in unknown]
        for name in unknown:
            del body[name]
        return problems

    def _carry_out(self, asked: Asked, files: list[_Upload], query: dict[str, str]) -> tuple[int, Any]:
        """What Discord does, which knows a nonce for a few minutes where messages are created."""
        body, key = asked.body, None
        is_creation = asked.method == "POST" and fnmatch.fnmatch(asked.path, "/channels/*/messages")
        if is_creation and self.world.takes_no_text(int(asked.path.split("/")[2])):
            return 400, {"message": "Cannot send messages in a non-text channel", "code": 50008}
        if is_creation and isinstance(body, dict) and body.get("enforce_nonce") and body.get("nonce") is not None:
            key = (asked.path, str(body["nonce"]))
            at, first = self._nonces.get(key, (float("-inf"), None))
            if self.world.clock.now().timestamp() - at < _NONCE_SECONDS:
                asked.nonce_known = True
                is_there = int(first["id"]) in self.world.backend.messages.get(int(first["channel_id"]), {})
                return (200, first) if is_there else (404, {"message": "Unknown Message", "code": 10008})
        status, answer = self._dispatch(asked, files, query)
        if isinstance(body, dict) and isinstance(answer, dict) and body.get("nonce") is not None and status == 200:
            answer = {**answer, "nonce": body["nonce"]}
        if key and status == 200:
            self._nonces[key] = (self.world.clock.now().timestamp(), answer)
        return status, answer

    def _dispatch(self, asked: Asked, files: list[_Upload], query: dict[str, str]) -> tuple[int, Any]:
        method, path = asked.method, asked.path
        if path == "/gateway/bot":
            start = {
                "total": 1000,
                "remaining": self.identifies_left,
                "reset_after": 14_400_000,
                "max_concurrency": 1,
            }
            return 200, {"url": self.gateway, "shards": self.shards, "session_start_limit": start}
        if path == "/gateway":
            return 200, {"url": self.gateway}
        if path == "/users/@me" and method == "GET":
            return 200, self.world.bot()
        simulated = "/oauth2/applications/@me" if path == "/applications/@me" else path
        try:
            answer = sim_router.dispatch(
                self.world.backend,
                method,
                simulated,
                json=asked.body,
                params=query,
                files=files,
                message_content_access=False,
            )
        except (sim_router.RouteNotImplemented, sim_router.UnsupportedField) as gap:
            self.violations.append(f"{method} {path}: the stand-in cannot do this ({gap})")
            return 501, {"message": str(gap), "code": 0}
        except BackendError as error:
            return error.status, error.to_json()
        if path.endswith("/callback") and query.get("with_response") not in ("1", "true"):
            return 204, None
        return (204, None) if answer is None else (200, answer)

    def _too_many(self, asked: Asked, retry_after: float, scope: str, given: dict[str, str]) -> web.Response:
        headers = {"Retry-After": str(int(retry_after) + 1), "X-RateLimit-Scope": scope, **given}
        if scope == "global":
            headers["X-RateLimit-Global"] = "true"
        words = {"message": "You are being rate limited.", "retry_after": retry_after, "global": scope == "global"}
        return self._finish(asked, 429, words, headers)

    def _finish(self, asked: Asked, status: int, answer: Any, headers: dict[str, str]) -> web.Response:
        method, path = asked.method, asked.path
        if status == 200:
            documented = spec().statuses(method, path)
            status = 201 if "201" in documented and "200" not in documented else 200
            answer = polish(answer, path)
            if not path.startswith("/gateway") and self._is_checked():
                wrong = spec().check_answer(method, path, status, answer)
                self.violations += [f"{method} {path}: the stand-in answers wrongly: {one}" for one in wrong]
        asked.status = status
        self.world.bell.ring()
        if status in (401, 403, 429) and headers.get("X-RateLimit-Scope") != "shared":
            self.invalid.append(time.monotonic())
        # discord.py takes a 429 without Via for a ban, and a Content-Type that says more than this for text.
        headers = {"Via": "1.1 made up", **headers}
        if status == 204:
            return web.Response(status=204, headers=headers)
        headers["Content-Type"] = "application/json"
        return web.Response(status=status, body=json.dumps(answer).encode(), headers=headers)


async def _read(request: web.Request) -> tuple[Any, list[_Upload]]:
    """The JSON of a request, and the files that came with it."""
    if not request.content_type.startswith("multipart/"):
        raw = await request.read()
        return (json.loads(raw) if raw else None), []
    body, files = None, []
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        content = bytes(await part.read())
        if part.name == "payload_json":
            body = json.loads(content)
        else:
            files.append(_Upload(io.BytesIO(content), part.filename or "file"))
    holder = body.get("data", body) if isinstance(body, dict) else {}
    holder = holder.get("message", holder) if isinstance(holder, dict) else {}
    for file, described in zip(files, (holder or {}).get("attachments", []), strict=False):
        file.description = described.get("description")
    return body, files


def _hang_up(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
