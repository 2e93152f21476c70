"""Digests, alerts, corrections and notices on a sheet."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from rich.text import Text

from bot.news.briefing import Citation, Point
from bot.news.digest import Alert, AlertBatch, CorrectionNote, Digest, DigestItem, Dispatch, PlainNotice
from bot.news.saying.dispatches import how_many_more, says_now, told_by, what_changed, why_alerted, why_held
from handlers.console.plain import plain
from handlers.console.render import show_point, show_sources
from handlers.console.sheet import BOLD, CHANGED, DIM, MARK, Sheet, marked

_INDENT = 3  # columns; as wide as "1. "


def show_dispatch(sheet: Sheet, dispatch: Dispatch) -> None:
    """Whatever a channel is told without asking."""
    match dispatch:
        case Digest():
            show_digest(sheet, dispatch)
        case Alert():
            show_alert(sheet, dispatch)
        case AlertBatch():
            show_batch(sheet, dispatch)
        case CorrectionNote():
            show_correction(sheet, dispatch)
        case PlainNotice():
            sheet.write(Text(plain(dispatch.sentence)))
        case _:
            assert_never(dispatch)


def show_digest(sheet: Sheet, digest: Digest) -> None:
    """What changed, then the stories, what has ended, and the sources."""
    sheet.write(Text(f"Digest: {plain(digest.topic)}" if digest.topic else "Digest", BOLD))
    sheet.write(Text(f"{_moment(sheet, digest.start)} to {_moment(sheet, digest.end)}", DIM))
    if digest.late_since is not None:
        sheet.write(Text(f"Late: it was due on {_moment(sheet, digest.late_since)}.", CHANGED))
    sheet.write(Text(what_changed(digest)))
    for number, item in enumerate(digest.items, start=1):
        sheet.print(Text())
        _show_item(sheet, number, item, digest.citations)
    if digest.more:
        sheet.print(Text())
        sheet.write(Text(how_many_more(digest), DIM))
    if digest.ended:
        sheet.heading("Nothing new on")
        for headline in digest.ended:
            sheet.write(Text(plain(headline) or "(no title)", DIM), indent=2, hang=2)
    if digest.trend is not None:
        sheet.print(Text())
        sheet.write(Text(plain(digest.trend.in_words()), DIM))
    show_sources(sheet, digest.citations, [point.text for item in digest.items for point in _points(item)])


def show_alert(sheet: Sheet, alert: Alert) -> None:
    """The story, the sentence that met the watch, and why it did."""
    sheet.write(Text(f"Alert: {plain(alert.reason.topic)}", BOLD))
    sheet.print(Text())
    _show_alert(sheet, alert, alert.citations)
    show_sources(sheet, alert.citations, [point.text for point in _points_of(alert)])


def show_batch(sheet: Sheet, batch: AlertBatch) -> None:
    """The alerts that were held, one below the other, then the headlines of what was too much."""
    citations = [citation for alert in batch.alerts for citation in alert.citations]
    sheet.write(Text(f"Alerts: {plain(batch.topic)}", BOLD))
    sheet.write(Text(plain(why_held(batch)), DIM))
    for number, alert in enumerate(batch.alerts, start=1):
        sheet.print(Text())
        _show_alert(sheet, alert, citations, lead=Text(f"{number}. ", MARK))
    if batch.more:
        sheet.heading("In headlines")
        for headline, url in batch.more:
            sheet.write(Text(plain(headline) or "(no title)"), indent=2, hang=2)
            sheet.write_link(url, indent=2)
    show_sources(sheet, citations, [point.text for alert in batch.alerts for point in _points_of(alert)])


def show_correction(sheet: Sheet, note: CorrectionNote) -> None:
    """What readers were told, and what is true now."""
    sheet.write(Text.assemble(("Correction: ", CHANGED), (plain(note.headline) or "(no title)", BOLD)))
    sheet.write(Text(f"You were told: “{plain(note.quote)}”", DIM))
    if note.instead is not None:
        _show_said(sheet, Text(f"{says_now(note)} ", BOLD), note.instead)
    else:
        sheet.write(Text(says_now(note), BOLD))
    show_sources(sheet, note.citations, [note.instead.text] if note.instead else [])


def _show_item(sheet: Sheet, number: int, item: DigestItem, citations: Sequence[Citation]) -> None:
    lead = Text(f"{number}.".ljust(_INDENT), MARK)
    moved = Text("Update: ", CHANGED) if item.kind == "update" else Text()
    sheet.write(moved + Text(plain(item.headline) or "(no title)", BOLD), lead=lead)
    _show_publishers(sheet, item.publishers, indent=_INDENT)
    if item.change is not None:
        _show_said(sheet, Text("What changed: ", CHANGED), item.change, indent=_INDENT)
    for point in item.points:
        show_point(sheet, point, citations, indent=_INDENT)
    sheet.write_link(item.url, indent=_INDENT)


def _show_alert(sheet: Sheet, alert: Alert, citations: Sequence[Citation], lead: Text | None = None) -> None:
    indent = len(lead.plain) if lead is not None else 0
    moved = Text("Update: ", CHANGED) if alert.change is not None else Text()
    sheet.write(moved + Text(plain(alert.headline) or "(no title)", BOLD), lead=lead)
    _show_publishers(sheet, alert.publishers, indent=indent)
    if alert.change is not None:
        _show_said(sheet, Text("What changed: ", CHANGED), alert.change, indent=indent)
    if alert.point is not None:
        show_point(sheet, alert.point, citations, indent=indent)
    if lead is not None or alert.url not in {citation.url for citation in citations}:
        sheet.write_link(alert.url, indent=indent)  # of an alert alone, it stands right below
    sheet.write(Text(plain(why_alerted(alert.reason, alert.point)), DIM), indent=indent)


def _show_said(sheet: Sheet, lead: Text, point: Point, *, indent: int = 0) -> None:
    sheet.write(lead + marked(point.text, point.citations), indent=indent)


def _show_publishers(sheet: Sheet, publishers: Sequence[str], *, indent: int) -> None:
    if publishers:
        sheet.write(Text(plain(told_by(publishers)), DIM), indent=indent)


def _points(item: DigestItem) -> tuple[Point, ...]:
    return (*([item.change] if item.change else []), *item.points)


def _points_of(alert: Alert) -> tuple[Point, ...]:
    return tuple(point for point in (alert.change, alert.point) if point)


def _moment(sheet: Sheet, moment: datetime) -> str:
    return sheet.date(moment, day_only=False)
