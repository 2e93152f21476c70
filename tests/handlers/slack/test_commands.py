"""Commands, buttons, forms and App Home: everything the desk does, done from Slack."""

import json
from typing import Any

from bot.archive.subscriptions import list_subscriptions
from bot.archive.watches import list_watches
from bot.news.article import LOCAL
from tests.slack.newsroom import ALICE, BOB, NEWS, Newsroom
from tests.slack.reading import keys_in, words_in

PARIS_NEXT = "digest add weekdays 8:30 ferry"


async def typed(room: Newsroom, words: str, user: str = ALICE, channel: str = NEWS) -> str:
    """What is shown to whoever typed it, or in the channel."""
    before = [*room.slack.log, *room.slack.ephemeral]
    verb, _, rest = words.partition(" ")
    taken = await room.slack.slash(f"/{verb}", rest, user=user, channel=channel)
    assert taken["user_sees"] == ""
    await room.idle()
    shown = [one for one in (*room.slack.log, *room.slack.ephemeral) if one not in before]
    return "\n".join(map(words_in, shown))


ANSWERED = [
    ("brief", "Holm Island"),
    ("brief ferry", "Holm Island"),
    ("digest list", "No digests"),
    ("watch list", "Nothing is watched"),
    ("watch test ferry", "ferry"),
    ("source list", "Nothing is followed yet"),
    ("why https://example.org/rate-cut", "Bank of Norrland cuts rate"),
    ("desk", "This channel"),
    ("digest lst", "Did you mean `digest list`?"),
    ("why", "needs the link of an article"),
    ("subscirbe", "I do not know"),
]


async def test_a_command_is_answered_to_whoever_typed_it_alone(room: Newsroom) -> None:
    for words, shown in ANSWERED:
        assert shown in await typed(room, words)
    assert room.said() == []


async def test_a_digest_is_confirmed_for_all_to_see_in_the_zone_of_whoever_made_it(room: Newsroom) -> None:
    assert "on weekdays at 08:30, Europe/Paris" in await typed(room, PARIS_NEXT)
    (confirmed,) = room.said()
    assert "ferry" in words_in(confirmed)
    (digest,) = room.desks.archive.read_now(list_subscriptions, LOCAL)
    assert (digest.place.platform, digest.place.channel, digest.made_by) == ("slack", NEWS, ALICE)
    assert "paused" in await typed(room, "digest pause 1")
    assert "08:30" in await typed(room, "digest resume 1")
    assert "removed" in await typed(room, "digest remove 1")


async def test_a_watch_is_made_muted_and_removed(room: Newsroom) -> None:
    assert "ferry" in await typed(room, "watch add ferry hourly")
    assert room.desks.archive.read_now(list_watches, LOCAL)[0].place.channel == NEWS
    assert "tells nothing until" in await typed(room, "watch mute 1 for 3 days")
    assert "removed" in await typed(room, "watch remove 1")


async def test_the_buttons_under_an_answer_show_and_note_what_they_say(room: Newsroom) -> None:
    await room.slack.say(NEWS, ALICE, "<@U0BOT> What rate did the Bank of Norrland set?")
    await room.idle()
    (answer,) = room.said()
    keys = keys_in(answer)
    assert list(keys) == ["Sources", "Watch this", "Helpful", "Not helpful"]
    for label, shown in (("Sources", "on Wednesday"), ("Helpful", "Thank you"), ("Not helpful", "Thank you")):
        pressed = await room.slack.click(NEWS, answer["ts"], user=BOB, **keys[label])
        assert pressed["outcome"] == "ok"
        await room.idle()
        assert shown in words_in(room.whispered(BOB)[-1])
        assert room.whispered(BOB)[-1]["thread_ts"] == answer["thread_ts"]
    assert len(room.said()) == 1


async def test_watch_this_opens_a_form_that_is_filled_in_already(room: Newsroom) -> None:
    await room.slack.say(NEWS, ALICE, "<@U0BOT> What rate did the Bank of Norrland set?")
    await room.idle()
    (answer,) = room.said()
    await room.slack.click(NEWS, answer["ts"], **keys_in(answer)["Watch this"])
    await room.idle()
    view = opened(room)
    assert "Norrland" in json.dumps(view["blocks"])
    sent = await room.slack.submit(view["id"], as_it_stands(view))
    assert sent["modal"] == "closed"
    await room.idle()
    (watch,) = room.desks.archive.read_now(list_watches, LOCAL)
    assert watch.place.channel == NEWS and "norrland" in watch.topic.lower()
    assert "Watch 1" in words_in(room.said()[-1])


async def test_a_button_that_is_out_of_date_says_so(room: Newsroom) -> None:
    await room.slack.say(NEWS, ALICE, "<@U0BOT> What rate did the Bank of Norrland set?")
    await room.idle()
    (answer,) = room.said()
    key = next(one for block in answer["blocks"] for one in block.get("elements", []) if one.get("type") == "button")
    for name in ("nd1:mute:1:2", "nd0:old", "made up", "nd1:sources:999"):
        key["action_id"] = name
        await room.slack.click(NEWS, answer["ts"], name)
        await room.idle()
        told = words_in(room.whispered()[-1])
        assert "out of date" in told or "not kept any more" in told


async def test_a_button_pressed_twice_is_done_once_and_answered_alike(room: Newsroom) -> None:
    await typed(room, PARIS_NEXT)
    await typed(room, "digest preview 1")
    preview = room.whispered()[-1]
    for _ in range(2):
        await room.slack.click(NEWS, preview["ts"], **keys_in(preview)["Mute this story"])
        await room.idle()
        assert "hears no more of this story" in words_in(room.whispered()[-1])


async def test_a_command_without_its_words_opens_a_form_in_its_channel(room: Newsroom) -> None:
    for words in ("digest add", "watch add", "source add", "ask"):
        verb, _, rest = words.partition(" ")
        assert (await room.slack.slash(f"/{verb}", rest))["user_sees"] == ""
    await room.idle()
    assert len(room.slack.views) == 4
    assert room.whispered() == []


async def test_a_form_that_cannot_be_opened_any_more_is_answered_in_words(room: Newsroom) -> None:
    room.slack.fault("views.open", error="expired_trigger_id")
    assert "needs a time and perhaps a topic" in await typed(room, "digest add")


async def test_a_fault_in_a_form_is_said_under_its_field(room: Newsroom) -> None:
    await room.slack.slash("/digest", "add")
    await room.idle()
    view = opened(room)
    sent = await room.slack.submit(view["id"], as_it_stands(view, times="25:00"))
    assert sent["modal"] == "errors"
    assert "25:00" in sent["answer"]["errors"]["times"]
    sent = await room.slack.submit(view["id"], as_it_stands(view, times="weekdays 8:30", topic="ferry"))
    assert sent["modal"] == "closed"
    await room.idle()
    assert "on weekdays at 08:30, Europe/Paris" in words_in(room.said()[-1])


async def test_a_question_in_a_form_is_answered_directly(room: Newsroom) -> None:
    await room.slack.open_home(ALICE)
    await room.idle()
    home = room.slack.homes[ALICE]
    await room.slack.click_view(home["id"], "nd1:home:ask:add:0")
    await room.idle()
    view = opened(room)
    await room.slack.submit(view["id"], as_it_stands(view, question="What rate did the Bank of Norrland set?"))
    await room.idle()
    question, answer = room.said(room.slack.direct(ALICE)["id"])
    assert "3.25%" in words_in(answer) and answer["thread_ts"] == question["ts"]


async def test_a_question_in_a_form_where_the_desk_is_no_member_is_answered_directly(room: Newsroom) -> None:
    await room.slack.slash("/ask", channel="C0OTHER")
    await room.idle()
    view = opened(room)
    await room.slack.submit(view["id"], as_it_stands(view, question="What rate did the Bank of Norrland set?"))
    await room.idle()
    (answer,) = room.said(room.slack.direct(ALICE)["id"])
    assert "3.25%" in words_in(answer)


async def test_app_home_lists_what_comes_and_changes_it(room: Newsroom) -> None:
    await typed(room, PARIS_NEXT)
    await room.slack.open_home(ALICE)
    await room.idle()
    home = room.slack.homes[ALICE]
    assert "on weekdays at 08:30" in words_in(home) and f"<#{NEWS}>" in json.dumps(home)
    await choose(room, "nd1:home:digest:1", "nd1:home:digest:pause:1")
    assert room.desks.archive.read_now(list_subscriptions, LOCAL)[0].paused
    assert "paused" in words_in(room.slack.homes[ALICE]).lower()
    await choose(room, "nd1:home:digest:1", "nd1:home:digest:change:1")
    view = opened(room)
    await room.slack.submit(view["id"], as_it_stands(view, times="daily 7:00"))
    await room.idle()
    assert "every day at 07:00" in words_in(room.slack.homes[ALICE])
    await choose(room, "nd1:home:digest:1", "nd1:home:digest:remove:1")
    assert room.desks.archive.read_now(list_subscriptions, LOCAL) == []


async def test_what_is_not_there_any_more_is_said_on_app_home(room: Newsroom) -> None:
    await typed(room, PARIS_NEXT)
    await room.slack.open_home(ALICE)
    await room.idle()
    await typed(room, "digest remove 1")
    await choose(room, "nd1:home:digest:1", "nd1:home:digest:pause:1")
    assert "not there any more" in words_in(opened(room))
    assert "No digest comes yet." in words_in(room.slack.homes[ALICE])


async def test_the_list_of_sources_is_handed_over_as_a_file_and_taken_back(room: Newsroom) -> None:
    room.slack.users[ALICE]["is_admin"] = True
    assert "direct messages" in await typed(room, "source export")
    here = room.slack.direct(ALICE)["id"]
    told, file = room.said(here)
    assert file["thread_ts"] == told["ts"] and file["files"][0]["name"] == "newsdesk.opml"
    await room.slack.say(here, ALICE, "source import", file=b"<opml><body/></opml>")
    await room.idle()
    assert "no feed" in words_in(room.said(here)[-1]).lower()


async def test_whoever_opens_the_messages_is_offered_what_to_ask(room: Newsroom) -> None:
    await room.slack.open_home(ALICE, tab="messages")
    await room.idle()
    (shown,) = room.slack.status.values()
    assert len(shown["prompts"]) == 4


async def test_without_agents_nothing_is_missing(room: Newsroom) -> None:
    room.slack.has_agents = False
    await room.slack.open_home(ALICE, tab="messages")
    await room.slack.say(room.slack.direct(ALICE)["id"], ALICE, "What rate did the Bank of Norrland set?")
    await room.idle()
    assert "3.25%" in words_in(room.said(room.slack.direct(ALICE)["id"])[0])


async def choose(room: Newsroom, menu: str, value: str, user: str = ALICE) -> None:
    """Choose that from a menu on App Home."""
    chosen = {"selected_option": {"value": value}}
    await room.slack.click_view(room.slack.homes[user]["id"], menu, user=user, **chosen)
    await room.idle()


def opened(room: Newsroom) -> dict[str, Any]:
    """The form that was opened last."""
    return [one for one in room.slack.views.values() if one["type"] == "modal"][-1]


def as_it_stands(view: dict[str, Any], **changed: str) -> dict[str, Any]:
    """What is sent by whoever changes these fields of a form and leaves the others as they are."""
    values: dict[str, Any] = {}
    for block in view["blocks"]:
        element = block["element"]
        given: dict[str, Any] = {"type": element["type"]}
        if element["type"] == "plain_text_input":
            given["value"] = changed.get(block["block_id"], element.get("initial_value"))
        elif element["type"] == "static_select":
            given["selected_option"] = element.get("initial_option")
        else:
            given["selected_conversation"] = changed.get(block["block_id"], element.get("initial_conversation", NEWS))
        values[block["block_id"]] = {element["action_id"]: given}
    return values
