"""Feeds for the tests, in the words of their formats."""

from bot.errors import RefusedInput
from bot.wire.feed import read_feed
from bot.wire.parsed import Entry, Feed

AT = "https://coast.example/feeds/all.xml"
ATOM = "http://www.w3.org/2005/Atom"


def rss(*items: str, head: str = "", root: str = "") -> str:
    """A feed of these items; `head` stands before them, `root` in the first tag."""
    return f"<rss version='2.0' {root}><channel><title>Coast Daily</title>{head}{''.join(items)}</channel></rss>"


def item(title: str = "Ferry stops", more: str = "<description>The ferry stops in May.</description>") -> str:
    """One item of a feed."""
    return f"<item><title>{title}</title>{more}</item>"


def atom(*entries: str, root: str = "") -> str:
    """An Atom feed of these entries."""
    return f"<feed xmlns='{ATOM}' {root}><title>Coast Daily</title>{''.join(entries)}</feed>"


def read(
    content: str | bytes, address: str | None = AT, charset: str | None = None, known: set[str] | None = None
) -> Feed:
    """The feed that is read."""
    data = content if isinstance(content, bytes) else content.encode()
    return read_feed(data, "a.xml", address, charset, frozenset(known or ()))


def only(content: str | bytes, address: str | None = AT, charset: str | None = None) -> Entry:
    """The one entry of the feed, which has no faults."""
    feed = read(content, address, charset)
    assert feed.faults == ()
    (entry,) = feed.entries
    return entry


def why(content: str | bytes) -> tuple[str, str]:
    """The code and the reason with which the feed is refused, or of its first fault."""
    try:
        feed = read(content)
    except RefusedInput as refused:
        return refused.code, refused.reason
    return (feed.faults[0].code, feed.faults[0].sentence) if feed.faults else ("", "")
