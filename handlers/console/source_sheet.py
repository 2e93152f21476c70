"""Sources, and what became of orders about them, on a sheet."""

from collections.abc import Sequence
from datetime import datetime

from rich.style import Style
from rich.text import Text

from bot.desk.follow import Choice, Followed
from bot.desk.funeral import shown
from bot.desk.gather import Gathered
from bot.desk.sources import Imported
from bot.news.briefing import Refusal
from bot.news.saying.counting import counted
from bot.news.saying.sources import (
    fault_of,
    filed_at_first,
    how_it_went,
    how_many_followed,
    how_many_imported,
    kind_of,
    left_out,
)
from bot.news.source import Notice, Source
from handlers.console.plain import plain
from handlers.console.sheet import BOLD, CHANGED, DIM, GLUE, MARK, Sheet

_BAD = Style(color="red")
_RUN = "`newsdesk run`"


def show_source_list(
    sheet: Sheet, sources: Sequence[Source], notices: Sequence[Notice], now: datetime, *, is_read: bool | None
) -> None:
    """What is followed and how its readings went; what is wrong with a source stands under it.

    `is_read` says whether a desk is running that reads it, None where that is not known.
    """
    if not sources:
        sheet.write(Text("Nothing is followed yet: `newsdesk source add ADDRESS` follows a feed, a site or a page."))
    else:
        sheet.write(Text(how_many_followed(sources), BOLD))
        if is_read is False:
            sheet.write(Text(f"No desk is running: {_RUN} reads what is followed.", CHANGED))
    for source in sources:
        _show_source(sheet, source, now)
    if notices:
        sheet.heading("Notices")
    for notice in notices:
        sheet.write(Text(plain(notice.sentence)), lead=Text("  "))


def show_followed(sheet: Sheet, followed: Followed, now: datetime, *, is_read: bool | None) -> None:
    """A source that is followed from now on, and who reads it."""
    source, gathered = followed.source, followed.gathered
    for sentence in followed.said:
        sheet.write(Text(plain(sentence)))
    sheet.write(Text.assemble("Following ", (plain(source.name) or "(no name)", BOLD), "."))
    sheet.write_link(shown(source.feed.address), indent=2)
    if gathered.outcome == "failed":
        sheet.write(Text(plain(fault_of(source)), _BAD))
        return
    reads = f"the running desk reads it {sheet.since(source.feed.next_read, now)}" if is_read else f"{_RUN} reads it"
    sheet.write(Text(f"{filed_at_first(gathered.added)}. What it lists later is news; {reads}."))
    if source.feed.fault:
        sheet.write(Text(plain(fault_of(source)), DIM))
    _show_skipped(sheet, source, indent=0)


def show_choice(sheet: Sheet, choice: Choice) -> None:
    """The feeds of which one has to be chosen."""
    sheet.write(
        Text(f"This page names {len(choice.feeds)} feeds. Add one of them, by its address or with --pick NUMBER:")
    )
    for number, link in enumerate(choice.feeds, 1):
        sheet.write(Text(plain(link.title or "") or "(no title)"), lead=Text(f"  {number}  ", MARK))
        sheet.write_link(link.address, indent=5)


def show_checked(sheet: Sheet, source: Source, gathered: Gathered) -> None:
    """A source that was read just now."""
    found = how_it_went(gathered.outcome, gathered.added, gathered.changed)
    lead = Text("ok    ", Style(color="green")) if found else Text("bad   ", _BAD)
    sheet.write(
        Text.assemble((plain(source.name) or "(no name)", BOLD), f": {found or plain(fault_of(source))}"), lead=lead
    )


def show_removed(sheet: Sheet, source: Source) -> None:
    """A source that is not followed any more."""
    sheet.write(Text(f"“{plain(source.name)}” is no longer followed. Its articles stay."))


def show_imported(sheet: Sheet, imported: Imported, *, is_read: bool | None) -> None:
    """Counts first; then what cannot be read yet, and every refused line with its reason."""
    followed = len(imported.followed) + len(imported.unread)
    counts = how_many_imported(followed, len(imported.unread), len(imported.refused))
    sheet.write(Text(counts, BOLD))
    if followed:
        reads = "The running desk reads" if is_read else f"{_RUN} reads"
        sheet.write(Text(f"What they list later is news. {reads} them."))
    _show_refusals(sheet, "Not readable yet, and tried again", imported.unread)
    _show_refusals(sheet, "Refused", imported.refused)


def _show_refusals(sheet: Sheet, heading: str, refusals: Sequence[Refusal]) -> None:
    if refusals:
        sheet.heading(heading)
    for refusal in refusals:
        sheet.write_link(shown(refusal.where), indent=2)
        code = f" ({refusal.code})" if refusal.code else ""
        sheet.write(Text.assemble(plain(refusal.reason), (code, DIM)), indent=4 if refusal.where else 2)


def _show_source(sheet: Sheet, source: Source, now: datetime) -> None:
    feed = source.feed
    sheet.print(Text())
    sheet.write(Text.assemble((plain(source.name) or "(no name)", BOLD), kind_of(source)))
    sheet.write_link(shown(feed.address), indent=2)
    sheet.write(Text("   ").join(Text(told.replace(" ", GLUE)) for told in _readings(sheet, source, now)), indent=2)
    if feed.fault:
        sheet.write(Text(plain(fault_of(source)), _BAD if feed.failures else DIM), indent=2)
    _show_skipped(sheet, source, indent=2)


def _readings(sheet: Sheet, source: Source, now: datetime) -> list[str]:
    feed = source.feed
    return [
        f"read {sheet.since(feed.last_read, now)}" if feed.last_read else "never read",
        f"new {sheet.since(source.last_new, now)}" if source.last_new else "nothing new yet",
        f"given up {sheet.since(feed.stopped, now)}"
        if feed.stopped
        else f"next {sheet.since(feed.next_read, now)}"
        if feed.next_read > now
        else "due",
        *([counted(feed.failures, "failure")] if feed.failures else []),
    ]


def _show_skipped(sheet: Sheet, source: Source, *, indent: int) -> None:
    if source.skipped:
        sheet.write(Text(left_out(source), DIM), indent=indent)
