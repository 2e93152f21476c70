"""Telling: what is owed to places from one transaction, with what it cites."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.archive.archive import Db
from bot.archive.corrections import note_all_citations
from bot.archive.deliveries import owe_many
from bot.desk.ports import Poster
from bot.news.article import Space
from bot.news.briefing import Citation
from bot.news.delivery import Cause, Owed
from bot.news.digest import Dispatch
from bot.news.place import Place

Posters = Mapping[str, Poster]
"""Who posts, by platform."""


class Telling:
    """Messages of a Space, rendered as they come and owed together by keep()."""

    def __init__(self, space: Space, posters: Posters) -> None:
        self._space, self._posters = space, posters
        self._owed: list[Owed] = []
        self._cited: dict[str, tuple[Citation, ...]] = {}

    def can_reach(self, place: Place) -> bool:
        """Whether anybody posts on the platform of the place."""
        return place.platform in self._posters

    def tell(self, dispatch: Dispatch, place: Place, zone: ZoneInfo, *, cause: Cause, key: str, due: datetime) -> None:
        """Let the place be told then, under that key."""
        payloads = self._posters[place.platform].render(dispatch, zone)
        self._owed.append(Owed(place=place, cause=cause, key=key, payloads=payloads, due=due))

    def cite(self, key: str, citations: tuple[Citation, ...]) -> None:
        """Note what the message of that key shows."""
        self._cited[key] = citations

    def keep(self, db: Db, now: datetime) -> None:
        """Owe all of it from now on."""
        owe_many(db, self._space, self._owed, now)
        note_all_citations(db, self._space, self._cited, now)
