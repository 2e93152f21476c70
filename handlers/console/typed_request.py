"""A request as it was typed in the terminal."""

from dataclasses import dataclass

from bot.desk.grammar import read_command


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedRequest:
    """What was typed behind `newsdesk`, and the zone of whoever typed it."""

    typed: str
    zone: str
    as_json: bool = False

    @property
    def only_looks(self) -> bool:
        """Whether it changes nothing, and is done beside a desk that is running."""
        command = read_command(self.typed)
        return command.act in ("list", "learnt") or command.verb == "why"

    @property
    def needs_stories(self) -> bool:
        """Whether all that was added has to have its place in a story first."""
        return read_command(self.typed).act in ("preview", "test", "add")
