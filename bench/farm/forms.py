"""How the farm writes a listing down: RSS 2.0, Atom, RDF and JSON Feed, and the pages behind them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Literal

from bench.farm.feeds import Habit, Line, Listing, VirtualFeed
from bench.farm.words import name_paper, write_piece

Form = Literal["rss", "atom", "rdf", "json"]

_FORMS: tuple[Form, ...] = ("rss", "atom", "rdf", "json")
_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "rdf": "application/rdf+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
_TURN_SHIFT = timedelta(minutes=7)
_SENTENCES_A_PARAGRAPH = 3
_IMPOSSIBLE = (
    "32 Foo 2025 25:61",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "9999-12-31T23:59:59Z",
    "Wed, 16 Apr 2025 09:30 +9999",
)
_OPENING = {
    "rss": '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    "<channel><title>{title}</title><link>{site}</link><description>{title}</description>"
    "<lastBuildDate>{changed}</lastBuildDate>\n",
    "atom": '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>{title}</title>'
    '<id>{site}</id><link href="{site}"/><updated>{changed}</updated>\n',
    "rdf": '<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF xmlns="http://purl.org/rss/1.0/" '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel rdf:about="{site}"><title>{title}</title>'
    "<link>{site}</link><description>{title}</description></channel>\n",
    "json": '{{"version": "https://jsonfeed.org/version/1.1", "title": "{title}", '
    '"home_page_url": "{site}", "items": [\n',
}
_CLOSING = {"rss": "</channel></rss>", "atom": "</feed>", "rdf": "</rdf:RDF>", "json": "]}"}
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | {paper}</title>
<meta property="og:site_name" content="{paper}"><meta property="article:published_time" content="{date}">
<link rel="canonical" href="{link}"></head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>{title}</h1>{text}</article><footer>© {paper}. All rights reserved.</footer></body></html>
"""
_SITE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{paper}</title>
<link rel="alternate" type="{type}" title="{paper}" href="/feed/{number}"></head>
<body><h1>{paper}</h1><ul>{links}</ul></body></html>
"""


def mark_of(feed: int, number: int, version: int = 0) -> str:
    """The word by which a piece is found again in any text; the edited text holds a second one, of version 1."""
    return f"quoll{feed}x{number}" + (f"v{version}" if version else "")


def title_of(feed: VirtualFeed, number: int) -> str:
    """A piece's headline."""
    return write_piece(feed.seed, feed.number, number).title


def sentences_of(feed: VirtualFeed, number: int, version: int) -> list[str]:
    """What a piece says, with its mark in the first sentence; the edited text says something else in its second."""
    piece = write_piece(feed.seed, feed.number, number)
    first, second, *rest = piece.sentences
    first = f"According to {mark_of(feed.number, number)}, {first[0].lower()}{first[1:]}"
    if version:
        second = f"As {mark_of(feed.number, number, version)} put it, {piece.instead[0].lower()}{piece.instead[1:]}"
    return [first, second, *rest]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    title: str
    id: str | None
    link: str | None
    date: datetime | str | None
    paragraphs: Sequence[str]


class Press:
    """Writes one feed down. Entries are kept as bytes from one listing to the next, for most stay as they are.

    `site` is the address of the feed's host, `start` the moment of minute 0.
    """

    def __init__(self, feed: VirtualFeed, site: str, start: datetime) -> None:
        self._feed, self._site, self._start = feed, site, start
        self._form = _FORMS[feed.number % len(_FORMS)]
        self._paper = name_paper(feed.seed, feed.number)
        self._written: dict[Line, bytes] = {}

    @property
    def media_type(self) -> str:
        """What a server says the feed is."""
        return _TYPES[self._form]

    def write(self, listing: Listing, minute: int) -> bytes:
        """The feed. One that never answers that nothing changed gives the minute as its date."""
        self._written = {line: self._written.get(line) or self._write_line(line) for line in listing.lines}
        changed = minute if self._feed.habit is Habit.FORGETFUL else listing.changed
        opening = _OPENING[self._form].format(
            title=escape(self._paper),
            site=f"{self._site}/site/{self._feed.number}",
            changed=self._moment(changed).isoformat(),
        )
        joint = b",\n" if self._form == "json" else b"\n"
        return opening.encode() + joint.join(self._written.values()) + _CLOSING[self._form].encode()

    def write_page(self, line: Line) -> bytes:
        """The page behind an entry, with the whole text."""
        return _PAGE.format(
            title=title_of(self._feed, line.number),
            paper=self._paper,
            date=self._moment(line.published).isoformat(),
            link=self._link(line),
            text="".join(f"<p>{escape(text)}</p>\n" for text in self._paragraphs(line)),
        ).encode()

    def write_site(self, listing: Listing) -> bytes:
        """The front page, which names the feed."""
        links = "".join(
            f'<li><a href="{self._link(line)}">{title_of(self._feed, line.number)}</a></li>\n' for line in listing.lines
        )
        return _SITE.format(
            paper=self._paper, type=self.media_type.partition(";")[0], number=self._feed.number, links=links
        ).encode()

    def _write_line(self, line: Line) -> bytes:
        entry = _Entry(
            title=title_of(self._feed, line.number),
            id=self._id(line),
            link=None if self._feed.habit is Habit.NAMELESS else self._link(line),
            date=self._date(line),
            paragraphs=self._paragraphs(line)[:1] if self._feed.is_teasing else self._paragraphs(line),
        )
        return {"rss": _rss_entry, "atom": _atom_entry, "rdf": _rdf_entry, "json": _json_entry}[self._form](
            entry
        ).encode()

    def _paragraphs(self, line: Line) -> list[str]:
        said = sentences_of(self._feed, line.number, line.version)
        step = _SENTENCES_A_PARAGRAPH
        return [said[0], *(" ".join(said[n : n + step]) for n in range(1, len(said), step))]

    def _id(self, line: Line) -> str | None:
        match self._feed.habit:
            case Habit.NAMELESS:
                return None
            case Habit.SHARES_ID:
                return f"id-{self._feed.number}"
            case Habit.RENAMES:
                return f"id-{self._feed.number}-{line.number}-{line.turn}"
            case Habit.MOVES_WHOLLY:
                return self._link(line)
            case _:
                return f"id-{self._feed.number}-{line.number}"

    def _link(self, line: Line) -> str:
        moved = f"?edition={line.turn}" if self._feed.habit in (Habit.MOVES, Habit.MOVES_WHOLLY) else ""
        return f"{self._site}/page/{self._feed.number}/{line.number}{moved}"

    def _date(self, line: Line) -> datetime | str | None:
        match self._feed.habit:
            case Habit.UNDATED:
                return None
            case Habit.MISDATES:
                return _IMPOSSIBLE[line.number % len(_IMPOSSIBLE)]
            case Habit.REDATES:
                return self._moment(line.published) + line.turn * _TURN_SHIFT
            case _:
                return self._moment(line.published)

    def _moment(self, minute: int) -> datetime:
        return self._start + timedelta(minutes=minute)


def _rss_entry(entry: _Entry) -> str:
    text = escape("".join(f"<p>{escape(part)}</p>" for part in entry.paragraphs))
    date = format_datetime(entry.date, usegmt=True) if isinstance(entry.date, datetime) else entry.date
    return (
        f"<item><title>{escape(entry.title)}</title>"
        + (f"<link>{entry.link}</link>" if entry.link else "")
        + (f'<guid isPermaLink="false">{entry.id}</guid>' if entry.id else "")
        + (f"<pubDate>{date}</pubDate>" if date else "")
        + f"<description>{text}</description></item>"
    )


def _atom_entry(entry: _Entry) -> str:
    text = escape("".join(f"<p>{escape(part)}</p>" for part in entry.paragraphs))
    date = _iso(entry.date)
    return (
        f"<entry><title>{escape(entry.title)}</title>"
        + (f'<link href="{entry.link}"/>' if entry.link else "")
        + (f"<id>{entry.id}</id>" if entry.id else "")
        + (f"<published>{date}</published><updated>{date}</updated>" if date else "")
        + f'<content type="html">{text}</content></entry>'
    )


def _rdf_entry(entry: _Entry) -> str:
    text = "".join(f"<p>{escape(part)}</p>" for part in entry.paragraphs)
    date = _iso(entry.date)
    about = f' rdf:about="{entry.id}"' if entry.id else ""
    return (
        f"<item{about}><title>{escape(entry.title)}</title>"
        + (f"<link>{entry.link}</link>" if entry.link else "")
        + (f"<dc:date>{date}</dc:date>" if date else "")
        + f"<description>{escape(entry.paragraphs[0])}</description>"
        + f"<content:encoded><![CDATA[{text}]]></content:encoded></item>"
    )


def _json_entry(entry: _Entry) -> str:
    said = {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "date_published": _iso(entry.date),
        "content_html": "".join(f"<p>{escape(part)}</p>" for part in entry.paragraphs),
    }
    return json.dumps({name: value for name, value in said.items() if value is not None})


def _iso(date: datetime | str | None) -> str | None:
    return date.isoformat() if isinstance(date, datetime) else date
