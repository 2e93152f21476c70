"""The headline of a page's article: what a reader sees above it, without the name of the site."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.wire.structured import Structured, element_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SEPARATOR = re.compile(
    r"\s+[|–—·•»«›‹:/~*-]{1,2}\s+|\s*[|｜]+\s*|\s+::+\s+|(?<=[^\x00-\u024f])[-_–](?=[^\x00-\u024f])"
)
_WORD = re.compile(r"\w+")
_SIGNS = re.compile(r"[\W_]+")
_LONGEST = 300  # characters of a headline
_ALIKE = 0.2  # share of a heading's words that the page's titles have too: below it is another heading
_EMPTY = frozenset("home homepage startseite start blog news index accueil inicio article untitled".split())
_ANY_SEPARATOR = re.compile(r"\s*[|｜_–—·•»«-]+\s*")
_FEWEST_WORDS = 3  # of a title that stands for a part of the heading
_FEWEST_SIGNS = 8  # the same in characters, for a title that is cut
_SAME = 0.7  # the same for smaller headings, of which there are many


def find_title(tree: "HtmlElement", told: Structured, sites: Sequence[str]) -> str | None:
    """The article's headline; None where the page has none. `sites` are the names that the site goes by.

    The largest heading that says what the page's titles say comes first: titles are written for search and sharing,
    the heading for the reader.
    """
    titles = [title for title in (strip_site(title, sites) for title in _titles(told)) if _says_something(title)]
    heading = _find_heading(tree, titles, sites)
    if heading:
        return _without_kicker(heading, titles)
    if not titles:
        return None
    whole = next((title for title in titles[1:] if _goes_on(titles[0], title)), titles[0])
    return _shown_part(whole, " ".join(tree.text_content().split()))


def strip_site(title: str, sites: Sequence[str]) -> str:
    """The title without the names of the site before and behind it; "" where it is nothing else."""
    pieces = _SEPARATOR.split(title)
    cuts = [match.span() for match in _SEPARATOR.finditer(title)]
    first, last = 0, len(pieces)
    while last - first > 1 and _is_site(pieces[last - 1], sites):
        last -= 1
    while last - first > 1 and _is_site(pieces[first], sites):
        first += 1
    if last - first == 1 and _is_site(pieces[first], sites):
        return ""
    start = cuts[first - 1][1] if first else 0
    end = cuts[last - 1][0] if last < len(pieces) else len(title)
    return title[start:end].strip()


def _titles(told: Structured) -> list[str]:
    """What the page is called in its markup, each once, best first."""
    said = (
        told.said("headline"),
        told.item("headline"),
        told.meta("og:title"),
        told.meta("twitter:title"),
        told.title,
        told.meta("dc.title", "title", "headline"),
    )
    return list(dict.fromkeys(title for title in said if title and len(title) <= _LONGEST))


def _says_something(title: str) -> bool:
    return len(title) > 1 and title.lower() not in _EMPTY


def _find_heading(tree: "HtmlElement", titles: Sequence[str], sites: Sequence[str]) -> str | None:
    names_of_site = {"", *map(_plain, sites)}
    for names, share in ((("h1",), _ALIKE), (("h2", "h3"), _SAME)):
        headings = [line for heading in tree.iter(*names) if 1 < len(line := element_line(heading)) <= _LONGEST]
        fitting = [line for line in headings if _plain(line) not in names_of_site]
        if fitting and titles:
            best = max(fitting, key=lambda line: _likeness(line, titles))
            if _likeness(best, titles) >= share:
                return best
        elif fitting and names == ("h1",):
            return fitting[0]
    return None


def _likeness(line: str, titles: Sequence[str]) -> float:
    """The largest share of the line's words that one of the titles has; a little more where it has more of its own."""
    words = set(_WORD.findall(line.lower()))
    shares = [0.0]
    for title in titles:
        other = set(_WORD.findall(title.lower()))
        both = len(words & other)
        first = 0.05 if title.lower().startswith(line.lower()) else 0.0
        shares.append(both / max(1, len(words)) + both / max(1, len(other)) / 10 + first)
    return max(shares)


def _without_kicker(heading: str, titles: Sequence[str]) -> str:
    """The part of the heading that a title repeats: its end, or its beginning where no title has all of it."""
    words = _WORD.findall(heading.lower())
    parts = {title: _WORD.findall(title.lower()) for title in titles}
    for title, part in parts.items():
        if _FEWEST_WORDS <= len(part) < len(words):
            is_beginning = part == words[: len(part)] and words not in parts.values()
            if is_beginning or part == words[-len(part) :]:
                return title
    return heading


def _goes_on(title: str, other: str) -> bool:
    """Whether the other title is this one with more words: a quotation mark has cut many a title in its markup."""
    return other.startswith(title) and not _ANY_SEPARATOR.search(other, len(title.rstrip()))


def _shown_part(title: str, words: str) -> str:
    """The title up to the separator before which it is shown in the page, where it is not shown in full."""
    if title not in words:
        for match in reversed(list(_ANY_SEPARATOR.finditer(title))):
            if match.start() >= _FEWEST_SIGNS and title[: match.start()] in words:
                return title[: match.start()]
    return title


def _is_site(piece: str, sites: Sequence[str]) -> bool:
    plain, names = _plain(piece), list(map(_plain, sites))
    return not plain or any(
        name == plain or (len(plain) > 3 and plain in name) or (2 * len(name) > len(plain) and name in plain)
        for name in names
    )


def _plain(name: str) -> str:
    return _SIGNS.sub("", name.lower())
