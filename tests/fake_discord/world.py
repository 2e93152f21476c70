"""The made-up Discord's world: one server with channels and people, who write, type commands and press buttons.

What happens there is decided by SimCord's model of Discord: permissions, the life of interactions, messages.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import discord
from simcord._clock import Clock
from simcord.backend import Backend, serializers
from simcord.backend.models import Message, Overwrite
from simcord.enums import ChannelType, OverwriteType
from simcord.interactions import base_payload, nest_options, walk_to_subcommand

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
_CHAT, _MESSAGE_MENU = 1, 3
_ELSEWHERE = "123456789012345678"  # a server of others
_CHANNEL, _ROLE, _FILE = 7, 8, 11  # kinds of options
_MAY = discord.Permissions


class Bell:
    """Rings whenever something was asked or told, for tests that wait for it."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()
        self._rung = asyncio.Event()

    async def heard(self, seconds: float = 0.02) -> None:
        """Wait until it rings, or a moment has passed: what follows from a ring takes a while."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), seconds)


class StandingClock(Clock):
    """Stands still until a test lets time pass, so that nothing is late unless a test makes it so."""

    def __init__(self) -> None:
        super().__init__()
        self._epoch = datetime.now(UTC)


class World:
    """A server "Newsroom" of alice, who may manage it, bob, who may not, and carol, who has the role Desk."""

    def __init__(self) -> None:
        self.clock = StandingClock()
        self.backend = Backend(clock=self.clock)
        self.bell = Bell()
        self.cdn = ""
        self.of_others: set[int] = set()
        guild = self.backend.create_guild("Newsroom")
        self.guild = guild.id
        self.bot_id = self.backend.bot_user.id
        self.channels = {
            "news": self.backend.create_channel(guild.id, "news").id,
            "general": self.backend.create_channel(guild.id, "general").id,
            "readonly": self._closed_channel("readonly", _MAY.send_messages.flag),
            "hidden": self._closed_channel("hidden", _MAY.view_channel.flag),
            "announcements": self.backend.create_channel(guild.id, "announcements", type=ChannelType.NEWS).id,
            "forum": self.backend.create_channel(guild.id, "forum", type=ChannelType.FORUM).id,
        }
        self.roles = {
            "Editors": self.backend.create_role(guild.id, "Editors", permissions=_MAY.manage_guild.flag).id,
            "Desk": self.backend.create_role(guild.id, "Desk").id,
        }
        self.people = {
            "alice": self._join("alice", "Editors"),
            "bob": self._join("bob"),
            "carol": self._join("carol", "Desk"),
        }

    def bot(self) -> dict[str, Any]:
        """The bot as Discord shows it to itself."""
        shown = dict(serializers.user_payload(self.backend.bot_user))
        return {"verified": True, "mfa_enabled": True, "email": None, "flags": 0, "locale": "en-US", **shown}

    def bot_sees(self, channel: int) -> bool:
        """Whether the bot may see the channel."""
        found = self.backend.channels.get(channel)
        if found is None or found.guild_id is None:
            return True
        allowed = self.backend.compute_permissions(found.guild_id, self.bot_id, channel)
        return bool(allowed & _MAY.view_channel.flag)

    def takes_no_text(self, channel: int) -> bool:
        """Whether it is a category or a forum, where nothing is written but in what is opened in it."""
        found = self.backend.channels.get(channel)
        return found is not None and found.type in (ChannelType.CATEGORY, ChannelType.FORUM)

    def add_server(self, name: str, channels: int = 1) -> list[int]:
        """The channels of another server."""
        guild = self.backend.create_guild(name)
        return [self.backend.create_channel(guild.id, f"news-{number}").id for number in range(channels)]

    def add_channel(self, name: str, *, seen_by: str) -> int:
        """The id of a channel that only one person and the bot see."""
        view = _MAY.view_channel.flag
        hidden = Overwrite(self.guild, OverwriteType.ROLE, deny=view)
        shown = [Overwrite(one, OverwriteType.MEMBER, allow=view) for one in (self.people[seen_by], self.bot_id)]
        return self.backend.create_channel(self.guild, name, overwrites=[hidden, *shown]).id

    def add_role(self, name: str, *, mentionable: bool = False) -> str:
        """The id of a role that nobody has yet."""
        return str(self.backend.create_role(self.guild, name, mentionable=mentionable).id)

    def let_mention_all(self, role: str) -> None:
        """From now on whoever has the role may mention every role."""
        known = self.backend.get_role(self.guild, self.roles[role])
        changes = {"permissions": known.permissions | _MAY.mention_everyone.flag}
        self.backend.edit_role(self.guild, known.id, changes)

    def leave_to_others(self, channel: int | str) -> None:
        """From now on the channel is one of a server that the bot is not in, where people bring its commands."""
        self.of_others.add(self.channel(channel))

    def forbid(self, channel: int | str, denied: int, allowed: int = 0) -> None:
        """Take rights from the bot in a channel."""
        overwrite = Overwrite(self.bot_id, OverwriteType.MEMBER, allow=allowed, deny=denied)
        self.backend.set_overwrite(self.channel(channel), overwrite)

    def channel(self, named: int | str) -> int:
        """The id of a channel."""
        return self.channels[named] if isinstance(named, str) else named

    def talk_with(self, who: str) -> int:
        """The channel of the direct messages between the bot and a person."""
        return self.backend.get_dm_channel(self.people[who]).id

    def messages(self, channel: int | str) -> list[Message]:
        """What stands in a channel, oldest first."""
        return list(self.backend.messages.get(self.channel(channel), {}).values())

    # What people do

    def say(self, who: str, channel: int | str, text: str, *, reply_to: int | None = None) -> int:
        """Somebody writes a message; its id."""
        where, reference = self.channel(channel), None
        if reply_to is not None:
            reference = {"channel_id": str(where), "message_id": str(reply_to)}
            reference = self.backend.normalize_message_reference(where, reference)
        return self.backend.create_message(where, self.people[who], text, reference=reference).id

    def slash(self, who: str, where: int | str, typed: str, /, **options: Any) -> int:
        """Somebody uses a command, such as "digest add"; the id of the interaction."""
        command, nesting, declared = self._command(typed)
        resolved: dict[str, Any] = {}
        given = []
        for name, value in options.items():
            kind = declared[name]["type"]
            wire = self._upload(where, value, resolved) if kind == _FILE else value
            if kind == _CHANNEL:
                resolved.setdefault("channels", {})[value] = self._shown_to(who, int(value))
            elif kind == _ROLE:
                role = self.backend.get_role(self.guild, int(value))
                resolved.setdefault("roles", {})[value] = dict(serializers.role_payload(role))
            given.append({"name": name, "type": kind, "value": wire})
        missing = [name for name, one in declared.items() if one.get("required") and name not in options]
        assert not missing, f"/{typed} needs {missing}"
        return self._interact(COMMAND, who, where, self._called(command, nesting, given, resolved))

    def begin_typing(self, who: str, channel: int | str, typed: str, option: str, begun: str) -> int:
        """Somebody types into an option that completes itself; the id of the interaction."""
        command, nesting, declared = self._command(typed)
        focused = [{"name": option, "type": declared[option]["type"], "value": begun, "focused": True}]
        return self._interact(AUTOCOMPLETE, who, channel, self._called(command, nesting, focused, {}))

    def use_on(self, who: str, channel: int | str, name: str, message: int) -> int:
        """Somebody uses a command from the menu of a message."""
        where = self.channel(channel)
        command = self.backend.find_command(name, self.guild, _MESSAGE_MENU)
        assert command is not None, f"{name} was never made known"
        target = dict(serializers.message_payload(self.backend, self.backend.get_message(where, message)))
        called = {"id": command["id"], "name": name, "type": _MESSAGE_MENU, "target_id": str(message)}
        return self._interact(COMMAND, who, channel, {**called, "resolved": {"messages": {str(message): target}}})

    def press(self, who: str, channel: int | str, message: int, custom_id: str) -> int:
        """Somebody presses a button of a message."""
        where = self.channel(channel)
        found = next(one for one in self.components(where, message) if one.get("custom_id") == custom_id)
        assert not found.get("disabled"), f"{custom_id} cannot be pressed"
        pressed = {"custom_id": custom_id, "component_type": found["type"], "id": found.get("id", 0)}
        return self._interact(COMPONENT, who, where, pressed, self.backend.get_message(where, message))

    def choose(self, who: str, channel: int | str, message: int, custom_id: str, value: str) -> int:
        """Somebody chooses from a list of a message."""
        where = self.channel(channel)
        found = next(one for one in self.components(where, message) if one.get("custom_id") == custom_id)
        assert value in [option["value"] for option in found["options"]], f"{value} cannot be chosen"
        chosen = {"custom_id": custom_id, "component_type": found["type"], "id": found.get("id", 0), "values": [value]}
        return self._interact(COMPONENT, who, where, chosen, self.backend.get_message(where, message))

    def submit(self, who: str, channel: int | str, shown_by: int, values: dict[str, Any]) -> int:
        """Somebody fills in the modal that an interaction was answered with, by the custom ids of its fields."""
        modal = self.backend.interactions[shown_by].modal
        assert modal is not None, "no modal was shown"
        source = self.backend.interactions[shown_by].source_message_id
        filled = [_fill(part, values) for part in modal["components"]]
        data = {"custom_id": modal["custom_id"], "components": filled}
        message = self.backend.get_message(self.channel(channel), source) if source else None
        return self._interact(MODAL, who, channel, data, message)

    def components(self, channel: int | str, message: int) -> list[dict[str, Any]]:
        """Every component of a message, however deep."""
        return walk(self.backend.get_message(self.channel(channel), message).components)

    def _command(self, typed: str) -> tuple[dict[str, Any], list[str], dict[str, Any]]:
        name, *rest = typed.split()
        command = self.backend.find_command(name, self.guild, _CHAT)
        assert command is not None, f"/{name} was never made known"
        leaf, nesting = walk_to_subcommand(command, rest)
        return command, nesting, {one["name"]: one for one in leaf.get("options") or []}

    def _called(
        self, command: dict[str, Any], nesting: list[str], given: list[dict[str, Any]], resolved: dict[str, Any]
    ) -> dict[str, Any]:
        options = nest_options(command, nesting, given)
        called = {"id": command["id"], "name": command["name"], "type": _CHAT, "options": options}
        return {**called, "resolved": resolved} if resolved else called

    def _interact(
        self, kind: int, who: str, channel: int | str, data: dict[str, Any], message: Message | None = None
    ) -> int:
        where = self.backend.get_channel(self.channel(channel))
        record, payload = base_payload(
            self.backend,
            type=kind,
            channel_id=where.id,
            guild_id=where.guild_id,
            user_id=self.people[who],
            data=data,
        )
        payload["authorizing_integration_owners"] = {"0": str(where.guild_id or 0)}
        if where.guild_id:
            payload["guild"] = {"id": str(where.guild_id), "features": [], "locale": "en-US"}
        if where.id in self.of_others:
            payload |= {"guild_id": _ELSEWHERE, "authorizing_integration_owners": {"1": str(self.people[who])}}
            payload |= {"guild": {**payload["guild"], "id": _ELSEWHERE}, "context": 2}
        if message is not None:
            record.source_message_id = message.id
            payload["message"] = dict(serializers.message_payload(self.backend, message))
        self.backend.emit("INTERACTION_CREATE", payload)
        return record.id

    def _shown_to(self, who: str, channel: int) -> dict[str, Any]:
        """A channel that somebody has chosen, with what they may do there."""
        allowed = self.backend.compute_permissions(self.guild, self.people[who], channel)
        shown = dict(serializers.channel_payload(self.backend, self.backend.get_channel(channel)))
        return {**shown, "permissions": str(allowed)}

    def _upload(self, channel: int | str, file: tuple[str, bytes], resolved: dict[str, Any]) -> str:
        name, content = file
        number = self.backend.snowflake()
        kept = self.backend.cdn.store_attachment(number, self.channel(channel), name, content, None)
        url = f"{self.cdn}{kept['url'].removeprefix('https://cdn.simcord.invalid')}"
        resolved.setdefault("attachments", {})[str(number)] = {**kept, "url": url, "proxy_url": url}
        return str(number)

    def _join(self, name: str, *roles: str) -> int:
        user = self.backend.make_user(name)
        self.backend.add_member(self.guild, user.id, roles=[self.roles[role] for role in roles])
        return user.id

    def _closed_channel(self, name: str, denied: int) -> int:
        overwrite = Overwrite(self.bot_id, OverwriteType.MEMBER, deny=denied)
        return self.backend.create_channel(self.guild, name, overwrites=[overwrite]).id


def walk(components: list[Any]) -> list[dict[str, Any]]:
    """Every component, however deep, in the order in which they are read."""
    found = []
    for component in components:
        found.append(component)
        found += walk(component.get("components") or [])
        found += walk([one for one in (component.get("accessory"), component.get("component")) if one])
    return found


def _fill(part: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """A part of a modal as the client hands it in."""
    if part.get("type") == 18:  # a label with its field
        return {"type": 18, "id": part.get("id", 0), "component": _fill(part["component"], values)}
    if part.get("type") == 1:
        return {"type": 1, "id": part.get("id", 0), "components": [_fill(one, values) for one in part["components"]]}
    if "custom_id" not in part:
        return {"type": part["type"], "id": part.get("id", 0)}
    given = values.get(part["custom_id"], part.get("value", "") or "")
    filled = {"type": part["type"], "id": part.get("id", 0), "custom_id": part["custom_id"]}
    return {**filled, "value": given} if part["type"] in (4, 21, 23) else {**filled, "values": _many(given)}


def _many(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given] if given else []
