"""What is typed becomes a source: a feed, the feed of a site, or a page; and nothing is kept where it cannot."""

import base64
from collections.abc import AsyncIterator

import pytest

from bot.archive.archive import Archive
from bot.archive.feeds import PUBLIC, NewFeed, claim_due_feeds
from bot.archive.sources import list_sources, note_sources
from bot.desk.follow import Choice, Followed, Wish, follow
from bot.desk.sources import check_source, drop_source, export_sources, find_named, import_sources
from bot.errors import BadAddress, RequestError, SourceError
from bot.news.article import LOCAL, Space
from bot.wire.cages import Cages
from bot.wire.fetch import Credentials
from bot.wire.opml import read_opml
from config import defaults
from tests.desk.newsstand import HOUR, Item, Newsstand, open_newsstand, printed
from tests.wire.web import answer, serving

OTHER = Space("other")
LINK = '<link rel="alternate" type="application/rss+xml" title="{title}" href="{href}">'


def front(*links: str) -> bytes:
    return answer(
        f"<html><head>{''.join(links)}</head><body><p>News of the harbour</p></body></html>", "Content-Type: text/html"
    )


@pytest.fixture
async def stand(archive: Archive, cages: Cages) -> AsyncIterator[Newsstand]:
    async with open_newsstand(archive, cages) as opened:
        opened.prints(Item(n=2), Item(n=1))
        yield opened


def addresses(stand: Newsstand, space: Space = LOCAL) -> list[str]:
    return [source.feed.address for source in stand.archive.read_now(list_sources, space)]


async def test_the_feed_that_a_page_names_is_followed(stand: Newsstand) -> None:
    stand.answers["/"] = front(LINK.format(title="News", href="/feed"))
    followed = await stand.follow("/")
    assert isinstance(followed, Followed)
    assert addresses(stand) == [stand.site.address("/feed")]
    assert any("I found its feed at" in said for said in followed.said)


async def test_members_follow_so_many_sources_and_the_operator_more(stand: Newsstand) -> None:
    many = [_numbered(number) for number in range(defaults.SOURCES_A_SPACE)]
    stand.archive.write_now(note_sources, LOCAL, many, stand.at - HOUR)
    with pytest.raises(RequestError, match=r"follows 200 sources, the most allowed\. Remove one") as refused:
        await stand.follow(by="U1")
    assert refused.value.code == "L01"
    assert isinstance(await stand.follow(), Followed)


async def test_members_who_add_very_many_sources_within_an_hour_are_told_when_they_may_go_on(stand: Newsstand) -> None:
    many = [_numbered(number) for number in range(defaults.NEW_SOURCES_AN_HOUR)]
    stand.archive.write_now(note_sources, LOCAL, many, stand.at - HOUR / 2)
    again = stand.at + HOUR / 2
    with pytest.raises(RequestError, match=f"Too many new sources; try again at {again:%H:%M}") as refused:
        await stand.follow(by="U1")
    assert refused.value.code == "L02"
    stand.at += HOUR
    assert isinstance(await stand.follow(by="U1"), Followed)


def _numbered(number: int) -> tuple[str, NewFeed]:
    address = f"https://{number}.example.org/"
    return str(number), NewFeed(scope=PUBLIC, key=address, address=address, kind="feed")


async def test_the_feed_at_a_usual_place_is_found_where_the_page_names_none(stand: Newsstand) -> None:
    stand.answers["/"] = front()
    stand.prints(Item(n=1), path="/rss.xml")
    del stand.answers["/feed"]
    assert isinstance(await stand.follow("/"), Followed)
    assert addresses(stand) == [stand.site.address("/rss.xml")]


async def test_several_feeds_are_a_choice_and_nothing_is_followed_until_one_is_picked(stand: Newsstand) -> None:
    stand.prints(Item(n=3), path="/sport")
    stand.answers["/"] = front(LINK.format(title="News", href="/feed"), LINK.format(title="Sport", href="/sport"))
    choice = await stand.follow("/")
    assert isinstance(choice, Choice)
    assert {link.title for link in choice.feeds} == {"News", "Sport"}
    assert addresses(stand) == []
    assert isinstance(await stand.follow("/", pick=2), Followed)
    assert addresses(stand) == [stand.site.address("/sport")]


async def test_feeds_of_comments_and_other_forms_of_one_feed_are_no_choice(stand: Newsstand) -> None:
    stand.prints(Item(n=1), path="/atom")
    stand.prints(Item(n=7), path="/comments/feed")
    stand.answers["/"] = front(
        LINK.format(title="Harbour » Feed (RSS)", href="/feed"),
        LINK.format(title="Harbour » Feed (Atom)", href="/atom"),
        LINK.format(title="Harbour » Comments Feed", href="/comments/feed"),
    )
    assert isinstance(await stand.follow("/"), Followed)
    assert addresses(stand) == [stand.site.address("/feed")]


async def test_a_page_without_a_feed_is_refused_with_what_can_be_done(stand: Newsstand) -> None:
    stand.answers.clear()
    stand.answers["/"] = front()
    with pytest.raises(SourceError, match="This is a web page without a feed") as refused:
        await stand.follow("/")
    assert refused.value.code == "F07"
    assert addresses(stand) == []


@pytest.mark.parametrize("path", ["/feed", "/feed/", "/feed?utm_source=chat", "/feed#top"])
async def test_the_same_address_in_any_spelling_is_followed_once(stand: Newsstand, path: str) -> None:
    stand.prints(Item(n=1), path="/feed/")
    await stand.follow()
    with pytest.raises(RequestError, match="“Harbour Wire” is followed already, since 16 April 2025") as refused:
        await stand.follow(path)
    assert refused.value.code == "S01"


async def test_nothing_is_kept_of_what_cannot_be_read(stand: Newsstand) -> None:
    for path, code in (("/none", "F03"), ("/pdf", "F08")):
        stand.answers["/pdf"] = answer(b"%PDF-1.7", "Content-Type: application/pdf")
        with pytest.raises(SourceError) as refused:
            await stand.follow(path)
        assert refused.value.code == code
    with pytest.raises(BadAddress):
        await follow(stand.desk_of(), Wish(typed=""))
    assert (addresses(stand), stand.articles()) == ([], {})


async def test_a_password_is_sent_to_its_place_only_and_its_feed_is_the_spaces_own(stand: Newsstand) -> None:
    given = Credentials("ines", "s3cret")
    async with serving({"/feed": answer(printed(stand.site, [Item(n=9)]))}, host="127.0.0.2") as elsewhere:
        stand.answers["/"] = front(LINK.format(title="Elsewhere", href=elsewhere.address("/feed")))
        with pytest.raises(SourceError):
            await stand.follow("/", credentials=given)  # the guard of this test permits one place
        assert all("authorization" not in asked.headers for asked in elsewhere.asked)
    await stand.follow("/feed", credentials=given)
    login = "Basic " + base64.b64encode(b"ines:s3cret").decode()
    assert stand.site.asked[-1].headers["authorization"] == login
    await stand.follow("/feed", space=OTHER)
    asked = len(stand.site.asked)
    await stand.reads()
    assert sorted("authorization" in one.headers for one in stand.site.asked[asked:]) == [False, True]
    text, left_out = stand.archive.read_now(export_sources, LOCAL)
    assert (left_out, "s3cret" in text, stand.site.address("/feed") in text) == (1, False, False)


async def test_an_address_that_is_a_key_itself_is_read_for_its_space_alone(stand: Newsstand) -> None:
    await stand.follow("/feed?token=abc123")
    await stand.follow("/feed?token=abc123", space=OTHER)
    stand.at += 24 * HOUR
    assert len(stand.archive.write_now(claim_due_feeds, stand.at, 10)) == 2


@pytest.mark.parametrize("words", ["Harbour Wire", "harbour", "/feed", "/feed/?utm_source=x"])
async def test_a_source_is_found_by_name_part_of_it_or_address(stand: Newsstand, words: str) -> None:
    await stand.follow()
    typed = stand.site.address(words) if words.startswith("/") else words
    assert stand.archive.read_now(find_named, LOCAL, typed).name == "Harbour Wire"
    with pytest.raises(RequestError, match="There is no such source here"):
        stand.archive.read_now(find_named, OTHER, typed)


async def test_a_name_that_means_several_sources_is_asked_back(stand: Newsstand) -> None:
    stand.prints(Item(n=5), path="/two")
    await stand.follow(name="Harbour Wire: news")
    await stand.follow("/two", name="Harbour Wire: sport")
    with pytest.raises(RequestError, match="can mean 2 sources: “Harbour Wire: news”, “Harbour Wire: sport”"):
        stand.archive.read_now(find_named, LOCAL, "harbour")


async def test_removing_a_source_keeps_its_articles(stand: Newsstand) -> None:
    await stand.follow()
    assert stand.archive.write_now(drop_source, LOCAL, "harbour").name == "Harbour Wire"
    assert addresses(stand) == []
    assert len(stand.articles()) == 2
    again = await stand.follow()
    assert isinstance(again, Followed)
    assert (again.gathered.added, len(stand.articles())) == (0, 2)


async def test_checking_a_source_that_was_given_up_takes_it_up_again(stand: Newsstand) -> None:
    await stand.follow()
    feed = stand.answers.pop("/feed")
    for _ in range(20):
        await stand.reads(24 * HOUR)
    assert stand.source().feed.stopped is not None
    still_gone, gathered = await check_source(stand.desk_of(), stand.source())
    assert (gathered.outcome, still_gone.feed.stopped is not None) == ("stopped", True)
    stand.answers["/feed"] = feed
    back, gathered = await check_source(stand.desk_of(), stand.source())
    assert (gathered.outcome, back.feed.stopped) == ("unchanged", None)


async def test_a_list_is_followed_with_one_report(stand: Newsstand) -> None:
    stand.prints(Item(n=5), path="/two")
    stand.answers["/tired"] = answer("", status="503 Service Unavailable")
    stand.answers["/page"] = front(LINK.format(title="A", href="/feed"), LINK.format(title="B", href="/two"))
    lines = ["/feed", "/two", "/feed/", "/none", "/tired", "/page"]
    outlines = "".join(f'<outline text="{path}" xmlUrl="{stand.site.address(path)}"/>\n' for path in lines)
    outlines += '<outline text="inner" xmlUrl="http://10.0.0.1/feed"/><outline text="odd" xmlUrl="ftp://a.example/f"/>'
    listed = read_opml(f"<opml><body>{outlines}</body></opml>".encode(), "list.opml")
    progress: list[tuple[int, int | None]] = []
    imported = await import_sources(
        stand.desk_of(), listed, by="ines", progress=lambda doing, done, total=None: progress.append((done, total))
    )
    assert sorted(source.name for source in imported.followed) == ["/feed", "/two"]
    assert [refusal.code for refusal in imported.unread] == ["F05"]
    codes = sorted(refusal.code for refusal in imported.refused)
    assert codes == ["F03", "F07", "S01", "U03", "U09"]
    assert len(addresses(stand)) == 3
    assert {source.added_by for source in stand.archive.read_now(list_sources, LOCAL)} == {"ines"}
    assert progress[-1][0] == progress[-1][1]


async def test_a_source_of_a_list_that_does_not_answer_today_is_tried_again_as_its_sentence_says(
    stand: Newsstand,
) -> None:
    stand.answers["/mute"] = b""
    listed = read_opml(f'<opml><outline xmlUrl="{stand.site.address("/mute")}"/></opml>'.encode(), "list.opml")
    imported = await import_sources(stand.desk_of(), listed, by=None, progress=lambda *_: None)
    assert [(one.code, "I will keep trying" in one.reason) for one in imported.unread] == [("F18", True)]
    assert addresses(stand) == [stand.site.address("/mute")]


async def test_what_is_exported_can_be_imported_again(stand: Newsstand) -> None:
    await stand.follow(name='Glass & "panes" <news>')
    text, left_out = stand.archive.read_now(export_sources, LOCAL)
    listed = read_opml(text.encode(), "list.opml")
    assert left_out == 0
    assert [(one.name, one.address) for one in listed.sources] == [
        ('Glass & "panes" <news>', stand.site.address("/feed"))
    ]
