"""What readers were shown, and what of it has changed since."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.archive.articles import find_articles
from bot.archive.kept import portions
from bot.archive.schema import CITED, CORRECTIONS
from bot.news.article import ArticleId, Space
from bot.news.briefing import Citation
from bot.news.correction import Correction, find_instead, still_says


def note_citations(
    db: sa.Connection, space: Space, shown_in: str, citations: Sequence[Citation], now: datetime
) -> None:
    """Keep what a reader was shown, so that it can be corrected there. Noting the same answer twice changes nothing."""
    known = sa.select(CITED.c.number).where(CITED.c.space == space, CITED.c.shown_in == shown_in)
    there = set(db.execute(known).scalars())
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
        for one in citations
        if one.number not in there
    ]
    if rows:
        db.execute(CITED.insert(), rows)


def find_corrections(db: sa.Connection, space: Space, changed: Iterable[ArticleId], now: datetime) -> list[Correction]:
    """The corrections that the newest versions of these articles ask for, now kept; each quote is corrected once."""
    found: list[Correction] = []
    corrected = sa.and_(
        CORRECTIONS.c.space == CITED.c.space,
        CORRECTIONS.c.article == CITED.c.article,
        CORRECTIONS.c.shown_in == CITED.c.shown_in,
        CORRECTIONS.c.number == CITED.c.number,
    )
    for some in portions(dict.fromkeys(changed)):
        rows = db.execute(
            sa.select(CITED).where(CITED.c.space == space, CITED.c.article.in_(some), ~sa.exists().where(corrected))
        ).all()
        articles = find_articles(db, space, {row.article for row in rows})
        for row in rows:
            article = articles[row.article]
            if article.version > row.version and not still_says(article.text, row.quote):
                instead = find_instead(article.text, row.quote, article.language)
                found.append(
                    Correction(
                        space=space,
                        article=article.id,
                        shown_in=row.shown_in,
                        number=row.number,
                        version=article.version,
                        quote=row.quote,
                        instead=instead,
                        found=now,
                    )
                )
    if found:
        names = ("space", "article", "shown_in", "number", "version", "instead", "found")
        db.execute(CORRECTIONS.insert(), [{name: getattr(one, name) for name in names} for one in found])
    return found


def list_corrections(db: sa.Connection, space: Space) -> list[Correction]:
    """The corrections that were found in the Space, oldest first."""
    same = sa.and_(*(CORRECTIONS.c[name] == CITED.c[name] for name in ("space", "article", "shown_in", "number")))
    rows = db.execute(
        sa.select(CORRECTIONS, CITED.c.quote)
        .select_from(CORRECTIONS.join(CITED, same))
        .where(CORRECTIONS.c.space == space)
        .order_by(CORRECTIONS.c.found, CORRECTIONS.c.article, CORRECTIONS.c.number)
    )
    return [Correction(**row._mapping) for row in rows]
