"""What a feed lists, to drafts of articles."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from bot.errors import RefusedInput
from bot.news.article import Draft
from bot.news.source import FeedId
from bot.wire.address import article_key, canonical_address, host_of
from bot.wire.clean import clean_line
from bot.wire.credits import Signs, credit
from bot.wire.dates import read_published
from bot.wire.drafts import Provenance, draft_page, hidden_by, lay_out_checked, make_draft
from bot.wire.parsed import Entry, Feed, Page
from config import defaults

_CUT_OFF = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|\b(?:read (?:more|on|the full \w+)|continue reading)\W*)$", re.IGNORECASE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """An entry as its feed lists it now.

    `key` recognises it in its feed; where it has a page of its own, that is its draft's identity too. `raw` recognises
    it before it is parsed; `digest` is of what it says. `page` is the page behind it, and `is_teaser` says that the
    whole text has to be read there. `given_id` is the id that the feed gave it, which others may have too.
    """

    key: str
    raw: str
    digest: str
    draft: Draft
    page: str | None
    is_teaser: bool
    given_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """All that a feed lists now: what had to be read, and what could not be."""

    entries: tuple[Listed, ...]
    faults: tuple[str, ...]


def list_entries(
    feed: Feed, of: FeedId, address: str, *, now: datetime, others: Sequence[tuple[str | None, str | None]] = ()
) -> Listing:
    """The entries of the feed that is read at the address, in its order, each once.

    An entry is known by its link, unless another one has the same; then by its id, unless another one has that too;
    then by its words. As an article it is known by link or words; its id, which many feeds change or give away again,
    is an alias. `others` are the ids and pages of entries that the feed lists too and that were not read again.
    """
    pages = Counter(page for _id, page in others if page)
    ids = Counter(given for given, _page in others if given)
    links = [link_of(entry, feed, address) for entry in feed.entries]
    pages.update(link for link in links if link)
    ids.update(entry.id for entry in feed.entries if entry.id)
    listed: dict[str, Listed] = {}
    faults = []
    for number, (entry, link) in enumerate(zip(feed.entries, links, strict=True), 1):
        own_id = f"feed:{of}#{entry.id}" if entry.id and ids[entry.id] == 1 else None
        is_own = link is not None and pages[link] == 1
        try:
            spot = f"{host_of(address)}#{number}"
            draft = draft_entry(entry, feed, Provenance(where=f"entry {number}", spot=spot), now, address)
        except RefusedInput as refused:
            faults.append(f"entry {number} {refused.reason}")
            continue
        one = replace(_recognisable(draft, own_id, link if is_own else None, entry.digest), given_id=entry.id)
        listed.setdefault(one.key, one)
    return Listing(entries=tuple(listed.values()), faults=tuple(faults))


def draft_entry(entry: Entry, feed: Feed, provenance: Provenance, now: datetime, address: str | None = None) -> Draft:
    """The entry as a draft. RefusedInput where it has neither text nor title, or too much of it."""
    link = link_of(entry, feed, address)
    whose = credit(
        Signs(
            link=link,
            feed_title=feed.title,
            feed_link=feed.link or address,
            source_title=entry.publisher,
            source_url=entry.source_url,
            title=entry.title,
            author=entry.author,
            text=entry.text,
        )
    )
    headline = whose.title or entry.title or ""
    title = clean_line(headline) or None
    laid = lay_out_checked(
        entry.text if entry.text.strip() else headline, provenance, title=title, now=now, head=not title
    )
    laid.url = whose.link or link
    laid.publisher = whose.publisher
    laid.author = entry.author
    laid.language = feed.language
    laid.published, laid.published_day_only = read_published(entry.published, now)
    return replace(make_draft(laid, provenance), origin=whose.origin)


def list_page(page: Page, of: FeedId, address: str, now: datetime) -> Listed:
    """The page that is followed at the address, as the one entry of its feed.

    RefusedInput where it has no text, or where a barrier hides it.
    """
    if page.barrier:
        raise hidden_by(page.barrier, "the page")
    draft = draft_page(page, Provenance(where="the page", spot=host_of(address)), now)
    key = f"feed:{of}"
    draft = replace(draft, identity=key, name=draft.url or address, url=draft.url or canonical_address(address))
    digest = _digest(draft)
    return Listed(key=key, raw=digest, digest=digest, draft=draft, page=None, is_teaser=False)


def is_teaser(text: str) -> bool:
    """Whether the text breaks off, or is too short to be a whole article."""
    return len(_WORD.findall(text)) < defaults.TEASER_WORDS or bool(_CUT_OFF.search(text.rstrip()[-80:]))


def _recognisable(draft: Draft, own_id: str | None, link: str | None, raw: str | None) -> Listed:
    digest = _digest(draft)
    page_key = article_key(link) if link and not _is_front(link) else None
    identity = page_key or f"words:{digest}"
    return Listed(
        key=page_key or own_id or identity,
        raw=raw or digest,
        digest=digest,
        draft=replace(draft, identity=identity, aliases=(own_id,) if own_id else ()),
        page=draft.url,
        is_teaser=link is not None and is_teaser(draft.text),
    )


def _digest(draft: Draft) -> str:
    """Equal for entries that say the same; short ones must be of the same day as well."""
    said = [draft.title, draft.text]
    if len(_WORD.findall(draft.text)) < defaults.REPEAT_WORDS and draft.published:
        said.append(draft.published.date().isoformat())
    return blake2b("\n".join(said).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _is_front(link: str) -> bool:
    """Whether the link leads to a site's front page, as links do in feeds that have no pages of their own."""
    return link.partition("://")[2].rstrip("/").removeprefix("www.") == host_of(link)


def link_of(entry: Entry, feed: Feed, address: str | None = None) -> str | None:
    """The canonical address of what the entry is about, if it has one; the feed is read at the address."""
    return canonical_address(entry.link or "", feed.link or address) if entry.link else None
