"""Addresses as people type and paste them: what is meant is found, and what cannot be followed is explained."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import SplitResult, urlsplit

from bot.errors import BadAddress
from bot.wire.address import address_to_open
from bot.wire.guard import NOT_PUBLIC, Guard, is_misspelled, port_sentence
from config import defaults

_WRAPPED = re.compile(r"<([^<>|]+)(?:\|[^<>]*)?>")  # as Slack passes links on, and as mails quote them
_EDGES = "\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\ufeff"  # what copying takes along at the ends
_FEED = re.compile(r"feed:(?://(?=https?:)|(?=https?:)|(?=//))", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"[^/?#@:]*\.[^/?#@:]*:(?!//)|[^/?#@:]+:\d+(?:[/?#]|$)")
_USER = re.compile(r"[^/?#@:]+:(?!//)[^/?#]*@")
_NAMED = {"\t": "a tab", "\n": "a line break", "\r": "a line break", "\0": "a NUL", "\\": "a backslash"}
_KINDS = {"Cc": "a control character", "Cf": "an invisible character", "Zl": "a line break", "Zp": "a line break"}
_JOINERS = "\u200c\u200d"  # these belong to the spelling of some languages
_WRITTEN_TOGETHER = ({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}, {"LATIN", "CJK", "BOPOMOFO"}, {"LATIN", "CJK", "HANGUL"})
_CYRILLIC_LIKE_LATIN = frozenset("асԁеһіјӏорԛѕԝхуѵ")
_SHOWN = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """An address that can be followed, with its query as it was typed; `said` is what the person should know of it.

    The query may hold a token and is shown nowhere.
    """

    address: str = field(repr=False)
    said: str | None = None


def read_typed(text: str, guard: Guard | None = None) -> Typed:
    """The web address that somebody typed, pasted, or had wrapped by a chat program; BadAddress says what is wrong.

    Nothing is looked up: whether a name leads to the public internet is seen when it is read.
    """
    guard = guard or Guard()
    typed = _unwrapped(text)
    if not typed:
        raise BadAddress("U01", "Give me a feed or page address, for example https://example.org/feed.xml.")
    if len(typed) > defaults.ADDRESS_CHARACTERS:
        _too_long(len(typed))
    _check_characters(typed)
    whole = _with_scheme(typed)
    try:
        parts = urlsplit(whole)
    except ValueError:
        _bad_host()
    _check_parts(parts)
    _check_host(parts, guard)
    address = address_to_open(whole)
    if address is None:
        _too_long(defaults.ADDRESS_CHARACTERS + 1)
    said = None if whole == typed else f"I read that as {address.partition('?')[0]}."
    return Typed(address=address, said=said)


def _unwrapped(text: str) -> str:
    text = text.strip().strip(_EDGES).strip()
    wrapped = _WRAPPED.fullmatch(text)
    return (wrapped[1].strip() if wrapped else text).replace("&amp;", "&")


def _check_characters(text: str) -> None:
    for character in text:
        kind = _NAMED.get(character) or _KINDS.get(unicodedata.category(character))
        if kind and character not in _JOINERS:
            raise BadAddress("U15", f"The address contains a character that is not allowed ({kind}).")


def _with_scheme(typed: str) -> str:
    """The address with its scheme, https where none was typed."""
    typed = _FEED.sub("", typed, count=1) if _FEED.match(typed) else typed
    scheme = None if _HOST_AND_PORT.match(typed) else _SCHEME.match(typed)
    if scheme:
        if _USER.match(typed) and scheme[1].lower() != "mailto":
            _has_credentials()
        if scheme[1].lower() not in ("http", "https"):
            raise BadAddress(
                "U03", f"Only http and https addresses work; this one starts with `{scheme[1][:_SHOWN].lower()}`."
            )
        return typed
    bare = typed.removeprefix("//")
    host = re.split(r"[/?#]", bare, maxsplit=1)[0]
    if "@" in host:
        if ":" in host:
            _has_credentials()
        raise BadAddress("U02", "That is a mail address, not a web address.")
    is_host = host.lower() == "localhost" or re.search(r"[.:。．｡]", host)
    if not is_host or re.search(r"\s", host):
        raise BadAddress("U02", f"`{_clipped(typed)}` is not a web address.")
    return f"https://{bare}"


def _check_parts(parts: SplitResult) -> None:
    if "@" in parts.netloc:
        _has_credentials()
    if re.search(r"\s", parts.netloc):
        raise BadAddress("U15", "The address contains a character that is not allowed (a space).")
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise BadAddress("U06", "Port must be 1-65535.")
    if not (parts.hostname or "").strip("."):
        raise BadAddress("U04", "The address has no host name; write it as https://example.org/feed.xml.")


def _check_host(parts: SplitResult, guard: Guard) -> None:
    typed = (parts.hostname or "").rstrip(".")
    if ":" in typed and "%" in typed:  # a zone, which only means something inside one machine
        _not_public()
    found = urlsplit(address_to_open(f"{parts.scheme}://{parts.netloc}/") or "")
    host = found.hostname
    if host is None or not all(_is_sound(label) for label in host.split(".")):
        _bad_host()
    if not typed.isascii() and any(_is_misleading(label, host) for label in host.split(".")):
        raise BadAddress(
            "U14",
            f"This name mixes alphabets; its real form is `{host[:_SHOWN]}`. Repeat it in that form if you mean it.",
        )
    port = found.port or (443 if found.scheme == "https" else 80)
    if not guard.permits_host(host, port):
        _bad_host() if is_misspelled(host) else _not_public()
    if not guard.permits_port(host, port):
        raise BadAddress("U07", port_sentence(port))


def _is_sound(label: str) -> bool:
    """Whether a label in ASCII stands for letters at all."""
    if not label.startswith("xn--"):
        return True
    letters = _letters(label)
    return bool(letters) and not letters.isascii() and letters.isprintable() and " " not in letters


def _letters(label: str) -> str:
    try:
        return label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label
    except UnicodeError:
        return ""


def _is_misleading(label: str, host: str) -> bool:
    """Whether the label mixes alphabets that are not written together, or passes for Latin beside a Latin ending."""
    letters = [letter for letter in _letters(label) if unicodedata.category(letter) in ("Ll", "Lo")]
    alphabets = {unicodedata.name(letter, "?").split(" ")[0].replace("IDEOGRAPHIC", "CJK") for letter in letters}
    if len(alphabets) > 1:
        return not any(alphabets <= together for together in _WRITTEN_TOGETHER)
    return bool(letters) and _CYRILLIC_LIKE_LATIN.issuperset(letters) and not host.rpartition(".")[2].startswith("xn--")


def _clipped(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _too_long(characters: int) -> NoReturn:
    raise BadAddress(
        "U05", f"The address is {characters:,} characters long; the limit is {defaults.ADDRESS_CHARACTERS:,}."
    )


def _has_credentials() -> NoReturn:
    raise BadAddress("U08", "Put the user name and password in the private fields, not in the address.")


def _bad_host() -> NoReturn:
    raise BadAddress("U13", "The host name is not valid.")


def _not_public() -> NoReturn:
    raise BadAddress("U09", NOT_PUBLIC)
