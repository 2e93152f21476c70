"""Reading what Discord hands in: interactions and messages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import discord

from handlers.discord.heard import Heard, Kind, Way
from handlers.discord.pages import read_turn
from handlers.discord.panel import is_pick
from handlers.discord.people import Rules, footing, roles_in

_MENTION = re.compile(r"<@!?(\d+)>")
_CHANNEL = re.compile(r"<#(\d+)>")
_QUOTED = 300

_ALONE = discord.Permissions(view_channel=True, send_messages=True, read_message_history=True)
"""What the desk may do where somebody writes to it alone."""

Channel = discord.abc.GuildChannel | discord.Thread


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What an interaction is about: its words, and how it is answered."""

    kind: Kind
    words: str
    private: bool
    attached: discord.Attachment | None = None
    channel: Channel | None = None


def read_interaction(interaction: discord.Interaction, wanted: Wanted, rules: Rules, answer: str) -> Heard:
    """What is wanted by a command, a button or a modal. `answer` is the message in which it will be answered.

    Who may do what is what Discord says of the channel at this moment.
    """
    channel, parent = str(interaction.channel_id), _parent_of(interaction)
    source = str(interaction.message.id) if interaction.message else ""
    server = server_of(interaction)
    root = "" if parent or server is None else source or answer
    # In a server of others nobody has rights that count in ours.
    allowed = interaction.permissions if server else discord.Permissions.none()
    ours = interaction.app_permissions
    if wanted.channel is not None and isinstance(interaction.user, discord.Member):
        channel, parent = str(wanted.channel.id), _parent(wanted.channel)
        allowed = wanted.channel.permissions_for(interaction.user)
        ours = wanted.channel.permissions_for(wanted.channel.guild.me)
    return Heard(
        id=str(interaction.id),
        kind=wanted.kind,
        words=wanted.words,
        by=rules.member(interaction.user, allowed),
        footing=footing(ours, in_server=server is not None, in_thread=bool(parent)),
        way=Way(
            channel=channel,
            token=interaction.token,
            private=wanted.private,
            root=root,
            opens_thread=_opens(ours) and not _is_private(interaction.message),
        ),
        conversation=(parent or channel, root or channel),
        sees=seen_by(interaction) if _shows_all(wanted.words) else (),
        roles=roles_in(wanted.words, server, allowed, ours),
        attached=wanted.attached.url if wanted.attached else "",
    )


def server_of(interaction: discord.Interaction) -> discord.Guild | None:
    """The server where something was done, if the desk is in it; whoever installed its commands takes them further."""
    return None if interaction.guild_id is None else interaction.client.get_guild(interaction.guild_id)


def read_message(message: discord.Message, bot: discord.ClientUser, rules: Rules) -> Heard | None:
    """What was said to the desk in a message: it names the desk, answers it, or was written to it alone; else None."""
    direct = message.guild is None
    if message.author.bot or message.type not in (discord.MessageType.default, discord.MessageType.reply):
        return None
    if not (direct or bot.id in message.raw_mentions or _answered(message, bot)):
        return None
    channel, parent = str(message.channel.id), "" if direct else _parent(message.channel)
    root = "" if direct or parent else _root(message, bot)
    allowed, ours = discord.Permissions.none(), _ALONE
    if not direct and isinstance(message.author, discord.Member) and message.guild is not None:
        allowed = message.channel.permissions_for(message.author)
        ours = message.channel.permissions_for(message.guild.me)
    words = plain_words(message.content, bot)
    return Heard(
        id=str(message.id),
        kind="said",
        words=words,
        by=rules.member(message.author, allowed),
        footing=footing(ours, in_server=not direct, in_thread=bool(parent)),
        way=Way(channel=channel, message=str(message.id), root=root, opens_thread=_opens(ours)),
        conversation=(parent or channel, root or channel),
        roles=roles_in(words, message.guild, allowed, ours),
    )


def plain_words(text: str, bot: discord.ClientUser | None = None) -> str:
    """What was typed without Discord's markup of people and channels; the desk's own name is left out."""

    def name(found: re.Match[str]) -> str:
        return "" if bot is not None and found[1] == str(bot.id) else "@somebody"

    return " ".join(_CHANNEL.sub("#channel", _MENTION.sub(name, text)).split())


def told_in(message: discord.Message) -> str:
    """What a message says, cut to what a question can hold: its words, or those of what it shows."""
    texts = [message.content]
    texts += [text for embed in message.embeds for text in (embed.title, embed.description) if text]
    texts += [item.content for item in _texts(message.components)]
    return " ".join(plain_words(" ".join(texts)).split())[:_QUOTED].strip()


def _texts(components: Sequence[discord.Component]) -> list[discord.TextDisplay]:
    found = []
    for component in components:
        if isinstance(component, discord.TextDisplay):
            found.append(component)
        elif isinstance(component, discord.Container):
            found += _texts(component.children)
    return found


def _answered(message: discord.Message, bot: discord.ClientUser) -> discord.Message | None:
    """The desk's own message that it is an answer to."""
    answered = message.reference.resolved if message.reference else None
    is_ours = isinstance(answered, discord.Message) and answered.author.id == bot.id
    return answered if is_ours and isinstance(answered, discord.Message) else None


def _root(message: discord.Message, bot: discord.ClientUser) -> str:
    """The message with which the conversation began."""
    answered = _answered(message, bot)
    if answered is None:
        return str(message.id)
    return str(answered.reference.message_id if answered.reference else answered.id)


def _shows_all(words: str) -> bool:
    """Whether what is in all channels is shown, or something chosen from that."""
    turn = read_turn(words)
    return words == "desk" or is_pick(words) or (turn is not None and turn.recipe.words == "desk")


def _is_private(message: discord.Message | None) -> bool:
    """Whether only one person sees the message, under which no thread can be opened."""
    return message is not None and message.flags.ephemeral


def _opens(ours: discord.Permissions) -> bool:
    return ours.create_public_threads and ours.send_messages_in_threads


def _parent_of(interaction: discord.Interaction) -> str:
    return "" if interaction.channel is None else _parent(interaction.channel)


def _parent(channel: object) -> str:
    """The channel of a thread; "" for what is none."""
    return str(channel.parent_id) if isinstance(channel, discord.Thread) else ""


def seen_by(interaction: discord.Interaction) -> tuple[str, ...]:
    """The channels of the server that whoever asks may see; threads that not everybody sees are left out."""
    person, guild = interaction.user, server_of(interaction)
    if guild is None or not isinstance(person, discord.Member):
        return ()
    open_threads = [thread for thread in guild.threads if not thread.is_private() and thread.parent]
    every = [*guild.channels, *open_threads]
    return tuple(str(channel.id) for channel in every if channel.permissions_for(person).view_channel)
