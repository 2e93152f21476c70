"""What a parsed page or feed says, before it is cleaned: plain values that can cross a process border as JSON."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A web page's article; the text has one paragraph a line.

    `published` is a day or a moment in ISO 8601, with the page's own offset from UTC where it gives one. `url` is the
    article's address on the site that was read, `canonical` the one on another site that the page calls the original.
    `credit` is whom the page says the article comes from: a name or an address. `barrier` is what stands in front of
    the article, so that the text is a teaser or none: "paywall", "login", "consent", "robot check", "region" or
    "missing".
    """

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    barrier: str | None = None
    canonical: str | None = None
    credit: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """Something that could not be read, as a sentence, with the code of the kind of fault where it has one ("F10")."""

    sentence: str
    code: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One entry of a feed. `text` is its full content as plain text where there is any, else its summary.

    `published` and `updated` are the claims, in UTC where they could be read, else as written. `publisher` and
    `source_url` are the name and the address of the place that the entry says it comes from. `digest` recognises the
    entry in the next reading, as long as nothing in it changes; None where it cannot be recognised.
    """

    id: str | None = None
    title: str | None = None
    link: str | None = None
    text: str = ""
    summary: str = ""
    published: str | None = None
    updated: str | None = None
    author: str | None = None
    publisher: str | None = None
    source_url: str | None = None
    digest: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """A feed in its own order. Faults are about what could not be read; the entries stand all the same.

    `link` is the address of the site. `every` is how many minutes the feed asks to be left alone. `unread` are the
    digests of entries that were known already and are therefore not among the entries. `skipped` is how many were left
    out because there are too many.
    """

    title: str | None = None
    link: str | None = None
    language: str | None = None
    every: int | None = None
    entries: tuple[Entry, ...] = ()
    unread: tuple[str, ...] = ()
    skipped: int = 0
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedLink:
    """A feed that a page links to: its address, and what the page calls it.

    `is_main` says that the page declares it as a feed of its own, and not as one of comments.
    """

    address: str
    title: str | None = None
    is_main: bool = False
