"""A draft of an article out of laid-out text: its limits, its address, its identity, its language."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import RefusedInput
from bot.news.article import Draft
from bot.wire.address import article_key, canonical_address, host_of
from bot.wire.carriers import is_no_publisher
from bot.wire.clean import clean_line, clean_text
from bot.wire.credits import Signs, credit
from bot.wire.dates import read_published
from bot.wire.language import guess_language, read_language
from bot.wire.layout import Laid, lay_out
from bot.wire.parsed import Page
from bot.wire.publishers import publisher_of
from config import defaults


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """Where a text came from: how refusals call the place, the importer's id, and the file, if it holds nothing else.

    `spot` names the article where it has neither id, file nor address.
    """

    where: str
    id: str | None = None
    path: str | None = None
    spot: str = ""


def lay_out_checked(text: str, provenance: Provenance, *, title: str | None, now: datetime, head: bool) -> Laid:
    """The text cleaned and laid out.

    RefusedInput where nothing is left of it, or where it is longer than an article may be.
    """
    if len(text) > defaults.ARTICLE_CHARACTERS:
        raise RefusedInput(
            provenance.where,
            f"its text has {len(text):,} characters; the limit for one article is {defaults.ARTICLE_CHARACTERS:,}. "
            "Split it into parts",
        )
    laid = lay_out(clean_text(text), title=title, now=now, head=head)
    if not laid.paragraphs:
        reason = "has no text" if not text.strip() else "has no text besides navigation, advertising and signs"
        raise RefusedInput(provenance.where, reason)
    return laid


def draft_page(page: Page, provenance: Provenance, now: datetime) -> Draft:
    """The article of the page as a draft. RefusedInput where it has no text, or too much, or a barrier hides it."""
    if page.barrier and not page.text.strip():
        raise hidden_by(page.barrier, provenance.where)
    whose = credit(
        Signs(
            link=page.url,
            title=page.title,
            author=page.author,
            text=page.text,
            page_site=page.publisher,
            canonical=page.canonical,
            credit_line=page.credit,
        )
    )
    title = clean_line(whose.title or page.title or "") or None
    laid = lay_out_checked(page.text, provenance, title=title, now=now, head=title is None)
    laid.url, laid.language = page.url, page.language
    laid.publisher = whose.publisher or laid.publisher
    laid.author = page.author or laid.author
    moment, day_only = read_published(page.published, now)
    if moment:
        laid.published, laid.published_day_only = moment, day_only
    return replace(make_draft(laid, provenance), origin=whose.origin)


def make_draft(laid: Laid, provenance: Provenance) -> Draft:
    """The draft. Its name is the given id, else the file, else the address.

    The same article again is recognised by the given id, else its address, else its file, else its words.
    """
    url = canonical_address(laid.url) if laid.url else None
    text = laid.text
    title = laid.title or "(no title)"
    # A page that gives its site's front page as its address would make one article of all its pages.
    key = article_key(url) if url and url.count("/") > 2 and not url.endswith("://" + host_of(url) + "/") else None
    words = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()[:32]
    return Draft(
        name=provenance.id or (provenance.path or "").rpartition("/")[2] or url or provenance.spot or provenance.where,
        identity=provenance.id or key or provenance.path or f"sha256:{words}",
        title=title,
        text=text,
        dek_end=laid.dek_end,
        url=url,
        publisher=clean_line(laid.publisher or "", defaults.NAME_CHARACTERS) or (_publisher_at(url) if url else None),
        author=clean_line(laid.author or "", defaults.NAME_CHARACTERS) or None,
        published=laid.published,
        published_day_only=laid.published_day_only,
        language=read_language(laid.language) or guess_language(text[laid.dek_end :]),
    )


def hidden_by(barrier: str, where: str) -> RefusedInput:
    """Why there is no article: what stands in front of it."""
    code = {"login": "F01", "paywall": "F01", "robot check": "F02", "region": "F02", "missing": "F03"}.get(barrier, "")
    return RefusedInput(where, f"does not show its article but this in front of it: {barrier}", code)


def _publisher_at(url: str) -> str | None:
    """Who publishes at the address; None where that is a carrier of what others publish."""
    name = publisher_of(host_of(url))
    return None if name is None or is_no_publisher(name) else name
