"""The people of a server and its channels: who may do what, and what the desk may do there."""

from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

import discord

from bot.news.member import Footing, Member

By = Literal["members", "admins"]

_MANAGER = "*Manage Server*"
_WRITE = "allow me *View Channel* and *Send Messages* in the permissions of this channel"
_HISTORY = "*Read Message History*"


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
