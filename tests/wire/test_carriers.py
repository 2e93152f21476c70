"""Hosts that carry or point at what others publish."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.places import read_list
from bot.wire.address import canonical_address
from bot.wire.carriers import Kind, carrier_at, leads_to

PAGE = "https://ashford-post.co.uk/news/mill"


def packed(held: bytes) -> str:
    """An address of Google News whose id holds these bytes."""
    return f"https://news.google.com/rss/articles/{urlsafe_b64encode(held).decode().rstrip('=')}?oc=5"


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("news.google.com", Kind.INDEX),
        ("google.com", Kind.INDEX),
        ("google.co.uk", Kind.INDEX),
        ("old.reddit.com", Kind.FORUM),
        ("news.ycombinator.com", Kind.FORUM),
        ("feeds.feedburner.com", Kind.PROXY),
        ("t.co", Kind.PROXY),
        ("annlee.substack.com", Kind.PLATFORM),
        ("youtube.com", Kind.PLATFORM),
        ("sports.yahoo.com", Kind.PORTAL),
        ("msn.com", Kind.PORTAL),
        ("prnewswire.com", Kind.RELEASE),
        ("web.archive.org", Kind.COPY),
        ("archive.ph", Kind.COPY),
    ],
)
def test_a_host_is_known_by_what_it_does_with_others_texts(host: str, kind: Kind) -> None:
    carrier = carrier_at(host)
    assert carrier is not None
    assert carrier.kind is kind


@pytest.mark.parametrize(
    "host",
    [
        "reuters.com",
        "cloud.google.com",
        "blog.google",
        "blog.archive.org",
        "notreddit.com",
        "about.fb.com",
        "t.com",
        "",
    ],
)
def test_a_host_that_publishes_for_itself_is_no_carrier(host: str) -> None:
    assert carrier_at(host) is None


@pytest.mark.parametrize(
    "outer",
    [
        f"https://www.google.com/url?rct=j&sa=t&url={PAGE}&ct=ga",
        "https://www.google.co.uk/amp/s/ashford-post.co.uk/news/mill",
        "https://ashford--post-co-uk.cdn.ampproject.org/c/s/ashford-post.co.uk/news/mill",
        "https://ashford--post-co-uk.translate.goog/news/mill?_x_tr_sl=en",
        f"https://web.archive.org/web/20200101000000/{PAGE}",
        f"https://web.archive.org/web/20200101000000id_/{PAGE}",
        f"https://archive.ph/2023.01.02-030405/{PAGE}",
        f"https://archive.today/o/AbCdE/{PAGE}",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fashford-post.co.uk%2Fnews%2Fmill&h=AT0",
        "https://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fashford-post.co.uk%2fnews%2fmill",
        f"https://getpocket.com/redirect?url={PAGE}",
        packed(b"\x08\x13\x22\x26" + PAGE.encode() + b"\xd2\x01\x00"),
        "https://www.google.com/url?q=https://web.archive.org/web/2020/" + PAGE,
        PAGE,
    ],
)
def test_the_address_inside_is_found(outer: str) -> None:
    canonical = canonical_address(outer)
    assert canonical is not None
    assert leads_to(canonical) == PAGE


@pytest.mark.parametrize(
    "address",
    [
        "https://news.google.com/rss/articles/CBMiAU_yqLabcdefghijklmnopqrst?oc=5",
        "https://archive.ph/AbCdE",
        "https://t.co/AbCdE",
        "https://ashford-post.co.uk/login?url=https://other.example.org/a",
        "https://www.reddit.com/r/mills/comments/1/mill",
        "https://www.google.com/url?url=javascript:alert(1)",
    ],
)
def test_an_address_that_holds_no_other_is_left_as_it_is(address: str) -> None:
    assert leads_to(address) == address


def test_every_host_has_one_carrier() -> None:
    hosts = [host for line in read_list("carriers.txt") for host in line.split(" | ")[2:]]
    assert len(hosts) == len(set(hosts))
    assert all(carrier_at(host.lstrip("=")) for host in hosts)


@given(st.text(alphabet="abCB%2Fhtps:/.?=&url-_", max_size=80))
def test_any_address_of_a_carrier_leads_somewhere(rest: str) -> None:
    for host in ("news.google.com/articles/CBM", "web.archive.org/web/", "l.facebook.com/?u=", "a-b.translate.goog/"):
        address = canonical_address(f"https://{host}{rest}")
        assert address is None or canonical_address(leads_to(address)) == leads_to(address)
