"""The people of a workspace and its channels: who may do what, where, and in which zone they live."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from bot.errors import MaybePosted, NotPosted, PostError, RequestError, SpaceClosed
from bot.news.article import Space
from bot.news.member import Footing, Member
from bot.news.place import Place
from config import defaults
from handlers.slack.calls import Calls
from handlers.slack.read import Sender
from handlers.slack.workspaces import PLATFORM, Workspace

T = TypeVar("T")
UTC = ZoneInfo("UTC")
By = Literal["members", "admins"]

_ADMIN = "the role *Workspace Admin*"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """Who may change what a channel is told, and what is followed; and the zone of whoever has none."""

    channels_by: By = "members"
    sources_by: By = "admins"
    zone: ZoneInfo = UTC


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A person as Slack vouches for them. `is_ours` tells people of the workspace from guests, bots and other teams."""

    is_ours: bool
    is_admin: bool
    zone: ZoneInfo


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """A channel, as far as the desk can see it: whether it is in it, and who else may know of it.

    `direct_with` is the person whose direct messages with the desk they are; empty for a channel of many.
    """

    is_in: bool
    direct_with: str
    is_private: bool
    is_archived: bool


_HIDDEN = Room(is_in=False, direct_with="", is_private=True, is_archived=False)


class People:
    """Looks people and channels up, and remembers them for a few minutes."""

    def __init__(self, calls: Calls, rules: Rules, clock: Callable[[], float] = monotonic) -> None:
        self._calls, self._rules, self._clock = calls, rules, clock
        self._kept: dict[tuple[Space, str, str], tuple[float, Any]] = {}
        self._directs: dict[tuple[Space, str], str] = {}

    async def person(self, space: Space, sender: Sender) -> Person:
        """Who it is. Somebody whom Slack does not show is nobody of ours."""
        return await self._once((space, "person", sender.user), lambda: self._ask_person(space, sender))

    async def room(self, space: Space, channel: str) -> Room:
        """The channel. One that Slack does not show is private, and the desk is not in it."""
        return await self._once((space, "room", channel), lambda: self._ask_room(space, channel))

    async def member(self, place: Place, sender: Sender, *, wrote_here: bool) -> Member:
        """What whoever it is may do in the place, now. `wrote_here`: Slack has let them write in this channel.

        RequestError where Slack does not say just now.
        """
        person = await self.person(place.space, sender)
        inside = person.is_ours and (wrote_here or await self._is_inside(place, sender.user))
        by_admins = self._rules.channels_by == "admins"
        return Member(
            id=sender.user,
            may_manage=inside and (person.is_admin or not by_admins),
            may_source=person.is_ours and (person.is_admin or self._rules.sources_by == "members"),
            needs=_ADMIN if by_admins else "",
        )

    async def footing(self, workspace: Workspace, channel: str) -> Footing:
        """What the desk may do in the channel."""
        room = await self.room(workspace.space, channel)
        nowhere = self.no_footing(workspace)
        return replace(nowhere, can_post=room.is_in and not room.is_archived, can_read_back=room.is_in)

    def no_footing(self, workspace: Workspace) -> Footing:
        """What the desk may do where nothing is known, and how it is let in."""
        return Footing(
            can_post=False,
            can_read_back=False,
            invite=f"`/invite @{workspace.bot_name}`",
            history="the permission *channels:history* (*groups:history* in a private channel)",
        )

    async def visible(self, space: Space, sender: Sender) -> Callable[[Place], bool]:
        """What tells of a place whether this person may know of it: public, or private with them in it."""
        person = await self.person(space, sender)
        theirs = {self._directs.get((space, sender.user))}
        theirs |= set(await self._channels(space, sender.user, "public_channel,private_channel"))
        if person.is_ours:
            theirs |= set(await self._channels(space, None, "public_channel"))
        return lambda place: place.platform == PLATFORM and place.channel in theirs

    def note_direct(self, space: Space, user: str, channel: str) -> None:
        """Note in which channel somebody's direct messages with the desk are."""
        self._directs[space, user] = channel

    def forget(self, space: Space, *ids: str) -> None:
        """Forget what was looked up about these people or channels, for it has changed."""
        for key in [key for key in self._kept if key[0] == space and (key[2] in ids or not ids)]:
            del self._kept[key]

    async def _is_inside(self, place: Place, user: str) -> bool:
        room = await self.room(place.space, place.channel)
        if room.direct_with:
            return room.direct_with == user
        if not room.is_in and room.is_private:
            return False
        members = await self._once(
            (place.space, "members", place.channel), lambda: self._ask_members(place.space, place.channel)
        )
        return user in members

    async def _once(self, key: tuple[Space, str, str], ask: Callable[[], Awaitable[T]]) -> T:
        until, kept = self._kept.get(key, (0.0, None))
        if until > self._clock():
            found: T = kept
            return found
        try:
            asked = await ask()
        except (NotPosted, MaybePosted):
            raise RequestError("Slack did not tell me just now what may be done here. Try again in a minute.") from None
        if len(self._kept) >= defaults.SLACK_LOOKED_UP:
            self._kept.clear()
        self._kept[key] = (self._clock() + defaults.SLACK_LOOKED_UP_SECONDS, asked)
        return asked

    async def _ask_person(self, space: Space, sender: Sender) -> Person:
        try:
            user = (await self._calls.call(space, "users.info", user=sender.user))["user"]
        except (NotPosted, MaybePosted, SpaceClosed):
            raise
        except PostError:
            return Person(is_ours=False, is_admin=False, zone=self._rules.zone)
        homes = {str(user.get("team_id") or sender.home), *((user.get("enterprise_user") or {}).get("teams") or ())}
        is_of_others = bool(user.get("is_stranger")) or sender.team not in homes
        is_guest = bool(user.get("is_restricted") or user.get("is_ultra_restricted"))
        is_ours = not (is_of_others or is_guest or user.get("is_bot") or user.get("deleted"))
        return Person(
            is_ours=is_ours,
            is_admin=is_ours and bool(user.get("is_admin") or user.get("is_owner")),
            zone=_zone(str(user.get("tz") or ""), self._rules.zone),
        )

    async def _ask_room(self, space: Space, channel: str) -> Room:
        try:
            found = (await self._calls.call(space, "conversations.info", channel=channel))["channel"]
        except (NotPosted, MaybePosted, SpaceClosed):
            raise
        except PostError:
            return _HIDDEN
        is_direct = bool(found.get("is_im"))
        return Room(
            is_in=is_direct or bool(found.get("is_member")),
            direct_with=str(found.get("user") or "") if is_direct else "",
            is_private=bool(found.get("is_private") or found.get("is_mpim")),
            is_archived=bool(found.get("is_archived")),
        )

    async def _ask_members(self, space: Space, channel: str) -> frozenset[str]:
        return frozenset(await self._pages(space, "conversations.members", "members", channel=channel))

    async def _channels(self, space: Space, user: str | None, types: str) -> list[str]:
        found = await self._pages(space, "users.conversations", "channels", user=user, types=types)
        return [str(channel["id"]) for channel in found]

    async def _pages(self, space: Space, method: str, key: str, **named: object) -> list[Any]:
        found: list[Any] = []
        cursor: str | None = None
        for _ in range(defaults.SLACK_PAGES):
            page = await self._calls.call(space, method, limit=defaults.SLACK_PAGE, cursor=cursor, **named)
            found += page.get(key) or []
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                break
        return found


def _zone(name: str, otherwise: ZoneInfo) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return otherwise
