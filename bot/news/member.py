"""Who asks, and what they may do."""

from dataclasses import dataclass

ROLE = r"<@&([1-9][0-9]{0,19})>"
"""A role as it stands in what was typed, with its id: so its platform hands in what people see as its name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A person of a Space, as the platform vouches for them at this moment.

    `may_manage` says that they may change what the channel is told, `may_source` what the Space follows; guests and
    people of other organisations may neither. `needs` is what they would need, in the platform's words ("*Manage
    Server*").
    """

    id: str
    may_manage: bool
    may_source: bool = False
    needs: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Footing:
    """What the desk may do in a place, as the platform says: post there, and read back what it posted.

    `invite` is how it is let in ("`/invite @newsdesk`"), `history` the right by which it reads back.
    """

    can_post: bool = True
    can_read_back: bool = True
    takes_digests: bool = True
    invite: str = ""
    history: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    """A role that somebody names, by its platform's own id.

    `refusal` says why it may not be pinged, by whoever asks or by the desk, and what to do; "" where it may be.
    """

    id: str
    refusal: str = ""


def typed_role(id: str) -> str:
    """The role of that id as it stands in what was typed."""
    return f"<@&{id}>"
