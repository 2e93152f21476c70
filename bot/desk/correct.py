"""Correcting: what readers were shown and what holds no longer is corrected once, in its place."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.archive.answers import find_answer
from bot.archive.archive import Archive, Db
from bot.archive.articles import find_articles, find_version
from bot.archive.corrections import (
    Cited,
    keep_corrections,
    open_corrections,
    settle_corrections,
    uncorrected,
)
from bot.archive.deliveries import find_deliveries
from bot.archive.subscriptions import find_subscription
from bot.archive.watches import find_watches
from bot.desk.place import Placed
from bot.desk.talk import answer_shown
from bot.desk.telling import Posters, Telling
from bot.errors import RequestError
from bot.news.article import ArticleId, Space
from bot.news.correction import Correction, find_instead, still_says
from bot.news.delivery import Owed
from bot.news.digest import CorrectionNote
from bot.news.evidence import Quote
from bot.news.match import quiet_end
from bot.news.place import Place
from bot.news.subscription import SubscriptionId
from bot.news.watch import WatchId
from bot.writer.changed import find_quote
from bot.writer.contradiction import contradicts
from bot.writer.correction import write_correction
from config import defaults

_UTC = ZoneInfo("UTC")


def find_contradicted(db: Db, space: Space, placed: Sequence[Placed], now: datetime) -> None:
    """Keep a correction of every quote shown of late that a change in its story contradicts.

    Not of what was shown together with the article that says so. Where a message has several quotes for what changed,
    the correction of the first is for all of them.
    """
    for one in placed:
        change = one.development
        said = find_quote(one.article, change.said) if change and change.was else None
        if change is not None and said is not None:
            found = _contradicted(db, space, one, said, now)
            keep_corrections(db, found)
            first = {correction.shown_in: correction for correction in reversed(found)}
            settle_corrections(db, [other for other in found if other is not first[other.shown_in]], now)


def _contradicted(db: Db, space: Space, one: Placed, said: Quote, now: datetime) -> list[Correction]:
    """Corrections of what the sentence contradicts, those of one message by the numbers of its citations."""
    assert one.development is not None, "the sentence says what changed"
    since = now - timedelta(days=defaults.CORRECTED_DAYS)
    informed = {cited.shown_in for cited in uncorrected(db, space, [one.article.id], since)}
    others = uncorrected(db, space, [told.id for told in one.told if told.id != one.article.id], since)
    known: dict[tuple[ArticleId, int, str], bool] = {}
    found = []
    for cited in sorted(others, key=lambda cited: cited.number):
        key = cited.article, cited.version, cited.quote
        if key not in known:
            shown = _shown(db, space, cited)
            known[key] = shown is not None and contradicts(one.development, said, shown)
        if known[key] and cited.shown_in not in informed:
            correction = Correction(
                space=space,
                article=cited.article,
                shown_in=cited.shown_in,
                number=cited.number,
                version=one.article.version,
                quote=cited.quote,
                instead=said.text,
                found=now,
                by=one.article.id,
            )
            found.append(correction)
    return found


async def owe_corrections(archive: Archive, posters: Posters, now: datetime) -> int:
    """How many corrections are owed from now on, of all that were found and that readers have to be told."""
    owed = 0
    while True:
        looked_at, told = await archive.write(_owe_some, posters, now)
        owed += told
        if looked_at < defaults.CORRECTIONS_A_TRANSACTION:
            return owed


def _owe_some(db: Db, posters: Posters, now: datetime) -> tuple[int, int]:
    """How many were looked at, each once, and how many of them are owed now."""
    found = open_corrections(db, posters, defaults.CORRECTIONS_A_TRANSACTION)
    owed = sum(_owe(db, correction, posters, now) for correction in found)
    settle_corrections(db, found, now)
    return len(found), owed


def _owe(db: Db, correction: Correction, posters: Posters, now: datetime) -> bool:
    """Whether it is owed: only where readers were really shown the quote, and while it holds no longer."""
    place = _shown_at(db, correction)
    note = _write(db, correction) if place is not None and place.platform in posters else None
    if place is None or note is None:
        return False
    zone, due = _when(db, correction, now)
    telling = Telling(correction.space, posters)
    payloads = telling.render(note, place, zone)
    key = f"correction:{correction.shown_in}:{correction.number}"
    telling.owe(Owed(place=place, cause="correction", key=key, payloads=payloads, due=due))
    telling.keep(db, now)
    return True


def _shown_at(db: Db, correction: Correction) -> Place | None:
    """Where readers were shown it: the thread of the answer, or below the message; None where nobody was."""
    if (number := answer_shown(correction.shown_in)) is not None:
        try:
            place = find_answer(db, correction.space, number).place
        except RequestError:
            return None
        return place if place.thread is not None else None
    deliveries = find_deliveries(db, correction.space, correction.shown_in)
    if not deliveries or deliveries[0].state != "sent":
        return None
    first = deliveries[0]
    return replace(first.place, thread=first.place.thread or first.receipt)


def _write(db: Db, correction: Correction) -> CorrectionNote | None:
    """The note; None where the article says it again, or nobody says otherwise any more."""
    ids = [correction.article, *([] if correction.by is None else [correction.by])]
    articles = find_articles(db, correction.space, ids)
    article, source = articles[correction.article], articles[ids[-1]]
    if correction.by is None:
        if still_says(article.text, correction.quote):
            return None
        instead = find_instead(article.text, correction.quote, article.language)
        correction = replace(correction, instead=instead)
    elif correction.instead is None or not still_says(source.text, correction.instead):
        return None
    return write_correction(correction, article.headline, source)


def _when(db: Db, correction: Correction, now: datetime) -> tuple[ZoneInfo, datetime]:
    """The zone of whoever is told, and when: what a watch told is corrected outside its quiet hours."""
    kind, number = (*correction.shown_in.split(":"), "", "")[:2]
    if kind in ("alert", "batch"):
        watch = find_watches(db, correction.space, [WatchId(int(number))]).get(WatchId(int(number)))
        if watch is not None:
            return watch.zone, quiet_end(watch, now)
    if kind == "digest":
        subscription = find_subscription(db, correction.space, SubscriptionId(int(number)))
        if subscription is not None:
            return subscription.schedule.zone, now
    return _UTC, now


def _shown(db: Db, space: Space, cited: Cited) -> Quote | None:
    """The quote where it stands in the version that it was taken from."""
    article = find_version(db, space, cited.article, cited.version)
    start = article.text.find(cited.quote) if article else -1
    if article is None or start < 0:
        return None
    return Quote(article=article, start=start, end=start + len(cited.quote), score=0.0)
