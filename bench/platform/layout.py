"""How a platform is laid out: of which kind, with how many Spaces and channels, and what goes wrong."""

from dataclasses import dataclass

from bench.platform.gate import Faults, Gate
from bench.platform.platform import Channel, Platform
from bench.platform.rules import Rules
from bot.desk.wire import Clock


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """How it behaves, so many channels in each of so many Spaces, and what happens to requests."""

    rules: Rules
    spaces: int
    each: int
    faults: Faults

    def channels(self) -> dict[str, Channel]:
        """All channels, open."""
        numbers = [(space, number) for space in range(self.spaces) for number in range(self.each)]
        return {channel_of(space, number): Channel(space=space_of(space)) for space, number in numbers}

    def open_gate(self, clock: Clock) -> Gate:
        """The way to such a platform, which lives by that clock."""
        return Gate(Platform(self.rules, self.channels(), clock), self.faults)


def space_of(number: int) -> str:
    """The Space of that number."""
    return f"team-{number}"


def channel_of(space: int, number: int) -> str:
    """The channel of that number in the Space of that number."""
    return f"channel-{space}-{number}"
