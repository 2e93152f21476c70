"""A message as a reader sees it: its words, its links, its buttons."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

Json = dict[str, Any]

_MARKED = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def words_in(message: Json) -> str:
    """All that is written in it."""
    return "\n".join(filter(None, (_plain(part) for part in _texts(message.get("blocks") or [])))) or _plain(
        message.get("text") or ""
    )


def links_in(message: Json) -> list[str]:
    """Where it leads."""
    found = []
    for text in _texts(message.get("blocks") or []):
        found += [unescape(link) for link, _ in _MARKED.findall(text) if link.startswith("http")]
    return [*found, *(one["url"] for one in _all(message.get("blocks") or []) if one.get("type") == "link")]


def keys_in(message: Json) -> dict[str, Json]:
    """The buttons on it: what stands on each, and what Slack says when it is pressed."""
    found: dict[str, Json] = {}
    for one in _all(message.get("blocks") or []):
        if one.get("type") == "button":
            found[one["text"]["text"]] = {"action_id": one["action_id"]}
        if one.get("type") == "feedback_buttons":
            for side in (one["positive_button"], one["negative_button"]):
                found[side["text"]["text"]] = {"action_id": one["action_id"], "value": side["value"]}
    return found


def _texts(blocks: Any) -> Iterator[str]:
    for one in _all(blocks):
        if one.get("type") in ("mrkdwn", "plain_text", "raw_text", "text", "link") and isinstance(one.get("text"), str):
            yield one["text"]


def _all(found: Any) -> Iterator[Json]:
    if isinstance(found, dict):
        yield found
        for value in found.values():
            yield from _all(value)
    elif isinstance(found, list):
        for value in found:
            yield from _all(value)


def _plain(text: str) -> str:
    return unescape(_MARKED.sub(lambda marked: marked[2] or marked[1], text))
