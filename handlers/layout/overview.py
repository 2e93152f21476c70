"""The overview: what comes, is watched and is followed, with what is wrong first."""

from collections.abc import Iterator
from datetime import datetime

from bot.news.reply import Overview
from handlers.layout.due import digests_listed, watches_listed
from handlers.layout.elements import Channel, Element, Gap, Heading, Paragraph, Words
from handlers.layout.lines import joined, line, listed, section, spoken
from handlers.layout.sources import notices_listed, sources_listed


def overview_elements(overview: Overview, now: datetime) -> Iterator[Element]:
    """What is closed, the digests, the watches, the sources, the notices, and what can be typed."""
    is_all = overview.place is None
    yield Heading(line=line("The desk" if is_all else "This channel"))
    if overview.closed:
        yield section("Where nothing can be posted")
        yield from listed([line(Channel(place=there), ": ", *spoken(reason)) for there, reason in overview.closed])
    yield section("Digests")
    yield from digests_listed(overview.digests, with_places=is_all)
    yield Gap()
    yield section("Watches")
    yield from watches_listed(overview.watches, now, with_places=is_all)
    yield Gap()
    yield section("Sources")
    yield from sources_listed(overview.sources)
    yield from notices_listed(overview.notices)
    yield Gap()
    yield section("What can be typed")
    commands = (line(Words(text=one, look="code")) for one in overview.commands)
    yield Paragraph(line=joined(commands, " · "), weight="small")
