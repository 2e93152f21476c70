"""Methods about messages: chat.*, and the status and prompts of assistant threads."""

from typing import Any

from tests.slack.delivering import Delivering
from tests.slack.markup import Json, pings
from tests.slack.world import APP, POST_TRUNCATE, UPDATE_LIMIT, Refused


class Chat(Delivering):
    """chat.* and assistant.threads.*"""

    def api_chat_post_message(self, a: Json, w: Json) -> Json:
        ch = self._channel(a.get("channel"), w, write=True)
        if not any(a.get(k) for k in ("text", "blocks", "attachments")):
            raise Refused("no_text")
        self._check_blocks(a)
        if a.get("thread_ts") and not any(m["ts"] == str(a["thread_ts"]) for m in self._live(ch["id"])):
            raise Refused("thread_not_found")
        more: dict[str, Any] = {}
        if len(a.get("text", "")) > POST_TRUNCATE:
            a = {**a, "text": a["text"][:POST_TRUNCATE]}
            more = {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}
        user, bot = w["user"], w["bot"]
        m = self._store(ch, a, user=user, bot_id=bot, app_id=APP)
        self._announce(m)
        if f"{ch['id']}:{a.get('thread_ts')}" in self.status:  # it goes by itself
            self.status[f"{ch['id']}:{a['thread_ts']}"]["status"] = ""
        return {"channel": ch["id"], "ts": m["ts"], "message": self._public(m), **more}

    def api_chat_update(self, a: Json, w: Json) -> Json:
        ch = self._channel(a.get("channel"), w)
        m = self._find(ch["id"], a.get("ts"))
        if m.get("user") != w["user"]:
            raise Refused("cant_update_message")
        if not any(k in a for k in ("text", "blocks", "attachments")):
            raise Refused("no_text")
        if len(a.get("text", "")) > UPDATE_LIMIT:
            raise Refused("msg_too_long")
        self._check_blocks(a)
        before = self._public(m)
        if "text" in a and "blocks" not in a:
            m.pop("blocks", None)
        m.update({k: a[k] for k in ("text", "blocks", "attachments", "metadata") if k in a})
        m.update(edited={"user": w["user"], "ts": self._ts()}, _pings=pings(m))
        self._emit(
            {
                "type": "message",
                "subtype": "message_changed",
                "hidden": True,
                "channel": ch["id"],
                "ts": self._ts(),
                "message": self._public(m),
                "previous_message": before,
                "channel_type": self._kind(ch),
            },
            ch,
        )
        return {"channel": ch["id"], "ts": m["ts"], "text": m["text"], "message": self._public(m)}

    def api_chat_delete(self, a: Json, w: Json) -> Json:
        ch = self._channel(a.get("channel"), w)
        m = self._find(ch["id"], a.get("ts"))
        if m.get("user") != w["user"]:
            raise Refused("cant_delete_message")
        m["_deleted"] = True
        return {"channel": ch["id"], "ts": m["ts"]}

    def api_chat_post_ephemeral(self, a: Json, w: Json) -> Json:
        ch = self._channel(a.get("channel"), w, write=True)
        if not any(a.get(k) for k in ("text", "blocks", "attachments")):
            raise Refused("no_text")
        if a.get("user") not in ch["members"]:
            raise Refused("user_not_in_channel")
        self._check_blocks(a)
        self.ephemeral.append(
            {
                "channel": ch["id"],
                "user": a["user"],
                "text": a.get("text", ""),
                "blocks": a.get("blocks"),
                "ts": self._ts(),
                "_pings": pings(a),
            }
        )
        return {"message_ts": self.ephemeral[-1]["ts"]}

    def api_chat_get_permalink(self, a: Json, w: Json) -> Json:
        ch = self._channel(a.get("channel"), w)
        m = self._find(ch["id"], a.get("message_ts"))
        return {
            "channel": ch["id"],
            "permalink": f"https://{self.teams[w['team']]['domain']}.slack.com/archives/"
            f"{ch['id']}/p{m['ts'].replace('.', '')}",
        }

    def api_assistant_threads_set_status(self, a: Json, w: Json) -> Json:
        self._need(a, "channel_id", "thread_ts")
        self._find(a["channel_id"], a["thread_ts"], "thread_not_found")
        return self._assist(a, w, status=a.get("status", ""))

    def api_assistant_threads_set_suggested_prompts(self, a: Json, w: Json) -> Json:
        self._need(a, "channel_id")
        if not self.has_agents:
            raise Refused("not_agent_app")
        return self._assist(a, w, prompts=a.get("prompts", []))

    def _assist(self, a: Json, w: Json, **set_: Any) -> Json:
        ch = self._channel(a["channel_id"], w)
        self.status.setdefault(f"{ch['id']}:{a.get('thread_ts', '')}", {}).update(set_)
        return {}
