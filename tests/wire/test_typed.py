"""What people type as an address: what is taken, and the sentence for what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadAddress
from bot.wire.guard import Guard
from bot.wire.typed import read_typed
from tests.wire.vectors import CLOSED, OPEN, PORTS, SPELLED

NOT_PUBLIC = "That address is not on the public internet, so I will not open it."


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://example.org/feed.xml", "https://example.org/feed.xml"),
        ("  http://Example.ORG  ", "http://example.org/"),
        ("HTTPS://EXAMPLE.ORG/Feed", "https://example.org/Feed"),
        ("https://example.org./a/../b#part", "https://example.org/b"),
        ("https://example.org:443/", "https://example.org/"),
        ("https://example.org:/", "https://example.org/"),
        ("http://example.org:8080/x", "http://example.org:8080/x"),
        ("https://example.org/?b=2&a=1&utm_source=x&c[]=%7e", "https://example.org/?b=2&a=1&utm_source=x&c[]=%7e"),
        ("https://example.org/my feed.xml", "https://example.org/my%20feed.xml"),
        ("https://example.org/?q=ü b", "https://example.org/?q=%C3%BC%20b"),
        ("https://example.org/?to=http://a:b@c.example", "https://example.org/?to=http://a:b@c.example"),
        ("https://fa.example/می\u200cشود", "https://fa.example/%D9%85%DB%8C%E2%80%8C%D8%B4%D9%88%D8%AF"),
        ("\u200bhttps://example.org/\ufeff", "https://example.org/"),
        ("<https://example.org|example.org>", "https://example.org/"),
        ("<https://example.org/?a=1&amp;b=2|example.org/?a=1&amp;b=2>", "https://example.org/?a=1&b=2"),
        ("<https://example.org/feed>", "https://example.org/feed"),
        ("https://example.org/?a=1&amp;b=2", "https://example.org/?a=1&b=2"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://пример.example/", "http://xn--e1afmkfd.example/"),
        ("http://日本のニュース.example/", "http://xn--u9j5h1btf1e4646ao4b.example/"),
        ("http://한국news.example/", "http://xn--news-fy4pz03q.example/"),
        ("http://xn--ggle-55da.example/", "http://xn--ggle-55da.example/"),
        ("http://xn--i-7iq.example/", "http://xn--i-7iq.example/"),
        ("http://my_site.example/", "http://my_site.example/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700::1111]:8080/", "http://[2606:4700::1111]:8080/"),
    ],
)
def test_what_can_be_followed_is_taken_with_its_query_as_it_was_typed(typed: str, address: str) -> None:
    taken = read_typed(typed)
    assert taken.address == address
    assert taken.said is None
    assert read_typed(address).address == address


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("example.org", "https://example.org/"),
        ("www.example.org/feed?key=secret", "https://www.example.org/feed?key=secret"),
        ("example.org:8080/feed", "https://example.org:8080/feed"),
        ("//example.org/feed", "https://example.org/feed"),
        ("<example.org>", "https://example.org/"),
        ("bücher.example", "https://xn--bcher-kva.example/"),
        ("feed://example.org/rss", "https://example.org/rss"),
        ("feed:http://example.org/rss", "http://example.org/rss"),
        ("FEED://https://example.org/rss", "https://example.org/rss"),
    ],
)
def test_what_was_added_or_left_out_is_said(typed: str, address: str) -> None:
    taken = read_typed(typed)
    assert taken.address == address
    assert taken.said == f"I read that as {address.partition('?')[0]}."


@pytest.mark.parametrize(
    ("typed", "code", "sentence"),
    [
        ("", "U01", "Give me a feed or page address, for example https://example.org/feed.xml."),
        (" \t\n", "U01", "Give me a feed or page address"),
        ("\u200b", "U01", "Give me a feed or page address"),
        ("example", "U02", "`example` is not a web address."),
        ("latest news about trade.", "U02", "`latest news about trade.` is not a web address."),
        ("see example.org", "U02", "`see example.org` is not a web address."),
        ("x" * 200, "U02", f"`{'x' * 59}…` is not a web address."),
        ("/etc/passwd", "U02", "`/etc/passwd` is not a web address."),
        ("https//example.org", "U02", "`https//example.org` is not a web address."),
        ("jo@example.org", "U02", "That is a mail address, not a web address."),
        ("ftp://example.org/x", "U03", "Only http and https addresses work; this one starts with `ftp`."),
        ("FILE:///etc/passwd", "U03", "this one starts with `file`."),
        ("javascript:alert(1)", "U03", "this one starts with `javascript`."),
        ("data:text/html,x", "U03", "this one starts with `data`."),
        ("mailto:jo@example.org", "U03", "this one starts with `mailto`."),
        ("gopher://127.0.0.1:70/_x", "U03", "this one starts with `gopher`."),
        ("http:///x", "U04", "The address has no host name"),
        ("http:/example.org", "U04", "The address has no host name"),
        ("http:127.0.0.1/", "U04", "The address has no host name"),
        ("https://", "U04", "The address has no host name"),
        ("http://:80/", "U04", "The address has no host name"),
        ("http://./", "U04", "The address has no host name"),
        (f"https://example.org/{'a' * 2980}", "U05", "The address is 3,000 characters long; the limit is 2,048."),
        (f"https://example.org/{'ü' * 1000}", "U05", "the limit is 2,048."),
        ("http://example.org:99999/", "U06", "Port must be 1-65535."),
        ("http://example.org:abc/", "U06", "Port must be 1-65535."),
        ("example.org:abc", "U06", "Port must be 1-65535."),
        ("http://example.org:0/", "U06", "Port must be 1-65535."),
        ("http://example.org:-1/", "U06", "Port must be 1-65535."),
        ("http://example.org:22/", "U07", "Port 22 is not allowed here; 80, 443, 8080 and 8443 are."),
        ("example.org:25", "U07", "Port 25 is not allowed here"),
        ("localhost", "U09", NOT_PUBLIC),
        ("localhost:9000", "U09", NOT_PUBLIC),
        ("http://wiki/", "U09", NOT_PUBLIC),
        ("192.168.1.1", "U09", NOT_PUBLIC),
        ("[::1]/feed", "U09", NOT_PUBLIC),
        ("http://xn--a/", "U13", "The host name is not valid."),
        ("http://xn--a.example/", "U13", "The host name is not valid."),
        (f"http://{'a' * 64}.example/", "U13", "The host name is not valid."),
        (f"http://{'ab.' * 90}example/", "U13", "The host name is not valid."),
        ("http://-a.example/", "U13", "The host name is not valid."),
        ("http://a..example/", "U13", "The host name is not valid."),
        ("http://a.example%2fb/", "U13", "The host name is not valid."),
        ("http://%31%32%37.0.0.1/", "U13", "The host name is not valid."),
        ("http://i❤.example/", "U13", "The host name is not valid."),
        ("http://1.2.3.4.5/", "U13", "The host name is not valid."),
        ("http://134744072/", "U13", "The host name is not valid."),
        ("http://[::1", "U13", "The host name is not valid."),
        ("http://gооgle.example/", "U14", "its real form is `xn--ggle-55da.example`. Repeat it in that form"),
        ("http://exαmple.org/", "U14", "This name mixes alphabets"),
        ("http://аррӏе.example/", "U14", "its real form is `xn--80ak6aa92e.example`"),
        ("http://a\\b.example/", "U15", "a character that is not allowed (a backslash)."),
        ("http://127.1.1.1:80\\@8.8.8.8/", "U15", "(a backslash)"),
        ("http://example.org/a\tb", "U15", "(a tab)"),
        ("http://example.org/a\nb", "U15", "(a line break)"),
        ("http://example.org/\r\nHost: x", "U15", "(a line break)"),
        ("http://example.org/\0", "U15", "(a NUL)"),
        ("http://example.org/a\x1bb", "U15", "(a control character)"),
        ("http://example.org/a\u202eb", "U15", "(an invisible character)"),
        ("http://exam ple.org/", "U15", "(a space)"),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_explained(typed: str, code: str, sentence: str) -> None:
    with pytest.raises(BadAddress) as refused:
        read_typed(typed)
    assert (refused.value.code, sentence in str(refused.value)) == (code, True), str(refused.value)


@pytest.mark.parametrize(
    "typed",
    ["http://jo:hunter2@example.org/",
     "https://hunter2@example.org/", "jo:hunter2@example.org", "//jo:hunter2@example.org/",
     "http://jo:hunter2@127.0.0.1/", "http://127.0.0.1%2f@example.org/", "http://a.example:80+&@b.example:80#+@127.0.0.1/",
     "<https://jo:hunter2@example.org|x>", "feed://jo:hunter2@example.org/"],
)  # fmt: skip
def test_a_password_in_an_address_is_refused_and_never_repeated(typed: str) -> None:
    with pytest.raises(BadAddress) as refused:
        read_typed(typed)
    assert refused.value.code == "U08"
    assert str(refused.value) == "Put the user name and password in the private fields, not in the address."


@pytest.mark.parametrize("host", [*SPELLED, *(f"[{a}]" if ":" in a else a for a in CLOSED)])
def test_no_spelling_of_an_inner_address_is_taken(host: str) -> None:
    for typed in (f"http://{host}/", f"https://{host}:8443/a?b=c", f"feed:http://{host}/"):
        with pytest.raises(BadAddress) as refused:
            read_typed(typed)
        assert refused.value.code in ("U09", "U13")


def test_public_addresses_are_taken_as_they_are() -> None:
    hosts = [f"[{a}]" if ":" in a else a for a in OPEN]
    assert [read_typed(f"http://{host}/").address for host in hosts] == [f"http://{host}/" for host in hosts]


@pytest.mark.parametrize("port", PORTS[1:])
def test_other_ports_are_refused_whatever_listens_there(port: int) -> None:
    with pytest.raises(BadAddress) as refused:
        read_typed(f"http://example.org:{port}/")
    assert refused.value.code == "U07"


def test_places_that_the_operator_allows_are_taken() -> None:
    guard = Guard(["wiki:8080", "10.1.0.0/16:9000", "127.0.0.1:9000"])
    for typed in ("http://wiki:8080/feed", "http://10.1.2.3:9000/feed", "http://127.0.0.1:9000/feed"):
        assert read_typed(typed, guard).address == typed
    for typed in ("http://wiki/", "http://10.1.2.3/", "http://127.0.0.1/", "http://10.2.0.1:9000/"):
        with pytest.raises(BadAddress):
            read_typed(typed, guard)


@given(
    st.text(max_size=80)
    | st.from_regex(r"(?i)(https?://|feed:|//)?[a-z0-9.@:%\[\]\\ü①。/?#&;_-]{0,40}", fullmatch=True)
)
def test_any_text_is_taken_or_explained(text: str) -> None:
    try:
        taken = read_typed(text)
    except BadAddress as refused:
        assert refused.code.startswith("U")
    else:
        assert read_typed(taken.address).address == taken.address
