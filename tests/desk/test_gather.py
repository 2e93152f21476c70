"""Feeds that are due are read; what is new is new once, and what changed is a new version."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.archive.archive import Archive
from bot.archive.arrivals import arrivals_since
from bot.archive.articles import find_version
from bot.archive.notices import untold_notices
from bot.desk.follow import Followed
from bot.news.article import LOCAL, Space
from bot.wire.cages import Cages
from tests.archive.drafts import add_words, make_text
from tests.desk.newsstand import HOUR, Item, Newsstand, open_newsstand, printed
from tests.makes import NOW
from tests.wire.web import answer, moved

OTHER = Space("other")
FIRST = (Item(n=3), Item(n=2), Item(n=1))


@pytest.fixture
async def stand(archive: Archive, cages: Cages) -> AsyncIterator[Newsstand]:
    async with open_newsstand(archive, cages) as opened:
        opened.prints(*FIRST)
        yield opened


def fresh_titles(stand: Newsstand, space: Space = LOCAL) -> list[str]:
    """The headlines of what came as news, in the order in which it was seen."""
    titles = {article.id: title for title, article in stand.articles(space).items()}
    return [titles[one.article] for one in stand.archive.read_now(arrivals_since, space, NOW, 100) if one.fresh]


async def test_the_first_reading_files_what_is_listed_and_announces_nothing(stand: Newsstand) -> None:
    followed = await stand.follow()
    assert isinstance(followed, Followed)
    assert (followed.source.name, followed.gathered.added) == ("Harbour Wire", 3)
    assert set(stand.articles()) == {"Headline number 1", "Headline number 2", "Headline number 3"}
    assert fresh_titles(stand) == []
    assert len(stand.archive.read_now(arrivals_since, LOCAL, NOW, 100)) == 3


async def test_what_is_listed_later_is_new_once(stand: Newsstand) -> None:
    await stand.follow()
    stand.prints(Item(n=4), *FIRST)
    (gathered,) = await stand.reads()
    assert (gathered.outcome, gathered.added, gathered.changed) == ("filed", 1, 0)
    (again,) = await stand.reads()
    assert (again.outcome, again.added) == ("unchanged", 0)
    assert fresh_titles(stand) == ["Headline number 4"]
    assert stand.source().last_new == NOW + HOUR


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("a changed id", [Item(n=3, guid="other"), Item(n=2), Item(n=1)]),
        ("a changed address", [Item(n=3, link="https://moved.example/three"), Item(n=2), Item(n=1)]),
        ("both changed", [Item(n=3, guid="other", link="https://moved.example/three"), Item(n=2), Item(n=1)]),
        ("another date", [Item(n=3, date=NOW + 5 * HOUR), Item(n=2), Item(n=1)]),
        ("another order", [Item(n=1), Item(n=3), Item(n=2)]),
        ("tracking in the address", [Item(n=3, guid="x", link="/story/3?utm_source=feed"), Item(n=2), Item(n=1)]),
    ],
)
async def test_an_item_that_comes_again_with(stand: Newsstand, name: str, listed: list[Item]) -> None:
    """… is not new, and nothing changed."""
    await stand.follow()
    stand.prints(*listed)
    (gathered,) = await stand.reads()
    assert (gathered.outcome, gathered.added, gathered.changed) == ("filed", 0, 0)
    assert fresh_titles(stand) == []
    assert len(stand.articles()) == 3


async def test_what_vanished_and_comes_back_is_not_new(stand: Newsstand) -> None:
    await stand.follow()
    stand.prints(Item(n=4), Item(n=3))
    await stand.reads()
    stand.prints(Item(n=2), Item(n=4), Item(n=1))
    (gathered,) = await stand.reads()
    assert (gathered.added, gathered.changed) == (0, 0)
    assert fresh_titles(stand) == ["Headline number 4"]


async def test_an_id_that_every_new_item_gets_makes_no_versions_of_one_article(stand: Newsstand) -> None:
    stand.prints(Item(n=1, guid="latest", link="", title="Ferry late again"))
    await stand.follow()
    stand.prints(Item(n=2, guid="latest", link="", title="Council passes its budget"))
    (gathered,) = await stand.reads()
    assert (gathered.added, gathered.changed) == (1, 0)


async def test_items_that_all_link_to_one_page_are_told_apart_by_their_ids(stand: Newsstand) -> None:
    page = stand.site.address("/news")
    stand.prints(Item(n=2, link=page), Item(n=1, link=page))
    await stand.follow()
    stand.prints(Item(n=3, link=page), Item(n=2, link=page), Item(n=1, link=page))
    (gathered,) = await stand.reads()
    assert (gathered.added, gathered.changed, len(stand.articles())) == (1, 0, 3)


async def test_items_that_all_have_one_id_are_told_apart_however_alike_their_headlines(stand: Newsstand) -> None:
    stand.prints(*(Item(n=n, guid="same") for n in (2, 1)))
    await stand.follow()
    for newest in (3, 4, 5):
        stand.prints(*(Item(n=n, guid="same") for n in range(newest, 0, -1)))
        (gathered,) = await stand.reads()
        assert (gathered.added, gathered.changed) == (1, 0)
    assert len(stand.articles()) == 5


async def test_a_changed_article_is_a_new_version_and_the_old_text_is_kept(stand: Newsstand) -> None:
    await stand.follow()
    text = add_words(make_text(3, 200), 8)
    stand.prints(Item(n=3, text=text), Item(n=2), Item(n=1))
    (gathered,) = await stand.reads()
    assert (gathered.added, gathered.changed) == (0, 1)
    article = stand.articles()["Headline number 3"]
    assert (article.version, article.text) == (2, text)
    before = stand.archive.read_now(find_version, LOCAL, article.id, 1)
    assert before is not None
    assert before.text == make_text(3, 200)
    assert fresh_titles(stand) == []


async def test_an_address_is_fetched_once_for_all_spaces_that_follow_it(stand: Newsstand) -> None:
    await stand.follow()
    await stand.follow(space=OTHER)
    stand.prints(Item(n=4), *FIRST)
    asked = len(stand.site.asked)
    await stand.reads()
    assert len(stand.site.asked) == asked + 1
    assert fresh_titles(stand) == fresh_titles(stand, OTHER) == ["Headline number 4"]
    assert len(stand.articles(OTHER)) == 4


async def test_a_space_that_follows_later_gets_what_is_listed_without_news(stand: Newsstand) -> None:
    await stand.follow()
    stand.prints(Item(n=4), *FIRST)
    await stand.reads()
    followed = await stand.follow(space=OTHER)
    assert isinstance(followed, Followed)
    assert followed.gathered.added == 4
    assert fresh_titles(stand, OTHER) == []


async def test_validators_are_sent_and_an_unchanged_answer_files_nothing(stand: Newsstand) -> None:
    body = stand.answers["/feed"].partition(b"\r\n\r\n")[2]
    stand.answers["/feed"] = answer(body, 'ETag: "v1"', "Last-Modified: Wed, 16 Apr 2025 09:00:00 GMT")
    await stand.follow()
    stand.answers["/feed"] = answer("", 'ETag: "v1"', status="304 Not Modified")
    (gathered,) = await stand.reads()
    assert gathered.outcome == "unchanged"
    headers = stand.site.asked[-1].headers
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"v1"', "Wed, 16 Apr 2025 09:00:00 GMT")


async def test_the_rest_of_a_feed_that_stopped_in_the_middle_is_read_though_its_site_says_unchanged(
    stand: Newsstand,
) -> None:
    await stand.follow()
    whole = printed(stand.site, [Item(n=5), Item(n=4), *FIRST])
    stand.answers["/feed"] = answer(whole[: whole.index(b"</item>") + 20], 'ETag: "v2"')
    (cut,) = await stand.reads()
    assert cut.added == 1
    assert stand.source().feed.code == "F10"
    stand.answers["/feed"] = answer(whole, 'ETag: "v2"')
    (rest,) = await stand.reads()
    assert "if-none-match" not in stand.site.asked[-1].headers
    assert (rest.added, stand.source().feed.fault) == (1, None)


async def test_failures_are_counted_and_waits_double_until_it_goes_well_again(stand: Newsstand) -> None:
    await stand.follow()
    feed = stand.answers["/feed"]
    stand.answers["/feed"] = answer("", status="503 Service Unavailable")
    waits = []
    for _ in range(3):
        (gathered,) = await stand.reads(timedelta(days=1))
        assert (gathered.outcome, gathered.code) == ("failed", "F05")
        waits.append(stand.source().feed.next_read - stand.at)
    assert waits[0] < waits[1] < waits[2]
    assert stand.source().feed.failures == 3
    stand.answers["/feed"] = feed
    (well,) = await stand.reads(timedelta(days=1))
    assert well.outcome == "unchanged"
    assert (stand.source().feed.failures, stand.source().feed.fault) == (0, None)


async def test_a_feed_that_fails_for_long_is_given_up_and_whoever_added_it_is_told_once(stand: Newsstand) -> None:
    await stand.follow(by="ines")
    stand.answers["/new.xml"] = stand.answers.pop("/feed")
    link = "<link rel=alternate type=application/rss+xml href=/new.xml>"
    front = f"<html><head>{link}</head><body>Harbour news</body></html>"
    stand.answers["/"] = answer(front, "Content-Type: text/html")
    outcomes = [gathered.outcome for _ in range(20) for gathered in await stand.reads(timedelta(days=1))]
    assert (outcomes[-1], outcomes.count("stopped")) == ("stopped", 1)
    feed = stand.source().feed
    assert feed.stopped is not None
    assert timedelta(days=14) <= feed.stopped - NOW - timedelta(days=1) < timedelta(days=17)
    (notice,) = stand.archive.read_now(untold_notices, LOCAL)
    assert notice.to == "ines"
    assert "I no longer read “Harbour Wire”: it has failed since 17 April 2025." in notice.sentence
    assert "(404)" in notice.sentence
    assert "It was last read on 16 April 2025." in notice.sentence
    assert stand.site.address("/new.xml") in notice.sentence


async def test_a_feed_that_its_site_calls_gone_is_given_up_sooner(stand: Newsstand) -> None:
    await stand.follow()
    stand.answers["/feed"] = answer("", status="410 Gone")
    outcomes = [gathered.outcome for _ in range(11) for gathered in await stand.reads(timedelta(days=1))]
    assert (outcomes[-1], outcomes.count("stopped")) == ("stopped", 1)


async def test_a_permanent_redirect_is_adopted_after_a_day_and_three_readings_and_told(stand: Newsstand) -> None:
    await stand.follow(by="ines")
    stand.answers["/new"] = stand.answers["/feed"]
    new = stand.site.address("/new")
    stand.answers["/feed"] = moved(new, "301 Moved Permanently")
    for _ in range(3):
        assert stand.source().feed.address == stand.site.address("/feed")
        await stand.reads(timedelta(hours=13))
    assert stand.source().feed.address == new
    (notice,) = stand.archive.read_now(untold_notices, LOCAL)
    assert (notice.to, "has moved for good" in notice.sentence) == ("ines", True)


async def test_a_permanent_redirect_to_another_feed_is_never_adopted(stand: Newsstand) -> None:
    await stand.follow()
    stand.prints(Item(n=77), path="/other")
    stand.answers["/feed"] = moved(stand.site.address("/other"), "301 Moved Permanently")
    for day in range(5):
        stand.prints(Item(n=80 + day), path="/other")
        await stand.reads(timedelta(days=1))
    assert stand.source().feed.address == stand.site.address("/feed")
