"""Releasing: what was held for watches is told, when its time has come, in one message for each."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.archive.archive import Archive, Db
from bot.archive.articles import find_articles
from bot.archive.matches import held_for, held_watches, met_before, settle_matches
from bot.archive.mutes import muted_stories
from bot.archive.stories import developments_of, find_stories
from bot.archive.watches import find_watches
from bot.desk.telling import Posters, Telling
from bot.news.article import Space
from bot.news.delivery import Owed
from bot.news.digest import Alert
from bot.news.match import Fate, Match, quiet_end
from bot.news.standing import Standing
from bot.news.watch import Watch, WatchId
from bot.writer.alert import write_alert, write_batch
from config import defaults


async def release_held(archive: Archive, posters: Posters, now: datetime) -> int:
    """How many messages are owed from now on, each with all that was held until now for one watch."""
    count = 0
    while due := await archive.read(held_watches, posters, now, defaults.BATCHES_A_TRANSACTION):
        count += await archive.write(_release_all, due, posters, now)
    return count


def _release_all(db: Db, due: Sequence[tuple[Space, WatchId]], posters: Posters, now: datetime) -> int:
    return sum(_release(db, space, id, posters, now) for space, id in due)


def _release(db: Db, space: Space, id: WatchId, posters: Posters, now: datetime) -> bool:
    """Whether a message is owed: not in quiet hours, nor where all of it was muted meanwhile."""
    watch = find_watches(db, space, [id]).get(id)
    held = held_for(db, space, id, now)
    if watch is None or not held:
        return False  # it was removed, or somebody else has just told it
    end = quiet_end(watch, now)
    if end > now:
        settle_matches(db, space, [(match, replace(match.fate, until=end)) for match in held])
        return False
    mutes = muted_stories(db, space, {match.story for match in held})
    muted = {story for platform, channel, story in mutes if (platform, channel) == _channel(watch)}
    if watch.muted_until is not None and watch.muted_until > now:
        fates, told = [(match, Fate(state="muted")) for match in held], []
    else:
        fates = [(match, Fate(state="story muted")) for match in held if match.story in muted]
        told = [match for match in held if match.story not in muted]
    if told:
        fates += _tell(db, watch, told, posters, now)
    settle_matches(db, space, fates)
    return bool(told)


def _tell(db: Db, watch: Watch, held: Sequence[Match], posters: Posters, now: datetime) -> list[tuple[Match, Fate]]:
    """What became of it: a story is told once, as it was met last; what is too much for one message is named."""
    newest = {match.story: match for match in sorted(held, key=lambda match: match.development)}
    in_order = [newest[story] for story in dict.fromkeys(match.story for match in held)]
    in_full = [match for match in in_order if match.fate.state != "too many"][: watch.an_hour]
    named = [match for match in in_order if match not in in_full]
    articles = find_articles(db, watch.space, {match.article for match in named})
    batch = write_batch(watch, held, _write(db, watch, in_full), [articles[match.article] for match in named])
    key = f"batch:{watch.id}:{now.isoformat()}"
    telling = Telling(watch.space, posters)
    payloads = telling.render(batch, watch.place, watch.zone)
    citations = tuple(citation for alert in batch.alerts for citation in alert.citations)
    telling.owe(Owed(place=watch.place, cause="alert", key=key, payloads=payloads, due=now), citations)
    telling.keep(db, now)
    only_named = {match.story for match in named}
    return [(match, Fate(state="named" if match.story in only_named else "told", key=key)) for match in held]


def _write(db: Db, watch: Watch, matches: Sequence[Match]) -> list[Alert]:
    space, ids = watch.space, {match.story for match in matches}
    articles = find_articles(db, space, {match.article for match in matches})
    stories, changes = find_stories(db, space, ids), developments_of(db, space, ids)
    standing = Standing(watch=watch)
    for (id, story), met in met_before(db, space, ids).items():
        if id == watch.id:
            standing.met[story] = met
    alerts = []
    for match in matches:
        article, kept = articles[match.article], stories.get(match.story)
        known = {change.number: change for change in changes.get(match.story, ())}
        change = known.get(match.development) if standing.has_told(match.story) else None
        publishers = kept.publishers if kept else (article.teller,)
        alerts.append(write_alert(match, article, change, publishers))
    return alerts


def _channel(watch: Watch) -> tuple[str, str]:
    return watch.place.platform, watch.place.channel
