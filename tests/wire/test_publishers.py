"""Who published an article, and who wrote it: out of all that a feed, an entry and a page say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.houses import house_of
from bot.wire.credits import Credit, Signs, credit
from bot.wire.publishers import publisher_named, publisher_of

GOOGLE = "https://news.google.com/rss/articles/CBMiAU_yqLabcdefghijklmnopqrst?oc=5"
LEDGER = "https://harbourledger.com/news/mill"


def whose(**signs: str) -> tuple[str | None, str | None]:
    """The publisher and the origin that these signs give."""
    given = credit(Signs(**signs))
    return given.publisher, given.origin


@pytest.mark.parametrize(
    ("title", "host", "publisher"),
    [
        ("Reuters.com", "", "Reuters"),
        ("REUTERS", "", "Reuters"),
        ("reuters.com | World", "", "Reuters"),
        ("Reuters: World News", "", "Reuters"),
        ("BBC News - World", "bbc.co.uk", "BBC"),
        ("BBC News | Business", "", "BBC"),
        ("NYT > World News", "", "The New York Times"),
        ("The Guardian | World", "", "The Guardian"),
        ("World news | The Guardian", "theguardian.com", "The Guardian"),
        ("CNN.com - Top Stories", "", "CNN"),
        ("News, Politics, Opinion", "newyorker.com", "The New Yorker"),
        ("Latest news - Harbour Ledger", "hl.example.net", "Harbour Ledger"),
        ("Harbour Ledger RSS Feed", "hl.example.net", "Harbour Ledger"),
        ("RSS - Harbour Ledger", "hl.example.net", "Harbour Ledger"),
        ("Harbour Ledger » Feed", "hl.example.net", "Harbour Ledger"),
        ("Comments for Harbour Ledger", "", "Harbour Ledger"),
        ("Comments on: Mill shuts", "harbourledger.com", None),
        ("Politics – The Harbour Ledger", "harbourledger.com", "The Harbour Ledger"),
        ("The Harbour Ledger | News you can trust", "harbourledger.com", "The Harbour Ledger"),
        ("Mills and more - Harbour Ledger", "harbour-ledger.co.uk", "Harbour Ledger"),
        ("Nachrichten aus Politik - Hafenpost", "hafenpost.de", "Hafenpost"),
        ("Il Mulino - Ultime notizie", "ilmulino.it", "Il Mulino"),
        ("Stories by Ann Lee on Medium", "", "Ann Lee"),
        ("Mill Agency Breaking News", "mill-agency.gov", "Mill Agency"),
        ("MILL Breaking News", "mill.gov", "MILL"),
        ("Ashford Daily", "ashford.net", "Ashford Daily"),
        ("Ashford Daily News", "ashford.net", "Ashford Daily News"),
        ("Old Looms", "blogs.ashford.com", "Old Looms"),
        ("Mills on Water - In-depth news", "", "Mills on Water"),
        ("24/7 Mill St.", "247millst.com", "24/7 Mill St."),
        ("News of the Mill", "newsofthemill.com", "News of the Mill"),
        ("汐見新聞 - ニュース", "shiomi.jp", "汐見新聞"),
        ("https://www.harbour-post.com/feed", "harbour-post.com", "Harbour Post"),
        ("Top stories", "harbourledger.com", None),
        ("RSS", "", None),
        ("", "", None),
    ],
)
def test_a_feeds_title_is_cleaned_to_the_publishers_name(title: str, host: str, publisher: str | None) -> None:
    assert publisher_named(title, host) == publisher


@pytest.mark.parametrize(
    ("host", "publisher"),
    [
        ("bleepingcomputer.com", "Bleeping Computer"),
        ("feeds.apnews.com", "Associated Press"),
        ("ledger.co.uk", "Ledger"),
    ],
)
def test_a_well_known_host_has_its_usual_name(host: str, publisher: str) -> None:
    assert publisher_of(host) == publisher


@pytest.mark.parametrize(
    ("signs", "publisher", "title"),
    [
        (
            {"title": "Mill shuts - Reuters", "source_title": "Reuters", "source_url": "https://www.reuters.com"},
            "Reuters",
            "Mill shuts",
        ),
        (
            {"title": "Mill shuts - Ashford - Harbour Ledger", "source_title": "Harbour Ledger"},
            "Harbour Ledger",
            "Mill shuts - Ashford",
        ),
        ({"title": "Mill shuts - Harbour Ledger"}, "Harbour Ledger", "Mill shuts"),
        ({"title": "Mill shuts - and nobody knows why it did so at noon"}, None, None),
        ({"title": "Mill shuts"}, None, None),
    ],
)
def test_an_indexs_entry_is_of_the_publisher_that_it_adds(
    signs: dict[str, str], publisher: str | None, title: str | None
) -> None:
    given = credit(Signs(link=GOOGLE, feed_title='"mill" - Google News', feed_link="https://news.google.com/", **signs))
    assert given == Credit(publisher=publisher, origin=None, title=title, link=None)


def test_the_author_and_publisher_in_a_techmeme_headline_are_read() -> None:
    given = credit(Signs(link="https://www.techmeme.com/251103/p1", title="Looms go quiet (Ann Lee/Bloomberg)"))
    assert (given.publisher, given.title) == ("Bloomberg", "Looms go quiet")


@pytest.mark.parametrize("name", ["Hacker News", "Reddit", "Lobsters", "Planet Mills", "Ann's links"])
def test_what_a_collection_links_to_is_of_whoever_the_link_leads_to(name: str) -> None:
    feed = {"feed_title": name, "feed_link": "https://collection.example.net/"}
    assert whose(link=LEDGER, **feed) == ("Harbourledger", None)
    assert whose(link=LEDGER, page_site="Harbour Ledger", **feed) == ("Harbour Ledger", None)
    assert whose(link="https://hl.example.org/a", feed_title=name, source_title="Harbour Ledger")[0] == "Harbour Ledger"
    assert whose(link=LEDGER, source_title="Harbour Ledger", source_url=f"{LEDGER}/rss", **feed) == (
        "Harbour Ledger",
        None,
    )


@pytest.mark.parametrize(
    "link",
    [
        "https://news.ycombinator.com/item?id=1",
        "https://www.reddit.com/r/mills/comments/1/mill",
        "https://lobste.rs/s/abc/mill",
    ],
)
def test_a_discussion_is_published_by_nobody(link: str) -> None:
    assert whose(link=link, feed_title="Mills", feed_link=link, title="Mill - The Ledger", author="AP") == (None, None)


@pytest.mark.parametrize(
    "link", ["http://feedproxy.google.com/~r/HL/~3/x/", "https://t.co/AbCdE", "https://omny.fm/shows/mill/one"]
)
def test_behind_a_proxy_the_feed_tells_the_publisher(link: str) -> None:
    assert whose(link=link, feed_title="Harbour Ledger » Feed", feed_link="https://harbourledger.com/") == (
        "Harbour Ledger",
        None,
    )


def test_a_feed_behind_a_proxy_is_the_sites_own() -> None:
    assert whose(
        link="https://hl.example.net/a", feed_title="The Ledger", feed_link="http://feeds.feedburner.com/hl"
    ) == (
        "The Ledger",
        None,
    )


@pytest.mark.parametrize(
    ("signs", "publisher"),
    [
        ({"link": "https://medium.com/@annlee/mill-1", "feed_title": "Stories by Ann Lee on Medium"}, "Ann Lee"),
        ({"link": "https://medium.com/old-looms/mill-1", "feed_title": "Old Looms - Medium"}, "Old Looms"),
        (
            {
                "link": "https://medium.com/old-looms/mill-1",
                "feed_title": "Technology on Medium",
                "feed_link": "https://medium.com/tag/technology",
            },
            "Old Looms",
        ),
        ({"link": "https://annlee.substack.com/p/mill", "feed_title": "Ann Lee's Newsletter"}, "Ann Lee"),
        ({"link": "https://ann-lee.blogspot.com/2025/mill.html", "page_site": "Blogger"}, "Ann Lee"),
        (
            {
                "link": "https://www.youtube.com/watch?v=1",
                "feed_title": "BBC News",
                "feed_link": "https://www.youtube.com/channel/UC1",
            },
            "BBC",
        ),
        (
            {
                "link": "https://www.youtube.com/watch?v=1",
                "feed_title": "Hacker News",
                "feed_link": "https://news.ycombinator.com/",
                "author": "somebody",
                "page_site": "YouTube",
            },
            None,
        ),
    ],
)
def test_a_platforms_part_is_the_publisher_and_not_the_platform(signs: dict[str, str], publisher: str | None) -> None:
    assert whose(**signs) == (publisher, None)


@pytest.mark.parametrize(
    ("signs", "origin"),
    [
        ({"source_title": "Reuters", "source_url": "http://www.reuters.com/"}, "Reuters"),
        ({"source_title": "Harbour Ledger"}, "Harbour Ledger"),
        ({"credit_line": "Harbour Ledger"}, "Harbour Ledger"),
        ({"author": "Reuters"}, "Reuters"),
        ({"text": "The mill shut.\nThis article was originally published on NBCNews.com"}, "NBC News"),
        ({"source_title": "Harbour Ledger", "text": "ASHFORD (AP) — The mill shut."}, "Associated Press"),
        ({"author": "Ann Lee"}, None),
        ({"source_title": "MSN"}, None),
    ],
)
def test_a_portal_carries_what_its_sources_wrote(signs: dict[str, str], origin: str | None) -> None:
    assert whose(link="https://www.msn.com/en-us/news/mill", **signs) == ("MSN", origin)


@pytest.mark.parametrize(
    ("link", "text", "expected"),
    [
        (
            "https://www.prnewswire.com/news-releases/mill.html",
            "ASHFORD, Nov. 3, 2025 /PRNewswire/ -- The mill shut today.\nMore.\nSOURCE Mill Corp.",
            ("PR Newswire", "Mill Corp"),
        ),
        (
            "https://www.businesswire.com/news/home/1",
            "ASHFORD--(BUSINESS WIRE)--Mill Holdings, a leader in looms, today announced its end.",
            ("Business Wire", "Mill Holdings"),
        ),
        (
            "https://www.globenewswire.com/news/1",
            "ASHFORD, Nov. 03, 2025 (GLOBE NEWSWIRE) -- Mill Inc. (Nasdaq: MILL) today announced its end.",
            ("GlobeNewswire", "Mill Inc"),
        ),
        (
            LEDGER,
            "ASHFORD, NY / ACCESSWIRE / November 3, 2025 / Mill Corp today announced its end.",
            ("Harbourledger", "Mill Corp"),
        ),
        (LEDGER, "ASHFORD, Nov. 3, 2025 /PRNewswire/ -- the mill shut.", ("Harbourledger", "PR Newswire")),
        ("https://millcorp.com/a", "ASHFORD, Nov. 3, 2025 /PRNewswire/ -- Mill Corp. today shut.", ("Millcorp", None)),
    ],
)
def test_a_press_release_is_of_the_company_that_issued_it(
    link: str, text: str, expected: tuple[str, str | None]
) -> None:
    assert whose(link=link, text=text) == expected


@pytest.mark.parametrize(
    ("signs", "origin"),
    [
        ({"text": "A line of dek\nLONDON (Reuters) - The mill shut."}, "Reuters"),
        ({"text": "By JO ROE\nAssociated Press\nThe mill shut."}, "Associated Press"),
        ({"text": "By Jo Roe, AP Sports Writer\nThe mill shut."}, "Associated Press"),
        ({"text": "The mill shut.\n© 2026 AFP"}, "Agence France-Presse"),
        ({"author": "dpa"}, "dpa"),
        ({"canonical": "https://www.ashford-post.co.uk/news/mill"}, "Ashford Post"),
        ({"credit_line": "This article first appeared in Mill Review."}, "Mill Review"),
        ({"source_title": "Mill Review", "source_url": "https://millreview.org/feed"}, "Mill Review"),
        ({"source_title": "Reuters"}, "Reuters"),
        ({"text": "The post Mill shuts appeared first on Mill Review."}, "Mill Review"),
        ({"text": "LONDON (Reuters) - Shut.", "canonical": "https://www.ashford-post.co.uk/news/mill"}, "Reuters"),
    ],
)
def test_a_copy_is_carried_by_one_and_written_by_another(signs: dict[str, str], origin: str) -> None:
    assert whose(link=LEDGER, feed_title="Harbour Ledger", **signs) == ("Harbour Ledger", origin)


@pytest.mark.parametrize(
    "signs",
    [
        {"text": "Reuters reported that the mill shut.\nThe owner told Reuters so, according to AP."},
        {"text": "The mill shut.\nAdditional reporting by Reuters"},
        {"text": "The mill shut.\nThe Associated Press contributed to this report."},
        {"text": "(AP Photo/Jo Roe)\nThe mill shut.\nPhoto: Reuters\n© AFP"},
        {"author": "Ann Lee"},
        {"author": "Ledger staff and Reuters"},
        {"canonical": "https://m.harbourledger.com/news/mill"},
        {"canonical": "https://harbour-ledger.co.uk/news/mill"},
        {"canonical": "https://other.example.org/"},
        {"canonical": "https://www.facebook.com/harbourledger/posts/1"},
        {"credit_line": "Ledger Media Holdings"},
        {"credit_line": "Harbour Ledger Online"},
        {"source_title": "Harbour Ledger News", "source_url": "https://rss.harbourledger.com/news"},
        {"source_title": "Staff"},
        {"text": "The post Mill shuts appeared first on Harbour Ledger."},
        {"text": "The mill shut.\nThis article originally appeared in The Ledger."},
    ],
)
def test_what_a_paper_wrote_itself_has_no_other_origin(signs: dict[str, str]) -> None:
    assert whose(link=LEDGER, feed_title="Harbour Ledger", **signs) == ("Harbour Ledger", None)


@pytest.mark.parametrize(
    ("link", "feed_title", "text"),
    [
        ("https://www.reuters.com/world/mill", "Reuters: World", "LONDON, Nov 3 (Reuters) - The mill shut."),
        ("https://apnews.com/article/mill", "AP News", "ASHFORD (AP) — The mill shut.\n© 2026 The Associated Press"),
        ("https://theconversation.com/mill", "The Conversation", "This article is republished from The Conversation."),
        ("https://www.bbc.co.uk/news/mill", "BBC News", "By Jo Roe, BBC News\nThe mill shut.\n© 2026 BBC"),
    ],
)
def test_an_agency_on_its_own_site_is_only_the_publisher(link: str, feed_title: str, text: str) -> None:
    assert whose(link=link, feed_title=feed_title, text=text)[1] is None


def test_copies_of_pages_are_credited_to_the_page_that_was_copied() -> None:
    kept = credit(Signs(link="https://web.archive.org/web/2020/https://www.ft.com/content/1"))
    assert kept == Credit(publisher="Financial Times", origin=None, title=None, link="https://www.ft.com/content/1")
    short = credit(Signs(link="https://archive.ph/AbCdE", canonical="https://www.ft.com/content/1"))
    assert (short.publisher, short.link) == ("Financial Times", "https://www.ft.com/content/1")


def test_a_text_without_an_address_is_of_the_agency_that_it_names() -> None:
    assert whose(text="LONDON (Reuters) - The mill shut.") == ("Reuters", None)
    assert whose() == (None, None)


@pytest.mark.parametrize(
    ("title", "cleaned"),
    [
        ("Mill shuts | Harbour Ledger", "Mill shuts"),
        ("Mill shuts - The Harbour Ledger", "Mill shuts"),
        ("Mill shuts - Reuters", None),
        ("Mill shuts - at last", None),
    ],
)
def test_a_headline_loses_the_publisher_at_its_end(title: str, cleaned: str | None) -> None:
    assert credit(Signs(link=LEDGER, feed_title="Harbour Ledger", title=title)).title == cleaned


@given(
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            ("feed_title", "source_title", "title", "author", "text", "page_site", "credit_line"),
            st.text(alphabet="AaP (Reuters)/-—.,:©19 By\n|", max_size=80),
        )
        | {name: st.sampled_from([GOOGLE, LEDGER, "https://a.b.medium.com/@x/y", "https://www.msn.com/"])
           for name in ("link", "feed_link", "source_url", "canonical")},
    )
)  # fmt: skip
def test_whatever_the_signs_nobody_is_both_publisher_and_origin(signs: dict[str, str]) -> None:
    publisher, origin = whose(**signs)
    assert origin is None or (publisher is not None and house_of(origin) != house_of(publisher))
