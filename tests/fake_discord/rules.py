"""What Discord documents of messages and commands beyond its description of the API.

Documented: 2000 characters, 6000 in embeds, five rows of the older kind, 40 components, no content beside components of
the newer kind, each custom_id once, what a kind of button takes, 512 characters of link, mentions that exclude each
other, names of commands, flags of a deferral. Assumed: the schemes of links, label or emoji, 4000 characters of text in
all, and that required options come first.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from tests.fake_discord.spec import Problem

NEW_COMPONENTS = 1 << 15
EPHEMERAL = 1 << 6
_NEW_KINDS = {9, 10, 11, 12, 13, 14, 17}
_MESSAGES = {
    ("POST", "/channels/{channel_id}/messages"),
    ("PATCH", "/channels/{channel_id}/messages/{message_id}"),
    ("POST", "/webhooks/{webhook_id}/{webhook_token}"),
    ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"),
    ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"),
}
_CALLBACK = ("POST", "/interactions/{interaction_id}/{interaction_token}/callback")
_NAME = re.compile(r"^[-_'\w]{1,32}$")


def check_rules(method: str, template: str, body: Any) -> list[Problem]:
    """What is wrong with the body of a request on that route."""
    route = (method, template)
    if route in _MESSAGES and isinstance(body, dict):
        return list(_message(body, ""))
    if route == _CALLBACK and isinstance(body, dict):
        return list(_callback(body, body.get("data")))
    if template.endswith("/threads") and isinstance(body, dict) and isinstance(body.get("message"), dict):
        return list(_message(body["message"], "message."))
    if "/commands" in template and isinstance(body, list):
        return [problem for at, command in enumerate(body) for problem in _command(command, f"{at}.")]
    return []


def _callback(body: dict[str, Any], given: Any) -> Iterator[Problem]:
    if body.get("type") in (4, 7) and isinstance(given, dict):
        yield from _message(given, "data.")
    if body.get("type") == 4 and not given:
        yield Problem("data", "BASE_TYPE_REQUIRED", "This field is required")
    if body.get("type") == 5 and isinstance(given, dict) and int(given.get("flags") or 0) & ~EPHEMERAL:
        yield Problem("data.flags", "BASE_TYPE_BAD_FLAGS", "only EPHEMERAL may be set on a deferral")


def _message(message: dict[str, Any], at: str) -> Iterator[Problem]:
    content, embeds = message.get("content"), message.get("embeds") or []
    flags = int(message.get("flags") or 0)
    if isinstance(content, str) and len(content) > 2000:
        yield Problem(f"{at}content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length.")
    if sum(_characters(embed) for embed in embeds) > 6000:
        yield Problem(f"{at}embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")
    mentions = message.get("allowed_mentions") or {}
    for kind in ("users", "roles"):
        if kind in (mentions.get("parse") or []) and mentions.get(kind):
            yield Problem(
                f"{at}allowed_mentions",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
            )
    yield from _components(message, flags, at)


def _characters(embed: dict[str, Any]) -> int:
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    texts += [field.get(key) for field in embed.get("fields") or [] for key in ("name", "value")]
    return sum(len(text.strip()) for text in texts if isinstance(text, str))


def _components(message: dict[str, Any], flags: int, at: str) -> Iterator[Problem]:
    given, is_new = message.get("components") or [], bool(flags & NEW_COMPONENTS)
    every = list(_walk(given, f"{at}components"))
    names: set[str | None] = set()
    for where, component in every:
        if component.get("type") in _NEW_KINDS and not is_new:
            yield Problem(f"{where}.type", "BASE_TYPE_CHOICES", "needs the IS_COMPONENTS_V2 flag")
        name = component.get("custom_id")
        if name is not None and name in names:
            yield Problem(f"{where}.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "custom id cannot be duplicated")
        names.add(name)
        if component.get("type") == 2:
            yield from _button(component, where)
    if not is_new:
        if len(given) > 5:
            yield Problem(f"{at}components", "BASE_TYPE_MAX_LENGTH", "Must be 5 or fewer in length.")
        return
    if any(message.get(key) for key in ("content", "embeds", "poll", "sticker_ids")):
        code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
        yield Problem(f"{at}flags", code, "content, embeds, poll and stickers cannot be used")
    if len(every) > 40:
        yield Problem(f"{at}components", "BASE_TYPE_MAX_LENGTH", "at most 40 components in total")
    if sum(len(c.get("content") or "") for _, c in every if c.get("type") == 10) > 4000:
        code = "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"
        yield Problem(f"{at}components", code, "displayable text exceeds 4000 characters")


def _walk(components: list[Any], at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, component in enumerate(components):
        if isinstance(component, dict):
            yield f"{at}.{number}", component
            yield from _walk(component.get("components") or [], f"{at}.{number}.components")
            if isinstance(component.get("accessory"), dict):
                yield f"{at}.{number}.accessory", component["accessory"]


def _button(button: dict[str, Any], where: str) -> Iterator[Problem]:
    style, url, name = button.get("style"), button.get("url"), button.get("custom_id")
    if style == 5:
        if not url or urlsplit(str(url)).scheme not in ("http", "https", "discord"):
            yield Problem(f"{where}.url", "URL_TYPE_INVALID_SCHEME", "Scheme must be http, https or discord")
        elif len(str(url)) > 512:
            yield Problem(f"{where}.url", "BASE_TYPE_MAX_LENGTH", "Must be 512 or fewer in length.")
        if name:
            yield Problem(f"{where}.custom_id", "BUTTON_COMPONENT_CUSTOM_ID_NOT_ALLOWED", "links take no custom_id")
    elif style in (1, 2, 3, 4):
        if not name:
            yield Problem(f"{where}.custom_id", "BASE_TYPE_REQUIRED", "This field is required")
        if url:
            yield Problem(f"{where}.url", "BUTTON_COMPONENT_URL_NOT_ALLOWED", "only links take a url")
    if not button.get("label") and not button.get("emoji"):
        yield Problem(where, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "a label or an emoji is required")


def _command(command: dict[str, Any], at: str) -> Iterator[Problem]:
    name, is_chat = str(command.get("name")), (command.get("type") or 1) == 1
    if is_chat and (not _NAME.match(name) or name != name.lower()):
        yield Problem(f"{at}name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    if is_chat and not command.get("description"):
        yield Problem(f"{at}description", "BASE_TYPE_REQUIRED", "This field is required")
    if _length(command) > 8000:
        yield Problem(at, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")
    yield from _options(command.get("options") or [], at)


def _options(options: list[dict[str, Any]], at: str) -> Iterator[Problem]:
    optional_before = False
    for number, option in enumerate(options):
        if option.get("type") in (1, 2):
            yield from _options(option.get("options") or [], f"{at}options.{number}.")
        elif option.get("required") and optional_before:
            code = "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"
            yield Problem(f"{at}options.{number}", code, "Required options must come before the others")
        else:
            optional_before |= not option.get("required")


def _length(part: dict[str, Any]) -> int:
    """The characters that count: names, descriptions and the values of choices."""
    own = sum(len(str(part.get(key) or "")) for key in ("name", "description"))
    own += sum(len(str(choice.get("name"))) + len(str(choice.get("value"))) for choice in part.get("choices") or [])
    return own + sum(_length(option) for option in part.get("options") or [])
