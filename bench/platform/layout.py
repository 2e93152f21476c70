"""How a platform is laid out: of which kind, with how many Spaces and channels, and what goes wrong."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Self

from bench.platform.gate import Faults, Gate
from bench.platform.platform import Channel, Platform
from bench.platform.rules import KINDS, Rules


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """One of the KINDS, so many channels in each of so many Spaces, and what happens to requests.

    It lets itself be posted to `haste` times faster than a real one, for runs that cannot wait.
    """

    kind: str
    spaces: int
    each: int
    faults: Faults
    haste: float = 1.0

    @property
    def rules(self) -> Rules:
        """How it behaves."""
        return KINDS[self.kind].hastened(self.haste)

    def channels(self) -> dict[str, Channel]:
        """All channels, open."""
        numbers = [(space, number) for space in range(self.spaces) for number in range(self.each)]
        return {channel_of(space, number): Channel(space=space_of(space)) for space, number in numbers}

    def open_gate(self) -> Gate:
        """The way to such a platform, which lives by the clock on the wall."""
        return Gate(Platform(self.rules, self.channels(), lambda: datetime.now(UTC)), self.faults)

    def write(self) -> str:
        """All of it as one word of a command."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, written: str) -> Self:
        """The layout as it was before."""
        given = json.loads(written)
        return cls(**given | {"faults": Faults(**given["faults"])})


def space_of(number: int) -> str:
    """The Space of that number."""
    return f"team-{number}"


def channel_of(space: int, number: int) -> str:
    """The channel of that number in the Space of that number."""
    return f"channel-{space}-{number}"
