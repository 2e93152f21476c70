"""Who asks, and what they may do."""

from dataclasses import dataclass


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
