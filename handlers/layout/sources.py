"""Replies about sources."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from bot.desk.follow import Choice, Followed
from bot.desk.funeral import shown
from bot.desk.replies import AboutSources, Checked
from bot.desk.sources import Imported
from bot.news.briefing import Refusal
from bot.news.reply import Exported, SourcesListed
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
from bot.news.text import clip
from config import defaults
from handlers.layout.elements import Element, Line, Link, Moment, Run
from handlers.layout.lines import aside, bold, joined, line, listed, name_of, said, section, spoken

_NOTHING_FOLLOWED = "Nothing is followed yet: `source add ADDRESS` follows a feed, a site or a page."


def about_sources(reply: AboutSources) -> Iterator[Element]:
    """What is answered about sources."""
    match reply:
        case Followed():
            yield from _followed(reply)
        case Choice():
            yield from _choice(reply)
        case SourcesListed():
            yield from sources_listed(reply.sources)
            yield from notices_listed(reply.notices)
        case Checked():
            yield from _checked(reply)
        case Imported():
            yield from _imported(reply)
        case Exported():
            yield from _exported(reply)
        case _:
            assert_never(reply)


def sources_listed(sources: Sequence[Source], most: int = defaults.SHOWN_LISTED) -> Iterator[Element]:
    """What is followed and how its readings go, what is in trouble first."""
    if not sources:
        yield said(*spoken(_NOTHING_FOLLOWED))
        return
    yield said(bold(how_many_followed(sources)))
    yield from listed([source_state(one) for one in in_trouble_first(sources)], most=most)


def notices_listed(notices: Sequence[Notice]) -> Iterator[Element]:
    """What has to be told about the sources."""
    if notices:
        yield section("Notices")
        yield from listed([spoken(notice.sentence) for notice in notices])


def in_trouble_first(sources: Sequence[Source]) -> list[Source]:
    """The sources, those whose readings fail before the others."""
    return sorted(sources, key=lambda one: not one.feed.failures)


def source_state(source: Source) -> Line:
    """Its name, how the readings went, and what is wrong with it."""
    feed = source.feed
    readings: list[Line] = [
        line("read ", Moment(at=feed.last_read)) if feed.last_read else line("never read"),
        line("new ", Moment(at=source.last_new)) if source.last_new else line("nothing new yet"),
        line("given up ", Moment(at=feed.stopped)) if feed.stopped else line("next ", Moment(at=feed.next_read)),
        line(counted(feed.failures, "failure")) if feed.failures else (),
        line(clip(fault_of(source), defaults.SHOWN_HEADLINE)) if feed.fault else (),
        line(left_out(source)),
    ]
    return joined((line(_named(source), kind_of(source)), *readings), " · ")


def _named(source: Source) -> Run:
    """Its name, which leads to it unless the address holds what not everybody may see."""
    name, address = name_of(source.name) or "(no name)", source.feed.address
    is_open = shown(address) == address and source.feed.user is None
    return Link(text=name, url=address) if is_open else bold(name)


def _followed(followed: Followed) -> Iterator[Element]:
    source, gathered = followed.source, followed.gathered
    for sentence in followed.said:
        yield said(*spoken(sentence))
    yield said("Following ", _named(source), ".")
    if gathered.outcome == "failed":
        yield said(clip(fault_of(source), defaults.SHOWN_SENTENCE))
        return
    filed = f"{filed_at_first(gathered.added)}. What it lists later is news; it is read next "
    yield said(filed, Moment(at=source.feed.next_read), ".")
    if source.feed.fault:
        yield aside(clip(fault_of(source), defaults.SHOWN_SENTENCE))
    if source.skipped:
        yield aside(left_out(source))


def _choice(choice: Choice) -> Iterator[Element]:
    """The feeds of which one has to be chosen."""
    yield said(f"This page names {len(choice.feeds)} feeds. Add one of them by its address:")
    lines = [line(Link(text=name_of(one.title or "") or "(no title)", url=one.address)) for one in choice.feeds]
    yield from listed(lines, range(1, len(lines) + 1))
    yield aside(*spoken(f"`source add {shown(choice.page)} 1` adds the first."))


def _checked(checked: Checked) -> Iterator[Element]:
    """Sources that were read just now, and how that went."""
    if not checked.readings:
        yield said(*spoken(_NOTHING_FOLLOWED))
        return
    lines = []
    for source, gathered in checked.readings:
        found = how_it_went(gathered.outcome, gathered.added, gathered.changed)
        lines.append(line(_named(source), f": {found or clip(fault_of(source), defaults.SHOWN_SENTENCE)}"))
    yield said(bold(f"{counted(len(lines), 'source')} read just now"))
    yield from listed(lines)


def _imported(imported: Imported) -> Iterator[Element]:
    """Counts first; then what cannot be read yet, and every refused line with its reason."""
    followed = len(imported.followed) + len(imported.unread)
    yield said(bold(how_many_imported(followed, len(imported.unread), len(imported.refused))))
    if followed:
        yield said("What they list later is news.")
    for title, refusals in (("Not readable yet, and tried again", imported.unread), ("Refused", imported.refused)):
        if refusals:
            yield section(title)
            yield from listed([_refusal(one) for one in refusals])


def _refusal(refusal: Refusal) -> Line:
    where = f"{clip(shown(refusal.where), defaults.SHOWN_HEADLINE)}: " if refusal.where else ""
    code = f" ({refusal.code})" if refusal.code else ""
    return line(where, *spoken(refusal.reason), code)


def _exported(exported: Exported) -> Iterator[Element]:
    yield said("This is the list of what is followed, as other readers of feeds take it.")
    if exported.left_out:
        hidden = counted(exported.left_out, "source is", "sources are")
        yield aside(f"{hidden} left out, because the address is secret.")
