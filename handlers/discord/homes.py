"""Which Space somebody belongs to, where they write to the desk alone."""

from collections.abc import Callable, Iterable
from time import monotonic

from bot.news.article import LOCAL, Space
from config import defaults
from handlers.discord.rest import Request, Rest

SpaceOf = Callable[[str], Space]
"""The Space of a server."""


class Homes:
    """Looks up in which of the desk's servers somebody is: nobody reads the news of a server that they are not in."""

    def __init__(self, rest: Rest, space_of: SpaceOf, clock: Callable[[], float] = monotonic) -> None:
        self._rest, self.space_of, self._clock = rest, space_of, clock
        self._known: dict[tuple[str, str], tuple[float, bool]] = {}

    async def of(self, person: str, servers: Iterable[str]) -> Space | None:
        """The Space that is home where they are in it, else that of the one server they are in; None otherwise."""
        ordered = sorted(servers, key=lambda server: self.space_of(server) != LOCAL)[: defaults.DISCORD_HOMES]
        theirs = []
        for server in ordered:
            if await self._is_in(server, person):
                if self.space_of(server) == LOCAL:
                    return LOCAL
                theirs.append(self.space_of(server))
        return theirs[0] if len(theirs) == 1 else None

    async def _is_in(self, server: str, person: str) -> bool:
        until, found = self._known.get((server, person), (0.0, False))
        if until > self._clock():
            return found
        path = f"/guilds/{server}/members/{person}"
        answered = await self._rest.ask_patiently(Request(method="GET", path=path, limit=f"look {server}"))
        if len(self._known) > defaults.DISCORD_KNOWN:
            self._known.clear()
        self._known[server, person] = (self._clock() + defaults.DISCORD_KNOWN_SECONDS, answered.is_done)
        return answered.is_done
