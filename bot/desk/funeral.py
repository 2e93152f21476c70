"""When a feed fails, moves or dies: what is noted with it, and what whoever added it is told."""

from datetime import datetime
from urllib.parse import urlsplit

from bot.archive.archive import Db
from bot.archive.feeds import adopt_address, note_failure, stop_feed
from bot.archive.notices import owe_notice
from bot.archive.sources import followers
from bot.desk.wire import Wire
from bot.errors import SourceError
from bot.news.polling import Pace, is_move_to_be_adopted, wait_after_failure
from bot.news.source import FollowedFeed, Notice, Source
from bot.wire.address import address_key
from bot.wire.cage import Cage
from bot.wire.fetch import Fetched
from bot.wire.parsed import FeedLink
from config import defaults


def note_fault(db: Db, feed: FollowedFeed, fault: SourceError, now: datetime, *, pace: Pace, luck: float) -> None:
    """Note that reading the feed failed, and when it is tried again."""
    wait = wait_after_failure(feed.failures + 1, retry_after=fault.retry_after, pace=pace, luck=luck)
    note_failure(db, feed, code=fault.code, fault=str(fault), next_read=now + wait, now=now)


def bury_feed(db: Db, feed: FollowedFeed, fault: SourceError, replacement: str | None, now: datetime) -> None:
    """Read the feed no more, and owe a notice to everybody who added it."""
    note_failure(db, feed, code=fault.code, fault=str(fault), next_read=now, now=now)
    stop_feed(db, feed.id, now)
    since = feed.failing_since or now
    last = f"It was last read on {_day(feed.last_read)}." if feed.last_read else "It could never be read."
    for source in followers(db, feed.id):
        advice = (
            f"Its site names another feed now: {replacement}. Follow that one, and remove this."
            if replacement
            else "Look at its site, and remove the source or check it again when it is back."
        )
        sentence = (
            f"I no longer read “{source.name}”: it has failed since {_day(since)}. {_ended(str(fault))} {last} {advice}"
        )
        _owe(db, source, f"stopped:{feed.id}:{since.isoformat()}", sentence, now)


def consider_move(db: Db, feed: FollowedFeed, address: str, now: datetime) -> None:
    """Read the feed at the address from now on, and say so, where permanent redirects have led there for long."""
    since, times = (feed.moved_since, feed.moved_times + 1) if feed.moved_to == address else (None, 1)
    if (
        since is None
        or not is_move_to_be_adopted(since, times, now)
        or not adopt_address(db, feed, address_key(address), address)
    ):
        return
    for source in followers(db, feed.id):
        sentence = f"“{source.name}” has moved for good and is read at its new address now: {shown(address)}."
        _owe(db, source, f"moved:{source.feed.id}:{now.isoformat()}", sentence, now)


async def find_replacement(wire: Wire, feed: FollowedFeed, now: datetime) -> str | None:
    """The address of a feed that can be read and that the site of this one names now; None where there is none."""
    parts = urlsplit(feed.address)
    for site in dict.fromkeys(filter(None, (feed.site, f"{parts.scheme}://{parts.netloc}/"))):
        for link in await _feeds_of(wire, site, now):
            if link.address != feed.address and await _is_readable(wire, link.address, now):
                return shown(link.address)
    return None


def shown(address: str) -> str:
    """The address as people may see it: a long query may hold a secret, or be made to mislead."""
    parts = urlsplit(address)
    return parts._replace(query="…").geturl() if len(parts.query) > defaults.QUERY_SHOWN else address


async def _feeds_of(wire: Wire, site: str, now: datetime) -> list[FeedLink]:
    try:
        page = await wire.fetcher.fetch(site, now=now)
        if not isinstance(page, Fetched):
            return []
        return await wire.in_cage(lambda cage: list(cage.find_feeds(page.data, "", page.address)))
    except SourceError:
        return []


async def _is_readable(wire: Wire, address: str, now: datetime) -> bool:
    try:
        found = await wire.fetcher.fetch(address, now=now)
        if not isinstance(found, Fetched):
            return False

        def has_entries(cage: Cage) -> bool:
            return bool(cage.read_feed(found.data, "", found.address, charset=found.charset).entries)

        return await wire.in_cage(has_entries)
    except SourceError:
        return False


def _owe(db: Db, source: Source, key: str, sentence: str, now: datetime) -> None:
    owe_notice(db, Notice(space=source.space, key=key, to=source.added_by, sentence=sentence, made=now))


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else sentence + "."
