"""When a page says that its article was published. The door to htmldate."""

import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from bot.wire.page_days import written_days
from bot.wire.page_lines import near_headline
from bot.wire.structured import Structured, element_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_METAS = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time",
    "datepublished", "parsely-pub-date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued",
    "publication_date", "pubdate", "publish-date", "publishdate", "publish_date", "published_time", "date_published",
    "citation_publication_date", "citation_online_date", "originalpublicationdate", "article.published",
    "sailthru.date", "rnews:datepublished", "vr:published_time", "dc.date", "dcterms.date", "dc.date.created",
    "dcterms.created", "datecreated", "article:post_date", "date",
)  # fmt: skip
_CHANGED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod", "revision_date")
_PUBLISHED_CLASS = re.compile(r"entry-date|publish|pub-?date|post-?date|date-?pub", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"[/_-]((?:19[89]|20[0-4])\d)(?:([/_-])(\d\d?)\2(\d\d?)|(\d\d)(\d\d))(?:[/_.-]|$)")
_UPDATE = re.compile(
    r"updat|modifi|aktualisiert|geändert|änderung|stand\b|actualiz|aggiorna|mis à jour|mise à jour|bijgewerkt|atualiz"
    r"|zuletzt|last edited|revised|обновл",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?:[A-Z][a-z]{2}, ?)?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d")
_LABEL = re.compile(
    r"(?:publi|posted|veröffentlicht|erschienen|erstellt|eingestellt|geschrieben|date\b|datum|fecha|data\b|pubblicato"
    r"|inserito|geplaatst|gepubliceerd|opublikowan|dodano|опубликован|дата|written on|created|added)[^\d\n]{0,24}$",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(r"en[-_](?:us|ph|bz)", re.IGNORECASE)
_BEFORE, _AFTER = 6, 9  # lines around the headline
_LONGEST_LINE = 160  # characters of a line that is about the article rather than of it
_SHORTEST_LINE = 40  # characters of a line that says little but the day
_DATELINE = 30  # how far into a longer line a day may begin
_LABEL_REACH = 40  # how far before a day the word stands that says what it is the day of
_FIRST_YEAR = 1950  # a calendar's zero (1900-01-01, 1970-01-01) stands for "unknown"
_ZERO = date(1970, 1, 1)
_SECONDS, _MILLISECONDS = 10, 13  # digits of a count since 1970


@dataclass(frozen=True, kw_only=True, slots=True)
class _Claim:
    """A day as claimed, with its moment where there is one; `other` is the day it is with the month written first."""

    day: date
    moment: datetime | None = None
    other: date | None = None

    @property
    def text(self) -> str:
        return (self.moment or self.day).isoformat()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Known:
    """What a page says of days with one meaning: in its markup and in its lines; and the language it is in."""

    said: set[date]
    shown: set[date]
    language: str


def find_published(
    tree: "HtmlElement", told: Structured, lines: Sequence[str], title: str | None, address: str | None
) -> str | None:
    """The publication in ISO 8601: a moment where the page gives one, else a day; None where it cannot be told.

    What the markup says for machines counts first, in the page's own offset from UTC where it is given; then the day
    in the address, the days around the headline, and last other signs of a date. A moment without an offset has none.
    """
    claims = [claim for claim in map(_read, _sayings(tree, told)) if claim]
    in_address = _day_in_address(address)
    if in_address:
        same = next((claim for claim in claims if claim.day == in_address), None)
        return (same or _Claim(day=in_address)).text
    changed = [claim for name in _CHANGED for text in told.metas.get(name, ()) if (claim := _read(text))]
    short = [line for line in lines if len(line) <= _LONGEST_LINE]
    known = _Known(
        said={claim.day for claim in (*claims, *changed) if not claim.other},
        shown={day.day for line in short for day in written_days(line) if not day.other},
        language=tree.get("lang") or "",
    )
    for claim in claims:
        settled = _settle(claim, known)
        if settled:
            return _in_own_zone(settled, claims).text
    shown = _shown(near_headline(lines, title, before=_BEFORE, after=_AFTER), short, known)
    if shown:
        times = (_read(element.get("datetime") or "") for element in tree.iter("time"))
        return next((claim for claim in times if claim and claim.day == shown and claim.moment), _Claim(day=shown)).text
    return None if claims else _last_resort(tree)


def _sayings(tree: "HtmlElement", told: Structured) -> Iterator[str]:
    """What the markup says about the publication, the surest first."""
    for node in (told.article, told.page):
        yield from told.texts(node.get("datePublished"))[:1]
    for name in _METAS:
        yield from told.metas.get(name, ())
    yield from told.items.get("datepublished", ())[:1]
    for element in tree.iter("time"):
        if element.get("pubdate") is not None or _PUBLISHED_CLASS.search(element.get("class") or ""):
            yield element.get("datetime") or element_line(element)
    yield from told.texts(told.article.get("dateCreated"))[:1]
    yield from told.items.get("datecreated", ())[:1]


def _read(text: str) -> _Claim | None:
    text = " ".join(text.split())
    moment = _moment(text)
    if moment:
        known = moment.year >= _FIRST_YEAR and moment.date() != _ZERO
        only_day = len(text) <= len("2025-01-01") and not text.isdigit()
        return _Claim(day=moment.date(), moment=None if only_day else moment) if known else None
    written = next(written_days(text), None)
    return _Claim(day=written.day, other=written.other) if written else None


def _moment(text: str) -> datetime | None:
    try:
        if text.isdigit() and len(text) in (_SECONDS, _MILLISECONDS):
            return datetime.fromtimestamp(int(text[:_SECONDS]), UTC)
        return datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        pass
    try:
        return parsedate_to_datetime(text) if _MAIL.match(text) else None
    except (ValueError, OverflowError):
        return None


def _settle(claim: _Claim, known: _Known) -> _Claim | None:
    """The claim with one meaning; None where its figures can be read in two ways and nothing says in which."""
    if not claim.other:
        return claim
    for days in (known.said, known.shown):
        if (claim.day in days) != (claim.other in days):
            return _Claim(day=claim.day if claim.day in days else claim.other)
    if known.language.lower().startswith("en") or not known.language:
        return _Claim(day=claim.other) if _MONTH_FIRST.match(known.language) else None
    return _Claim(day=claim.day)


def _in_own_zone(claim: _Claim, claims: Sequence[_Claim]) -> _Claim:
    """The claim, or one that gives the same moment with the offset of the place where it was published."""
    if claim.moment and claim.moment.utcoffset() == timedelta(0):
        for other in claims:
            if other.moment and other.moment.utcoffset() and other.moment == claim.moment:
                return other
    return claim


def _day_in_address(address: str | None) -> date | None:
    for match in _IN_ADDRESS.finditer(address or ""):
        year, _, month, day, glued_month, glued_day = match.groups()
        try:
            return date(int(year), int(month or glued_month), int(day or glued_day))
        except ValueError:
            continue
    return None


def _shown(near: Sequence[str], short: Sequence[str], known: _Known) -> date | None:
    """The day closest to the headline, else the first that is labelled as that of the publication, else the only one.

    `short` are all lines of the page that are short enough to be about the article rather than of it.
    """
    written = [(line, day) for line in near for day in written_days(line[: 2 * _LONGEST_LINE])]
    about = [
        day
        for line, day in written
        if (len(line) <= _LONGEST_LINE or day.start <= _DATELINE)
        and not _UPDATE.search(line, max(0, day.start - _LABEL_REACH), day.start)
    ]
    labelled = (
        day
        for line in short
        for day in written_days(line)
        if _LABEL.search(line[max(0, day.start - _LABEL_REACH) : day.start])
    )
    for day in (*about, *labelled):
        settled = _settle(_Claim(day=day.day, other=day.other), known)
        if settled:
            return settled.day
    alone = {day.day for line in short if len(line) <= _SHORTEST_LINE for day in written_days(line) if not day.other}
    return alone.pop() if len(alone) == 1 else None


def _last_resort(tree: "HtmlElement") -> str | None:
    """What the patterns of htmldate find; a first of January is mostly the year of a copyright."""
    from htmldate import find_date

    tree = copy(tree)
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):  # what it would take from them was weighed
        script.drop_tree()
    found: str | None = find_date(tree, original_date=True, extensive_search=False)
    return None if found and found.endswith("-01-01") else found
