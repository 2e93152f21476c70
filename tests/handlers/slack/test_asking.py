"""Questions in Slack: heard, seen to be heard, and answered in a thread with sources."""

from typing import Any

from tests.slack.newsroom import ALICE, BOB, NEWS, Newsroom
from tests.slack.reading import links_in, words_in

RATE = "What rate did the Bank of Norrland set?"


async def test_a_mention_is_answered_in_a_thread_with_its_sources(room: Newsroom) -> None:
    asked = await room.slack.say(NEWS, ALICE, f"<@U0BOT> {RATE}")
    await room.idle()
    (answer,) = room.said()
    assert answer["thread_ts"] == asked
    assert "3.25%" in words_in(answer)
    assert "https://example.org/rate-cut" in links_in(answer)
    assert answer["_pings"] == []


async def test_the_two_events_of_a_mention_are_one_question(room: Newsroom) -> None:
    await room.slack.say(NEWS, ALICE, f"<@U0BOT> {RATE}")
    await room.idle()
    assert sorted(one["type"] for one in room.slack.deliveries if one["attempt"] == 0)[:2] == ["app_mention", "message"]
    assert len(room.said()) == 1


async def test_what_is_handed_in_again_is_answered_once(room: Newsroom) -> None:
    await room.slack.say(NEWS, ALICE, f"<@U0BOT> {RATE}")
    await room.idle()
    for event in list(room.slack.events):
        await room.slack.redeliver(event, times=2)
    await room.idle()
    assert len(room.said()) == 1


async def test_who_asks_sees_at_once_that_they_were_heard(room: Newsroom) -> None:
    asked = await room.slack.say(NEWS, ALICE, f"<@U0BOT> {RATE}")
    await room.idle()
    methods = [call["method"] for call in room.slack.calls]
    assert methods.index("assistant.threads.setStatus") < methods.index("chat.postMessage")
    assert room.slack.status[f"{NEWS}:{asked}"]["status"] == ""


async def test_where_no_status_can_be_shown_a_reaction_is_until_the_answer_is_there(room: Newsroom) -> None:
    room.slack.fault("assistant.threads.setStatus", error="feature_disabled")
    asked = await room.slack.say(NEWS, ALICE, f"<@U0BOT> {RATE}")
    await room.idle()
    methods = [call["method"] for call in room.slack.calls]
    assert methods.index("reactions.add") < methods.index("chat.postMessage") < methods.index("reactions.remove")
    (reaction,) = next(one for one in room.slack.log if one["ts"] == asked)["reactions"]
    assert reaction["count"] == 0


async def test_a_thread_that_the_desk_has_joined_needs_no_mention(room: Newsroom) -> None:
    asked = await room.slack.say(NEWS, ALICE, "<@U0BOT> Which duty on imported cheese did Tokyo announce?")
    await room.idle()
    await room.slack.say(NEWS, BOB, "and Vietnam?", thread_ts=asked)
    await room.idle()
    assert "20%" in words_in(room.said()[-1])
    assert room.said()[-1]["thread_ts"] == asked


async def test_what_people_say_to_each_other_is_left_alone(room: Newsroom) -> None:
    said = await room.slack.say(NEWS, ALICE, "What rate did the Bank of Norrland set?")
    await room.slack.say(NEWS, BOB, "No idea.", thread_ts=said)
    await room.idle()
    assert room.said() == []
    assert room.slack.called("assistant.threads.setStatus") == []


async def test_thanks_and_what_is_said_to_others_in_its_thread_is_left_alone(room: Newsroom) -> None:
    asked = await room.slack.say(NEWS, ALICE, f"<@U0BOT> {RATE}")
    await room.idle()
    for said in ("Thanks!", "ok great", "<@U0BOB> what do you think?", "👍"):
        await room.slack.say(NEWS, ALICE, said, thread_ts=asked)
    await room.idle()
    assert len(room.said()) == 1


NOT_SAID_TO_IT: list[dict[str, Any]] = [
    {"subtype": "bot_message", "bot_id": "B0OTHER", "text": f"<@U0BOT> {RATE}"},
    {"user": "U0ALICE", "bot_id": "B0OTHER", "text": f"<@U0BOT> {RATE}"},
    {"subtype": "message_changed", "message": {"text": f"<@U0BOT> {RATE}", "user": "U0ALICE"}},
    {"subtype": "message_deleted", "deleted_ts": "1.2"},
    {"subtype": "channel_join", "user": "U0ALICE", "text": "<@U0BOT> joined"},
    {"user": "U0BOT", "text": f"<@U0BOT> {RATE}"},
]


async def test_programs_edits_and_itself_are_not_answered(room: Newsroom) -> None:
    for number, event in enumerate(NOT_SAID_TO_IT):
        at = {"channel": NEWS, "channel_type": "channel", "ts": f"1700000000.{number}"}
        await room.slack.event({"type": "message", **at, **event})
    await room.idle()
    assert room.said() == []
    assert {one["outcome"] for one in room.slack.deliveries} == {"ok"}


async def test_a_direct_message_is_answered_below_it(room: Newsroom) -> None:
    here = room.slack.direct(ALICE)["id"]
    asked = await room.slack.say(here, ALICE, RATE)
    await room.idle()
    (answer,) = room.said(here)
    assert answer["thread_ts"] == asked and "3.25%" in words_in(answer)


async def test_a_mention_alone_is_told_what_can_be_asked(room: Newsroom) -> None:
    await room.slack.say(NEWS, ALICE, "<@U0BOT>")
    await room.idle()
    assert "digest add weekdays 8:30" in words_in(room.said()[0])


async def test_what_is_wrong_with_a_question_is_told_to_whoever_asked_alone(room: Newsroom) -> None:
    asked = await room.slack.say(NEWS, ALICE, f"<@U0BOT> {'why ' * 400}")
    await room.idle()
    (told,) = room.whispered()
    assert "Questions can have 1,000 characters" in words_in(told)
    assert room.said() == []
    assert room.slack.status[f"{NEWS}:{asked}"]["status"] == ""


async def test_nothing_in_a_question_calls_anybody(room: Newsroom) -> None:
    await room.slack.say(
        NEWS, ALICE, "<@U0BOT> <!channel> <@U0BOB> *rates* <https://bad.example|good> in Norrland?", raw=True
    )
    await room.slack.slash("/ask", "@channel &lt;!here&gt; <@U0BOB> rates in Norrland?")
    await room.idle()
    assert len(room.said()) == 3
    assert all(one["_pings"] == [] for one in room.said())


async def test_a_command_asks_openly_and_is_answered_below_the_question(room: Newsroom) -> None:
    taken = await room.slack.slash("/ask", RATE)
    await room.idle()
    question, answer = room.said()
    assert taken["user_sees"] == "" and RATE in words_in(question)
    assert answer["thread_ts"] == question["ts"] and "3.25%" in words_in(answer)
    await room.slack.say(NEWS, BOB, "and before that?", thread_ts=question["ts"])
    await room.idle()
    assert room.said()[-1]["thread_ts"] == question["ts"]


async def test_where_the_desk_is_no_member_a_command_is_answered_to_whoever_asked(room: Newsroom) -> None:
    for channel in ("C0OTHER", "C0SECRET"):
        await room.slack.slash("/ask", RATE, channel=channel)
        await room.idle()
        assert "3.25%" in words_in(room.whispered()[-1])
        assert room.said(channel) == []


async def test_the_background_of_a_message_is_told_in_its_thread(room: Newsroom) -> None:
    said = await room.slack.say(NEWS, BOB, f"The Bank of Norrland cut its key interest rate. {'It did so. ' * 200}")
    await room.slack.shortcut("background_on_this", NEWS, said)
    await room.idle()
    (answer,) = room.said()
    assert answer["thread_ts"] == said and "3.25%" in words_in(answer)


async def test_the_background_of_a_message_elsewhere_is_told_to_whoever_wants_it(room: Newsroom) -> None:
    said = await room.slack.say("C0SECRET", ALICE, "The Bank of Norrland cut its key interest rate.")
    await room.slack.shortcut("background_on_this", "C0SECRET", said)
    await room.idle()
    assert room.said("C0SECRET") == []
    assert "3.25%" in words_in(room.whispered()[0])
