"""What somebody wants on Discord, as it is kept until they are answered."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Literal

from bot.news.article import Space
from bot.news.member import Footing, Member, Role
from bot.news.place import Place

PLATFORM = "discord"

Kind = Literal["typed", "said", "pressed", "turned", "asked more"]
"""A command, words to the desk, a button, the button that turns pages, or the next question in a modal."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """How somebody is answered.

    By the `token` of an interaction, which lasts for a quarter of an hour, for them alone where it is `private`; or
    by a message in the `channel`, in answer to the `message`. The thread of the conversation is under the message
    `root`, and `opens_thread` says whether the desk may open it.
    """

    channel: str
    token: str = field(default="", repr=False)
    private: bool = False
    message: str = ""
    root: str = ""
    opens_thread: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """What somebody wants, with all that it takes to answer them, also after a restart.

    `conversation` is the channel and the thread whose earlier answers are kept in mind. `sees` are the channels that
    whoever asks may see, where that matters; `roles` are those that the words name, and `attached` is the address of a
    file that came along.
    """

    id: str
    kind: Kind
    words: str
    by: Member
    footing: Footing
    way: Way
    conversation: tuple[str, str]
    sees: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    attached: str = ""

    def place(self, space: Space) -> Place:
        """The channel in which it is meant; a thread is a channel of its own."""
        return Place(platform=PLATFORM, space=space, channel=self.way.channel)

    def talk(self, space: Space) -> Place:
        """The conversation to which it belongs."""
        channel, thread = self.conversation
        return Place(platform=PLATFORM, space=space, channel=channel, thread=thread)


def is_in(channels: Iterable[str]) -> Callable[[Place], bool]:
    """What tells of a place whether it is one of these channels."""
    known = frozenset(channels)
    return lambda place: place.platform == PLATFORM and place.channel in known


def write_down(heard: Heard) -> str:
    """What was heard, as it is kept."""
    return json.dumps(asdict(heard), ensure_ascii=False)


def read_back(kept: str) -> Heard:
    """What was kept."""
    fields = json.loads(kept)
    fields["by"], fields["footing"] = Member(**fields["by"]), Footing(**fields["footing"])
    fields["way"] = Way(**fields["way"])
    fields["conversation"], fields["sees"] = tuple(fields["conversation"]), tuple(fields["sees"])
    fields["roles"] = tuple(Role(**role) for role in fields.get("roles", ()))  # none of an earlier release
    return Heard(**fields)
