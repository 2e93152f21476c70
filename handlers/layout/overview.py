"""The overview: what comes, is watched and is followed, with what is wrong first."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.news.place import Place
from bot.news.reply import Overview
from config import defaults
from handlers.layout.due import digest_line, watch_line
from handlers.layout.elements import Channel, Element, Gap, Heading, Line, Listing, Words
from handlers.layout.lines import line, listed, said, section, spoken
from handlers.layout.sources import notices_listed, sources_listed


def overview_elements(overview: Overview, now: datetime) -> Iterator[Element]:
    """What is closed, the digests, the watches, the sources, the notices, and what can be typed."""
    is_all = overview.place is None
    yield Heading(line=line("The desk" if is_all else "This channel"))
    if overview.closed:
        yield section("Where nothing can be posted")
        yield from listed([line(Channel(place=there), ": ", *spoken(reason)) for there, reason in overview.closed])
        yield Gap()
    yield section("Digests")
    digests = [(*digest_line(one), *_where(one.place, is_all)) for one in overview.digests]
    yield from _listed(
        digests, [one.id for one in overview.digests], "None yet. `digest add weekdays 8:30` lets one come."
    )
    yield Gap()
    yield section("Watches")
    watches = [(*watch_line(one, now), *_where(one.place, is_all)) for one in overview.watches]
    yield from _listed(watches, [one.id for one in overview.watches], "None yet. `watch add TOPIC` watches a topic.")
    yield Gap()
    yield section("Sources")
    yield from sources_listed(overview.sources, defaults.SHOWN_IN_OVERVIEW)
    yield from notices_listed(overview.notices)
    yield Gap()
    yield section("What can be typed")
    yield Listing(lines=tuple(line(Words(text=one, look="code")) for one in overview.examples))


def _listed(lines: Sequence[Line], numbers: Sequence[int], otherwise: str) -> Iterator[Element]:
    if lines:
        yield from listed(lines, numbers, most=defaults.SHOWN_IN_OVERVIEW)
    else:
        yield said(*spoken(otherwise))


def _where(place: Place, is_said: bool) -> Line:
    return line(" · ", Channel(place=place)) if is_said else ()
