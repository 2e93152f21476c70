"""Pages: what is too long for one message is turned, by anybody and after a restart."""

from pathlib import Path

from handlers.discord.cards import Card, Push
from handlers.discord.pages import Recipe, Turn, paged, read_turn
from tests.fake_discord.newsroom import copied, labels_of, open_newsroom, text_of
from tests.fake_discord.rig import Rig

CARDS = tuple(Card(((f"page {number}",),)) for number in (1, 2, 3))


async def test_a_long_brief_is_turned_page_by_page_also_after_a_restart(
    rig: Rig, samples_read: Path, tmp_path: Path
) -> None:
    folder = copied(samples_read, tmp_path / "data")
    async with open_newsroom(rig, folder) as newsroom:
        first = await newsroom.answered(rig.world.slash("bob", "news", "brief", since="2025-01-01"))
        (brief,) = rig.world.messages("news")
    async with open_newsroom(rig, folder) as newsroom:
        on = next(name for label, name in labels_of(brief).items() if label.startswith("Page 2"))
        rig.world.press("alice", "news", brief.id, on)
        await newsroom.until(lambda: text_of(rig.world.messages("news")[0]) != first)
        (brief,) = rig.world.messages("news")
        back = next(name for label, name in labels_of(brief).items() if "Page 1" in label)
        rig.world.press("alice", "news", brief.id, back)
        await newsroom.until(lambda: text_of(rig.world.messages("news")[0]) == first)


def test_a_page_leads_back_and_on_and_keeps_what_stands_beside() -> None:
    recipe = Recipe("typed", "brief oil: what now?")
    middle = paged(CARDS, recipe, 1, (Push("Ask a follow-up", "ndf1"),))
    assert middle is not None
    row = middle.groups[-1][-1]
    assert isinstance(row, tuple)
    assert [push.label.strip("◀▶ ") for push in row] == ["Page 1 of 3", "Page 3 of 3", "Ask a follow-up"]
    assert read_turn(row[1].name) == Turn(2, recipe)


def test_a_page_that_is_no_more_shows_the_last_one() -> None:
    card = paged(CARDS, Recipe("answer", "3"), 7)
    assert card is not None and card.groups[0][0] == "page 3"


def test_what_cannot_be_named_by_a_button_is_not_turned() -> None:
    assert paged(CARDS, Recipe("typed", "brief " + "x" * 100), 0) is None
    assert paged(CARDS, None, 0) is None
    assert paged(CARDS[:1], None, 0) == CARDS[0]


def test_other_buttons_turn_no_page() -> None:
    assert read_turn("nd1:mute:7") is None
    assert read_turn("ndp1:x:typed:desk") is None
