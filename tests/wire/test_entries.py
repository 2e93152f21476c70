"""What a feed lists becomes drafts that are recognised when they come again."""

import pytest

from bot.news.source import FeedId
from bot.wire.entries import Listed, is_teaser, list_entries, list_page
from bot.wire.parsed import Entry, Feed, Page
from tests.archive.drafts import make_text
from tests.makes import NOW

FEED = "https://coast.example/feed"
LONG = make_text(1, 200)


def listed(*entries: Entry, others: tuple[tuple[str | None, str | None], ...] = ()) -> list[Listed]:
    feed = Feed(title="Coast Daily", link="https://coast.example/", entries=entries)
    return list(list_entries(feed, FeedId(7), FEED, now=NOW, others=others).entries)


def entry(number: int = 1, **given: str | None) -> Entry:
    known: dict[str, str | None] = {
        "title": f"Ferry {number} stops",
        "text": make_text(number, 200),
        "id": f"id-{number}",
    }
    return Entry(**{**known, "link": f"https://coast.example/{number}", **given})  # type: ignore[arg-type]


def test_an_entry_is_known_by_its_page_and_its_id_is_an_alias() -> None:
    (one,) = listed(entry())
    assert (one.key, one.draft.identity) == ("https://coast.example/1",) * 2
    assert one.draft.aliases == ("feed:7#id-1",)
    assert (one.draft.url, one.draft.name, one.draft.publisher) == (one.page, one.page, "Coast Daily")


@pytest.mark.parametrize(
    ("entries", "others"),
    [
        ((entry(1, link="https://coast.example/news"), entry(2, link="https://coast.example/news")), ()),
        (
            (entry(1, link="https://coast.example/news"),),
            ((None, "https://coast.example/news"),),
        ),  # that of one not read again
        ((entry(1, link="https://coast.example/"),), ()),  # the front page
        ((entry(1, link=None),), ()),
        ((entry(1, link="javascript:alert(1)"),), ()),
    ],
)
def test_an_entry_without_a_page_of_its_own_is_known_by_its_id(
    entries: tuple[Entry, ...], others: tuple[tuple[str | None, str | None], ...]
) -> None:
    one = listed(*entries, others=others)[0]
    assert one.key == "feed:7#id-1"
    assert one.draft.identity.startswith("words:")
    assert one.draft.aliases == ("feed:7#id-1",)
    assert not one.is_teaser


def test_an_entry_that_shares_page_and_id_with_others_is_known_by_its_words() -> None:
    alike = {"link": "https://coast.example/news", "id": "news"}
    one, other, again = entry(1, **alike), entry(2, **alike), entry(1, **alike)
    found = listed(one, other, again)
    assert len(found) == 2
    assert {item.key[:6] for item in found} == {"words:"}
    assert all(item.draft.aliases == () for item in found)


def test_an_id_that_an_entry_shares_with_one_that_was_not_read_again_is_no_alias() -> None:
    (one,) = listed(entry(1, id="same"), others=(("same", "https://coast.example/2"),))
    assert one.draft.aliases == ()
    (without_page,) = listed(entry(1, id="same", link=None), others=(("same", None),))
    assert without_page.key.startswith("words:")


def test_what_an_entry_says_makes_its_digest_and_a_short_one_its_day_too() -> None:
    long, short = entry(text=LONG), entry(text="Late.")
    moved = {"id": "x", "link": "https://coast.example/x"}
    for one, same_when_dated in ((long, True), (short, False)):
        said = {"title": one.title, "text": one.text}
        first, later = (listed(entry(**said, **moved, published=f"2025-04-{day}T08:00:00Z"))[0] for day in (10, 11))
        assert (first.digest == later.digest) is same_when_dated
    assert listed(long)[0].digest != listed(entry(text=LONG + " More."))[0].digest


@pytest.mark.parametrize(
    ("text", "teaser"),
    [
        (LONG, False),
        (make_text(1, 100), True),
        (LONG + " …", True),
        (LONG + " [...]", True),
        (LONG + " Read more", True),
        (LONG + " Continue reading", True),
        (LONG + " He wants to know more.", False),
        ("", True),
    ],
)
def test_a_text_that_is_short_or_breaks_off_is_a_teaser(text: str, teaser: bool) -> None:
    assert is_teaser(text) is teaser


def test_an_entry_without_any_words_is_told_and_the_others_are_listed() -> None:
    feed = Feed(title="Coast Daily", entries=(Entry(id="1"), entry(2)))
    listing = list_entries(feed, FeedId(7), FEED, now=NOW)
    assert [one.draft.title for one in listing.entries] == ["Ferry 2 stops"]
    assert listing.faults == ("entry 1 has no text",)


def test_an_entry_with_a_title_alone_is_an_article_of_its_title() -> None:
    (one,) = listed(Entry(title="Ferry stops for good", link="https://coast.example/1"))
    assert (one.draft.title, one.draft.text, one.is_teaser) == ("Ferry stops for good",) * 2 + (True,)


def test_entries_of_an_aggregator_are_of_whoever_they_come_from() -> None:
    told = entry(
        title="Ferry stops - Harbour Wire",
        link="https://news.google.com/rss/articles/CBMiX",
        publisher="Harbour Wire",
        source_url="https://harbourwire.example",
    )
    feed = Feed(title="Ferries - Google News", link="https://news.google.com/", entries=(told,))
    (one,) = list_entries(feed, FeedId(7), FEED, now=NOW).entries
    assert (one.draft.publisher, one.draft.title) == ("Harbour Wire", "Ferry stops")


def test_an_agency_text_has_the_agency_as_its_origin() -> None:
    (one,) = listed(entry(text="LONDON (Reuters) - " + LONG))
    assert (one.draft.publisher, one.draft.origin) == ("Coast Daily", "Reuters")


def test_a_page_that_is_followed_is_one_entry_whatever_it_says() -> None:
    first, later = (
        list_page(Page(text=text, title="Duties", url="https://port.example/duties"), FeedId(7), FEED, NOW)
        for text in (LONG, LONG + " And more.")
    )
    assert first.key == later.key == "feed:7"
    assert first.digest != later.digest
