"""Entries that were read before are passed over; of too many the newest are read."""

import json
import random

import pytest

from bot.wire.cage import Cage
from config import defaults
from tests.wire.feeds import AT, atom, item, only, read, rss

RSS = rss(
    *(item(f"Item {n}", f"<link>/{n}</link><guid>{n}</guid><description>Words {n}.</description>") for n in range(9))
)
ATOM = atom(*(f"<entry><id>{n}</id><title>Item {n}</title><summary>Words {n}.</summary></entry>" for n in range(9)))
RDF = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
    "<channel><title>Coast</title><items><rdf:Seq/></items></channel>"
    + "".join(f"<item rdf:about='{n}'><title>Item {n}</title></item>" for n in range(9))
    + "<image><title>Sign</title></image></rdf:RDF>"
)
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Coast Daily",
        "items": [{"id": n, "title": f"Item {n}", "content_text": "Words."} for n in range(9)],
    }
)
ODD = rss(
    *(item(f"Item {n} & &eacute;", "<description><![CDATA[<item>no</item> &amp;]]></description>") for n in range(9))
)
TRICKY = rss(
    item("<![CDATA[</item>]]>", "<source url='https://a.example/f>'>A</source>"),
    "<item/>",
    "<item a='/>'\n/>",
    "<ITEM><TITLE>Loud</TITLE></ITEM>",
    "<item><item><title>Within</title></item></item>",
    item("Last", "<image><title>x</title></image>") + "<textinput><title>Search</title></textinput>",
)


@pytest.mark.parametrize("content", [RSS, ATOM, RDF, JSON, ODD, TRICKY])
def test_with_known_entries_left_out_the_others_are_read_the_same(content: str) -> None:
    whole = read(content)
    digests = [entry.digest for entry in whole.entries if entry.digest]
    assert len(digests) == len(set(digests))
    for seed in range(30):
        drawn = random.Random(seed)
        known = set(drawn.sample(digests, drawn.randint(0, len(digests))))
        feed = read(content, known=known | {"of another feed"})
        assert feed.entries == tuple(entry for entry in whole.entries if entry.digest not in known)
        assert feed.unread == tuple(digest for digest in digests if digest in known)
        assert (feed.title, feed.link, feed.language, feed.every) == (
            whole.title,
            whole.link,
            whole.language,
            whole.every,
        )
        assert feed.faults == (() if known else whole.faults)


def test_an_entry_is_known_until_anything_in_it_changes() -> None:
    before = only(rss(item())).digest
    assert only(rss(item(), head="<lastBuildDate>today</lastBuildDate>")).digest == before
    assert only(rss(item().replace("May", "June"))).digest != before
    assert only(rss(item()), "https://moved.example/feed").digest != before
    assert only(rss(item(), root="xml:base='https://other.example/'")).digest != before


def test_an_entry_keeps_its_digest_where_the_order_changes_and_others_come_and_go() -> None:
    one, two, three = item("One"), item("Two"), item("Three")
    before = {entry.title: entry.digest for entry in read(rss(one, two)).entries}
    after = {entry.title: entry.digest for entry in read(rss(three, two, "\n\n", one)).entries}
    assert {title: after[title] for title in before} == before


def test_a_feed_whose_entries_cannot_be_told_apart_is_read_in_full() -> None:
    before = only(rss(item())).digest or ""
    content = rss(item(), "<item><item><title>Within</title></item></item>")
    feed = read(content, known={before})
    assert feed == read(content)
    assert (len(feed.entries), feed.unread) == (3, ())


def test_nothing_is_known_of_feeds_whose_entries_may_stand_in_entities() -> None:
    content = '<!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b "<item><title>In</title></item>">]>' + rss(item(), "&b;")
    assert {entry.digest for entry in read(content).entries} == {None}


def dated(day: int, title: str) -> str:
    """An item of that day of 2025, counted from its first."""
    return item(title, f"<pubDate>{1 + day % 28} {['Jan', 'Feb', 'Mar'][day // 28 % 3]} 2025 08:30:00 GMT</pubDate>")


def test_of_too_many_entries_the_newest_are_read_in_the_order_of_the_feed() -> None:
    limit = defaults.FEED_ENTRIES
    old = [dated(0, f"Old {n}") for n in range(limit)]
    new = [dated(60, f"New {n}") for n in range(limit - 1)]
    feed = read(rss(item("Undated"), *old, *new))
    assert [entry.title for entry in feed.entries] == ["Old 0", *(f"New {n}" for n in range(limit - 1))]
    assert [fault.sentence for fault in feed.faults] == ["the feed holds 1,000 entries; the newest 500 were read"]
    assert feed.skipped == limit


def test_of_too_many_undated_entries_the_first_are_read() -> None:
    for content in (
        rss(*(item(f"Item {n}", "") for n in range(3_000))),
        rss(*(item(f"Item {n}", "") for n in range(3_000)), "</wrong>"),
        json.dumps(
            {"version": "https://jsonfeed.org/version/1", "items": [{"title": f"Item {n}"} for n in range(3_000)]}
        ),
    ):
        feed = read(content)
        assert [entry.title for entry in feed.entries] == [f"Item {n}" for n in range(defaults.FEED_ENTRIES)]
        assert feed.skipped == 2_500
        assert "3,000 entries; the newest 500" in feed.faults[0].sentence


def test_known_entries_count_among_the_newest() -> None:
    content = rss(*(item(f"Item {n}", "") for n in range(600)))
    whole = read(content)
    known = {entry.digest or "" for entry in whole.entries[:499]}
    feed = read(content, known=known)
    assert [entry.title for entry in feed.entries] == ["Item 499"]
    assert (len(feed.unread), feed.skipped) == (499, 100)


def test_a_feed_of_very_many_entries_is_read_within_the_limits() -> None:
    with Cage(cpu_seconds=5) as cage:
        feed = cage.read_feed(rss("<item/>" * 200_000).encode(), "a.xml", AT)
    assert (len(feed.entries), feed.skipped) == (500, 199_500)
