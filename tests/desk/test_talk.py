"""A thread is a conversation, and what was said in it is known after a restart, in that thread only."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.archive.answers import forget_answers, has_joined
from bot.archive.archive import Archive
from bot.desk.desk import Desk
from bot.desk.grammar import read_command
from bot.desk.requests import Request
from bot.desk.talk import answer_in_thread
from bot.news.article import Space
from bot.news.member import Footing, Member
from bot.news.place import Place
from bot.news.reply import Answered
from config import defaults
from tests.desk.paper import NOW, open_desk, piece, read

THREAD = Place(platform="slack", space=Space("slack-T1"), channel="C1", thread="17.5")


@pytest.fixture
def desk(archive: Archive, data_dir: Path) -> Desk:
    desk = open_desk(archive, data_dir, THREAD.space)
    read(
        desk,
        piece("japan", "Japan accepted a tariff of 15 percent on cars on Tuesday."),
        piece("korea", "Korea accepted a tariff of 20 percent on cars on Monday."),
    )
    return desk


def say(desk: Desk, question: str, place: Place = THREAD) -> Answered:
    member = Member(id="U1", may_manage=False)
    command = read_command(f"ask {question}")
    request = Request(command=command, by=member, place=place, footing=Footing(), zone=ZoneInfo("UTC"))
    return asyncio.run(answer_in_thread(desk, request, NOW))


def test_a_follow_up_is_understood_from_what_was_asked_in_its_thread(desk: Desk) -> None:
    say(desk, "what tariff did Japan accept?")
    assert say(desk, "and Korea?").answer.read_as == "what tariff did Korea accept?"


def test_another_thread_another_channel_and_another_team_know_nothing_of_it(desk: Desk) -> None:
    say(desk, "what tariff did Japan accept?")
    for elsewhere in (
        replace(THREAD, thread="18.5"),
        replace(THREAD, channel="C2"),
        replace(THREAD, platform="discord"),
        replace(THREAD, thread=None),
    ):
        assert say(desk, "and Korea?", elsewhere).answer.read_as is None


def test_the_desk_knows_the_threads_that_it_has_answered_in(desk: Desk) -> None:
    assert not desk.archive.read_now(has_joined, THREAD)
    say(desk, "what tariff did Japan accept?")
    assert desk.archive.read_now(has_joined, THREAD)
    assert not desk.archive.read_now(has_joined, replace(THREAD, thread="18.5"))


def test_what_was_answered_long_ago_is_forgotten(desk: Desk) -> None:
    say(desk, "what tariff did Japan accept?")
    desk.archive.write_now(forget_answers, NOW + timedelta(days=defaults.ANSWERS_KEPT_DAYS - 1))
    assert desk.archive.read_now(has_joined, THREAD)
    desk.archive.write_now(forget_answers, NOW + timedelta(days=defaults.ANSWERS_KEPT_DAYS + 1))
    assert not desk.archive.read_now(has_joined, THREAD)
