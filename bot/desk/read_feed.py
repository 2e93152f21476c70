"""Reading one feed: fetched, parsed in a cage, and laid out as drafts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from bot.archive.entries import KnownEntry
from bot.archive.feeds import Claimed
from bot.desk.file_list import Lists
from bot.desk.wire import Wire
from bot.wire.address import canonical_address
from bot.wire.cage import Cage
from bot.wire.entries import Listed, Listing, list_entries, list_page
from bot.wire.fetch import Credentials, Fetched, Known, Unchanged
from bot.wire.parsed import Fault, Feed

_NOTHING = Feed()
_CUT_OFF = "F10"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadFeed:
    """A feed as it was read: what it lists, None where nothing has changed, and what to know for the next reading.

    `asked` is how long the site asks to be left alone at least, `fault` what was wrong with a feed that could be read
    all the same.
    """

    lists: Lists | None
    etag: str | None
    last_modified: str | None
    body: bytes | None
    asked: timedelta | None
    moved_to: str | None
    site: str | None
    fault: Fault | None


async def fetch_claimed(wire: Wire, claimed: Claimed, now: datetime) -> Fetched | Unchanged:
    """What the feed's address gives now. SourceError where it cannot be fetched."""
    feed = claimed.feed
    credentials = Credentials(feed.user or "", claimed.password or "") if feed.user or claimed.password else None
    known = Known(etag=claimed.etag, last_modified=claimed.last_modified)
    return await wire.fetcher.fetch(feed.address, known=known, credentials=credentials, now=now)


async def read_answer(
    wire: Wire, claimed: Claimed, answer: Fetched | Unchanged, known: Mapping[str, KnownEntry], now: datetime
) -> ReadFeed:
    """What the answer says: the entries that are not known, unless nothing changed. SourceError where it is no feed."""
    if isinstance(answer, Unchanged):
        return _as_read(answer, None, body=claimed.body)
    body = blake2b(answer.data, digest_size=16).digest()
    if body == claimed.body:
        return _as_read(answer, None, body=body)
    if claimed.feed.kind == "page":
        lists, parsed = await _list_page(wire, claimed, answer, now), Feed()
    else:
        lists, parsed = await _list_feed(wire, claimed, answer, known, now)
    return _as_read(answer, lists, body=body, parsed=parsed)


def _as_read(
    answer: Fetched | Unchanged, lists: Lists | None, *, body: bytes | None, parsed: Feed = _NOTHING
) -> ReadFeed:
    every = timedelta(minutes=parsed.every) if parsed.every else None
    # Of a feed that stops in the middle nothing is kept to ask "changed since?" with: the rest is still to come.
    is_whole = all(fault.code != _CUT_OFF for fault in parsed.faults)
    return ReadFeed(
        lists=lists,
        etag=answer.etag if is_whole else None,
        last_modified=answer.last_modified if is_whole else None,
        body=body if is_whole else None,
        asked=max(filter(None, (every, answer.keep_for)), default=None),
        moved_to=answer.moved_to,
        site=canonical_address(parsed.link) if parsed.link else None,
        fault=parsed.faults[0] if parsed.faults else None,
    )


async def _list_feed(
    wire: Wire, claimed: Claimed, answer: Fetched, known: Mapping[str, KnownEntry], now: datetime
) -> tuple[Lists, Feed]:
    # Only what was listed last time: what has been gone for longer is looked at anew when it comes back.
    newest = max((entry.listed for entry in known.values()), default=now)
    raw = frozenset(entry.raw for entry in known.values() if entry.listed == newest)

    def parse(cage: Cage) -> tuple[Feed, Listing]:
        feed = cage.read_feed(answer.data, "", answer.address, charset=answer.charset, known=raw)
        unread = set(feed.unread)
        others = [(entry.given_id, entry.page) for entry in known.values() if entry.raw in unread]
        return feed, list_entries(feed, claimed.feed.id, answer.address, now=now, others=others)

    feed, listing = await wire.in_cage(parse)
    return Lists(entries=listing.entries, unread=feed.unread, skipped=feed.skipped), feed


async def _list_page(wire: Wire, claimed: Claimed, answer: Fetched, now: datetime) -> Lists:
    def parse(cage: Cage) -> Listed:
        page = cage.read_page(answer.data, "", answer.address, charset=answer.charset)
        return list_page(page, claimed.feed.id, answer.address, now)

    return Lists(entries=(await wire.in_cage(parse),))
