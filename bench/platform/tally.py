"""Lost, doubled, early, foreign? What was owed, against what the platform has accepted."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from bench.platform.platform import Channel, Message
from bot.news.delivery import Delivery

_NEVER_SENT = ("dropped", "dead")
_PING = re.compile(r"@(?:everyone|here)\b|<[@!#][^>]*>")
_SHOWN = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class PostTally:
    """How much was owed and accepted, and what went wrong, by markers.

    `lost` was owed and never accepted, `doubled` accepted more than once, `early` before it was due, `foreign` in a
    channel of another Space or in another channel than it was owed to, `stray` though nobody owed it, `disordered`
    before an earlier part of the same briefing. `pinging` would call people.
    """

    owed: int
    posts: int
    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    early: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    stray: tuple[str, ...] = ()
    disordered: tuple[str, ...] = ()
    pinging: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Is everything that was owed there once, when and where it should be, and nothing else?"""
        return not any(getattr(self, name) for name in FAULTS)

    def said(self) -> str:
        """What is wrong, with some of the markers."""
        wrong = {name: getattr(self, name) for name in FAULTS}
        told = (f"{len(some)} {name}: {', '.join(some[:_SHOWN])}" for name, some in wrong.items() if some)
        return "; ".join(told) or f"{self.owed} owed, {self.posts} posted, all once"


FAULTS = tuple(field.name for field in fields(PostTally) if field.name not in ("owed", "posts"))


def count_posts(owed: Iterable[Delivery], messages: Iterable[Message], channels: Mapping[str, Channel]) -> PostTally:
    """The tally of every delivery in the archive and every message that the platform has accepted."""
    deliveries = {delivery.marker: delivery for delivery in owed}
    messages = list(messages)
    accepted = Counter(message.marker for message in messages)
    known = [(message, deliveries[message.marker]) for message in messages if message.marker in deliveries]
    due = [delivery for delivery in deliveries.values() if delivery.state not in _NEVER_SENT]
    return PostTally(
        owed=len(due),
        posts=len(messages),
        lost=tuple(delivery.marker for delivery in due if delivery.marker not in accepted),
        doubled=tuple(marker for marker, count in accepted.items() if count > 1),
        early=tuple(message.marker for message, delivery in known if message.at < delivery.due),
        foreign=tuple(
            message.marker
            for message, delivery in known
            if message.channel != delivery.place.channel or channels[message.channel].space != delivery.place.space
        ),
        stray=tuple(marker for marker in accepted if marker not in deliveries),
        disordered=tuple(_disordered(known)),
        pinging=tuple(message.marker for message in messages if _PING.search(message.text)),
    )


def _disordered(known: Iterable[tuple[Message, Delivery]]) -> Iterable[str]:
    """Markers of the parts that stand before an earlier part of theirs; a doubled part is counted elsewhere."""
    newest: dict[tuple[str, str], int] = {}
    for message, delivery in known:
        cause = (delivery.place.space, delivery.key)
        if delivery.part < newest.get(cause, 0):
            yield message.marker
        newest[cause] = max(delivery.part, newest.get(cause, 0))
