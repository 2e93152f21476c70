"""What goes wrong between Slack and the desk: nothing is lost, nothing comes twice, and whoever asked hears of it."""

import asyncio
import json
import logging
from datetime import timedelta
from pathlib import Path

import pytest

from bot.archive.inbox import Event, find_event, take_event
from bot.desk.desk import Desk
from bot.errors import ConfigError
from bot.news.article import LOCAL
from handlers.slack.read import Heard, Sender, write_down
from tests.desk.paper import NOW
from tests.handlers.slack.test_commands import typed
from tests.slack.fake import FakeSlack
from tests.slack.newsroom import ALICE, NEWS, Newsroom, access_to, open_line
from tests.slack.reading import words_in
from tests.slack.world import APP_TOKEN, BOT_TOKEN

RATE = "What rate did the Bank of Norrland set?"


async def ask(room: Newsroom) -> str:
    asked = await room.slack.say(NEWS, ALICE, f"<@U0BOT> {RATE}")
    await room.idle()
    return asked


@pytest.mark.parametrize(
    "fault",
    [
        {"retry_after": 0},
        {"error": "internal_error"},
        {"error": "service_unavailable"},
        {"http": 502, "body": "<html>Bad gateway</html>"},
        {"drop": True},
        {"drop": True, "after": True},
        {"error": "fatal_error", "after": True},
    ],
)
async def test_an_answer_gets_through_once_whatever_becomes_of_the_first_try(
    slack: FakeSlack, desk: Desk, folder: Path, fault: dict[str, object]
) -> None:
    async with open_line(slack, desk, folder, patience=in_no_time) as room:
        slack.fault("chat.postMessage", **fault)  # type: ignore[arg-type]
        await ask(room)
        (answer,) = room.said()
        assert "3.25%" in words_in(answer)


async def test_blocks_that_slack_does_not_take_are_posted_in_an_older_form(room: Newsroom) -> None:
    room.slack.fault("chat.postMessage", error="invalid_blocks")
    await ask(room)
    assert "3.25%" in words_in(room.said()[0])


async def test_where_an_answer_cannot_be_posted_whoever_asked_hears_of_it(room: Newsroom) -> None:
    codes = ("restricted_action", "is_archived", "msg_too_long", "thread_not_found", "messages_tab_disabled")
    for code in codes:
        room.slack.fault("chat.postMessage", error=code)
        await ask(room)
    assert [words_in(one).partition(".")[0] for one in room.whispered()] == ["I could not post the answer"] * len(codes)


async def test_a_fault_of_ours_is_told_with_a_reference_that_stands_in_the_log(
    room: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    room.desks.fault = ValueError("<!channel> a secret")
    with caplog.at_level(logging.ERROR):
        await ask(room)
        await room.slack.slash("/brief")
        await room.idle()
    told = [words_in(one) for one in room.whispered()]
    references = [record.reference for record in caplog.records if hasattr(record, "reference")]
    assert len(told) == len(references) == 2
    for sentence, reference in zip(told, references, strict=True):
        assert reference in sentence and "secret" not in sentence
    assert room.said() == []


async def test_nothing_that_people_say_is_logged(
    slack: FakeSlack, desk: Desk, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with open_line(slack, desk, folder) as room:
            await ask(room)
            await slack.slash("/brief", "Norrland")
            await slack.event({"type": "something_new", "text": "Norrland"})
            await room.idle()
    assert len(room.said()) == 1 and len(room.whispered()) == 1
    assert "Norrland" not in caplog.text and BOT_TOKEN not in caplog.text and APP_TOKEN not in caplog.text


async def test_whoever_cannot_be_whispered_to_is_told_directly(room: Newsroom) -> None:
    room.slack.fault("chat.postEphemeral", error="user_not_in_channel")
    await room.slack.say(NEWS, ALICE, "<@U0BOT> digest add sometime")
    await room.idle()
    assert "sometime" in words_in(room.said(room.slack.direct(ALICE)["id"])[0])


async def test_word_of_everything_comes_back_in_time_while_the_archive_is_busy(room: Newsroom) -> None:
    room.slack.retry_delays = ()
    entered, leave = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def hold(_db: object) -> None:
        loop.call_soon_threadsafe(entered.set)
        asyncio.run_coroutine_threadsafe(leave.wait(), loop).result(20)

    holding = loop.create_task(room.desks.archive.write(hold))
    await entered.wait()
    taken = await room.slack.slash("/brief")
    await room.slack.say(NEWS, ALICE, f"<@U0BOT> {RATE}")
    await room.slack.idle()
    assert taken["user_sees"] == "" and {one["outcome"] for one in room.slack.deliveries} == {"ok"}
    leave.set()
    await holding
    await room.idle()
    assert len(room.said()) == 1 and len(room.whispered()) == 1


async def test_what_was_open_when_the_desk_ended_is_answered_when_it_begins_again(
    slack: FakeSlack, desk: Desk, folder: Path
) -> None:
    asked = await slack.say(NEWS, ALICE, f"<@U0BOT> {RATE}")
    left_open(desk, slack, asked)
    async with open_line(slack, desk, folder) as room:
        await room.idle()
        (answer,) = room.said()
        assert answer["thread_ts"] == asked


async def test_an_answer_that_was_posted_just_before_the_end_is_not_posted_again(
    slack: FakeSlack, desk: Desk, folder: Path
) -> None:
    async with open_line(slack, desk, folder) as room:
        asked = await ask(room)
    desk.archive.write_now(lambda db: db.exec_driver_sql("DELETE FROM inbox"))
    left_open(desk, slack, asked)
    async with open_line(slack, desk, folder) as room:
        await room.idle()
        assert len(room.said()) == 1
        event = desk.archive.read_now(find_event, LOCAL, "slack", f"{NEWS}:{asked}")
        assert event is not None and event.reply == "answered before the desk ended"


async def test_slack_asks_for_a_new_socket_and_nothing_is_missed(room: Newsroom) -> None:
    await room.slack.disconnect("refresh_requested")
    await room.slack.connected()
    await ask(room)
    assert len(room.said()) == 1 and room.line.trouble() is None


async def test_a_socket_that_is_cut_is_made_anew_and_a_long_silence_is_known(room: Newsroom) -> None:
    await room.slack.drop_sockets()
    await room.slack.until(lambda: not room.slack.sockets)
    await room.slack.connected()
    assert room.line.trouble() is None
    room.slack.fault("apps.connections.open", http=503, times=1000)
    await room.slack.drop_sockets()
    await room.slack.until(lambda: not room.slack.sockets)

    def a_minute_later() -> str | None:
        room.desks.at_now += timedelta(minutes=1)
        return room.line.trouble()

    while not a_minute_later():
        called = len(room.slack.called("apps.connections.open"))
        await room.slack.until(lambda called=called: len(room.slack.called("apps.connections.open")) > called)
    assert "There has been no connection to Slack since" in str(room.line.trouble())


@pytest.mark.parametrize(
    ("token", "changed", "setting"),
    [
        (BOT_TOKEN, {"bot_token": "xoxb-wrong"}, "NEWSDESK_SLACK_BOT_TOKEN"),
        (APP_TOKEN, {"app_token": "xapp-wrong"}, "NEWSDESK_SLACK_APP_TOKEN"),
    ],
)
async def test_a_wrong_token_is_one_sentence(
    slack: FakeSlack, desk: Desk, folder: Path, token: str, changed: dict[str, str], setting: str
) -> None:
    with pytest.raises(ConfigError) as fault:
        async with open_line(slack, desk, folder, access=access_to(slack, **changed)):
            raise AssertionError("it must not start")
    (sentence,) = fault.value.faults
    assert sentence.startswith(f"{setting}: Slack does not take it (invalid_auth).") and "wrong" not in sentence
    assert len(slack.calls) <= 2


async def test_a_desk_that_begins_before_slack_can_be_reached_is_there_once_it_can(desk: Desk, folder: Path) -> None:
    async with FakeSlack() as away:
        port = away.port
    slack, tried, go_on = FakeSlack(port=port), asyncio.Event(), asyncio.Event()

    async def patience(_seconds: float) -> None:
        tried.set()
        await go_on.wait()

    async with open_line(slack, desk, folder, patience=patience) as room:
        await tried.wait()
        assert room.line.trouble() == "Slack cannot be reached."
        async with slack:
            go_on.set()
            await slack.connected()
            await ask(room)
            assert len(room.said()) == 1 and room.line.trouble() is None


async def test_names_that_the_library_would_read_in_the_environment_change_nothing(
    slack: FakeSlack, desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_CLIENT_ID",
        "SLACK_CLIENT_SECRET",
        "SLACK_APP_TOKEN",
    ):
        monkeypatch.setenv(name, "somebody else's")
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with open_line(slack, desk, folder) as room:
        await ask(room)
        assert len(room.said()) == 1


async def test_everything_goes_by_the_proxy_of_the_settings(desk: Desk, folder: Path) -> None:
    async with FakeSlack(mode="http") as slack:
        access = access_to(slack, api_url="http://slack.example/api/", proxy=slack.root)
        async with open_line(slack, desk, folder, access=access) as room:
            await ask(room)
            assert len(room.said()) == 1


async def test_at_the_end_what_is_being_answered_is_finished(slack: FakeSlack, desk: Desk, folder: Path) -> None:
    async with open_line(slack, desk, folder) as room:
        slack.fault("users.info", delay=0.3)
        await slack.say(NEWS, ALICE, f"<@U0BOT> {RATE}")
        await slack.until(lambda: slack.called("users.info"))
        await room.line.stop()
        assert len(room.said()) == 1


async def test_requests_by_http_are_taken_only_with_a_fresh_signature(desk: Desk, folder: Path) -> None:
    async with FakeSlack(mode="http") as slack, open_line(slack, desk, folder) as room:
        challenge = await slack.verify_url("hello")
        assert challenge["answer"] == {"challenge": "hello"}
        body = json.dumps({"type": "url_verification", "challenge": "x"})
        assert await slack.post_raw(body, spoil=True) == 401
        assert await slack.post_raw(body, age=400) == 401
        assert "Holm Island" in await typed(room, "brief")
        await ask(room)
        assert len(room.said()) == 1


async def test_an_event_that_could_not_be_kept_is_handed_in_again(room: Newsroom) -> None:
    room.slack.ack_within, write = 0.5, room.desks.archive.write
    full = "CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(FAIL, 'no room left'); END"
    await write(lambda db: db.exec_driver_sql(full))
    await room.slack.say(NEWS, ALICE, f"<@U0BOT> {RATE}")
    await room.slack.until(lambda: any(one["outcome"] != "ok" for one in room.slack.deliveries))
    await write(lambda db: db.exec_driver_sql("DROP TRIGGER full"))
    await room.idle()
    assert len(room.said()) == 1


async def in_no_time(_seconds: float) -> None:
    """Waiting, for those who have no time."""


def left_open(desk: Desk, slack: FakeSlack, ts: str) -> None:
    """A question that was kept, and not answered, when the desk ended."""
    sender = Sender(team="T0FAKE", user=ALICE, home="T0FAKE")
    heard = Heard(sender=sender, channel=NEWS, ts=ts, thread=None, text=RATE, is_direct=False, named=True)
    event = Event(
        space=LOCAL,
        platform="slack",
        event=heard.key,
        body=write_down(heard),
        received=NOW.replace(year=2020),
        reply=None,
    )
    assert desk.archive.write_now(take_event, event)
