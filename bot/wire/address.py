"""Web addresses in one canonical form. The door to idna."""

import re
from collections.abc import Callable
from urllib.parse import quote, urljoin, urlsplit

from config import defaults

_TRACKING = re.compile(
    r"(?:utm_\w*|at_(?:medium|campaign|custom\w*|link\w*|format|ptr_name|bbc_team)|mc_[ce]id|_?hs(?:enc|mi|ctatracking)|guce_\w+"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mkt_tok|oly_\w+_id|vero_\w+"
    r"|_ga|_gl|__twitter_impression|ref_src|ref_url|cmp|cmpid|ocid|ncid|icid|ito|smid|smtyp|sr_share|guccounter|xtor|wt_mc|ftag)",
    re.IGNORECASE,
)
_SECRET = re.compile(r"(?:^|[_-])(?:key|apikey|token|secret|auth|sig|signature|password|passwd|pass|pwd|hash)$")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\<>\"`{}|^]")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_PLAIN_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PORTS = {"http": 80, "https": 443}


def canonical_address(text: str, seen_at: str | None = None) -> str | None:
    """The address in its one canonical form; None when it is no http or https address that a reader could open.

    Scheme and host in lower case and in ASCII, no user name, default port, dot segments, fragment or tracking
    parameters; the other parameters sorted. A relative address is resolved against seen_at (RFC 3986).
    """
    return _composed(text, seen_at, _tidy_query)


def address_to_open(text: str, seen_at: str | None = None) -> str | None:
    """As canonical_address, but with the whole query as it was written: to a site, its order and marks may matter."""
    return _composed(text, seen_at, _whole_query)


def article_key(address: str) -> str:
    """What makes two canonical addresses the same article: http or https, and a closing slash, make no difference."""
    rest = address.partition("://")[2]
    return "https://" + (rest if "?" in rest else rest.rstrip("/"))


def address_key(address: str) -> str:
    """What all spellings of an address have in common: case, default port, tracking, http or https, a closing slash."""
    return article_key(canonical_address(address) or address)


def holds_secret(address: str) -> bool:
    """Whether the address itself is a key to what it leads to: a parameter named so, or a user name in it."""
    parts = urlsplit(address)
    names = (piece.partition("=")[0].lower() for piece in parts.query.split("&"))
    return "@" in parts.netloc or any(_SECRET.search(name) for name in names)


def host_of(address: str) -> str:
    """The host of a canonical address, without "www."."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def is_same_origin(one: str, other: str) -> bool:
    """Whether scheme, host and port are the same: whom a password was given for (RFC 6454)."""
    a, b = (canonical_address(address) or address for address in (one, other))
    return a.split("/", 3)[:3] == b.split("/", 3)[:3]


def is_same_site(one: str, other: str) -> bool:
    """Whether one host is the other, or a part of it."""
    a, b = host_of(one), host_of(other)
    return a == b or a.endswith("." + b) or b.endswith("." + a)


def is_address(text: str) -> bool:
    """Whether the text is meant as a web address rather than the name of a file."""
    return bool(re.match(r"[a-z][a-z0-9+.-]+:/{1,3}\S|(?:javascript|data|mailto):", text.strip(), re.IGNORECASE))


def _composed(text: str, seen_at: str | None, form_query: Callable[[str], str]) -> str | None:
    text = text.strip()
    try:
        if seen_at:
            text = urljoin(seen_at, text)
        if len(text) > defaults.ADDRESS_CHARACTERS:
            return None
        parts = urlsplit(text)
        scheme, host, port = parts.scheme.lower(), _plain_host(parts.hostname or ""), parts.port
        if scheme not in _PORTS or not host or port == 0 or _UNSAFE.search(parts.netloc):
            return None
        place = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
        query = form_query(parts.query)
        address = f"{scheme}://{place}{_tidy_path(parts.path)}" + (f"?{query}" if query else "")
    except ValueError:
        return None
    return address if len(address) <= defaults.ADDRESS_CHARACTERS else None


def _plain_host(host: str) -> str | None:
    host = host.rstrip(".")
    if ":" in host:
        return f"[{host}]" if re.fullmatch(r"[0-9a-f:.]+", host) else None
    if not host.isascii():
        import idna

        try:
            host = idna.encode(host, uts46=True).decode("ascii").rstrip(".")
        except idna.IDNAError:
            return None
    return host if len(host) <= 253 and _PLAIN_HOST.fullmatch(host) else None


def _tidy_path(path: str) -> str:
    path = _tidy_escapes(quote(path, safe="/%:@!$&'()*+,;=~-._"))
    if "/." not in path and "//" not in path:
        return path or "/"
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    closing = "/" if path.endswith(("/.", "/..")) and kept and kept[-1] else ""
    return "/" + "/".join(kept) + closing


def _tidy_query(query: str) -> str:
    kept = [piece for piece in query.split("&") if piece and not _TRACKING.fullmatch(piece.partition("=")[0])]
    return "&".join(sorted(_tidy_escapes(quote(piece, safe="/%:@!$'()*+,;=~-._?")) for piece in kept))


def _whole_query(query: str) -> str:
    return quote(query, safe="/%:@!$&'()*+,;=~-._?[]")


def _tidy_escapes(text: str) -> str:
    return _ESCAPE.sub(_tidy_escape, text) if "%" in text else text


def _tidy_escape(match: re.Match[str]) -> str:
    character = chr(int(match.group(1), 16))
    return character if character in _UNRESERVED else match.group().upper()
