"""Where a page's article is at home: its address, its publisher, and whom it says it comes from. The door to tld."""

import re
from typing import TYPE_CHECKING

from bot.news.houses import house_of, name_parts, registered_label, usual_name
from bot.wire.address import canonical_address, host_of, is_address, is_same_site
from bot.wire.publishers import publisher_named
from bot.wire.reprints import printed_first_by
from bot.wire.structured import Structured

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST_NAME = 60  # characters of a publisher's name
_LONGEST_CREDIT = 300  # characters of a name or an address
_NO_NAME = re.compile(
    r"https?:|[{}<>@\[\]]|^\W*$|^(?:home ?page|home|startseite|news|blog|website|my site|site|index|untitled|default"
    r"|null|none|undefined|wordpress|just another wordpress site|wix\.com|squarespace|facebook|twitter|google)$",
    re.IGNORECASE,
)


def find_address(tree: "HtmlElement", told: Structured, address: str | None) -> tuple[str | None, str | None]:
    """The article's address, and the one on another site that the page gives as the original, if any.

    The page's own word counts where it stays on the site that was read and is no front page; without an address that
    was read, it is all there is.
    """
    read = canonical_address(address) if address else None
    base = next((element.get("href") for element in tree.iter("base") if element.get("href")), None) or read
    said = [element.get("href") for element in tree.iter("link") if "canonical" in (element.get("rel") or "").split()]
    said += [told.meta("og:url"), told.meta("twitter:url")]
    for claim in said:
        claimed = canonical_address(claim, base) if claim else None
        if not claimed:
            continue
        if read is None:
            return claimed, None
        if _is_own_site(claimed, read):
            if not _is_front(claimed) or _is_front(read):
                return claimed, None
        elif not _is_front(claimed):
            return read, claimed
    return read, None


def said_names(told: Structured) -> list[str]:
    """What the site calls itself, the surest first."""
    said = [
        told.meta("og:site_name"),
        *told.texts(told.article.get("publisher")),
        *told.texts(told.page.get("publisher")),
        told.meta("application-name", "dc.publisher", "publisher"),
    ]
    titles = {told.title, told.meta("og:title"), told.said("headline")}  # some sites call themselves as each page
    return [name for name in said if name and name not in titles]


def host_names(address: str | None) -> list[str]:
    """What the site is called by its address: its host, and the name in it."""
    host = host_of(address) if address else ""
    return [host, registered_label(host)] if "." in host else []


def find_publisher(told: Structured, address: str | None) -> str | None:
    """The name of the publisher as the page gives it, without a tagline; None where it gives none that is one."""
    host = host_of(address) if address else ""
    for name in said_names(told):
        if name.endswith("."):
            continue
        is_plain = len(name_parts(name)) == 1 and "." not in name
        publisher = (usual_name(name) or name) if is_plain else publisher_named(name, host)
        if publisher and len(publisher) <= _LONGEST_NAME and not _NO_NAME.search(publisher):
            return publisher
    return None


def find_credit(told: Structured, text: str, publisher: str | None, address: str | None) -> str | None:
    """Whom the page says the article comes from, a name or an address; None where it says so of nobody else."""
    said = [
        *told.texts(told.article.get("sourceOrganization")),
        told.meta("syndication-source", "original-source"),
        *_based_on(told),
        *told.texts(told.article.get("creditText")),
        printed_first_by(line for line in text.split("\n") if line.strip()),
    ]
    for name in said:
        if not name or len(name) > _LONGEST_CREDIT or house_of(name) == house_of(publisher or ""):
            continue
        elsewhere = canonical_address(name) if is_address(name) else None
        if not elsewhere or not address or not _is_own_site(elsewhere, address):
            return name
    return None


def _based_on(told: Structured) -> list[str]:
    value = told.article.get("isBasedOn") or told.article.get("isBasedOnUrl")
    found: list[str] = []
    for thing in value if isinstance(value, list) else [value]:
        name = thing.get("url") or thing.get("@id") or thing.get("name") if isinstance(thing, dict) else thing
        if isinstance(name, str) and name:
            found.append(name)
    return found


def _is_own_site(one: str, other: str) -> bool:
    from tld import get_fld

    if is_same_site(one, other):
        return True
    registered = get_fld(one, fail_silently=True)
    return bool(registered) and registered == get_fld(other, fail_silently=True)


def _is_front(address: str) -> bool:
    return address.count("/") <= 3 and address.endswith("/")
