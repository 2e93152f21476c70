"""What a parsed page or feed says, before it is cleaned: plain values that can cross a process border as JSON."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A web page's article. `published` is the claim as written; the text has one paragraph a line."""

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One entry of a feed. `text` is its full content as plain text where there is any, else its summary."""

    id: str | None = None
    title: str | None = None
    link: str | None = None
    text: str = ""
    summary: str = ""
    published: str | None = None
    author: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """A feed in its own order. Faults are sentences about what could not be read; the entries stand all the same."""

    title: str | None = None
    link: str | None = None
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    faults: tuple[str, ...] = ()
