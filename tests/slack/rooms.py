"""Methods about who and where: auth, teams, conversations, users, reactions."""

import base64

from tests.slack.delivering import Delivering
from tests.slack.markup import Json
from tests.slack.world import APP, Refused


class Rooms(Delivering):
    """auth.*, conversations.*, users.*, reactions.*"""

    def api_auth_test(self, a: Json, w: Json) -> Json:
        t = self.teams[w["team"]]
        return {
            "url": f"https://{t['domain']}.slack.com/",
            "team": t["name"],
            "team_id": t["id"],
            "user": self.users[w["user"]]["name"],
            "user_id": w["user"],
            "bot_id": w["bot"],
            "is_enterprise_install": False,
        }

    def api_auth_revoke(self, a: Json, w: Json) -> Json:
        self.tokens[w["token"]]["error"] = "token_revoked"
        return {"revoked": True}

    def api_team_info(self, a: Json, w: Json) -> Json:
        return {"team": self.teams[w["team"]]}

    def api_bots_info(self, a: Json, w: Json) -> Json:
        return {"bot": {"id": w["bot"], "app_id": APP, "user_id": w["user"], "name": "newsbot"}}

    def api_apps_connections_open(self, a: Json, w: Json) -> Json:
        ticket = self._id("ticket-")
        self.tickets.add(ticket)
        return {"url": f"ws://127.0.0.1:{self.port}/link?ticket={ticket}&app_id={APP}"}

    def _show(self, ch: Json, w: Json) -> Json:
        return {
            **{k: v for k, v in ch.items() if k not in ("members", "team")},
            "is_member": w["user"] in ch["members"],
            **({"user": next(one for one in ch["members"] if one != w["user"])} if ch["is_im"] else {}),
            "num_members": len(ch["members"]),
        }

    @staticmethod
    def _page(rows: list[Json], a: Json, key: str, default: int = 100) -> Json:
        try:
            at = int(base64.b64decode(a["cursor"]).decode()[1:]) if a.get("cursor") else 0
        except ValueError:
            raise Refused("invalid_cursor") from None
        end = at + max(1, min(int(a.get("limit", default)), 1000))
        nxt = base64.b64encode(b"n%d" % end).decode() if end < len(rows) else ""
        return {key: rows[at:end], "response_metadata": {"next_cursor": nxt}}

    def _visible(self, w: Json, types: str) -> list[Json]:
        want = {t.strip() for t in types.split(",")}
        name = {"im": "im", "group": "private_channel", "channel": "public_channel"}
        return [
            c
            for c in self.channels.values()
            if c["team"] == w["team"]
            and name[self._kind(c)] in want
            and (not c["is_private"] or w["user"] in c["members"])
        ]

    def api_conversations_list(self, a: Json, w: Json) -> Json:
        rows = [
            self._show(c, w)
            for c in self._visible(w, a.get("types", "public_channel"))
            if not (str(a.get("exclude_archived", "")).lower() in ("1", "true") and c["is_archived"])
        ]
        return self._page(rows, a, "channels")

    def api_users_conversations(self, a: Json, w: Json) -> Json:
        return self._page(
            [
                self._show(c, w)
                for c in self._visible(w, a.get("types", "public_channel"))
                if a.get("user", w["user"]) in c["members"]
            ],
            a,
            "channels",
        )

    def api_conversations_info(self, a: Json, w: Json) -> Json:
        return {"channel": self._show(self._channel(a.get("channel"), w), w)}

    def api_conversations_members(self, a: Json, w: Json) -> Json:
        return self._page(self._channel(a.get("channel"), w)["members"], a, "members")

    def api_conversations_history(self, a: Json, w: Json) -> Json:
        ch = self._channel(a.get("channel"), w, member=True)
        lo, hi = float(a.get("oldest", 0)), float(a.get("latest", "inf"))
        rows = [
            self._public(m)
            for m in reversed(self._live(ch["id"]))
            if m.get("thread_ts", m["ts"]) == m["ts"] and lo < float(m["ts"]) <= hi
        ]
        page = self._page(rows, a, "messages")
        return {**page, "has_more": bool(page["response_metadata"]["next_cursor"])}

    def api_conversations_replies(self, a: Json, w: Json) -> Json:
        ch = self._channel(a.get("channel"), w, member=True)
        root = self._find(ch["id"], a.get("ts"), "thread_not_found")
        rows = [self._public(m) for m in self._live(ch["id"]) if m is root or m.get("thread_ts") == root["ts"]]
        page = self._page(rows, a, "messages")
        return {**page, "has_more": bool(page["response_metadata"]["next_cursor"])}

    def api_conversations_open(self, a: Json, w: Json) -> Json:
        ids = [u for u in (a["users"] if isinstance(a.get("users"), list) else str(a.get("users", "")).split(",")) if u]
        if not ids:
            raise Refused("users_list_not_supplied")
        if ids[0] not in self.users:
            raise Refused("user_not_found")
        return {"channel": {"id": self._im(ids[0], w)["id"]}}

    def api_conversations_join(self, a: Json, w: Json) -> Json:
        ch = self._channel(a.get("channel"), w)
        if ch["is_private"]:
            raise Refused("method_not_supported_for_channel_type")
        if ch["is_archived"]:
            raise Refused("is_archived")
        if w["user"] not in ch["members"]:
            ch["members"].append(w["user"])
        return {"channel": self._show(ch, w)}

    def api_users_list(self, a: Json, w: Json) -> Json:
        return self._page([u for u in self.users.values() if u["team_id"] == w["team"]], a, "members")

    def api_users_info(self, a: Json, w: Json) -> Json:
        if a.get("user") not in self.users:
            raise Refused("user_not_found")
        return {"user": self.users[a["user"]]}

    def api_users_lookup_by_email(self, a: Json, w: Json) -> Json:
        u = next((u for u in self.users.values() if u["profile"]["email"] == a.get("email") != ""), None)
        if u is None:
            raise Refused("users_not_found")
        return {"user": u}

    def _react(self, a: Json, w: Json, on: bool) -> Json:
        ch = self._channel(a.get("channel"), w, member=True)
        rs = self._find(ch["id"], a.get("timestamp")).setdefault("reactions", [])
        r = next((r for r in rs if r["name"] == a.get("name")), None)
        has = r is not None and w["user"] in r["users"]
        if on == has:
            raise Refused("already_reacted" if on else "no_reaction")
        if on and r is None:
            rs.append({"name": a["name"], "users": [w["user"]], "count": 1})
        elif r is not None:
            (r["users"].append if on else r["users"].remove)(w["user"])
            r["count"] = len(r["users"])
        return {}

    def api_reactions_add(self, a: Json, w: Json) -> Json:
        self._need(a, "name")
        return self._react(a, w, True)

    def api_reactions_remove(self, a: Json, w: Json) -> Json:
        return self._react(a, w, False)
