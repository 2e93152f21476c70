"""What people do in the workspace: talk, open the app, invite and remove it."""

from tests.slack.delivering import Delivering
from tests.slack.markup import Json, typed
from tests.slack.world import TEAM


class People(Delivering):
    """Everything that a person, or an administrator, can do without pressing anything."""

    async def say(
        self, channel: str, user: str, text: str, thread_ts: str = "", raw: bool = False, file: bytes = b""
    ) -> str:
        ch = self.channels.get(channel) or self.direct(user)
        body = {"text": text if raw else typed(text), **({"thread_ts": thread_ts} if thread_ts else {})}
        more = {"subtype": "file_share", "files": [self._attach(file)]} if file else {}
        m = self._store(
            ch, body, user=user, client_msg_id=self._id("msg-"), user_team=self.users[user]["team_id"], **more
        )
        self._announce(m)
        return str(m["ts"])

    def _attach(self, content: bytes) -> Json:
        file = self._id("F")
        self.files[file] = {"id": file, "name": "feeds.opml", "_data": content}
        return {"id": file, "name": "feeds.opml", "url_private": f"{self.root}/files/{file}"}

    def direct(self, user: str, team: str = TEAM) -> Json:
        """The conversation of a person with the bot."""
        return self._im(user, {"user": self._bot_of(team), "team": team})

    async def edit(self, channel: str, ts: str, text: str) -> None:
        m, ch = self._find(channel, ts), self.channels[channel]
        before = self._public(m)
        m.update(text=typed(text), edited={"user": m["user"], "ts": self._ts()})
        self._emit(
            {
                "type": "message",
                "subtype": "message_changed",
                "hidden": True,
                "channel": channel,
                "ts": self._ts(),
                "message": self._public(m),
                "previous_message": before,
                "channel_type": self._kind(ch),
            },
            ch,
        )

    async def delete(self, channel: str, ts: str) -> None:
        m, ch = self._find(channel, ts), self.channels[channel]
        m["_deleted"] = True
        self._emit(
            {
                "type": "message",
                "subtype": "message_deleted",
                "hidden": True,
                "channel": channel,
                "ts": self._ts(),
                "deleted_ts": ts,
                "previous_message": self._public(m),
                "channel_type": self._kind(ch),
            },
            ch,
        )

    async def open_home(self, user: str, tab: str = "home") -> None:
        channel = self.direct(user)["id"]
        self._emit(
            {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab, "view": self.homes.get(user)}
        )

    async def invite(self, channel: str, by: str = "U0ALICE") -> None:
        ch = self.channels[channel]
        bot = self._bot_of(ch["team"])
        ch["members"] = [*ch["members"], bot]
        event = {"type": "member_joined_channel", "user": bot, "channel": channel, "inviter": by}
        self._emit({**event, "team": ch["team"], "channel_type": "G" if ch["is_private"] else "C"}, ch)

    async def kick(self, channel: str) -> None:
        ch = self.channels[channel]
        ch["members"] = [m for m in ch["members"] if m != self._bot_of(ch["team"])]
        kind = "group_left" if ch["is_private"] else "channel_left"
        self._emit({"type": kind, "channel": channel, "actor_id": "U0ALICE"}, team=ch["team"])

    async def shelve(self, channel: str, archived: bool = True) -> None:
        ch = self.channels[channel]
        ch["is_archived"] = archived
        kind = f"{'group' if ch['is_private'] else 'channel'}_{'archive' if archived else 'unarchive'}"
        self._emit({"type": kind, "channel": channel, "user": "U0ALICE"}, ch)

    async def rename_id(self, old: str, new: str) -> None:
        self.channels[new] = ch = {**self.channels.pop(old), "id": new}
        self._emit({"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new}, ch)

    async def uninstall(self, team: str = TEAM) -> None:
        for t in self.tokens.values():
            if t["kind"] == "bot" and t["team"] == team:
                t["error"] = "account_inactive"
        self._emit({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self._bot_of(team)]}}, team=team)
        self._emit({"type": "app_uninstalled"}, team=team)

    async def event(self, event: Json) -> str:
        return self._emit(event)

    async def redeliver(self, event_id: str, times: int = 1) -> None:
        """The same event again, same event_id, no retry marks: Slack promises at-least-once only."""
        for _ in range(times):
            await self._hand("events_api", self.events[event_id], retry=False)
