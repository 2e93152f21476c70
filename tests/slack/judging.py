"""What Slack would do with a message: whom it would call, whether it would take it, where its links lead."""

import json
import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from typing import Any

from bench.hostile_news import OWN, Judged
from handlers.slack.blocks import older
from handlers.slack.payload import thaw
from tests.slack.block_rules import check_message
from tests.slack.world import BLOCKS_TOTAL

_MARKED = re.compile(r"<([^<>]*)>?")
_SMILEY = re.compile(r":(?:[0-9_+'-]*[a-z][a-z0-9_+'-]*|[+-]1):")
_BARE = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_CALLING = ("user", "usergroup", "broadcast", "emoji", "channel")
_JOINERS = "\u200c\u200d"


def judge(payload: str) -> Judged:
    """The message as it would be posted, and once more with the older kinds of blocks."""
    message = thaw(payload)
    calls, links = list(_commands(message.text)), list[str]()
    for blocks in (list(message.blocks), older(message.blocks)):
        for part in _walk(blocks):
            calls += _calls(part)
            links += _links(part)
    return Judged(
        calls=tuple(calls),
        refusals=tuple(_refusals(payload, list(message.blocks))),
        forged=tuple(link for link in links if not link.startswith(OWN)),
    )


def _refusals(payload: str, blocks: list[dict[str, Any]]) -> Iterator[str]:
    for shown in (blocks, older(blocks)):
        yield from check_message(shown)
        if len(json.dumps(shown, ensure_ascii=False)) > BLOCKS_TOTAL:
            yield "msg_blocks_too_long"
    yield from (f"unseen {c!a}" for c in set(payload) if _is_unseen(c))


def _walk(part: Any) -> Iterator[dict[str, Any]]:
    """All objects in it."""
    if isinstance(part, list):
        for one in part:
            yield from _walk(one)
    elif isinstance(part, dict):
        yield part
        yield from _walk(list(part.values()))


def _calls(part: dict[str, Any]) -> Iterator[str]:
    if part.get("type") == "mrkdwn":
        yield from _commands(part["text"])
        yield from _SMILEY.findall(_MARKED.sub("", part["text"]))
    elif part.get("type") in _CALLING or part.get("emoji"):
        yield str(part)


def _commands(markup: str) -> Iterator[str]:
    """Whatever the markup does but leading somewhere and showing a date."""
    for inside in _MARKED.findall(markup):
        if not inside.startswith(("http://", "https://", "!date^")):
            yield f"<{inside}>"


def _links(part: dict[str, Any]) -> Iterator[str]:
    """Where it leads, by a link that was made or by an address that Slack would make one of."""
    if part.get("type") == "link" or "url" in part:
        yield part["url"]
    elif part.get("type") == "mrkdwn":
        made = [inside.partition("|")[0] for inside in _MARKED.findall(part["text"])]
        yield from (unescape(one) for one in made if one.startswith("http"))
        if not part.get("verbatim"):
            yield from _BARE.findall(_MARKED.sub("", part["text"]))


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") and character not in _JOINERS
