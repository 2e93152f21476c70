"""Layouts as messages of Discord: within every limit, cut where they may be cut, and nothing lost."""

import json
import random
from datetime import UTC, date, datetime

import discord

from bot.news.button import Button
from bot.news.trend import Trend
from config import defaults
from handlers.discord.cards import Card, Push, lay_cards
from handlers.discord.message import message_of
from handlers.layout.elements import (
    Element,
    Gap,
    Heading,
    Key,
    Keys,
    Layout,
    Line,
    Link,
    Listing,
    Moment,
    Opinion,
    Paragraph,
    Picture,
    Table,
    Words,
)
from tests.fake_discord.judging import refusals
from tests.fake_discord.reading import see

TREND = Trend(topic="tariffs", days=((date(2026, 11, 25), 3), (date(2026, 11, 26), 5)))


def words(text: str) -> Line:
    return (Words(text=text),)


def key(number: int, label: str = "More on this") -> Key:
    return Key(label=label, button=Button(act="more", numbers=(number,)))


def lay(*elements: Element) -> tuple[Card, ...]:
    return lay_cards(Layout(summary="What it says", elements=elements))


def texts(card: Card) -> list[str]:
    return [part["content"] for part in card.components()[0]["components"] if part["type"] == 10]


def rows(card: Card) -> list[list[str]]:
    parts = card.components()[0]["components"]
    return [[button["label"] for button in part["components"]] for part in parts if part["type"] == 1]


def problems(card: Card) -> list[str]:
    return refusals(message_of(card.components()))


def test_elements_become_text_lines_buttons_and_pictures() -> None:
    [card] = lay(
        Heading(line=words("Tariffs")),
        Paragraph(line=words("It is so.")),
        Paragraph(line=words("As of today."), weight="small"),
        Gap(),
        Heading(line=words("Sources")),
        Listing(lines=(words("one"), words("two")), numbers=(1, 2)),
        Listing(lines=(words("three"), words("four")), numbers=(3, 5)),
        Listing(lines=(words("five"),)),
        Keys(keys=(key(1), key(2, "x" * 90))),
        Opinion(good=key(3, "Helpful"), bad=key(4, "Not helpful")),
        Picture(trend=TREND),
    )
    assert texts(card) == [
        "## Tariffs\nIt is so.\n-# As of today.",
        "### Sources\n1. one\n2. two\n3\\. three\n5\\. four\n- five",
    ]
    assert rows(card) == [["More on this", "x" * 37 + "…", "Helpful", "Not helpful"]]
    kinds = [part["type"] for part in card.components()[0]["components"]]
    assert kinds == [10, 14, 10, 1, 12]
    assert problems(card) == []


def test_a_narrow_table_of_words_stands_in_columns() -> None:
    rows_of_it = ((words("Reuters"), words("25 %")), (words("日経"), words("7.5 %")))
    [card] = lay(Table(columns=("Who", "Tariff"), rows=rows_of_it))
    assert texts(card) == ["```\nWho      Tariff\nReuters    25 %\n日経      7.5 %\n```"]


def test_a_wide_table_and_one_with_links_is_a_row_below_the_other() -> None:
    link = Link(text="Reuters", url="https://x.example/1")
    day = Moment(at=datetime(2026, 11, 26, tzinfo=UTC), day_only=True)
    [card] = lay(Table(columns=("Who", "Tariff", "When"), rows=(((link,), words("25 %"), (day,)), ((), (), ()))))
    assert texts(card) == ["[Reuters](https://x.example/1) · 25 %\n-# When: 26 Nov 2026\n…"]
    [card] = lay(Table(columns=("Who", "Tariff"), rows=((words("a" * 30), words("25 %")),)))
    assert texts(card) == [f"{'a' * 30} · 25 %"]


def test_what_is_long_is_cut_between_stories_and_keeps_their_buttons() -> None:
    stories: list[Element] = [Heading(line=words("Digest"))]
    for number in range(20):
        stories += [
            Gap(),
            Paragraph(line=words(f"Story {number}. " + "word " * 60)),
            Keys(keys=(key(number), key(100 + number))),
        ]
    cards = lay(*stories)
    assert 2 < len(cards) < 6
    for card in cards:
        assert problems(card) == []
        shown = [part for text in texts(card) for part in text.split("\n") if part.startswith("Story")]
        assert len(shown) == len(rows(card)), "each story has its buttons below it"
    assert sum(len(rows(card)) for card in cards) == 20


def test_what_belongs_together_is_cut_only_where_it_must_be() -> None:
    long = [Paragraph(line=words("word " * 150)) for _ in range(4)]
    cards = lay(*long, Gap(), *long)
    assert [len(card.groups) for card in cards] == [1, 1]


def test_what_is_longer_than_any_message_loses_no_word() -> None:
    said = [f"{number}-th" for number in range(9_000)]
    cards = lay(Heading(line=words("All")), Paragraph(line=words(" ".join(said))))
    seen = " ".join(see(text).words for card in cards for text in texts(card))
    assert seen.replace("\u200b", "").split()[1:] == said
    assert not [problem for card in cards for problem in problems(card)]


def test_a_heading_is_not_left_alone_at_the_end() -> None:
    filling = Paragraph(line=words("word " * 250))
    cards = lay(filling, filling, filling, Heading(line=words("Sources")), Listing(lines=(words("word " * 60),)))
    assert [text.split("\n")[0] for text in texts(cards[-1])] == ["## Sources"]


def test_bold_words_alone_are_a_title() -> None:
    sources = (Words(text="Sources", look="bold"),)
    [card] = lay(Paragraph(line=sources), Paragraph(line=(*sources, Words(text=" differ."))))
    assert texts(card) == ["### Sources\n**Sources** differ."]


def test_no_button_stands_twice_in_a_message() -> None:
    [card] = lay(
        Paragraph(line=words("x")),
        Keys(keys=(key(1), key(1), key(2))),
        Paragraph(line=words("y")),
        Keys(keys=(key(1),)),
    )
    assert rows(card) == [["More on this", "More on this"]]
    assert problems(card) == []


def test_there_is_room_for_a_full_row_more_in_every_message() -> None:
    chance = random.Random(7)
    turning = tuple(Push(f"{number}", f"turn:{number}") for number in range(defaults.DISCORD_ROW))
    for _ in range(30):
        for card in lay(*(_any_element(chance, number) for number in range(chance.randrange(1, 60)))):
            assert problems(card.with_row(turning)) == []


def test_what_shows_nothing_is_its_summary() -> None:
    for nothing in ((Gap(),), (Paragraph(line=words(" \u200b")),), (Keys(keys=()),)):
        [card] = lay(*nothing)
        assert texts(card) == ["What it says"]


async def test_the_library_shows_the_same_and_keeps_nothing_for_it() -> None:
    [card] = lay(Heading(line=words("Tariffs")), Gap(), Paragraph(line=words("It is so.")), Keys(keys=(key(1),)))
    view = card.view()
    assert json.loads(json.dumps(view.to_components())) == json.loads(json.dumps(card.components()))
    assert view.timeout is None
    assert view.is_finished()
    assert isinstance(view, discord.ui.LayoutView)


def _any_element(chance: random.Random, number: int) -> Element:
    line = words("word " * chance.randrange(1, 400))
    return chance.choice(
        [
            Gap(),
            Gap(),
            Paragraph(line=line),
            Heading(line=words("heading " * chance.randrange(1, 9))),
            Listing(lines=(line, line)),
            Keys(keys=tuple(key(number * 10 + each) for each in range(chance.randrange(1, 9)))),
            Picture(trend=TREND),
            Table(
                columns=("a", "b"), rows=tuple((words(f"{row}"), words("7")) for row in range(chance.randrange(1, 99)))
            ),
        ]
    )
