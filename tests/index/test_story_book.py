"""The story book tells events apart by words alone, by meaning too, and keeps what it is told to hold."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from bot.index.gists import pack_meaning
from bot.index.story_book import Arrangement, Newcomer, StoryBook
from bot.news.article import ArticleId
from bot.news.gist import Gist, Member, make_gist, unpack_gist
from bot.news.story import StoryId
from config import defaults
from tests.makes import NOW, make_article

BRIDGE = "The Ouse bridge was closed on Monday after engineers found cracks in its steel, the mayor of Selby said."
BRIDGE_TOO = "Engineers found cracks in the steel of the Ouse bridge, which the mayor of Selby closed on Monday."
WOLVES = "Three wolves crossed the moor at dawn, and shepherds near Holm kept their flocks in the barns."
WOLVES_TOO = "Shepherds near Holm kept their flocks in barns after three wolves crossed the moor at dawn."
SPAN = "Cars queue in Selby while a river crossing is examined by builders with lamps and hammers."

_SIZE = 8


def meaning(*parts: float) -> bytes:
    """A vector of these parts, of length 1."""
    vector = np.zeros(_SIZE, np.float32)
    vector[: len(parts)] = parts
    return pack_meaning(vector / np.linalg.norm(vector))


def gist(text: str, packed: bytes = b"", dated: datetime = NOW) -> Gist:
    return make_gist(make_article(text, title=text.split(",")[0], published=dated), packed)


def arrange(book: StoryBook, gists: Sequence[Gist], *, first: int = 1, seen: datetime = NOW) -> Arrangement:
    """What becomes of articles with these gists, numbered from `first` on, that come at once."""
    newcomers = [Newcomer(article=ArticleId(n), seen=seen, gist=one) for n, one in enumerate(gists, start=first)]
    return book.arrange(newcomers)


def held(book: StoryBook, count: int) -> list[StoryId | None]:
    return [book.story_of(ArticleId(number)) for number in range(1, count + 1)]


def test_by_words_alone_articles_of_one_event_come_together() -> None:
    book = StoryBook()
    arrange(book, [gist(text) for text in (BRIDGE, WOLVES, BRIDGE_TOO, WOLVES_TOO)])
    assert held(book, 4) == [1, 2, 1, 2]


def test_articles_with_and_without_a_meaning_are_compared_by_their_words() -> None:
    book = StoryBook()
    arrange(book, [gist(BRIDGE, meaning(1)), gist(WOLVES), gist(BRIDGE_TOO), gist(WOLVES_TOO, meaning(0, 1))])
    assert held(book, 4) == [1, 2, 1, 2]


def test_by_meaning_an_article_in_other_words_is_nearer_to_its_story() -> None:
    alike, unlike = StoryBook(), StoryBook()
    near = arrange(alike, [gist(BRIDGE, meaning(1)), gist(SPAN + BRIDGE[20:70], meaning(1, 0.1))])
    far = arrange(unlike, [gist(BRIDGE, meaning(1)), gist(SPAN + BRIDGE[20:70], meaning(0, 1))])
    assert [len(near.begun), len(far.begun)] == [1, 2]


def test_a_book_that_was_loaded_places_as_the_one_that_was_kept() -> None:
    kept, loaded, gists = StoryBook(), StoryBook(), [gist(text) for text in (BRIDGE, WOLVES, BRIDGE_TOO)]
    arrange(kept, gists)
    members = [
        Member(story=story, article=ArticleId(number), seen=NOW, gist=one)
        for number, (story, one) in enumerate(zip(held(kept, 3), gists, strict=True), start=1)
        if story is not None
    ]
    loaded.load(members, mark=3, last_story=kept.last_story)
    found = [arrange(book, [gist(WOLVES_TOO)], first=4).placed for book in (kept, loaded)]
    assert found[0] == found[1]
    assert held(loaded, 4) == [1, 2, 1, 2]


def test_a_book_that_lets_go_of_old_stories_finds_the_others_again() -> None:
    book, later = StoryBook(), NOW + timedelta(hours=defaults.STORY_REMEMBERED_HOURS)
    many = [gist(f"{BRIDGE} It was crossing number {number}.") for number in range(2 * defaults.STORY_CANDIDATES)]
    arrange(book, many)
    after = len(many) + 1
    arrange(book, [gist(WOLVES, dated=later)], first=after, seen=later)
    book.close(later)
    found = arrange(book, [gist(WOLVES_TOO, dated=later)], first=after + 1, seen=later)
    assert len(book) == 1
    assert found.begun == []


def test_a_gist_comes_back_from_its_bytes_and_nothing_is_like_one_of_no_bytes() -> None:
    one = gist(f"{BRIDGE} Repairs cost 3 million euros and end on 4 May 2025.", meaning(1, 2))
    assert unpack_gist(one.pack()) == one
    book = StoryBook()
    arrange(book, [unpack_gist(b""), one, unpack_gist(b"")])
    assert len(book) == 3
