"""What the desk asks of a platform."""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.news.digest import Dispatch
from bot.news.place import Place
from bot.news.source import Notice


class Poster(Protocol):
    """Who posts on one platform. It retries nothing by itself: whatever it does not see arrive, it says.

    `repost_seconds`: so long after the first attempt the platform knows a marker again, and posting once more gives
    the first message; 0 where it never does. `channel_seconds` lie between two posts in a channel at least, and
    `posts_a_second` are the most in all.
    """

    @property
    def platform(self) -> str:
        """Its name, as places have it."""

    @property
    def repost_seconds(self) -> float:
        """See above."""

    @property
    def channel_seconds(self) -> float:
        """See above."""

    @property
    def posts_a_second(self) -> float:
        """See above."""

    def render(self, dispatch: Dispatch, zone: ZoneInfo) -> tuple[str, ...]:
        """The messages in which it is posted, in order, as the platform takes them; pure, never empty."""

    async def post(self, place: Place, payload: str, marker: str) -> str:
        """The receipt of the message that is now there; else a PostError that says what is known."""

    async def find(self, place: Place, marker: str, since: datetime) -> str | None:
        """The receipt of the message with the marker, posted since then; None when it is surely not there.

        CannotSee when what is posted there cannot be read, NotPosted when the platform asks to be left alone.
        """


class Line(Protocol):
    """The connection with a platform on which people talk."""

    @property
    def platform(self) -> str:
        """Its name, as places have it."""

    @property
    def poster(self) -> Poster:
        """Who posts there."""

    async def start(self) -> None:
        """Begin to listen. ConfigError where that can never be, as with a wrong token; it is not tried for ever."""

    async def stop(self) -> None:
        """Listen no more, and let go of the connection."""

    def trouble(self) -> str | None:
        """The sentence about what is wrong with the connection; None while all is well."""

    async def tell(self, notice: Notice) -> bool:
        """Whether whom the notice is for was told; False where they are nobody of this platform."""
