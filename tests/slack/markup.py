"""What a text notifies, and how typed words arrive: the test for pings, and Slack's own escaping."""

import re
from typing import Any

Json = dict[str, Any]


PING = re.compile(r"<!(channel|here|everyone)(?:\|[^>]*)?>|<!(subteam\^\w+)(?:\|[^>]*)?>|<@([UW]\w+)(?:\|[^>]*)?>")
URL = re.compile(r"https?://[^\s<>|]+")


def pings(body: Json) -> list[str]:
    """Everyone and everything a message would notify: what an injection test has to look at."""
    out: list[str] = []

    def scan(s: str) -> None:
        out.extend(next(g for g in m.groups() if g) for m in PING.finditer(s))
        if body.get("parse") == "full" or str(body.get("link_names", "")).lower() in ("1", "true"):
            out.extend(re.findall(r"(?<!\w)@(channel|here|everyone)\b", s))

    def walk(x: Any) -> None:
        if isinstance(x, list):
            for y in x:
                walk(y)
        elif isinstance(x, dict):
            kind = x.get("type")
            if kind in ("mrkdwn", "markdown") and isinstance(x.get("text"), str):
                scan(x["text"])
            elif kind == "broadcast":
                out.append(str(x.get("range")))
            elif kind == "user" and "user_id" in x:
                out.append(x["user_id"])
            elif kind == "usergroup" and "usergroup_id" in x:
                out.append(f"subteam^{x['usergroup_id']}")
            elif kind != "plain_text":
                for v in x.values():
                    walk(v)

    scan(body.get("text") or "")
    walk(body.get("blocks"))
    for a in body.get("attachments") or []:
        scan(" ".join(str(a.get(k, "")) for k in ("text", "pretext")))
        walk(a.get("blocks"))
    return list(Json.fromkeys(out))


def typed(text: str) -> str:
    """What a person typed, as Slack puts it in an event: & < > escaped, links and mentions marked up."""
    keep: list[str] = []

    def stash(m: re.Match[str]) -> str:
        keep.append(m.group(0))
        return f"\0{len(keep) - 1}\0"

    text = re.sub(r"<[@#!][^>]+>", stash, text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = URL.sub(lambda m: f"<{m.group(0)}>", text)
    return re.sub(r"\0(\d+)\0", lambda m: keep[int(m.group(1))], text)
