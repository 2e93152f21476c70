"""Posting with the real client against the fake Slack: what the desk is told of each answer, and of none."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import CannotSee, MaybePosted, NotPosted, PlaceClosed, PostRefused, SpaceClosed
from bot.news.article import Space
from bot.news.digest import PlainNotice
from bot.news.place import Place
from bot.news.trend import Trend
from handlers.layout.elements import Layout, Paragraph, Picture, Words
from handlers.slack.calls import Calls, open_client
from handlers.slack.messages import Message, messages_of
from handlers.slack.payload import freeze, thaw
from handlers.slack.pictures import Pictures
from handlers.slack.post import SlackPoster
from handlers.slack.voice import Voice
from tests.slack.fake import FakeSlack
from tests.slack.world import BOT_TOKEN

HOME = Space("slack-T0FAKE")
NEWS = Place(platform="slack", space=HOME, channel="C0NEWS")
UTC_ZONE = ZoneInfo("UTC")
TREND = Trend(topic="tariffs", days=((date(2026, 1, 1), 3), (date(2026, 1, 2), 5)))


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as slack:
        yield slack


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def poster(slack: FakeSlack, session: aiohttp.ClientSession) -> SlackPoster:
    return make_poster(slack.api_url, session)


def make_poster(
    url: str,
    session: aiohttp.ClientSession,
    firsts: dict[str, str] | None = None,
    draw: Callable[[Trend], bytes] = bytes,
) -> SlackPoster:
    async def client_of(space: Space) -> AsyncWebClient:
        return open_client(BOT_TOKEN, url, session)

    async def first_part(space: Space, marker: str) -> str | None:
        return (firsts or {}).get(marker)

    calls = Calls(client_of=client_of)
    voice = Voice(calls=calls, pictures=Pictures(calls=calls, draw=draw), clock=lambda: datetime.now(UTC))
    return SlackPoster(voice=voice, first_part=first_part)


def payload_of(poster: SlackPoster, sentence: str = "Nothing new.") -> str:
    (payload,) = poster.render(PlainNotice(sentence=sentence), UTC_ZONE)
    return payload


async def test_what_is_posted_carries_its_marker_and_no_link_is_unfurled(slack: FakeSlack, poster: SlackPoster) -> None:
    receipt = await poster.post(NEWS, payload_of(poster), "MARK")
    (message,) = slack.messages("C0NEWS", bot=True)
    assert receipt == f"C0NEWS:{message['ts']}"
    assert message["metadata"] == {"event_type": "newsdesk_delivery", "event_payload": {"marker": "MARK"}}
    (call,) = slack.called("chat.postMessage")
    assert (call["args"]["unfurl_links"], call["args"]["unfurl_media"]) == (False, False)
    assert not {"parse", "link_names"} & set(call["args"])


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        ({"retry_after": 7}, NotPosted),
        ({"error": "rate_limited"}, NotPosted),
        ({"error": "message_limit_exceeded"}, NotPosted),
        ({"http": 503, "body": "<html>"}, MaybePosted),
        ({"http": 500}, MaybePosted),
        ({"http": 403, "body": "<html>"}, NotPosted),
        ({"http": 200, "body": "<html>"}, MaybePosted),
        ({"drop": True}, MaybePosted),
        ({"drop": True, "after": True}, MaybePosted),
        ({"error": "internal_error"}, MaybePosted),
        ({"error": "fatal_error"}, MaybePosted),
        ({"error": "request_timeout"}, MaybePosted),
        ({"error": "service_unavailable"}, MaybePosted),
        ({"error": "a_code_of_next_year"}, MaybePosted),
        ({"error": "is_archived"}, PlaceClosed),
        ({"error": "channel_not_found"}, PlaceClosed),
        ({"error": "not_in_channel"}, PlaceClosed),
        ({"error": "restricted_action_read_only_channel"}, PlaceClosed),
        ({"error": "token_revoked"}, SpaceClosed),
        ({"error": "account_inactive"}, SpaceClosed),
        ({"error": "invalid_auth"}, SpaceClosed),
        ({"error": "missing_scope"}, SpaceClosed),
        ({"error": "msg_blocks_too_long"}, PostRefused),
        ({"error": "invalid_blocks", "times": 5}, PostRefused),
        ({"error": "metadata_too_large"}, PostRefused),
    ],
    ids=lambda value: "-".join(f"{k}_{v}" for k, v in value.items()) if isinstance(value, dict) else value.__name__,
)
async def test_an_answer_means_what_the_table_of_outcomes_says(
    slack: FakeSlack, poster: SlackPoster, trouble: dict[str, object], outcome: type[Exception]
) -> None:
    slack.fault("chat.postMessage", **trouble)  # type: ignore[arg-type]
    with pytest.raises(outcome) as raised:
        await poster.post(NEWS, payload_of(poster), "MARK")
    assert BOT_TOKEN not in str(raised.value)
    assert len(slack.called("chat.postMessage")) == 1, "nothing is sent twice"


async def test_a_slack_that_cannot_be_reached_has_not_taken_the_message(session: aiohttp.ClientSession) -> None:
    poster = make_poster("http://127.0.0.1:9/api/", session)
    with pytest.raises(NotPosted):
        await poster.post(NEWS, payload_of(poster), "MARK")


async def test_after_429_no_task_of_the_workspace_asks_again_before_the_time(
    slack: FakeSlack, poster: SlackPoster
) -> None:
    slack.fault("chat.postMessage", retry_after=30)
    for channel in ("C0NEWS", "C0SECRET"):
        with pytest.raises(NotPosted) as raised:
            await poster.post(Place(platform="slack", space=HOME, channel=channel), payload_of(poster), "MARK")
        assert raised.value.retry_after is not None
        assert timedelta(seconds=28) < raised.value.retry_after <= timedelta(seconds=30)
    assert len(slack.called("chat.postMessage")) == 1


async def test_a_message_whose_answer_was_lost_is_found_by_its_marker(slack: FakeSlack, poster: SlackPoster) -> None:
    since = datetime.now(UTC) - timedelta(seconds=60)
    slack.fault("chat.postMessage", drop=True, after=True)
    with pytest.raises(MaybePosted):
        await poster.post(NEWS, payload_of(poster), "MARK")
    (message,) = slack.messages("C0NEWS", bot=True)
    assert await poster.find(NEWS, "MARK", since) == f"C0NEWS:{message['ts']}"
    assert await poster.find(NEWS, "OTHER", since) is None


async def test_a_lookup_reads_page_after_page(slack: FakeSlack, poster: SlackPoster) -> None:
    since = datetime.now(UTC) - timedelta(seconds=60)
    receipt = await poster.post(NEWS, payload_of(poster), "MARK")
    for number in range(450):
        await slack.say("C0NEWS", "U0ALICE", f"chatter {number}")
    assert await poster.find(NEWS, "MARK", since) == receipt
    assert len(slack.called("conversations.history")) == 3


async def test_a_lookup_that_was_broken_off_goes_on_where_it_was(slack: FakeSlack, poster: SlackPoster) -> None:
    since = datetime.now(UTC) - timedelta(seconds=60)
    receipt = await poster.post(NEWS, payload_of(poster), "MARK")
    for number in range(250):
        await slack.say("C0NEWS", "U0ALICE", f"chatter {number}")
    slack.fault("conversations.history")  # the first page is shown
    slack.fault("conversations.history", retry_after=1)
    with pytest.raises(NotPosted):
        await poster.find(NEWS, "MARK", since)
    assert await poster.find(NEWS, "MARK", since) == receipt
    assert [bool(call["args"].get("cursor")) for call in slack.called("conversations.history")] == [False, True, True]


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        ({"error": "missing_scope"}, CannotSee),
        ({"error": "internal_error"}, CannotSee),
        ({"http": 502}, CannotSee),
        ({"drop": True}, CannotSee),
        ({"retry_after": 60}, NotPosted),
        ({"error": "channel_not_found"}, PlaceClosed),
        ({"error": "token_revoked"}, SpaceClosed),
    ],
    ids=lambda value: "-".join(f"{k}_{v}" for k, v in value.items()) if isinstance(value, dict) else value.__name__,
)
async def test_what_cannot_be_read_is_never_said_to_be_absent(
    slack: FakeSlack, poster: SlackPoster, trouble: dict[str, object], outcome: type[Exception]
) -> None:
    slack.fault("conversations.history", **trouble)  # type: ignore[arg-type]
    with pytest.raises(outcome):
        await poster.find(NEWS, "MARK", datetime.now(UTC))


async def test_further_parts_go_into_the_thread_of_the_first_and_are_found_there(
    slack: FakeSlack, session: aiohttp.ClientSession
) -> None:
    firsts: dict[str, str] = {}
    poster, since = make_poster(slack.api_url, session, firsts), datetime.now(UTC) - timedelta(seconds=60)
    firsts["TWO"] = await poster.post(NEWS, payload_of(poster, "One."), "ONE")
    second = await poster.post(NEWS, payload_of(poster, "Two."), "TWO")
    one, two = slack.messages("C0NEWS", bot=True)
    assert two["thread_ts"] == one["ts"]
    assert await poster.find(NEWS, "TWO", since) == second


async def test_where_the_first_part_was_deleted_the_next_stands_in_the_channel(
    slack: FakeSlack, session: aiohttp.ClientSession
) -> None:
    firsts: dict[str, str] = {}
    poster, since = make_poster(slack.api_url, session, firsts), datetime.now(UTC) - timedelta(seconds=60)
    firsts["TWO"] = await poster.post(NEWS, payload_of(poster, "One."), "ONE")
    await slack.delete("C0NEWS", firsts["TWO"].partition(":")[2])
    second = await poster.post(NEWS, payload_of(poster, "Two."), "TWO")
    (two,) = slack.messages("C0NEWS", bot=True)
    assert "thread_ts" not in two
    assert await poster.find(NEWS, "TWO", since) == second


def test_a_payload_is_kept_and_read_again_with_the_figures_of_its_picture() -> None:
    layout = Layout(summary="A trend", elements=(Paragraph(line=(Words(text="Below:"),)), Picture(trend=TREND)))
    (message,) = messages_of(layout)
    assert thaw(freeze(message)) == message
    assert list(message.trends.values()) == [TREND]


def trend_message() -> Message:
    (message,) = messages_of(Layout(summary="A trend", elements=(Picture(trend=TREND),)))
    return message


async def test_a_picture_is_uploaded_and_shown_with_its_words(slack: FakeSlack, session: aiohttp.ClientSession) -> None:
    poster = make_poster(slack.api_url, session, draw=lambda _trend: b"\x89PNG")
    await poster.post(NEWS, freeze(trend_message()), "MARK")
    (message,) = slack.messages("C0NEWS", bot=True)
    (image,) = message["blocks"]
    assert image["slack_file"]["id"] in slack.files
    assert image["alt_text"] == TREND.in_words()


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_a_digest_goes_out_with_words_where_its_picture_cannot_be_uploaded(
    slack: FakeSlack, session: aiohttp.ClientSession, method: str
) -> None:
    poster = make_poster(slack.api_url, session, draw=lambda _trend: b"\x89PNG")
    slack.fault(method, error="file_uploads_disabled")
    await poster.post(NEWS, freeze(trend_message()), "MARK")
    (message,) = slack.messages("C0NEWS", bot=True)
    assert message["blocks"][0]["elements"][0]["text"] == TREND.in_words()


async def test_a_picture_that_slack_does_not_show_yet_is_told_in_words_after_a_second_try(
    slack: FakeSlack, session: aiohttp.ClientSession
) -> None:
    poster = make_poster(slack.api_url, session, draw=lambda _trend: b"\x89PNG")
    slack.fault("chat.postMessage", error="invalid_blocks", times=2)
    await poster.post(NEWS, freeze(trend_message()), "MARK")
    (message,) = slack.messages("C0NEWS", bot=True)
    assert message["blocks"][0]["type"] == "context"
