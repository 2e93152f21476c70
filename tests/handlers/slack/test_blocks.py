"""Layouts as Slack's messages: within every limit, cut where it hurts least."""

import json
from datetime import date

import pytest

from bot.news.button import Button
from bot.news.trend import Trend
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
    Opinion,
    Paragraph,
    Picture,
    Table,
    Words,
)
from handlers.slack.blocks import name_pressed, older
from handlers.slack.messages import Message, messages_of
from handlers.slack.mrkdwn import Block
from tests.slack.block_rules import check_message

MOST = 13_200  # characters of blocks, beyond which Slack was seen to refuse a message


def line(text: str) -> Line:
    return (Words(text=text),)


def key(label: str = "Mute this story", number: int = 3) -> Key:
    return Key(label=label, button=Button(act="mute", numbers=(number,)))


OPINION = Opinion(
    good=Key(label="Helpful", button=Button(act="helpful", numbers=(3, 4))),
    bad=Key(label="Not helpful", button=Button(act="unhelpful", numbers=(3, 4))),
)
TREND = Trend(topic="tariffs", days=((date(2026, 1, 1), 3), (date(2026, 1, 2), 5)))
FIGURES = Table(
    columns=("Figure", "What"), rows=((line("25%"), (Words(text="on cars", look="bold"),)), (line("3"), ()))
)


def show(*elements: Element) -> list[Message]:
    messages = messages_of(Layout(summary="What is new & good", elements=elements))
    for message in messages:
        assert check_message(list(message.blocks)) == []
        assert check_message(older(message.blocks)) == []
        assert len(json.dumps(message.blocks, ensure_ascii=False)) < MOST
    return messages


def blocks_of(*elements: Element) -> list[Block]:
    (message,) = show(*elements)
    return list(message.blocks)


def test_a_heading_is_a_header_and_those_below_stand_above_their_text() -> None:
    head, text = blocks_of(Heading(line=line("Digest")), Heading(line=line("Rain")), Paragraph(line=line("It rains.")))
    assert (head["type"], head["text"]["text"]) == ("header", "Digest")
    assert text["text"]["text"] == "*Rain*\nIt rains."


def test_a_long_heading_is_bold_text() -> None:
    (block,) = blocks_of(Heading(line=line("rain " * 60)))
    assert block["type"] == "section"


def test_text_is_never_folded_and_its_addresses_are_no_links() -> None:
    (block,) = blocks_of(Paragraph(line=line("See https://a.example")))
    assert (block["expand"], block["text"]["verbatim"]) == (True, True)


def test_small_text_is_a_context() -> None:
    (block,) = blocks_of(Paragraph(line=line("3 publishers"), weight="small"))
    assert block["type"] == "context"


def test_figures_are_a_table() -> None:
    (block,) = blocks_of(FIGURES)
    assert block["type"] == "table"
    assert [len(row) for row in block["rows"]] == [2, 2, 2]
    assert block["rows"][1][0] == {"type": "raw_text", "text": "25%"}
    assert block["rows"][2][1] == {"type": "raw_text", "text": "–"}


def test_only_one_table_stands_in_a_message_and_the_next_is_shown_in_lines() -> None:
    blocks = blocks_of(FIGURES, FIGURES)
    assert [block["type"] for block in blocks] == ["table", "section", "rich_text"]


@pytest.mark.parametrize(("columns", "rows"), [(21, 2), (2, 120), (10, 60)])
def test_a_table_that_is_too_large_is_shown_in_lines(columns: int, rows: int) -> None:
    row = tuple(line(f"a rather long value {number}") for number in range(columns))
    messages = show(Table(columns=tuple(f"c{number}" for number in range(columns)), rows=(row,) * rows))
    assert {block["type"] for message in messages for block in message.blocks} <= {"section", "rich_text"}
    assert sum(json.dumps(message.blocks).count("value 1") for message in messages) >= rows


def test_a_list_has_dots_and_sources_have_their_numbers() -> None:
    dots, numbers = blocks_of(
        Listing(lines=(line("one"), (Link(text="two", url="https://b.example/"),))),
        Listing(lines=(line("Harbour Wire"), line("The Docket")), numbers=(1, 4)),
    )
    assert dots["elements"][0]["style"] == "bullet"
    assert dots["elements"][0]["elements"][1]["elements"] == [
        {"type": "link", "url": "https://b.example/", "text": "two"}
    ]
    assert numbers["elements"][0]["text"] == "[1] Harbour Wire\n[4] The Docket"


def test_buttons_stand_side_by_side_under_their_lasting_names() -> None:
    first, second = blocks_of(Keys(keys=tuple(key("Label " * 20, number) for number in range(7))))
    assert [element["action_id"] for element in second["elements"]] == ["nd1:mute:5", "nd1:mute:6"]
    assert len(first["elements"]) == 5
    assert name_pressed(first["elements"][0]) == "nd1:mute:0"


def test_an_opinion_is_two_thumbs_and_two_buttons_where_there_are_no_thumbs() -> None:
    (thumbs,) = blocks_of(OPINION)
    assert thumbs["type"] == "context_actions"
    given = thumbs["elements"][0]
    assert name_pressed({"type": "feedback_buttons", "action_id": "x", "value": given["negative_button"]["value"]}) == (
        "nd1:unhelpful:3:4"
    )
    (buttons,) = older([thumbs])
    assert [element["action_id"] for element in buttons["elements"]] == ["nd1:helpful:3:4", "nd1:unhelpful:3:4"]


def test_a_picture_is_words_until_it_is_uploaded() -> None:
    (message,) = show(Picture(trend=TREND))
    (block,) = message.blocks
    assert block["elements"][0]["text"] == TREND.in_words()
    assert message.trends == {block["block_id"]: TREND}


def story(number: int) -> list[Element]:
    words = f"Story {number} has a sentence that says what has happened, and another that says why. " * 4
    return [
        Gap(),
        Paragraph(line=(Words(text=f"{number}. ", look="bold"), Link(text="A headline", url="https://a.example/1"))),
        Paragraph(line=line("3 publishers: A, B, C"), weight="small"),
        Paragraph(line=line(words)),
        Keys(keys=(key("More on this", number), key("Mute this story", 100 + number))),
    ]


def test_a_long_digest_goes_on_in_further_messages_cut_between_stories() -> None:
    messages = show(Heading(line=line("Digest")), *(part for number in range(1, 31) for part in story(number)))
    assert len(messages) > 1
    for message in messages:
        assert message.blocks[-1]["type"] == "actions"
        assert message.blocks[0]["type"] in ("header", "section")
    shown = json.dumps([message.blocks for message in messages])
    assert all(f"Story {number} has" in shown for number in range(1, 31))
    assert messages[0].text == f"What is new &amp; good (1 of {len(messages)})"


def test_a_text_without_end_goes_on_in_further_messages() -> None:
    messages = show(Paragraph(line=line("rain and wind " * 3_000)))
    shown = " ".join(block["text"]["text"] for message in messages for block in message.blocks)
    assert shown.split() == ("rain and wind " * 3_000).split()


def test_a_layout_that_shows_nothing_says_its_summary() -> None:
    (block,) = blocks_of(Gap())
    assert block["text"]["text"] == "What is new & good"
