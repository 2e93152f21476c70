"""What Discord would do with a message: whom it would call, whether it would take it, where its links lead."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from bench.hostile_news import OWN, Judged
from handlers.discord.message import marked
from tests.fake_discord.reading import see
from tests.fake_discord.rules import check_rules
from tests.fake_discord.spec import spec

_ROUTE = "POST", "/channels/1/messages"
_TEMPLATE = "/channels/{channel_id}/messages"
_MARKER = "MFRGGZDFMZTWQ2LKNNWG23TP"


def judge(payload: str) -> Judged:
    """The message as the poster would send it."""
    body = marked(json.loads(payload)["components"], _MARKER)
    seen = [see(component["content"]) for component in _walk(body["components"]) if component["type"] == 10]
    return Judged(
        calls=tuple(call for one in seen for call in (*one.calls, *_called(one.shown))),
        refusals=tuple(refusals(body)),
        forged=tuple(link for one in seen for link in one.links if not link.startswith(OWN)),
    )


def refusals(body: dict[str, Any]) -> list[str]:
    """Why Discord would refuse to create a message in one frame: by its rules as a whole, by its description in parts,
    since what looks alike is looked at once."""
    problems = [str(problem) for problem in check_rules("POST", _TEMPLATE, body)]
    return [*problems, *(problem for part in _parts(body) for problem in _problems(part))]


def _called(shown: list[str]) -> Iterator[str]:
    """Channels, commands, smileys; only dates are ours."""
    return (one for one in shown if not one.startswith("<t:"))


def _parts(body: dict[str, Any]) -> Iterator[str]:
    """The message once for each component of its frame, with letters instead of words: no fewer, hardly more."""
    [frame] = body["components"]
    for component in frame["components"]:
        yield json.dumps({**body, "components": [{**frame, "components": [_lettered(component)]}]}, sort_keys=True)


@cache
def _problems(body: str) -> tuple[str, ...]:
    return tuple(map(str, spec().check_request(*_ROUTE, json.loads(body))))


def _lettered(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: value if key == "url" else _lettered(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_lettered(value) for value in part]
    if isinstance(part, str):
        return "x" * (-(-len(part) // 40) * 40 if len(part) <= 80 else -(-len(part) // 500) * 500)
    return part


def _walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components", []))
