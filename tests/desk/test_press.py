"""A button does the same however often it is pressed, and only for whoever may."""

import asyncio
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.archive.archive import Archive
from bot.archive.feedback import feedback_about
from bot.archive.mutes import muted_stories
from bot.archive.watches import add_watch
from bot.desk.consequences import open_placer
from bot.desk.desk import Desk
from bot.desk.grammar import read_command
from bot.desk.press import Pressed, press
from bot.desk.replies import Reply
from bot.desk.requests import Request
from bot.desk.talk import answer_in_thread
from bot.errors import RequestError
from bot.news.article import Space
from bot.news.briefing import Brief
from bot.news.button import Button, ButtonAct, read_button
from bot.news.member import Footing, Member
from bot.news.place import Place
from bot.news.reply import Proof, Said, WatchWanted
from bot.news.story import StoryId
from bot.news.verdict import Verdict
from bot.news.watch import NewWatch
from tests.desk.paper import NOW, open_desk, piece, read

PLACE = Place(platform="slack", space=Space("T1"), channel="C1")
ADMIN, GUEST = Member(id="U1", may_manage=True), Member(id="U2", may_manage=False)


@pytest.fixture
def desk(archive: Archive, data_dir: Path) -> Desk:
    return open_desk(archive, data_dir, PLACE.space)


def tell(desk: Desk, button: Button, place: Place, by: Member) -> Reply:
    pressed = Pressed(button=button, by=by, place=place, zone=ZoneInfo("UTC"))
    return asyncio.run(press(desk, pressed, NOW))


def muted(desk: Desk) -> set[tuple[str, str, StoryId]]:
    return desk.archive.read_now(muted_stories, PLACE.space, [StoryId(17)])


def test_a_double_press_does_nothing_more_and_is_answered_alike(desk: Desk) -> None:
    mute, unmute = read_button("nd1:mute:17"), read_button("nd1:unmute:17")
    first, second = (tell(desk, mute, PLACE, ADMIN) for _ in range(2))
    assert first == second
    assert muted(desk) == {("slack", "C1", StoryId(17))}
    first, second = (tell(desk, unmute, PLACE, ADMIN) for _ in range(2))
    assert first == second
    assert muted(desk) == set()


def test_whoever_may_not_manage_the_channel_presses_in_vain(desk: Desk) -> None:
    with pytest.raises(RequestError) as refused:
        tell(desk, read_button("nd1:mute:17"), PLACE, GUEST)
    assert refused.value.code == "A01"
    assert muted(desk) == set()


def test_anybody_may_say_what_was_helpful_and_changes_their_mind(desk: Desk) -> None:
    watch = desk.archive.write_now(add_watch, _watched("tariffs"), NOW)
    for name, helpful in (("helpful", True), ("helpful", True), ("unhelpful", False)):
        said = tell(desk, read_button(f"nd1:{name}:{watch.id}:7"), PLACE, GUEST)
        assert said == Said(sentence=f"Thank you. Watch 1 brings {'more' if helpful else 'less'} of the like.")
        known = desk.archive.read_now(feedback_about, PLACE.space, "watch 1", 10)
        assert [(one.article, one.by, one.helpful) for one in known] == [(7, "U2", helpful)]


def test_a_button_of_another_teams_watch_is_refused_as_one_that_is_not_there(desk: Desk) -> None:
    desk.archive.write_now(add_watch, _watched("tariffs"), NOW)
    other = replace(PLACE, space=Space("T2"))
    with pytest.raises(RequestError) as refused:
        tell(desk, read_button("nd1:helpful:1:7"), other, ADMIN)
    assert refused.value.code == "S03"


def test_the_buttons_below_an_answer_show_its_proof_and_what_could_be_watched(desk: Desk) -> None:
    read(desk, piece("talks", "Japan accepted a tariff of 15 percent on cars on Tuesday."))
    answered = asyncio.run(answer_in_thread(desk, asking("what tariffs apply to Japan?"), NOW))
    proof = tell(desk, Button(act="sources", numbers=(answered.number,)), PLACE, GUEST)
    assert proof == Proof(answer=answered.answer) and answered.answer.citations
    assert tell(desk, Button(act="watch", numbers=(answered.number,)), PLACE, GUEST) == WatchWanted(
        topic="tariffs Japan"
    )


def test_an_answer_is_called_helpful_or_not_by_whoever_reads_it(desk: Desk) -> None:
    answered = asyncio.run(answer_in_thread(desk, asking("what tariffs apply to Japan?"), NOW))
    tell(desk, Button(act="bad", numbers=(answered.number,)), PLACE, GUEST)
    known = desk.archive.read_now(feedback_about, PLACE.space, f"answer {answered.number}", 10)
    assert [(one.by, one.helpful) for one in known] == [("U2", False)]


def test_buttons_below_what_is_kept_no_more_say_so(desk: Desk) -> None:
    acts: list[ButtonAct] = ["sources", "watch", "good"]
    for act in acts:
        with pytest.raises(RequestError) as refused:
            tell(desk, Button(act=act, numbers=(9,)), PLACE, GUEST)
        assert refused.value.code == "C06"


def test_more_of_a_story_is_told_as_its_articles_tell_it(desk: Desk) -> None:
    read(desk, piece("talks", "Japan accepted a tariff of 15 percent on cars on Tuesday. The yen rose after that."))
    asyncio.run(open_placer(desk, {}).place(NOW))
    brief = tell(desk, Button(act="more", numbers=(1,)), PLACE, GUEST)
    assert isinstance(brief, Brief) and brief.points
    verdict = tell(desk, Button(act="why", numbers=(1,)), PLACE, GUEST)
    assert isinstance(verdict, Verdict) and verdict.findings
    with pytest.raises(RequestError):
        tell(desk, Button(act="more", numbers=(99,)), PLACE, GUEST)


def asking(question: str) -> Request:
    place = replace(PLACE, thread="1.5")
    return Request(
        command=read_command(f"ask {question}"), by=GUEST, place=place, footing=Footing(), zone=ZoneInfo("UTC")
    )


def _watched(topic: str) -> NewWatch:
    return NewWatch(place=PLACE, topic=topic, topic_key=topic, zone=ZoneInfo("UTC"), an_hour=20)
