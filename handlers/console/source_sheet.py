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
from bot.news.source import Notice, Source
from handlers.console.plain import plain
from handlers.console.sheet import BOLD, DIM, GLUE, MARK, Sheet, counted

_BAD = Style(color="red")
_NONE = "–"


def show_source_list(sheet: Sheet, sources: Sequence[Source], notices: Sequence[Notice]) -> None:
    """What is followed and how its readings went; what is wrong with a source stands under it."""
    if not sources:
        sheet.write(Text("Nothing is followed yet: `newsdesk source add ADDRESS` follows a feed, a site or a page."))
    else:
        sheet.write(Text(f"{counted(len(sources), 'source')} followed", BOLD))
    for source in sources:
        _show_source(sheet, source)
    if notices:
        sheet.heading("Notices")
    for notice in notices:
        sheet.write(Text(plain(notice.sentence)), lead=Text("  "))


def show_followed(sheet: Sheet, followed: Followed) -> None:
    """A source that is followed from now on."""
    source = followed.source
    for sentence in followed.said:
        sheet.write(Text(plain(sentence)))
    sheet.write(Text.assemble("Following ", (plain(source.name), BOLD), "."))
    sheet.write_link(shown(source.feed.address), indent=2)
    gathered = followed.gathered
    if gathered.outcome == "failed":
        sheet.write(Text(plain(source.feed.fault or ""), _BAD))
        return
    filed = f"{counted(gathered.added, 'article')} filed now; what comes later is new."
    sheet.write(Text(f"{filed} Next reading: {_moment(sheet, source.feed.next_read)}."))
    if source.feed.fault:
        sheet.write(Text(plain(source.feed.fault), DIM))
    if source.skipped:
        sheet.write(
            Text(f"{counted(source.skipped, 'older entry')} too many to be read.".replace("entrys", "entries"), DIM)
        )


def show_choice(sheet: Sheet, choice: Choice) -> None:
    """The feeds of which one has to be chosen."""
    sheet.write(Text(f"This page names {len(choice.feeds)} feeds. Add one of them, by its address or with --pick:"))
    for number, link in enumerate(choice.feeds, 1):
        sheet.write(Text(plain(link.title or "") or "(no title)"), lead=Text(f"  {number}  ", MARK))
        sheet.write_link(link.address, indent=5)


def show_checked(sheet: Sheet, source: Source, gathered: Gathered) -> None:
    """A source that was read just now."""
    well = gathered.outcome in ("filed", "unchanged")
    found = f"{gathered.added:,} new, {gathered.changed:,} changed" if gathered.outcome == "filed" else "nothing new"
    lead = Text("ok    ", Style(color="green")) if well else Text("bad   ", _BAD)
    said = found if well else _fault(source)
    sheet.write(Text.assemble((plain(source.name), BOLD), f": {plain(said)}"), lead=lead)


def show_removed(sheet: Sheet, source: Source) -> None:
    """A source that is not followed any more."""
    sheet.write(Text(f"“{plain(source.name)}” is no longer followed. Its articles stay."))


def show_imported(sheet: Sheet, imported: Imported) -> None:
    """Counts first; then what cannot be read yet, and every refused line with its reason."""
    followed = len(imported.followed) + len(imported.unread)
    parts = [f"{counted(followed, 'source')} followed"]
    parts += [f"{len(imported.unread):,} of them not readable yet"] if imported.unread else []
    parts += [f"{len(imported.refused):,} refused"] if imported.refused else []
    sheet.write(Text(", ".join(parts) + ".", BOLD))
    _show_refusals(sheet, "Not readable yet; tried again from now on", imported.unread)
    _show_refusals(sheet, "Refused", imported.refused)


def _show_refusals(sheet: Sheet, heading: str, refusals: Sequence[Refusal]) -> None:
    if refusals:
        sheet.heading(heading)
    for refusal in refusals:
        where = f"{plain(shown(refusal.where))}: " if refusal.where else ""
        code = f" ({refusal.code})" if refusal.code else ""
        sheet.write(Text.assemble((where, _BAD), plain(refusal.reason), (code, DIM)), lead=Text("  "))


def _show_source(sheet: Sheet, source: Source) -> None:
    feed = source.feed
    sheet.print(Text())
    kind = " (a page)" if feed.kind == "page" else ""
    sheet.write(Text.assemble((plain(source.name) or "(no name)", BOLD), kind))
    sheet.write_link(shown(feed.address), indent=2)
    told = [
        ("last read", _moment(sheet, feed.last_read)),
        ("last new", _moment(sheet, source.last_new)),
        ("next", "given up" if feed.stopped else _moment(sheet, feed.next_read)),
    ]
    if feed.failures:
        told.append(("failures", f"{feed.failures:,}"))
    line = Text("   ").join(Text.assemble((f"{name}{GLUE}", DIM), value.replace(" ", GLUE)) for name, value in told)
    sheet.write(line, indent=2)
    if feed.fault:
        sheet.write(Text(plain(_fault(source)), _BAD if feed.failures else DIM), indent=2)
    if source.skipped:
        sheet.write(Text(f"{source.skipped:,} older entries were too many to be read.", DIM), indent=2)


def _fault(source: Source) -> str:
    code = f" ({source.feed.code})" if source.feed.code else ""
    return f"{source.feed.fault or 'It could not be read.'}{code}"


def _moment(sheet: Sheet, moment: datetime | None) -> str:
    return sheet.date(moment, day_only=False).replace(GLUE, " ") if moment else _NONE
