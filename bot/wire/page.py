"""A web page to its article. The door to trafilatura; runs in the cage."""

import re

from bot.errors import RefusedInput
from bot.wire.encoding import decode_text
from bot.wire.parsed import Page
from config import defaults

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html[^>]{0,500}?\slang\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
_MOMENTS = (
    re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{8,40})\""),
    re.compile(
        r"<meta[^>]{0,200}?(?:article:published_time|datePublished|pubdate|publish[-_]?date)[\"'][^>]{0,200}?content\s*=\s*[\"']([^\"']{8,40})",
        re.I,
    ),
    re.compile(
        r"<meta[^>]{0,200}?content\s*=\s*[\"']([^\"']{8,40})[\"'][^>]{0,200}?(?:article:published_time|datePublished)[\"']",
        re.I,
    ),
    re.compile(r"<time[^>]{0,200}?datetime\s*=\s*[\"']([^\"']{8,40})", re.I),
)
_CLOSING_SITE = re.compile(r"\s+[|–—-]\s+([^|–—]{2,60})$")
_DECLARATIONS = 4_096  # bytes in which a page has to declare its encoding; browsers look at 1,024
_HEAD = 200_000  # characters of a page in which its metadata stand


def read_page(data: bytes, where: str, address: str | None = None) -> Page:
    """The article of the page, without navigation, advertising and comments.

    RefusedInput where the bytes are no text, or the page holds no article. The address is where the page was read, if
    known; nothing is fetched.
    """
    import trafilatura

    declared = _CHARSET.search(data, 0, _DECLARATIONS)
    source = decode_text(data, where, declared[1].decode("ascii") if declared else None)
    found = trafilatura.bare_extraction(
        source, url=address, with_metadata=True, include_comments=False, favor_precision=False
    )
    if not isinstance(found, trafilatura.settings.Document) or not (found.text or "").strip():
        raise RefusedInput(where, "no article text was found in this page; save its text as a .txt file and add that")
    head = source[:_HEAD]
    language = _LANGUAGE.search(head)
    return Page(
        text=(found.text or "")[: defaults.ARTICLE_CHARACTERS + 1],
        title=_own_title(found.title, found.sitename),
        author=found.author.replace(";", ",") if found.author else None,
        publisher=found.sitename,
        published=_published(head, found.date),
        url=found.url,
        language=language[1] if language else None,
    )


def _own_title(title: str | None, site: str | None) -> str | None:
    """The title without the name of the site behind it."""
    closing = _CLOSING_SITE.search(title or "")
    if title and closing and site and closing[1].strip().lower() in (site.lower(), site.lower().removeprefix("the ")):
        return title[: closing.start()]
    return title


def _published(head: str, day: str | None) -> str | None:
    """The page's own moment where it falls on the day found, so that the time of day is not lost; else the day."""
    for pattern in _MOMENTS:
        for match in pattern.finditer(head):
            if day is None or match[1].startswith(day):
                return match[1]
    return day
