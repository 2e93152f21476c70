"""The gateway of the made-up Discord: sessions, what they have missed, and all the ways in which it breaks off."""

import asyncio
import json
import secrets
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import discord
from aiohttp import WSMsgType, web
from simcord import intents as sim_intents
from simcord.backend import serializers

from tests.fake_discord.world import World

_PRIVILEGED = {"presences": 1 << 8, "members": 1 << 1, "message_content": 1 << 15}
_SENDS_A_MINUTE = 120
_FRAME_BYTES = 4096

Frame = dict[str, Any]


@dataclass(kw_only=True)
class Session:
    """What a bot has identified for. `kept` is what is told again to whoever resumes it."""

    id: str
    intents: int
    shard: tuple[int, int]
    seq: int = 0
    kept: deque[Frame] = field(default_factory=lambda: deque(maxlen=2000))
    line: "_Line | None" = None
    resumable: bool = True


class _Line:
    """One socket."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self.socket = socket
        self.session: Session | None = None
        self.received: deque[float] = deque()
        self.queue: asyncio.Queue[Frame | None] = asyncio.Queue()

    def put(self, op: int, data: object = None) -> None:
        self.queue.put_nowait({"op": op, "d": data, "s": None, "t": None})

    async def pump(self) -> None:
        with suppress(ConnectionError, RuntimeError):
            while (frame := await self.queue.get()) is not None:
                await self.socket.send_str(json.dumps(frame))


class Gateway:
    """Where bots connect. `approved` are the privileged intents that the portal grants, `log` what went on."""

    def __init__(self, world: World, token: str) -> None:
        self.world, self.token = world, token
        self.approved: set[str] = set()
        self.heartbeat_seconds = 41.25
        self.repeated_on_resume = 0
        self.refuses_with: int | None = None
        self.sessions: dict[str, Session] = {}
        self.identified: list[tuple[int, int]] = []
        self.log: list[str] = []
        self.address = ""
        self._lines: set[_Line] = set()
        world.backend.subscribers.append(self._tell)

    # What a test does to it

    def ask_to_reconnect(self) -> None:
        """Tell every bot to come back and resume (op 7)."""
        for line in self._lines:
            line.put(7)

    async def close(self, code: int) -> None:
        """Close every socket with that code."""
        for line in list(self._lines):
            await line.socket.close(code=code)

    def drop(self) -> None:
        """Break every socket off without a word."""
        for line in list(self._lines):
            transport = line.socket._req.transport if line.socket._req else None
            if transport is not None:
                transport.abort()

    def forget_sessions(self) -> None:
        """Let no session be resumed."""
        for session in self.sessions.values():
            session.resumable = False

    def repeat_last(self, event: str) -> None:
        """Tell the last event of that name once more, as it was."""
        for session in self.sessions.values():
            frames = [frame for frame in session.kept if frame["t"] == event]
            if frames and session.line:
                session.line.queue.put_nowait(frames[-1])

    # What bots see

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serve one socket."""
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        line = _Line(socket)
        self._lines.add(line)
        self.log.append(f"open {request.path}")
        pump = asyncio.create_task(line.pump())
        line.put(10, {"heartbeat_interval": self.heartbeat_seconds * 1000})
        try:
            async for message in socket:
                if message.type in (WSMsgType.TEXT, WSMsgType.BINARY) and (code := self._take(line, message.data)):
                    await socket.close(code=code)
                    break
        finally:
            self._lines.discard(line)
            pump.cancel()
            if line.session and line.session.line is line:
                line.session.line = None
                if socket.close_code in (1000, 1001):  # whoever closes in good order ends the session
                    self.sessions.pop(line.session.id, None)
            self.log.append(f"closed {socket.close_code}")
        return socket

    def _take(self, line: _Line, raw: str | bytes) -> int | None:
        """The code with which to close, where the frame asks for that."""
        moment = time.monotonic()
        line.received.append(moment)
        while moment - line.received[0] > 60:
            line.received.popleft()
        if len(raw) > _FRAME_BYTES or len(line.received) > _SENDS_A_MINUTE:
            return 4002 if len(raw) > _FRAME_BYTES else 4008
        frame = json.loads(raw)
        match frame["op"]:
            case 1:
                line.put(11)
            case 2:
                return self._identify(line, frame["d"])
            case 6:
                return self._resume(line, frame["d"])
            case 3 | 4 | 8:
                return None if line.session else 4003
            case _:
                return 4001
        return None

    def _identify(self, line: _Line, asked: dict[str, Any]) -> int | None:
        if self.refuses_with is not None:
            return self.refuses_with
        if asked["token"] != self.token:
            return 4004
        if any(asked["intents"] & bit and name not in self.approved for name, bit in _PRIVILEGED.items()):
            return 4014
        number, count = asked.get("shard") or (0, 1)
        session = Session(id=secrets.token_hex(16), intents=asked["intents"], shard=(number, count), line=line)
        line.session = self.sessions[session.id] = session
        self.identified.append((number, count))
        self.log.append("identify")
        guilds = [g for g in self.world.backend.guilds.values() if (g.id >> 22) % count == number]
        ready = {
            "v": 10,
            "user": self.world.bot(),
            "user_settings": {},
            "private_channels": [],
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "shard": [number, count],
            "resume_gateway_url": f"{self.address}/gw-resume",
            "application": {"id": str(self.world.backend.application_id), "flags": 0},
        }
        self._send(session, "READY", ready)
        for guild in guilds:
            self._tell_session(session, "GUILD_CREATE", serializers.guild_create_payload(self.world.backend, guild))
        return None

    def _resume(self, line: _Line, asked: dict[str, Any]) -> int | None:
        if asked["token"] != self.token:
            return 4004
        session = self.sessions.get(asked["session_id"])
        if session is None or not session.resumable:
            self.log.append("resume refused")
            line.put(9, False)
            return None
        session.line, line.session = line, session
        since = max(0, asked["seq"] - self.repeated_on_resume)
        for frame in [f for f in session.kept if f["s"] > since and f["t"] != "READY"]:
            line.queue.put_nowait(frame)
        self.log.append("resume")
        session.seq += 1
        line.queue.put_nowait({"op": 0, "t": "RESUMED", "s": session.seq, "d": {}})
        return None

    def _tell(self, event: str, payload: Any) -> None:
        for session in list(self.sessions.values()):
            self._tell_session(session, event, payload)

    def _tell_session(self, session: Session, event: str, given: Any) -> None:
        """Tell it, as far as the session's intents and what the bot may see allow."""
        payload = json.loads(json.dumps(dict(given)))
        intents = discord.Intents(session.intents)
        backend = self.world.backend
        needed = sim_intents.required_intent(event, payload)
        if (needed and not getattr(intents, needed)) or not self._is_for(session, event, payload):
            return
        if not intents.message_content and event in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
            sim_intents.censor_message(payload, backend.bot_user.id, backend=backend)
        if event == "GUILD_CREATE":
            sim_intents.prune_guild_create(payload, intents, backend.bot_user.id)
            payload["channels"] = [one for one in payload["channels"] if self.world.bot_sees(int(one["id"]))]
        elif event.startswith("MESSAGE_") and not self.world.bot_sees(int(payload["channel_id"])):
            return
        self._send(session, event, payload)

    def _is_for(self, session: Session, event: str, payload: dict[str, Any]) -> bool:
        """Whether the shard of the session hears of it; the first hears what belongs to no server."""
        number, count = session.shard
        guild = payload.get("id") if event.startswith("GUILD_") else payload.get("guild_id")
        return (int(guild or 0) >> 22) % count == number

    def _send(self, session: Session, event: str, payload: Frame) -> None:
        self.world.bell.ring()
        session.seq += 1
        frame = {"op": 0, "t": event, "s": session.seq, "d": payload}
        session.kept.append(frame)
        if session.line:
            session.line.queue.put_nowait(frame)
