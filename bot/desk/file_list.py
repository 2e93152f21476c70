"""Filing what a feed lists, for every Space that follows it. Runs inside one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.archive.archive import Db
from bot.archive.arrivals import articles_named, note_arrivals
from bot.archive.articles import file_drafts, find_articles
from bot.archive.corrections import find_corrections
from bot.archive.entries import KnownEntry, keep_entries, known_entries, note_listed, renew_raw
from bot.archive.sources import followers, note_filed
from bot.news.article import Draft, Space
from bot.news.source import FeedId, Source
from bot.wire.entries import Listed
from config import defaults


@dataclass(frozen=True, kw_only=True, slots=True)
class Lists:
    """What a feed lists now: the entries that were read, and `raw` of those that were known and not read again.

    `skipped` counts those that were too many.
    """

    entries: tuple[Listed, ...]
    unread: tuple[str, ...] = ()
    skipped: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class FiledList:
    """What became of it: how many entries the feed had not listed before, and articles new and changed in all Spaces.

    `is_same_feed` says that it lists something that it has listed before, or had listed nothing yet.
    """

    new_entries: int
    added: int
    changed: int
    is_same_feed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sorted:
    new: list[Listed]
    changed: list[Listed]
    same: list[Listed]
    unread: list[KnownEntry]


def file_list(db: Db, feed: FeedId, lists: Lists, now: datetime) -> FiledList:
    """File what is new or changed, and everything for a Space that has just begun to follow the feed."""
    known = known_entries(db, feed)  # once more, inside the transaction: a page may have been read meanwhile
    found = _sort(lists, known)
    for_whom = followers(db, feed)
    counts = [_file_for(db, source, found, known, lists.skipped, now) for source in for_whom]
    owed = _owed_pages(found, for_whom)
    fresh = [*found.new, *found.changed, *(one for one in found.same if one.key in owed)]
    keep_entries(db, feed, [_to_keep(one, known, now) for one in fresh], now, owed=owed)
    renewed = [one for one in found.same if one.key not in owed and one.raw != known[one.key].raw]
    for one in renewed:
        renew_raw(db, feed, one.key, one.raw, now)
    done = {one.key for one in (*fresh, *renewed)}
    listed = [*(one.key for one in found.same), *(entry.key for entry in found.unread)]
    note_listed(db, feed, [key for key in listed if key not in done], now)
    return FiledList(
        new_entries=len(found.new),
        added=sum(added for added, _changed in counts),
        changed=sum(changed for _added, changed in counts),
        is_same_feed=not known or bool(found.same or found.changed or found.unread),
    )


def _sort(lists: Lists, known: dict[str, KnownEntry]) -> _Sorted:
    left_out = set(lists.unread)
    unread = [entry for entry in known.values() if entry.raw in left_out]
    found = _Sorted(new=[], changed=[], same=[], unread=unread)
    still_there = {one.key for one in lists.entries} | {entry.key for entry in unread}
    vanished = {entry.digest: entry.key for entry in known.values() if entry.key not in still_there}
    for one in lists.entries:
        before = known.get(one.key)
        if before is None:
            found.new.append(_under_old_name(one, vanished.get(one.digest)))
        else:
            (found.same if before.digest == one.digest else found.changed).append(one)
    return found


def _under_old_name(one: Listed, old_key: str | None) -> Listed:
    """The entry; where one that said the same has just vanished, it is that one under a new address and id."""
    if old_key is None:
        return one
    return replace(one, draft=replace(one.draft, aliases=(*one.draft.aliases, old_key)))


def _file_for(
    db: Db, source: Source, found: _Sorted, known: dict[str, KnownEntry], skipped: int, now: datetime
) -> tuple[int, int]:
    """How many articles were added and changed for that source."""
    is_first = source.first_read is None
    entries = [*found.new, *found.changed, *(found.same if is_first else ())]
    drafts = [one.draft for one in entries]
    if source.full_text != "never":
        read = {key for key, entry in known.items() if entry.page_read is not None}
        drafts = _with_full_text(db, source.space, drafts, read)
    # Oldest first, as the desk would have seen them: what is listed on top came last.
    filed = file_drafts(db, source.space, drafts[::-1], now) if drafts else []
    arrived = note_arrivals(
        db, source.space, source.feed.id, [one.article for one in filed], fresh=not is_first, now=now
    )
    changed = [one.article for one in filed if one.outcome == "changed"]
    if changed:
        find_corrections(db, source.space, changed, now)
    note_filed(
        db,
        source,
        first_read=source.first_read or now,
        last_new=now if arrived else None,
        skipped=skipped or source.skipped,
    )
    return len(arrived), len(changed)


def _with_full_text(db: Db, space: Space, drafts: list[Draft], read: set[str]) -> list[Draft]:
    """The drafts, with the full text kept where the page was read before and the feed gives only a teaser of it."""
    named = articles_named(db, space, [draft.identity for draft in drafts if draft.identity in read])
    kept = find_articles(db, space, named.values())
    full = {identity: kept[article] for identity, article in named.items() if article in kept}
    return [
        replace(draft, text=full[draft.identity].text, dek_end=full[draft.identity].dek_end)
        if draft.identity in full and len(full[draft.identity].text) > len(draft.text)
        else draft
        for draft in drafts
    ]


def _owed_pages(found: _Sorted, for_whom: Sequence[Source]) -> set[str]:
    """The keys of the entries whose pages have to be read for whoever follows the feed."""
    wishes = {source.full_text for source in for_whom}
    candidates = [*found.new, *found.changed]
    if any(source.first_read is None for source in for_whom):
        candidates = [*candidates, *found.same][: defaults.FULL_TEXT_AT_FIRST]
    return {
        one.key
        for one in candidates
        if one.page is not None and ("always" in wishes or ("auto" in wishes and one.is_teaser))
    }


def _to_keep(one: Listed, known: dict[str, KnownEntry], now: datetime) -> KnownEntry:
    read = known[one.key].page_read if one.key in known else None
    return KnownEntry(
        key=one.key,
        raw=one.raw,
        digest=one.digest,
        given_id=one.given_id,
        page=one.page,
        page_read=read,
        listed=now,
    )
