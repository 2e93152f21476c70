"""Methods about views and files."""

import json
import time
from typing import Any

from aiohttp import web

from tests.slack.block_rules import check_view
from tests.slack.delivering import Delivering
from tests.slack.markup import Json
from tests.slack.world import APP, Refused


class Surfaces(Delivering):
    """views.* and files.*"""

    def _view(self, a: Json, w: Json, **more: Any) -> Json:
        found = check_view(a.get("view"))
        if found:
            raise Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] {f}" for f in found]})
        if len(json.dumps(a["view"])) > 250_000:
            raise Refused("view_too_large")
        vid = more.pop("id", None) or self._id("V")
        self.views[vid] = {
            "private_metadata": "",
            "callback_id": "",
            "state": {"values": {}},
            **a["view"],
            "id": vid,
            "hash": self._ts(),
            "app_id": APP,
            "team_id": w["team"],
            **more,
        }
        return self.views[vid]

    def _trigger(self, a: Json) -> None:
        t = self.triggers.get(a.get("trigger_id", ""))
        if t is None:
            raise Refused("invalid_trigger_id")
        if t["used"]:
            raise Refused("exchanged_trigger_id")
        if time.monotonic() - t["at"] > 3:
            raise Refused("expired_trigger_id")
        t["used"] = True

    def api_views_publish(self, a: Json, w: Json) -> Json:
        if a.get("user_id") not in self.users:
            raise Refused("user_not_found")
        old = self.homes.get(a["user_id"])
        if a.get("hash") and old and old["hash"] != a["hash"]:
            raise Refused("hash_conflict")
        self.homes[a["user_id"]] = v = self._view(a, w, **({"id": old["id"]} if old else {}))
        return {"view": v}

    def api_views_open(self, a: Json, w: Json) -> Json:
        self._trigger(a)
        return {"view": self._view(a, w)}

    def api_views_push(self, a: Json, w: Json) -> Json:
        self._trigger(a)
        return {"view": self._view(a, w)}

    def api_views_update(self, a: Json, w: Json) -> Json:
        old = self.views.get(a.get("view_id", ""))
        if old is None:
            raise Refused("not_found")
        if a.get("hash") and old["hash"] != a["hash"]:
            raise Refused("hash_conflict")
        return {"view": self._view(a, w, id=old["id"])}

    def api_files_get_upload_url_external(self, a: Json, w: Json) -> Json:
        self._need(a, "filename", "length")
        f = self._id("F")
        self.files[f] = {"id": f, "name": a["filename"], "size": int(a["length"]), "_data": None, "_done": False}
        return {"upload_url": f"{self.root}/upload/{f}", "file_id": f}

    async def _on_upload(self, req: web.Request) -> web.Response:
        f = self.files.get(req.match_info["id"])
        if f is None:
            return web.Response(status=404)
        if req.content_type.startswith("multipart/"):
            part = next(iter((await req.post()).values()))
            data = part.file.read() if isinstance(part, web.FileField) else str(part).encode()
        else:
            data = await req.read()
        f["_data"] = data
        return web.Response(text=f"OK - {len(data)}")

    def api_files_complete_upload_external(self, a: Json, w: Json) -> Json:
        done = []
        for x in a.get("files") or []:
            f = self.files.get(x.get("id"))
            if f is None or f["_data"] is None or len(f["_data"]) != f["size"]:
                raise Refused("file_not_found" if f is None else "file_upload_size_mismatch")
            done.append(f)
        if not done:
            raise Refused("invalid_arguments")
        if a.get("channel_id"):
            ch = self._channel(a["channel_id"], w, write=True)
            user, bot = w["user"], w["bot"]
            m = self._store(
                ch,
                {"text": a.get("initial_comment", ""), **({"thread_ts": a["thread_ts"]} if a.get("thread_ts") else {})},
                user=user,
                bot_id=bot,
                files=[{k: v for k, v in f.items() if k[0] != "_"} for f in done],
            )
            self._announce(m)
        for f, x in zip(done, a["files"], strict=True):
            f.update(_done=True, title=x.get("title", f["name"]), url_private=f"{self.root}/files/{f['id']}")
        return {"files": [{k: v for k, v in f.items() if k[0] != "_"} for f in done]}

    def api_files_info(self, a: Json, w: Json) -> Json:
        f = self.files.get(a.get("file", ""))
        if f is None:
            raise Refused("file_not_found")
        return {"file": {k: v for k, v in f.items() if k[0] != "_"}}

    async def _on_file(self, req: web.Request) -> web.Response:
        f = self.files.get(req.match_info["id"])
        if req.headers.get("Authorization", "")[7:] not in self.tokens:  # Slack shows a login page, with 200
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        return web.Response(body=f["_data"]) if f and f["_data"] is not None else web.Response(status=404)
