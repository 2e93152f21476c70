"""Requests: what somebody typed or pressed, with the right to it, carried out."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.desk.grammar import Command
from bot.errors import RequestError
from bot.news.member import Footing, Member, Role
from bot.news.place import Place

_FOR_ALL = frozenset({"list", "preview", "test", "learnt", "helpful", "unhelpful", "export", ""})
"""Acts that everybody may have done: they change nothing, or say what somebody found."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """Who wants what, where, and in which zone times are meant that name none.

    `footing` is what the desk may do in the place. `roles` are those that the words name. `attached` is the file that
    came along, such as a list of sources.
    """

    command: Command
    by: Member
    place: Place
    footing: Footing
    zone: ZoneInfo
    roles: tuple[Role, ...] = ()
    attached: bytes = field(default=b"", repr=False)


def require_may_manage(by: Member) -> None:
    """RequestError (A01) where the member may not change what the channel is told."""
    if not by.may_manage:
        needs = f"Only members with {by.needs}" if by.needs else "Only those who manage this channel"
        raise RequestError(f"{needs} can change this. Ask one of them.", "A01")


def require_may_source(by: Member) -> None:
    """RequestError (A01) where the member may not change what the Space follows."""
    if not by.may_source:
        needs = f"Only members with {by.needs}" if by.needs else "Only those who look after this desk"
        raise RequestError(f"{needs} can change what is followed. Ask one of them.", "A01")


def require_right(request: Request) -> None:
    """RequestError (A01 to A04) where the member may not have this done, or the desk could not do it here."""
    command, footing = request.command, request.footing
    if command.act in _FOR_ALL:
        return
    if command.verb == "source":
        require_may_source(request.by)
        return
    require_may_manage(request.by)
    if command.act != "add":
        return
    if not footing.takes_digests:
        raise RequestError(f"Use this in the channel that should get the {_WHAT[command.verb]}.", "A02")
    if not footing.can_post:
        invite = f": {footing.invite}" if footing.invite else ""
        raise RequestError(f"I cannot post here yet. Invite me first{invite}.", "A03")
    if not footing.can_read_back:
        right = footing.history or "the right to read what I posted"
        raise RequestError(f"I need {right} here so that I never post twice. Allow it, then ask again.", "A04")


def require_may_ping(request: Request, id: str) -> None:
    """RequestError (A05) where whoever asks may not ping the role, or the desk may not, or there are no roles."""
    refusals = [role.refusal for role in request.roles if role.id == id]
    if not refusals:
        raise RequestError("A role can be pinged only in a server of Discord. Leave `ping` out.", "A05")
    if refusals[0]:
        raise RequestError(refusals[0], "A05")


_WHAT = {"digest": "digest", "watch": "alerts"}
