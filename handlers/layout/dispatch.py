"""What a channel is told without asking: digests, alerts, corrections and notices."""

from collections.abc import Iterator, Sequence
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.news.briefing import Citation, Point
from bot.news.digest import Alert, AlertBatch, CorrectionNote, Digest, DigestItem, Dispatch, PlainNotice
from bot.news.saying.dispatches import how_many_more, says_now, told_by, what_changed, why_alerted, why_held
from bot.news.text import clip
from config import defaults
from handlers.layout.elements import Element, Gap, Heading, Layout, Listing, Moment, Paragraph, Picture, Run, Words
from handlers.layout.keys import alert_keys, story_keys
from handlers.layout.lines import (
    aside,
    bold,
    headline,
    headline_of,
    joined,
    line,
    list_sources,
    name_of,
    said,
    say_point,
    section,
    statement,
)
from handlers.layout.plain import plain_layout


def lay_out_dispatch(dispatch: Dispatch, zone: ZoneInfo) -> Layout:
    """Whatever a channel is told without asking."""
    match dispatch:
        case Digest():
            return _digest(dispatch)
        case Alert():
            return _alert(dispatch)
        case AlertBatch():
            return _batch(dispatch)
        case CorrectionNote():
            return _correction(dispatch)
        case PlainNotice():
            return plain_layout(dispatch.sentence)
        case _:
            assert_never(dispatch)


def digest_elements(digest: Digest) -> Iterator[Element]:
    """What changed, the stories, what has ended, and the sources."""
    yield Heading(line=line(_title(digest)))
    yield aside(Moment(at=digest.start), " to ", Moment(at=digest.end))
    if digest.late_since is not None:
        yield said(bold("Late"), ": it was due on ", Moment(at=digest.late_since), ".")
    yield said(what_changed(digest))
    for number, item in enumerate(digest.items, start=1):
        yield Gap()
        yield from _story(number, item, digest.citations)
    if digest.items:
        yield Gap()
    if digest.more:
        yield said(how_many_more(digest))
    if digest.ended:
        yield section("Nothing new on")
        yield Listing(lines=tuple(line(headline_of(ended)) for ended in digest.ended))
    if digest.trend is not None:
        yield Picture(trend=digest.trend)
    yield from list_sources(digest.citations)


def alert_lines(alert: Alert, citations: Sequence[Citation]) -> Iterator[Element]:
    """The story, the sentence that met the watch, and why it did."""
    yield said(*_moved(alert.change is not None), headline(alert.headline, alert.url))
    yield from _tellers(alert.publishers)
    yield from _said(alert.change, (alert.point,), citations)
    yield aside(clip(why_alerted(alert.reason, alert.point), defaults.SHOWN_SENTENCE))


def _digest(digest: Digest) -> Layout:
    first = f" · {digest.items[0].headline}" if digest.items else ""
    return Layout(
        summary=clip(f"{_title(digest)} · {what_changed(digest)}{first}", defaults.SHOWN_SUMMARY),
        elements=tuple(digest_elements(digest)),
    )


def _title(digest: Digest) -> str:
    return f"Digest: {name_of(digest.topic)}" if digest.topic else "Digest"


def _story(number: int, item: DigestItem, citations: Sequence[Citation]) -> Iterator[Element]:
    yield said(bold(f"{number}. "), *_moved(item.kind == "update"), headline(item.headline, item.url))
    yield from _tellers(item.publishers)
    yield from _said(item.change, item.points, citations)
    yield story_keys(item.story)


def _alert(alert: Alert) -> Layout:
    title = f"Alert: {name_of(alert.reason.topic)}"
    return Layout(
        summary=clip(f"{title} · {alert.headline}", defaults.SHOWN_SUMMARY),
        elements=(
            Heading(line=line(title)),
            *alert_lines(alert, alert.citations),
            *list_sources(alert.citations),
            *alert_keys(alert),
        ),
        ping=alert.ping,
    )


def _batch(batch: AlertBatch) -> Layout:
    title = f"Alerts: {name_of(batch.topic)}"
    return Layout(
        summary=clip(f"{title} · {why_held(batch)}", defaults.SHOWN_SUMMARY),
        elements=(Heading(line=line(title)), *_held_together(batch)),
        ping=batch.ping,
    )


def _held_together(batch: AlertBatch) -> Iterator[Element]:
    citations = [citation for alert in batch.alerts for citation in alert.citations]
    yield aside(why_held(batch))
    for alert in batch.alerts:
        yield Gap()
        yield from alert_lines(alert, citations)
        yield from alert_keys(alert)
    yield Gap()
    if batch.more:
        yield section("In headlines")
        yield Listing(lines=tuple(line(headline(title, url)) for title, url in batch.more))
    yield from list_sources(citations)


def _correction(note: CorrectionNote) -> Layout:
    now = (bold(says_now(note)), *((" ", *statement(note.instead)) if note.instead else ()))
    return Layout(
        summary=clip(f"Correction: {note.headline}", defaults.SHOWN_SUMMARY),
        elements=(
            Heading(line=line(f"Correction: {headline_of(note.headline)}")),
            said("You were told: ", Words(text=f"“{note.quote}”", look="struck")),
            said(*now),
            *list_sources(note.citations),
        ),
    )


def _moved(has_moved: bool) -> tuple[Run, ...]:
    return (bold("Update: "),) if has_moved else ()


def _tellers(publishers: Sequence[str]) -> Iterator[Element]:
    if publishers:
        yield aside(clip(told_by(publishers), defaults.SHOWN_PUBLISHERS))


def _said(change: Point | None, points: Sequence[Point | None], citations: Sequence[Citation]) -> Iterator[Element]:
    """What changed, then the sentences that tell the story."""
    if change is not None:
        yield said(bold("What changed: "), *statement(change))
    if told := [say_point(point, citations) for point in points if point is not None]:
        yield Paragraph(line=joined(told, " "))
