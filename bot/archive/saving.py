"""Writing what a filing changed, in the order that the tables ask for."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from bot.archive.kept import Kept, portions, publisher_of
from bot.archive.rows import insert_rows
from bot.archive.schema import ARTICLES, BANDS, IDENTITIES, PASSAGES, PUBLISHERS, SPACES, VERSIONS
from bot.archive.shelf import Shelf
from bot.news.article import Draft
from bot.news.passage import cut_passages

Row = dict[str, object]

_UPDATE_ARTICLE = ARTICLES.update().where(
    ARTICLES.c.space == sa.bindparam("of_space"), ARTICLES.c.id == sa.bindparam("of_id")
)
_DELETE_BAND = BANDS.delete().where(
    BANDS.c.space == sa.bindparam("of_space"),
    BANDS.c.band == sa.bindparam("of_band"),
    BANDS.c.article == sa.bindparam("of_article"),
)


def save_shelf(db: sa.Connection, shelf: Shelf, now: datetime) -> None:
    """Write the articles that were touched, each under the Space's next change number."""
    shelf.settle()
    _save_articles(db, shelf)
    stale = [kept for kept in shelf.touched.values() if kept.has_stale_cut]
    _drop_cuts(db, shelf, stale)
    insert_rows(db, VERSIONS, [_version_row(shelf, *version, now) for version in shelf.versions])
    _save_cuts(db, shelf, [kept for kept in shelf.touched.values() if kept.needs_cutting])
    _save_identities(db, shelf)
    _save_publishers(db, shelf)
    numbers = shelf.numbers
    if shelf.touched:
        db.execute(
            SPACES.update()
            .where(SPACES.c.space == shelf.space)
            .values(last_change=numbers.change, last_article=numbers.article, last_passage=numbers.passage)
        )


def _save_articles(db: sa.Connection, shelf: Shelf) -> None:
    fresh: list[Row] = []
    changed: list[Row] = []
    for kept in shelf.touched.values():
        shelf.numbers.change += 1
        row: Row = {
            "name": kept.name,
            "version": kept.version,
            "change": shelf.numbers.change,
            "dated": kept.dated,
            "fingerprint": kept.fingerprint,
            "copy_of": kept.copy_of,
            "searched": kept.searched,
        }
        if kept.is_new:
            fresh.append(row | {"space": shelf.space, "id": kept.id, "seen": kept.seen})
        else:
            changed.append(row | {"of_space": shelf.space, "of_id": kept.id})
    insert_rows(db, ARTICLES, fresh)
    _write(db, _UPDATE_ARTICLE, changed)


def _version_row(shelf: Shelf, kept: Kept, version: int, draft: Draft, fingerprint: bytes, now: datetime) -> Row:
    return {
        "space": shelf.space,
        "article": kept.id,
        "version": version,
        "title": draft.title,
        "dek_end": draft.dek_end,
        "url": draft.url,
        "publisher": publisher_of(draft),
        "origin": draft.origin,
        "author": draft.author,
        "published": draft.published,
        "published_day_only": draft.published_day_only,
        "language": draft.language,
        "seen": now,
        "fingerprint": fingerprint,
        "text": draft.text,
    }


def _drop_cuts(db: sa.Connection, shelf: Shelf, stale: Iterable[Kept]) -> None:
    bands: list[Row] = []
    for kept in stale:
        look = kept.cut_look or kept.look
        bands += [{"of_space": shelf.space, "of_band": band, "of_article": kept.id} for band in look.bands]
    _write(db, _DELETE_BAND, bands)
    for some in portions(kept.id for kept in stale):
        db.execute(PASSAGES.delete().where(PASSAGES.c.space == shelf.space, PASSAGES.c.article.in_(some)))


def _save_cuts(db: sa.Connection, shelf: Shelf, uncut: Iterable[Kept]) -> None:
    passages: list[Row] = []
    bands: list[Row] = []
    for kept in uncut:
        for start, end in cut_passages(kept.text, kept.language):
            shelf.numbers.passage += 1
            passages.append(
                {
                    "space": shelf.space,
                    "id": shelf.numbers.passage,
                    "article": kept.id,
                    "version": kept.version,
                    "start": start,
                    "end": end,
                }
            )
        bands += [{"space": shelf.space, "band": band, "article": kept.id} for band in kept.look.bands]
    insert_rows(db, PASSAGES, passages)
    # In the order of the table, so that neighbouring rows are written together.
    insert_rows(db, BANDS, sorted(bands, key=lambda row: (row["band"], row["article"])))


def _save_identities(db: sa.Connection, shelf: Shelf) -> None:
    for some in portions(shelf.named):
        db.execute(IDENTITIES.delete().where(IDENTITIES.c.space == shelf.space, IDENTITIES.c.identity.in_(some)))
    insert_rows(
        db,
        IDENTITIES,
        [
            {
                "space": shelf.space,
                "identity": key,
                "article": identity.article,
                "name": identity.name,
                "own": identity.own,
            }
            for key, identity in shelf.named.items()
        ],
    )


def _save_publishers(db: sa.Connection, shelf: Shelf) -> None:
    counts = {publisher: count for publisher, count in shelf.published.items() if count}
    for some in portions(list(counts)):
        here = sa.and_(PUBLISHERS.c.space == shelf.space, PUBLISHERS.c.publisher.in_(some))
        for publisher, count in db.execute(sa.select(PUBLISHERS.c.publisher, PUBLISHERS.c.articles).where(here)):
            counts[publisher] += count
        db.execute(PUBLISHERS.delete().where(here))
    rows = [
        {"space": shelf.space, "publisher": publisher, "articles": count}
        for publisher, count in counts.items()
        if count
    ]
    insert_rows(db, PUBLISHERS, rows)


def _write(db: sa.Connection, statement: sa.Update | sa.Delete, rows: list[Row]) -> None:
    if rows:
        db.execute(statement, rows)
