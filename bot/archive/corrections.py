"""What readers were shown, and what of it does not hold any more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.archive.articles import find_articles
from bot.archive.kept import portions
from bot.archive.rows import insert_rows
from bot.archive.schema import CITED, CORRECTIONS
from bot.archive.schema_due import DELIVERIES
from bot.news.article import ArticleId, Space
from bot.news.briefing import Citation
from bot.news.correction import Correction, find_instead, still_says

_KEY = ("space", "article", "shown_in", "number")
_SAME = sa.and_(*(CORRECTIONS.c[name] == CITED.c[name] for name in _KEY))
_COLUMNS = (*(column for column in CORRECTIONS.c if column.name != "settled"), CITED.c.quote)
_SETTLE = CORRECTIONS.update().where(*(CORRECTIONS.c[name] == sa.bindparam(f"of_{name}") for name in _KEY))


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """A quote as a reader was shown it, in what, and under which number there."""

    article: ArticleId
    shown_in: str
    number: int
    version: int
    quote: str


def note_citations(
    db: sa.Connection, space: Space, shown_in: str, citations: Sequence[Citation], now: datetime
) -> None:
    """Keep what a reader was shown, so that it can be corrected there. Noting the same answer twice changes nothing."""
    note_all_citations(db, space, {shown_in: citations}, now)


def note_all_citations(db: sa.Connection, space: Space, shown: Mapping[str, Sequence[Citation]], now: datetime) -> None:
    """The same for the citations of several, by what they were shown in."""
    there: set[tuple[str, int]] = set()
    for some in portions({one.article_id for citations in shown.values() for one in citations}):
        known = sa.select(CITED.c.shown_in, CITED.c.number).where(CITED.c.space == space, CITED.c.article.in_(some))
        if len(shown) == 1:
            known = known.where(CITED.c.shown_in == next(iter(shown)))
        there |= {(row.shown_in, row.number) for row in db.execute(known)}
    rows = [
        {
            "space": space,
            "article": one.article_id,
            "shown_in": shown_in,
            "number": one.number,
            "version": one.version,
            "quote": one.quote,
            "shown": now,
        }
        for shown_in, citations in shown.items()
        for one in citations
        if (shown_in, one.number) not in there
    ]
    insert_rows(db, CITED, rows)


def uncorrected(db: sa.Connection, space: Space, articles: Iterable[ArticleId], since: datetime | None) -> list[Cited]:
    """The quotes from these articles that readers were shown since then, or ever, and that were never corrected."""
    found: list[Cited] = []
    for some in portions(dict.fromkeys(articles)):
        here = sa.and_(CITED.c.space == space, CITED.c.article.in_(some), ~sa.exists().where(_SAME))
        if since is not None:
            here = sa.and_(here, CITED.c.shown >= since)
        rows = db.execute(sa.select(CITED).where(here).order_by(CITED.c.article, CITED.c.shown_in, CITED.c.number))
        found += [Cited(**{name: row._mapping[name] for name in Cited.__slots__}) for row in rows]
    return found


def find_corrections(db: sa.Connection, space: Space, changed: Iterable[ArticleId], now: datetime) -> list[Correction]:
    """The corrections that the newest versions of these articles ask for, now kept; each quote is corrected once."""
    cited = uncorrected(db, space, changed, None)
    articles = find_articles(db, space, {one.article for one in cited})
    found = [
        Correction(
            space=space,
            article=one.article,
            shown_in=one.shown_in,
            number=one.number,
            version=article.version,
            quote=one.quote,
            instead=find_instead(article.text, one.quote, article.language),
            found=now,
        )
        for one in cited
        if (article := articles[one.article]).version > one.version and not still_says(article.text, one.quote)
    ]
    keep_corrections(db, found)
    return found


def keep_corrections(db: sa.Connection, found: Sequence[Correction]) -> None:
    """Keep corrections of quotes that were never corrected."""
    names = [column.name for column in _COLUMNS if column.name != "quote"]
    insert_rows(db, CORRECTIONS, [{name: getattr(one, name) for name in names} for one in found])


def list_corrections(db: sa.Connection, space: Space) -> list[Correction]:
    """The corrections that were found in the Space, oldest first."""
    found = sa.select(*_COLUMNS).select_from(CORRECTIONS.join(CITED, _SAME)).where(CORRECTIONS.c.space == space)
    rows = db.execute(found.order_by(CORRECTIONS.c.found, CORRECTIONS.c.article, CORRECTIONS.c.number))
    return [Correction(**row._mapping) for row in rows]


def open_corrections(db: sa.Connection, platforms: Iterable[str], limit: int) -> list[Correction]:
    """The corrections of which it can be said by now whether readers on these platforms have to be told, oldest first.

    Not those of what is still on its way to them. Nobody else gets them while the transaction goes on.
    """
    first = sa.and_(
        DELIVERIES.c.space == CORRECTIONS.c.space, DELIVERIES.c.key == CORRECTIONS.c.shown_in, DELIVERIES.c.part == 1
    )
    was_never = DELIVERIES.c.state.is_(None)  # it was shown by other ways than a delivery
    decided = sa.and_(DELIVERIES.c.state.in_(("sent", "dead", "dropped")), DELIVERIES.c.platform.in_(list(platforms)))
    found = (
        sa.select(*_COLUMNS)
        .select_from(CORRECTIONS.join(CITED, _SAME).outerjoin(DELIVERIES, first))
        .where(CORRECTIONS.c.settled.is_(None), sa.or_(was_never, decided))
        .order_by(CORRECTIONS.c.found, *(CORRECTIONS.c[name] for name in _KEY))
        .limit(limit)
        .with_for_update(of=CORRECTIONS)
    )
    return [Correction(**row._mapping) for row in db.execute(found)]


def settle_corrections(db: sa.Connection, corrections: Sequence[Correction], now: datetime) -> None:
    """Note that readers were told of these, or need not be."""
    rows = [{f"of_{name}": getattr(one, name) for name in _KEY} | {"settled": now} for one in corrections]
    if rows:
        db.execute(_SETTLE, rows)
