"""What a conversation test asks of a platform: ways to say and press something, and what is then shown."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A message as a reader sees it: its words, where it leads, what stands on its buttons, and to whom it is shown.

    `buttons` is None on a platform that has none. `private_to` is the member who alone can see it.
    """

    text: str
    links: tuple[str, ...] = ()
    buttons: tuple[str, ...] | None = ()
    private_to: str | None = None


class Room(Protocol):
    """A place in which people talk with the desk. Members are "alice", who may change things, and "bob", who may not.

    Every method returns once the desk has nothing left to say.
    """

    async def ask(self, member: str, question: str) -> list[Seen]:
        """What is shown after a member asked the desk something new."""

    async def go_on(self, member: str, question: str) -> list[Seen]:
        """What is shown after a member asked on, where the last question was answered."""

    async def command(self, member: str, typed: str) -> list[Seen]:
        """What is shown after a member typed "digest add weekdays 8:30", or chose the like."""

    async def press(self, member: str, label: str) -> list[Seen]:
        """What is shown after a member pressed the last button of that name."""
