"""Where the desk speaks."""

from dataclasses import dataclass

from bot.news.article import Space

TERMINAL = "console"
"""The platform where the operator asks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A channel of a platform in a Space, or a thread in that channel."""

    platform: str
    space: Space
    channel: str
    thread: str | None = None
