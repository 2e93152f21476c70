"""Where a feed gives only a teaser, the page behind it is read; and what readers were shown is corrected."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.archive.archive import Archive
from bot.archive.arrivals import arrivals_since
from bot.archive.articles import find_version
from bot.archive.corrections import list_corrections, note_citations
from bot.news.article import LOCAL, Article, Space
from bot.news.briefing import Citation
from bot.wire.cages import Cages
from tests.desk.newsstand import Item, Newsstand, open_newsstand
from tests.makes import NOW
from tests.wire.web import answer

TEASER = "The harbour raises its duty on glass. The guild of glass makers is pleased with it …"
STORY = [
    "The port of Marlow raised its duty on imported glass to 31 percent on Wednesday, its harbour master said.",
    "The guild of glass makers had asked for the step for three years, and its leader Orla Quint welcomed it warmly.",
    "Importers said that windows will cost more by the summer, and that some orders have been put off already.",
    "The council of the port will look at the duty again in October, when the season for building is over.",
]
MINUTE = timedelta(minutes=1)


def page(*paragraphs: str, title: str = "Duty on glass rises", head: str = "") -> bytes:
    """A page with this article."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )
    return answer(html, "Content-Type: text/html; charset=utf-8")


@pytest.fixture
async def stand(archive: Archive, cages: Cages) -> AsyncIterator[Newsstand]:
    async with open_newsstand(archive, cages) as opened:
        opened.prints(Item(n=1, title="Duty on glass rises", text=TEASER))
        opened.answers["/story/1"] = page(*STORY)
        yield opened


async def read_pages(stand: Newsstand, after: timedelta = MINUTE) -> None:
    stand.at += after
    await stand.pages.read_owed(stand.clock)


def the_article(stand: Newsstand, space: Space = LOCAL) -> Article:
    (article,) = stand.articles(space).values()
    return article


def show(stand: Newsstand, quote: str) -> None:
    """Let a reader be shown this sentence of the article."""
    article = the_article(stand)
    assert quote in article.text
    citation = Citation(
        number=1,
        article=article.name,
        article_id=article.id,
        version=article.version,
        source=article.publisher,
        title=article.title,
        url=article.url,
        published=article.published,
        published_day_only=False,
        quote=quote,
    )
    stand.archive.write_now(note_citations, LOCAL, "answer:1", [citation], stand.at)


async def test_the_page_behind_a_teaser_becomes_the_articles_text(stand: Newsstand) -> None:
    await stand.follow()
    assert the_article(stand).text == TEASER.removesuffix(" …") or the_article(stand).text == TEASER
    await read_pages(stand)
    article = the_article(stand)
    assert (article.version, article.title) == (2, "Duty on glass rises")
    assert all(sentence in article.text for sentence in STORY)
    first = stand.archive.read_now(find_version, LOCAL, article.id, 1)
    assert first is not None
    assert "pleased" in first.text
    assert [one.fresh for one in stand.archive.read_now(arrivals_since, LOCAL, NOW, 10)] == [False]


async def test_a_teaser_that_is_listed_again_does_not_take_the_full_text_away(stand: Newsstand) -> None:
    await stand.follow()
    await read_pages(stand)
    stand.prints(Item(n=2, text="A ferry was late …"), Item(n=1, title="Duty on glass rises", text=TEASER))
    await stand.reads()
    assert all(sentence in stand.articles()["Duty on glass rises"].text for sentence in STORY)


async def test_a_changed_headline_comes_at_once_and_the_page_is_read_again(stand: Newsstand) -> None:
    await stand.follow()
    await read_pages(stand)
    stand.prints(Item(n=1, title="Duty on glass rises sharply", text=TEASER))
    stand.answers["/story/1"] = page(*STORY[:3], "The duty will be gone by October, the council of the port decided.")
    await stand.reads()
    article = the_article(stand)
    assert (article.title, STORY[3] in article.text) == ("Duty on glass rises sharply", True)
    await read_pages(stand)
    assert "gone by October" in the_article(stand).text


@pytest.mark.parametrize(
    "wall",
    [
        page("Subscribe to continue reading.", head='<meta property="article:content_tier" content="locked">'),
        page(
            "We value your privacy. We and our partners store cookies on your device. Accept all. Reject all.",
            title="Your privacy choices",
        ),
        answer("", status="403 Forbidden"),
        answer(b"%PDF-1.7 ...", "Content-Type: application/pdf"),
    ],
)
async def test_the_teaser_stays_where_something_stands_before_the_page(stand: Newsstand, wall: bytes) -> None:
    stand.answers["/story/1"] = wall
    await stand.follow()
    await read_pages(stand)
    assert "pleased" in the_article(stand).text
    assert the_article(stand).version == 1


async def test_a_page_that_cannot_be_read_is_tried_a_few_times(stand: Newsstand) -> None:
    stand.answers["/story/1"] = answer("", status="503 Service Unavailable")
    await stand.follow()
    before = len(stand.site.asked)
    for _ in range(12):
        await read_pages(stand, timedelta(hours=6))
    assert len(stand.site.asked) - before == 4
    assert the_article(stand).version == 1


async def test_a_page_stays_owed_while_its_entry_only_gets_another_date(stand: Newsstand) -> None:
    await stand.follow()
    stand.prints(Item(n=1, title="Duty on glass rises", text=TEASER, date=NOW + timedelta(hours=1)))
    await stand.reads()
    await read_pages(stand)
    assert STORY[0] in the_article(stand).text


@pytest.mark.parametrize(("full_text", "text", "pages"), [("never", TEASER, 0), ("always", None, 1), ("auto", None, 0)])
async def test_a_source_says_whether_pages_are_read(
    stand: Newsstand, full_text: str, text: str | None, pages: int
) -> None:
    stand.prints(Item(n=1, text=text))
    await stand.follow(full_text=full_text)
    before = len(stand.site.asked)
    await read_pages(stand)
    assert len(stand.site.asked) - before == pages


async def test_a_space_that_wants_no_full_text_keeps_the_teaser_of_a_shared_feed(stand: Newsstand) -> None:
    other = Space("other")
    await stand.follow()
    await stand.follow(space=other, full_text="never")
    await read_pages(stand)
    assert STORY[0] in the_article(stand).text
    assert STORY[0] not in the_article(stand, other).text


async def test_a_shown_sentence_that_changes_is_recorded_once_for_a_correction(stand: Newsstand) -> None:
    await stand.follow()
    await read_pages(stand)
    show(stand, STORY[0])
    changed = STORY[0].replace("31 percent", "13 percent")
    stand.answers["/story/1"] = page(changed, *STORY[1:])
    stand.prints(Item(n=1, title="Duty on glass rises", text=TEASER + " Corrected"))
    await stand.reads()
    await read_pages(stand)
    (correction,) = stand.archive.read_now(list_corrections, LOCAL)
    assert (correction.shown_in, correction.number, correction.quote) == ("answer:1", 1, STORY[0])
    assert correction.instead == changed
    stand.prints(Item(n=1, title="Duty on glass rises", text=TEASER + " Corrected again"))
    await stand.reads()
    await read_pages(stand)
    assert len(stand.archive.read_now(list_corrections, LOCAL)) == 1


@pytest.mark.parametrize("now", [STORY[0].replace("glass to", "glass, to"), STORY[0].upper()])
async def test_a_comma_or_capitals_ask_for_no_correction(stand: Newsstand, now: str) -> None:
    await stand.follow()
    await read_pages(stand)
    show(stand, STORY[0])
    stand.answers["/story/1"] = page(now, *STORY[1:])
    stand.prints(Item(n=1, title="Duty on glass rises", text=TEASER + " Again"))
    await stand.reads()
    await read_pages(stand)
    assert stand.archive.read_now(list_corrections, LOCAL) == []


async def test_the_full_text_of_a_teaser_that_was_shown_is_no_correction(stand: Newsstand) -> None:
    await stand.follow()
    show(stand, "The harbour raises its duty on glass.")
    await read_pages(stand)
    assert the_article(stand).version == 2
    assert stand.archive.read_now(list_corrections, LOCAL) == []


async def test_a_shown_sentence_that_is_gone_is_corrected_with_nothing_instead(stand: Newsstand) -> None:
    await stand.follow()
    await read_pages(stand)
    show(stand, STORY[3])
    stand.answers["/story/1"] = page(*STORY[:3])
    stand.prints(Item(n=1, title="Duty on glass rises", text=TEASER + " Shortened"))
    await stand.reads()
    await read_pages(stand)
    (correction,) = stand.archive.read_now(list_corrections, LOCAL)
    assert correction.instead is None


async def test_a_single_page_is_followed_for_its_changes(stand: Newsstand) -> None:
    await stand.follow("/story/1", as_page=True)
    assert the_article(stand).version == 1
    (same,) = await stand.reads(timedelta(days=1))
    assert same.outcome == "unchanged"
    stand.answers["/story/1"] = page(*STORY, "On Friday the port said that bottles are not meant, only panes.")
    (gathered,) = await stand.reads(timedelta(days=1))
    assert (gathered.added, gathered.changed) == (0, 1)
    assert "bottles" in the_article(stand).text
