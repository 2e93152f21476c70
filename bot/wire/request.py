"""What is asked of a site, in the words of HTTP: where, by whom, and as whom. Nothing is sent here."""

import base64
import re
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

from bot.errors import ConfigError
from bot.wire.address import address_to_open

_PORTS = {"http": 80, "https": 443}
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml, text/xml, "
    "text/html, application/xhtml+xml, */*;q=0.9"
)
_CONTACT = re.compile(r"(?:https?://|mailto:)?[!-'*-:<-~]{3,200}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """An address taken apart. Its query may hold a token and is not shown."""

    address: str = field(repr=False)
    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> tuple[str, str, int]:
        """What credentials are given for (RFC 6454)."""
        return self.scheme, self.host, self.port


def read_place(text: str, seen_at: str | None = None) -> Place | None:
    """The place of an address; None when it is no http or https address. User names in it are left out."""
    try:
        text.encode()
    except UnicodeEncodeError:  # a header that is not UTF-8, its bytes escaped; old servers write Latin-1
        text = text.encode("utf-8", "surrogateescape").decode("latin-1")
    address = address_to_open(text, seen_at)
    if address is None:
        return None
    parts = urlsplit(address)
    return Place(
        address=address, scheme=parts.scheme, host=parts.hostname or "", port=parts.port or _PORTS[parts.scheme]
    )


def standing_headers(contact: str | None) -> dict[str, str]:
    """What every request says: who asks, and what can be read. ConfigError where the contact cannot be said so."""
    if contact and not _CONTACT.fullmatch(contact):
        raise ConfigError(["The contact for other sites' operators must be a web or mail address in plain letters."])
    try:
        name = f"Newsdesk/{version('newsdesk')}"
    except PackageNotFoundError:
        name = "Newsdesk"
    return {
        "User-Agent": f"{name} (+{contact})" if contact else name,
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip",
    }


def validating_headers(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """What asks "changed since?"; empty where nothing is known."""
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}


def basic_authorization(name: str, password: str) -> str:
    """The header value that logs in with a user name and password (RFC 7617)."""
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode("ascii")


def read_proxy(address: str) -> str:
    """The egress proxy's address as it is used. ConfigError where it is none; a password in it is not repeated."""
    place = read_place(address)
    if place is None or urlsplit(place.address).path != "/" or "?" in place.address:
        raise ConfigError(["The egress proxy is no address of a proxy; write http://proxy.example:3128."])
    return address.strip()
