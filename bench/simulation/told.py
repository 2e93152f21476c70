"""Was every piece of news told to whom it concerns, once? Found by the word that stands in no other piece."""

from collections.abc import Iterable
from dataclasses import dataclass

from bench.platform.platform import Message
from bench.simulation.town import OWN, SHARED, SPACES, digest_place, watch_place
from bench.simulation.world import Piece

_SHOWN = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class NewsTally:
    """How many times a piece was to be told, and what went wrong, by channel and word.

    `untold` stands in no message of the channel, `retold` in several, `leaked` in a channel of a Space that does not
    follow its feed.
    """

    due: int
    untold: tuple[str, ...]
    retold: tuple[str, ...]
    leaked: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Was everything told once, to whom it concerns?"""
        return not (self.untold or self.retold or self.leaked)

    def said(self) -> str:
        """What is wrong, with some of the words."""
        wrong = {"untold": self.untold, "retold": self.retold, "leaked": self.leaked}
        told = (f"{len(some)} {name}: {', '.join(some[:_SHOWN])}" for name, some in wrong.items() if some)
        return "; ".join(told) or f"{self.due} told once"


def count_told(pieces: Iterable[Piece], messages: Iterable[Message]) -> NewsTally:
    """The tally of all pieces, where the next digest, as it would be now, is one of the messages.

    The digest of the first Space tells every one, and the watches of both those of the shared feed that are printed
    while they watch.
    """
    messages = list(messages)
    due: list[tuple[str, str]] = []
    leaked: list[str] = []
    for piece in pieces:
        due.append((digest_place("", 0).channel, piece.word))
        if piece.feed == SHARED and piece.after > 0:
            due += [(watch_place("", number).channel, piece.word) for number in range(len(SPACES))]
        elif piece.feed == OWN:
            elsewhere = (watch_place("", 1).channel, digest_place("", 1).channel)
            leaked += [f"{channel} {piece.word}" for channel in elsewhere if _count(messages, channel, piece.word)]
    counts = {f"{channel} {word}": _count(messages, channel, word) for channel, word in due}
    return NewsTally(
        due=len(due),
        untold=tuple(name for name, count in counts.items() if count == 0),
        retold=tuple(name for name, count in counts.items() if count > 1),
        leaked=tuple(leaked),
    )


def _count(messages: Iterable[Message], channel: str, word: str) -> int:
    return len({message.marker for message in messages if message.channel == channel and word in message.text})
