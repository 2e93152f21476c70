"""What is followed, as a subscription list (OPML 2.0) that other readers take in."""

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from bot.news.source import Source


def write_opml(sources: Iterable[Source]) -> str:
    """The sources as a list, in their order. Names and addresses are escaped; nothing else is said of them."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "  <head><title>Newsdesk</title></head>"]
    lines.append("  <body>")
    for source in sources:
        name, address = quoteattr(source.name), quoteattr(source.feed.address)
        site = f" htmlUrl={quoteattr(source.feed.site)}" if source.feed.site else ""
        lines.append(f'    <outline type="rss" text={name} title={name} xmlUrl={address}{site}/>')
    lines += ["  </body>", "</opml>", ""]
    return "\n".join(lines)
