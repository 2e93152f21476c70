"""What Slack hands in, read: messages, commands, shortcuts and buttons as values; pure.

Everything in a payload was written by others. Texts come out as people typed them, without Slack's markup.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from html import unescape
from typing import Any, get_args

from bot.news.text import clip
from config import defaults
from handlers.slack.blocks import name_pressed

Payload = Mapping[str, Any]

_SPOKEN_SUBTYPES = frozenset({"", "file_share", "thread_broadcast"})
"""Kinds of messages that people write; all others tell of edits, joins and the like."""

_MARKED = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")
_COURTESIES = frozenset(
    "thanks thank you thx ty cheers ok okay great good nice cool perfect wow lol yes no yep nope sure right got it so "
    "very much all the a lot that is was helpful interesting".split()
)
"""Words of which nobody asks anything."""

BACKGROUND = "background_on_this"
"""What the message shortcut is called in the manifest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """Who it comes from: the workspace in which the desk is installed, the person, and the workspace that is theirs."""

    team: str
    user: str
    home: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """A message. `thread` is the root of the thread in which it stands, `named` says that it names the desk.

    `goes_on`: said where the desk has answered, it may be meant for the desk.
    """

    sender: Sender
    channel: str
    ts: str
    thread: str | None
    text: str
    is_direct: bool
    named: bool
    goes_on: bool = True
    files: tuple[str, ...] = ()

    @property
    def is_meant(self) -> bool:
        """Whether it is meant for the desk, wherever it is said."""
        return self.is_direct or self.named

    @property
    def may_be_meant(self) -> bool:
        """Whether it is meant for the desk, or is where the desk has answered in its thread."""
        return self.is_meant or (self.thread is not None and self.goes_on)

    @property
    def key(self) -> str:
        """By what it is known again: two events of one message have it in common."""
        return f"{self.channel}:{self.ts}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """A command, or a shortcut on the message `under`. It can be answered at an address for half an hour."""

    sender: Sender
    channel: str
    words: str
    answer_at: str
    trigger: str
    under: str | None = None

    @property
    def key(self) -> str:
        """By what it is known again."""
        return self.trigger


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """A button that was pressed on the message `under`, in the thread with that root.

    `is_private`: only whoever pressed it can see the message.
    """

    sender: Sender
    channel: str
    name: str
    under: str
    thread: str | None
    is_private: bool
    answer_at: str
    trigger: str

    @property
    def key(self) -> str:
        """By what it is known again."""
        return self.trigger


Incoming = Heard | Typed | Press
"""What is answered, sooner or later."""

_KINDS: dict[str, type[Heard] | type[Typed] | type[Press]] = {one.__name__: one for one in get_args(Incoming)}


def read_message(body: Payload, team: str, bot: str) -> Heard | None:
    """What a person said where the desk can hear it; None for what programs say, edits, and what the desk said.

    `team` and `bot` are the workspace in which the desk is installed, and the desk itself there.
    """
    event = body["event"]
    spoken = event.get("type") in ("message", "app_mention") and str(event.get("subtype") or "") in _SPOKEN_SUBTYPES
    user = str(event.get("user") or "")
    if not spoken or not user or event.get("bot_id") or user == bot:
        return None
    text = str(event.get("text") or "")
    root = event.get("thread_ts")
    return Heard(
        sender=Sender(team=team, user=user, home=str(event.get("user_team") or team)),
        channel=str(event["channel"]),
        ts=str(event["ts"]),
        thread=str(root) if root else None,
        text=plain_words(text, bot),
        is_direct=event.get("channel_type") == "im",
        named=event["type"] == "app_mention" or any(named == bot for named in _MENTION.findall(text)),
        goes_on=_goes_on(text),
        files=tuple(str(file["url_private"]) for file in event.get("files") or () if file.get("url_private")),
    )


def read_slash(payload: Payload, team: str) -> Typed:
    """A command as it was typed, with its name before its words."""
    words = f"{str(payload['command']).removeprefix('/')} {plain_words(str(payload.get('text') or ''))}"
    return Typed(
        sender=Sender(team=team, user=str(payload["user_id"]), home=team_of(payload)),
        channel=str(payload["channel_id"]),
        words=words.strip(),
        answer_at=str(payload["response_url"]),
        trigger=str(payload["trigger_id"]),
    )


def read_shortcut(payload: Payload, team: str) -> Typed:
    """The question behind "Background on this", asked about a message."""
    message = payload["message"]
    said = plain_words(str(message.get("text") or ""), of_links=True)
    return Typed(
        sender=presser(payload, team),
        channel=str(payload["channel"]["id"]),
        words=f"ask {clip(said, defaults.QUESTION_CHARACTERS)}".strip(),
        answer_at=str(payload["response_url"]),
        trigger=str(payload["trigger_id"]),
        under=str(message.get("thread_ts") or payload["message_ts"]),
    )


def read_press(payload: Payload, team: str) -> Press:
    """The button that was pressed on a message."""
    container, message = payload["container"], payload.get("message") or {}
    root = container.get("thread_ts") or message.get("thread_ts")
    return Press(
        sender=presser(payload, team),
        channel=str(payload["channel"]["id"]),
        name=name_pressed(dict(payload["actions"][0])),
        under=str(container["message_ts"]),
        thread=str(root) if root else None,
        is_private=bool(container.get("is_ephemeral")),
        answer_at=str(payload.get("response_url") or ""),
        trigger=str(payload["trigger_id"]),
    )


def presser(payload: Payload, team: str) -> Sender:
    """Who has pressed something, chosen it or sent it."""
    user = payload["user"]
    return Sender(team=team, user=str(user["id"]), home=str(user.get("team_id") or team_of(payload)))


def team_of(body: Payload) -> str:
    """The workspace to which it was handed in. In shared channels that of whoever acts may be named beside it."""
    if installed := (body.get("view") or {}).get("app_installed_team_id"):
        return str(installed)
    for authorization in body.get("authorizations") or ():
        if authorization.get("team_id"):
            return str(authorization["team_id"])
    return str(body.get("team_id") or (body.get("team") or {}).get("id") or "")


def plain_words(text: str, bot: str = "", *, of_links: bool = False) -> str:
    """What was typed, without Slack's markup: names of channels in full, the desk's own name left out.

    Links are shown by their address, or by their words (`of_links`).
    """
    return " ".join(unescape(_MARKED.sub(lambda found: _typed(found, bot, of_links=of_links), text)).split())


def write_down(incoming: Incoming) -> str:
    """What was handed in, as it is kept."""
    return json.dumps({"kind": type(incoming).__name__, **asdict(incoming)}, ensure_ascii=False)


def read_back(kept: str) -> Incoming:
    """What was kept."""
    fields = json.loads(kept)
    kind = _KINDS[fields.pop("kind")]
    fields["sender"] = Sender(**fields["sender"])
    if "files" in fields:
        fields["files"] = tuple(fields["files"])
    return kind(**fields)


def _goes_on(text: str) -> bool:
    """Whether it may go on a conversation with the desk: it speaks to nobody else, and says more than thanks."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return not _MENTION.search(text) and not _COURTESIES.issuperset(words)


def _typed(found: re.Match[str], bot: str, *, of_links: bool) -> str:
    inside, label = found[1], found[2]
    if inside.startswith("@"):
        return "" if inside[1:] == bot else f"@{label or inside[1:]}"
    if inside.startswith("#"):
        return f"#{label or inside[1:]}"
    if inside.startswith("!"):
        return label or f"@{inside[1:].partition('^')[0]}"
    return label if of_links and label else inside.removeprefix("mailto:")
