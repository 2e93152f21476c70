"""The same conversations on every platform: the same answers, the same proof, the same choices."""

from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from bot.archive.archive import Archive
from bot.desk.consequences import open_placer
from bot.desk.desk import Desk
from tests.desk import stories
from tests.desk.paper import NOW, open_desk, read
from tests.flows.conversations.room import Room, Seen

PLATFORMS = ("terminal", "slack", "discord")
with_buttons = pytest.mark.parametrize("room", ("slack", "discord"), indirect=True)
"""On the platforms that have buttons, and members who may do less than others."""
ANSWER_BUTTONS = ("Sources", "Watch this", "Helpful", "Not helpful")


@pytest.fixture
def desk(tmp_path: Path, migrated_file: Path) -> Iterator[Desk]:
    """A desk that has read the news."""
    (tmp_path / "newsdesk.db").write_bytes(migrated_file.read_bytes())
    with Archive.open(tmp_path) as archive:
        opened = open_desk(archive, tmp_path)
        read(opened, *stories.NEWS)
        yield opened


@pytest.fixture(params=PLATFORMS)
async def room(request: pytest.FixtureRequest, desk: Desk, tmp_path: Path) -> AsyncIterator[Room]:
    await open_placer(desk, {}).place(NOW)
    platform = import_module(f"tests.flows.conversations.{request.param}")
    async with platform.open_room(desk, tmp_path) as opened:
        yield opened


def only(seen: list[Seen]) -> Seen:
    (message,) = seen
    return message


async def test_an_answer_comes_with_publisher_headline_date_and_link(room: Room) -> None:
    answer = only(await room.ask("bob", "What rate did the Bank of Norrland set?"))
    assert "cut its key interest rate to 3.25%" in answer.text
    for part in ("Northern Gazette", "Bank of Norrland cuts rate to 3.25%", "16 Apr", "[1]"):
        assert part in answer.text
    assert "https://example.org/rate-cut" in answer.links
    assert answer.buttons in (None, ANSWER_BUTTONS)


async def test_values_that_sources_give_differently_stand_side_by_side(room: Room) -> None:
    answer = only(await room.ask("bob", "How many workers did the collapse at the Torv mine kill?"))
    assert "12" in answer.text and "15" in answer.text
    assert {"https://example.org/mine-police", "https://example.org/mine-union"} <= set(answer.links)


async def test_a_follow_up_is_understood_from_what_was_said(room: Room) -> None:
    await room.ask("bob", "Which duty on imported cheese did Tokyo announce?")
    answer = only(await room.go_on("alice", "and Vietnam?"))
    assert "Vietnam will raise its duty on imported cheese to 20%" in answer.text


async def test_what_the_articles_do_not_hold_is_not_answered(room: Room) -> None:
    answer = only(await room.ask("bob", "Who won the chess olympiad?"))
    assert "no answer" in answer.text.lower()
    assert "10 articles" in answer.text
    assert answer.buttons in (None, ANSWER_BUTTONS[1:])


async def test_no_question_is_told_what_one_looks_like(room: Room) -> None:
    (seen,) = await room.ask("bob", "???")
    assert "I could not find a question in that." in seen.text


async def test_a_digest_is_repeated_in_words_with_its_next_times(room: Room) -> None:
    made = only(await room.command("alice", "digest add weekdays 8:30 ferry Europe/Paris"))
    assert "on weekdays at 08:30, Europe/Paris" in made.text
    assert "25 Apr" in made.text and "28 Apr" in made.text and "29 Apr" in made.text
    listed = only(await room.command("alice", "digest list"))
    assert "ferry" in listed.text and "1" in listed.text
    removed = only(await room.command("alice", "digest remove 1"))
    assert "Digest 1 is removed." in removed.text


async def test_a_watch_is_tested_made_and_listed(room: Room) -> None:
    tested = only(await room.command("alice", "watch test ferry"))
    assert "It would tell of articles with ferry" in tested.text
    made = only(await room.command("alice", 'watch add "interest rate" hourly'))
    assert "“interest rate”" in made.text or '"interest rate"' in made.text
    listed = only(await room.command("alice", "watch list"))
    assert "interest rate" in listed.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("digest add", "`digest add` needs a time and perhaps a topic"),
        ("digest add sometime", "sometime"),
        ("watch lst", "Did you mean `watch list`?"),
        ("watch remove 7", "There is no such watch here."),
        ("why https://example.org/nothing", "example.org"),
    ],
)
async def test_what_cannot_be_done_is_said_in_the_same_sentence(room: Room, typed: str, said: str) -> None:
    assert said in only(await room.command("alice", typed)).text


async def test_an_article_is_traced_to_where_it_stopped(room: Room) -> None:
    verdict = only(await room.command("bob", "why https://example.org/rate-cut"))
    assert "Bank of Norrland cuts rate to 3.25%" in verdict.text


@with_buttons
async def test_sources_shows_every_quotation_to_whoever_asks_alone(room: Room) -> None:
    await room.ask("bob", "What rate did the Bank of Norrland set?")
    proof = only(await room.press("alice", "Sources"))
    assert proof.private_to == "alice"
    assert "The Bank of Norrland cut its key interest rate to 3.25% on Wednesday." in proof.text


@with_buttons
async def test_whoever_found_an_answer_helpful_is_thanked_alone(room: Room) -> None:
    await room.ask("bob", "What rate did the Bank of Norrland set?")
    said = only(await room.press("bob", "Helpful"))
    assert said.private_to == "bob" and said.text.startswith("Thank you")


@with_buttons
async def test_whoever_may_not_change_what_the_channel_is_told_is_told_who_may(room: Room) -> None:
    said = only(await room.command("bob", "digest add weekdays 8:30"))
    assert said.private_to == "bob" and "can change this" in said.text
    assert "No digests" in only(await room.command("alice", "digest list")).text


@with_buttons
async def test_more_of_a_story_and_muting_it_are_one_press_away(room: Room) -> None:
    await room.command("alice", "digest add weekdays 8:30 ferry")
    preview = (await room.command("alice", "digest preview 1"))[-1]
    assert preview.buttons is not None and {"More on this", "Mute this story"} <= set(preview.buttons)
    more = only(await room.press("bob", "More on this"))
    assert "https://example.org/ferry-ends" in more.links
    refused = only(await room.press("bob", "Mute this story"))
    assert refused.private_to == "bob" and "can change this" in refused.text
    muted = only(await room.press("alice", "Mute this story"))
    assert "This channel hears no more of this story." in muted.text
