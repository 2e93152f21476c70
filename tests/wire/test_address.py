"""One form for each web address, and which two addresses are one article."""

import pytest

from bot.wire.address import article_key, canonical_address, host_of, is_same_site
from bot.wire.publishers import publisher_of


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("HTTP://WWW.Example.COM", "http://www.example.com/"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("http://example.com:80/a", "http://example.com/a"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://example.com./a", "https://example.com/a"),
        ("https://example.com/a/../b/./c", "https://example.com/b/c"),
        ("https://example.com/a/b/..", "https://example.com/a/"),
        ("https://example.com/../../a", "https://example.com/a"),
        ("https://example.com/a#part", "https://example.com/a"),
        ("https://user:secret@example.com/a", "https://example.com/a"),
        ("https://example.com/a?utm_source=x&utm_medium=y", "https://example.com/a"),
        ("https://example.com/a?fbclid=1&gclid=2&mc_cid=3&mc_eid=4&id=5", "https://example.com/a?id=5"),
        ("https://example.com/a?b=2&a=1&b=1", "https://example.com/a?a=1&b=1&b=2"),
        ("https://example.com/a?", "https://example.com/a"),
        ("https://example.com/%7ea/%e2%82%ac", "https://example.com/~a/%E2%82%AC"),
        ("https://example.com/é b", "https://example.com/%C3%A9%20b"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("  https://example.com/a\n", "https://example.com/a"),
        ("https://example.com/search?q=a%20b+c", "https://example.com/search?q=a%20b+c"),
    ],
)
def test_an_address_has_one_canonical_form(written: str, canonical: str) -> None:
    assert canonical_address(written) == canonical
    assert canonical_address(canonical) == canonical


@pytest.mark.parametrize(
    "written",
    [
        "", "example", "example.com/a", "ftp://example.com", "file:///etc/passwd", "javascript:alert(1)",
        "data:text/html,x",
        "http:///x", "http:/a.com", "http://", "https://example.com:99999/", "https://example.com:abc/",
        "https://example.com:0/",
        "https://exa mple.com/", "https://exa\\mple.com", "https://-a.com", f"https://{'a' * 64}.com", "https://xn--\u0000.com",
        f"https://example.com/{'a' * 3000}", "http://[::1", "https://a<b.com/", "//example.com/a", "mailto:a@b.c",
        "https://é。。b.com/", f"https://{'é' * 70}.com/",
    ],
)  # fmt: skip
def test_what_a_reader_could_not_open_is_no_address(written: str) -> None:
    assert canonical_address(written) is None


def test_a_relative_address_is_resolved_where_it_was_seen() -> None:
    assert canonical_address("../b?utm_id=1", "https://example.com/a/c") == "https://example.com/b"
    assert canonical_address("//cdn.example/x", "https://example.com/") == "https://cdn.example/x"
    assert canonical_address("javascript:x", "https://example.com/") is None


@pytest.mark.parametrize("same", ["http://example.com/a", "https://example.com/a/", "http://example.com/a/"])
def test_scheme_and_closing_slash_make_no_other_article(same: str) -> None:
    assert article_key(same) == article_key("https://example.com/a")


def test_another_query_is_another_article() -> None:
    assert article_key("https://example.com/a?id=1") != article_key("https://example.com/a?id=2")


def test_hosts_and_sites_are_compared_without_www() -> None:
    assert host_of("https://www.example.com/a") == "example.com"
    assert is_same_site("https://m.example.com/a", "https://www.example.com/b")
    assert not is_same_site("https://notexample.com/a", "https://example.com/b")


@pytest.mark.parametrize(
    ("host", "publisher"),
    [
        ("www.coast-daily.com", "Coast Daily"),
        ("news.coast-daily.co.uk", "Coast Daily"),
        ("edition.cnn.com", "CNN"),
        ("thecoast.com", "The Coast"),
        ("www.nytimes.com", "The New York Times"),
        ("gmail.com", None),
        ("localhost", None),
        ("127.0.0.1", None),
        ("", None),
    ],
)
def test_a_publisher_is_named_after_its_host(host: str, publisher: str | None) -> None:
    assert publisher_of(host) == publisher
