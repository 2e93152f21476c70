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
from bot.news.delivery import Owed
from bot.news.digest import Dispatch
from bot.news.place import Place

Posters = Mapping[str, Poster]
"""Who posts, by platform."""


class Telling:
    """Messages of a Space, rendered as they come and owed together by keep()."""

    def __init__(self, space: Space, posters: Posters) -> None:
        self.space = space
        self._posters = posters
        self._owed: list[Owed] = []
        self._cited: dict[str, tuple[Citation, ...]] = {}

    def can_reach(self, place: Place) -> bool:
        """Whether anybody posts on the platform of the place."""
        return place.platform in self._posters

    def render(self, dispatch: Dispatch, place: Place, zone: ZoneInfo) -> tuple[str, ...]:
        """The messages in which it is posted there."""
        return self._posters[place.platform].render(dispatch, zone)

    def owe(self, owed: Owed, citations: tuple[Citation, ...] = ()) -> None:
        """Let it be owed, with what it shows; what shows nothing is never corrected."""
        self._owed.append(owed)
        self._cited[owed.key] = citations

    def keep(self, db: Db, now: datetime) -> None:
        """Owe all of it from now on."""
        owe_many(db, self.space, self._owed, now)
        note_all_citations(db, self.space, self._cited, now)
