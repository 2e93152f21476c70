"""What is asked of a site, and what cannot be."""

import pytest

from bot.errors import ConfigError
from bot.wire.request import basic_authorization, read_place, read_proxy, standing_headers, validating_headers


@pytest.mark.parametrize(
    ("location", "address"),
    [
        ("/b?x=2&a=1", "https://coast.example/b?x=2&a=1"),
        ("b", "https://coast.example/news/b"),
        ("?page=2", "https://coast.example/news/feed?page=2"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("HTTP://Other.Example:8080/", "http://other.example:8080/"),
        ("https://jo:secret@other.example/", "https://other.example/"),
        ('/a b"<>`|^é', "https://coast.example/a%20b%22%3C%3E%60%7C%5E%C3%A9"),
        ("/\udce9t\udce9", "https://coast.example/%C3%A9t%C3%A9"),
        ("/x\r\nSet-Cookie: a=b", "https://coast.example/xSet-Cookie:%20a=b"),
        ("/../../x#part", "https://coast.example/x"),
        ("https://b\u00fccher.example/", "https://xn--bcher-kva.example/"),
        ("http://[::1]/", "http://[::1]/"),
    ],
)
def test_a_place_is_read_as_it_is_meant_where_it_was_seen(location: str, address: str) -> None:
    place = read_place(location, "https://coast.example/news/feed?page=1")
    assert place is not None
    assert place.address == address


@pytest.mark.parametrize(
    "location",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://other.example/", "http://", "http://[::1",
     "http://a b/", "http://other.example:99999/", "http://127.0.0.1\\@other.example/", "https://" + "a" * 3000],
)  # fmt: skip
def test_what_is_no_web_address_is_no_place(location: str) -> None:
    assert read_place(location, "https://coast.example/news/feed") is None


def test_a_place_knows_its_port_and_shows_no_query() -> None:
    place = read_place("https://coast.example/feed?key=hunter2")
    assert place is not None
    assert place.origin == ("https", "coast.example", 443)
    assert "hunter2" not in repr(place)


def test_a_request_says_who_asks_and_whom_to_write_to() -> None:
    assert standing_headers(None)["User-Agent"].startswith("Newsdesk")
    assert standing_headers("https://desk.example/bot")["User-Agent"].endswith(" (+https://desk.example/bot)")
    assert standing_headers("mailto:desk@desk.example")["User-Agent"].endswith(" (+mailto:desk@desk.example)")
    assert standing_headers(None)["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize("contact", ["a\r\nX-Evil: 1", "(x)", "jo\u00fc", " ", "x" * 300])
def test_a_contact_that_would_break_the_header_is_refused(contact: str) -> None:
    with pytest.raises(ConfigError):
        standing_headers(contact)


def test_only_what_is_known_is_asked_with() -> None:
    assert validating_headers(None, None) == {}
    assert validating_headers('"a"', None) == {"If-None-Match": '"a"'}
    assert validating_headers(None, "Fri, 01 May 2026") == {"If-Modified-Since": "Fri, 01 May 2026"}


def test_names_and_passwords_of_all_alphabets_log_in() -> None:
    assert basic_authorization("jo", "s:\u00e9") == "Basic am86czrDqQ=="


@pytest.mark.parametrize(
    "proxy", ["http://proxy.example:3128", "http://jo:hunter2@10.0.0.1:3128/", "https://[::1]:8080"]
)
def test_a_proxy_may_stand_anywhere_and_ask_for_a_password(proxy: str) -> None:
    assert read_proxy(f" {proxy} ") == proxy


@pytest.mark.parametrize(
    "proxy",
    ["proxy:3128", "socks5://jo:hunter2@proxy:1080", "http://jo:hunter2@/", "http://jo:hunter2@proxy/?x=1", "x"],
)
def test_what_is_no_proxy_is_refused_without_repeating_it(proxy: str) -> None:
    with pytest.raises(ConfigError, match=r"write http://proxy\.example:3128") as refused:
        read_proxy(proxy)
    assert "hunter2" not in str(refused.value)
