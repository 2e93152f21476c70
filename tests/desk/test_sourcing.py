"""Sources are looked after from a channel by whoever may, in the words that are typed there."""

from collections.abc import AsyncIterator

import pytest

from bot.archive.archive import Archive
from bot.archive.sources import list_sources
from bot.desk.follow import Choice, Followed, SourceDesk
from bot.desk.grammar import read_command
from bot.desk.replies import AboutSources, Checked
from bot.desk.requests import Request, require_right
from bot.desk.sources import Imported
from bot.desk.sourcing import source_request
from bot.errors import RequestError
from bot.news.article import LOCAL
from bot.news.member import Footing, Member
from bot.news.place import Place
from bot.news.reply import Exported, Said, SourcesListed
from bot.wire.cages import Cages
from tests.desk.newsstand import Item, Newsstand, open_newsstand, printed
from tests.watching import UTC_ZONE
from tests.wire.web import answer

PLACE = Place(platform="slack", space=LOCAL, channel="C1")
KEEPER, READER = Member(id="U1", may_manage=True, may_source=True), Member(id="U2", may_manage=True)


@pytest.fixture
async def stand(archive: Archive, cages: Cages) -> AsyncIterator[Newsstand]:
    async with open_newsstand(archive, cages) as opened:
        opened.prints(Item(n=2), Item(n=1))
        yield opened


def asking(typed: str, by: Member = KEEPER, attached: bytes = b"") -> Request:
    return Request(command=read_command(typed), by=by, place=PLACE, footing=Footing(), zone=UTC_ZONE, attached=attached)


async def ask(stand: Newsstand, typed: str, attached: bytes = b"") -> AboutSources | Said:
    at = SourceDesk(archive=stand.archive, gatherer=stand.gatherer, space=LOCAL, clock=stand.clock)
    return await source_request(at, asking(typed, attached=attached))


async def test_a_source_is_added_listed_checked_and_removed(stand: Newsstand) -> None:
    added = await ask(stand, f"source add {stand.site.address('/feed')}")
    assert isinstance(added, Followed) and added.source.added_by == "U1"
    listed = await ask(stand, "source list")
    assert isinstance(listed, SourcesListed) and [one.name for one in listed.sources] == ["Harbour Wire"]
    checked = await ask(stand, "source check harbour")
    assert isinstance(checked, Checked) and len(checked.readings) == 1
    said = await ask(stand, "source remove harbour wire")
    assert said == Said(sentence="“Harbour Wire” is no longer followed. Its articles stay.")
    assert stand.archive.read_now(list_sources, LOCAL) == []


async def test_a_page_with_several_feeds_asks_which_and_takes_the_number(stand: Newsstand) -> None:
    names = ["Sport", "Business"]
    links = [f'<link rel="alternate" type="application/rss+xml" title="{name}" href="/{name}">' for name in names]
    stand.answers["/"] = answer(f"<html><head>{''.join(links)}</head></html>", "Content-Type: text/html")
    for n, name in enumerate(names):
        feed = printed(stand.site, [Item(n=n)], title=name)
        stand.answers[f"/{name}"] = answer(feed, "Content-Type: application/rss+xml")
    choice = await ask(stand, f"source add {stand.site.address('/')}")
    assert isinstance(choice, Choice) and len(choice.feeds) == 2
    added = await ask(stand, f"source add {stand.site.address('/')} 2")
    assert isinstance(added, Followed) and added.source.name == "Business"


async def test_a_page_without_a_feed_says_how_it_can_be_followed_all_the_same(stand: Newsstand) -> None:
    page = "<html><head><title>Board</title></head><body><p>The ferry runs again on Monday.</p></body></html>"
    del stand.answers["/feed"]
    stand.answers["/board"] = answer(page, "Content-Type: text/html")
    address = stand.site.address("/board")
    with pytest.raises(RequestError, match="Write `as a page` behind the address") as refused:
        await ask(stand, f"source add {address}")
    assert refused.value.code == "F07"
    added = await ask(stand, f"source add {address} as a page")
    assert isinstance(added, Followed) and added.source.feed.kind == "page"


async def test_a_list_comes_and_goes_as_a_file(stand: Newsstand) -> None:
    opml = f'<opml><body><outline text="Wire" xmlUrl="{stand.site.address("/feed")}"/></body></opml>'.encode()
    imported = await ask(stand, "source import", opml)
    assert isinstance(imported, Imported) and [one.name for one in imported.followed] == ["Wire"]
    exported = await ask(stand, "source export")
    assert isinstance(exported, Exported) and stand.site.address("/feed") in exported.opml
    for attached, code in ((b"", "C02"), (b"{}", "O05")):
        with pytest.raises(RequestError) as refused:
            await ask(stand, "source import", attached)
        assert refused.value.code == code


@pytest.mark.parametrize("typed", ["source add https://a.example/", "source remove x", "source import", "source check"])
def test_whoever_may_not_look_after_sources_is_told_who_may(typed: str) -> None:
    with pytest.raises(RequestError, match="can change what is followed") as refused:
        require_right(asking(typed, by=READER))
    assert refused.value.code == "A01"


@pytest.mark.parametrize("typed", ["source list", "source export", "source"])
def test_everybody_may_see_what_is_followed(typed: str) -> None:
    require_right(asking(typed, by=READER))
