"""Answers in Slack: they wait for their turn, and are never given twice nor lost."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import MaybePosted, NotPosted
from bot.news.article import Space
from bot.news.button import Button
from bot.news.place import Place
from handlers.layout.elements import Key, Layout, Opinion, Paragraph, Words
from handlers.slack.calls import Calls, open_client
from handlers.slack.messages import messages_of
from handlers.slack.pictures import Pictures
from handlers.slack.throttle import Throttle
from handlers.slack.voice import Voice
from tests.slack.fake import FakeSlack
from tests.slack.world import BOT_TOKEN

THERE = Place(platform="slack", space=Space("slack-T0FAKE"), channel="C0NEWS")
SHORT = Layout(summary="It rains.", elements=(Paragraph(line=(Words(text="It rains."),)),))
LONG = Layout(summary="It rains.", elements=(Paragraph(line=(Words(text="It rains on and on. " * 900),)),))
OPINION = Opinion(
    good=Key(label="Helpful", button=Button(act="good", numbers=(3,))),
    bad=Key(label="Not helpful", button=Button(act="bad", numbers=(3,))),
)


class Time:
    """A clock that goes on when somebody sleeps, and while nobody looks."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.seconds = 1_000.0

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def passed(self) -> float:
        self.seconds += 2.0  # so that no post waits for the one before
        return self.seconds


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as slack:
        yield slack


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def voice(slack: FakeSlack, time: Time) -> AsyncIterator[Voice]:
    async with aiohttp.ClientSession() as session:

        async def client_of(space: Space) -> AsyncWebClient:
            return open_client(BOT_TOKEN, slack.api_url, session)

        calls = Calls(client_of=client_of, throttle=Throttle(time.passed))
        pictures = Pictures(calls=calls, draw=lambda _trend: b"")
        yield Voice(calls=calls, pictures=pictures, clock=lambda: datetime.now(UTC), sleep=time.sleep)


async def test_a_long_answer_goes_on_in_its_thread(slack: FakeSlack, voice: Voice) -> None:
    receipts = await voice.answer(THERE, LONG, "A")
    first, *others = slack.messages("C0NEWS", bot=True)
    assert len(receipts) == 1 + len(others) > 1
    assert "thread_ts" not in first
    assert {other["thread_ts"] for other in others} == {first["ts"]}


@pytest.mark.parametrize("trouble", [{"retry_after": 7}, {"error": "rate_limited"}, {"http": 403, "body": "<html>"}])
async def test_an_answer_that_is_put_off_comes_later(
    slack: FakeSlack, voice: Voice, time: Time, trouble: dict[str, Any]
) -> None:
    slack.fault("chat.postMessage", **trouble)
    await voice.answer(THERE, SHORT, "A")
    assert len(slack.messages("C0NEWS", bot=True)) == 1
    assert len(time.slept) == 1


@pytest.mark.parametrize("after", [True, False])
async def test_an_answer_whose_arrival_nobody_saw_is_looked_up_before_it_is_given_again(
    slack: FakeSlack, voice: Voice, after: bool
) -> None:
    slack.fault("chat.postMessage", drop=True, after=after)
    (receipt,) = await voice.answer(THERE, SHORT, "A")
    (message,) = slack.messages("C0NEWS", bot=True)
    assert receipt == f"C0NEWS:{message['ts']}"
    assert len(slack.called("conversations.history")) == 1


@pytest.mark.parametrize(("trouble", "outcome"), [({"retry_after": 90}, NotPosted), ({"http": 503}, MaybePosted)])
async def test_nobody_waits_for_an_answer_for_ever(
    slack: FakeSlack, voice: Voice, time: Time, trouble: dict[str, Any], outcome: type[Exception]
) -> None:
    slack.fault("chat.postMessage", times=99, **trouble)
    with pytest.raises(outcome):
        await voice.answer(THERE, SHORT, "A")
    assert sum(time.slept) <= 60


async def test_whoever_answers_once_more_gives_only_what_is_not_there(slack: FakeSlack, voice: Voice) -> None:
    since = datetime.now(UTC)
    before = await voice.answer(THERE, LONG, "A")
    await slack.delete("C0NEWS", before[-1].partition(":")[2])
    after = await voice.answer(THERE, LONG, "A", since - timedelta(seconds=1))
    assert before[:-1] == after[:-1]
    assert len(slack.messages("C0NEWS", bot=True)) == len(before)


async def test_a_message_can_show_something_else(slack: FakeSlack, voice: Voice) -> None:
    (receipt,) = await voice.answer(THERE, SHORT, "A")
    (message,) = messages_of(Layout(summary="The sun shines.", elements=(*LONG.elements[:0], OPINION)))
    slack.fault("chat.update", error="invalid_blocks")
    await voice.show_instead(THERE, receipt, message)
    (shown,) = slack.messages("C0NEWS", bot=True)
    assert [block["type"] for block in shown["blocks"]] == ["actions"]
    assert shown["text"] == "The sun shines."


async def test_where_a_workspace_does_not_know_thumbs_they_are_buttons(slack: FakeSlack, voice: Voice) -> None:
    slack.fault("chat.postMessage", error="invalid_blocks")
    await voice.answer(THERE, Layout(summary="It rains.", elements=(OPINION,)), "A")
    (shown,) = slack.messages("C0NEWS", bot=True)
    assert [block["type"] for block in shown["blocks"]] == ["actions"]
