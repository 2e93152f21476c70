"""The people of a server and its channels: who may do what, and what the desk may do there."""

import re
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

import discord

from bot.news.member import ROLE, Footing, Member, Role

By = Literal["members", "admins"]

MENTION = "*Mention @everyone, @here, and All Roles*"
"""The right to ping every role, as Discord calls it."""

ANYBODY = "let anyone mention it: *Server Settings*, *Roles*"
"""What else lets a role be pinged."""

_MANAGER = "*Manage Server*"
_WRITE = "allow me *View Channel* and *Send Messages* in the permissions of this channel"
_HISTORY = "*Read Message History*"
_NOT_ALL = "An alert never pings everybody. Choose a role of those who want to hear of it."
_NO_ROLE = "There is no such role in this server. Choose one that there is."


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """Who may change what a channel is told, and what is followed, beside those who manage the server.

    `role` is the id or the name of a role that may do both. Discord tells nobody's zone, so all have that of the desk.
    """

    role: str = ""
    channels_by: By = "admins"
    sources_by: By = "admins"
    zone: ZoneInfo

    def member(self, person: discord.Member | discord.User, allowed: discord.Permissions) -> Member:
        """What somebody may do in a channel where they are allowed that."""
        writes = allowed.send_messages or allowed.send_messages_in_threads
        leads = isinstance(person, discord.Member) and (allowed.manage_guild or self._has_role(person))
        is_there = isinstance(person, discord.Member) and writes
        return Member(
            id=str(person.id),
            may_manage=leads or (is_there and self.channels_by == "members"),
            may_source=leads or (is_there and self.sources_by == "members"),
            needs=f"{_MANAGER} or the role *{self.role}*" if self.role else _MANAGER,
        )

    def _has_role(self, person: discord.Member) -> bool:
        wanted = self.role.casefold()
        return bool(wanted) and any(wanted in (str(role.id), role.name.casefold()) for role in person.roles)


def footing(allowed: discord.Permissions, *, in_server: bool, in_thread: bool) -> Footing:
    """What the desk may do in a channel where it is allowed that."""
    may_write = allowed.send_messages_in_threads if in_thread else allowed.send_messages
    return Footing(
        can_post=allowed.view_channel and may_write,
        can_read_back=allowed.view_channel and allowed.read_message_history,
        takes_digests=in_server,
        invite=_WRITE,
        history=_HISTORY,
    )


def roles_in(
    words: str, server: discord.Guild | None, allowed: discord.Permissions, ours: discord.Permissions
) -> tuple[Role, ...]:
    """The roles that the words name, where whoever says them is allowed that, and the desk that."""
    if server is None:
        return ()
    ids = dict.fromkeys(re.findall(ROLE, words))
    return tuple(Role(id=id, refusal=_why_not(server.get_role(int(id)), allowed, ours)) for id in ids)


def can_ping(role: discord.Role | None, allowed: discord.Permissions) -> bool:
    """Whether the desk can ping the role in a channel where it is allowed that."""
    return role is not None and (role.mentionable or allowed.mention_everyone)


def _why_not(role: discord.Role | None, allowed: discord.Permissions, ours: discord.Permissions) -> str:
    """Why an alert may not ping the role; "" where it may."""
    if role is None:
        return _NO_ROLE
    if role.is_default():
        return _NOT_ALL
    if role.is_bot_managed():
        return f"*{role.name}* is the role of a bot, so nobody would hear of it. Choose another role."
    if role.mentionable:
        return ""
    if not allowed.mention_everyone:
        return f"You may not ping *{role.name}* there. Ask somebody who has {MENTION}, or {ANYBODY}."
    if not ours.mention_everyone:
        return f"I may not ping *{role.name}* there. Allow me {MENTION} in that channel, or {ANYBODY}."
    return ""
