"""What Slack hands in, read as people meant it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.slack.read import (
    Heard,
    Press,
    Sender,
    Typed,
    plain_words,
    read_back,
    read_message,
    read_press,
    read_shortcut,
    read_slash,
    team_of,
    write_down,
)

TEAM, BOT = "T1", "UBOT"
SENDER = Sender(team=TEAM, user="U1", home=TEAM)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("<@UBOT> what is new?", "what is new?"),
        ("hey <@UBOT>, what   is\nnew?", "hey , what is new?"),
        ("rates &lt; 3% &amp; falling &gt; 2%", "rates < 3% & falling > 2%"),
        ("source add <https://example.org/feed?a=1&amp;b=2>", "source add https://example.org/feed?a=1&b=2"),
        ("source add <https://a.org|a.org>", "source add https://a.org"),
        ("ask <@U2|bob> and <@U3>", "ask @bob and @U3"),
        ("in <#C1|news> and <#C2>", "in #news and #C2"),
        ("<!channel> <!here|here> <!subteam^S1|@team> <!date^1^{date}|1 May>", "@channel here @team 1 May"),
        ("write to <mailto:a@b.example|a@b.example>", "write to a@b.example"),
        ("&amp;lt;!channel&amp;gt;", "&lt;!channel&gt;"),
    ],
)
def test_words_come_out_as_they_were_typed(sent: str, words: str) -> None:
    assert plain_words(sent, BOT) == words


@given(st.text())
def test_no_text_is_too_strange_to_be_read(text: str) -> None:
    assert "\n" not in plain_words(text, BOT)


def body(**event: Any) -> dict[str, Any]:
    said = {"type": "message", "channel": "C1", "ts": "1.5", "user": "U1", "text": "hello", "channel_type": "channel"}
    return {"team_id": "T2", "authorizations": [{"team_id": TEAM}], "event": {**said, **event}}


def test_a_message_is_known_by_channel_and_time_however_it_comes() -> None:
    plain = read_message(body(text="<@UBOT> hello"), TEAM, BOT)
    mention = read_message(body(text="<@UBOT> hello", type="app_mention"), TEAM, BOT)
    assert plain is not None and mention is not None
    assert plain.key == mention.key == "C1:1.5" and plain.named and mention.named
    assert plain.sender == SENDER


def test_whose_somebody_is_is_told_beside_where_they_speak() -> None:
    heard = read_message(body(user_team="T2"), TEAM, BOT)
    assert heard is not None and heard.sender == Sender(team=TEAM, user="U1", home="T2")
    assert team_of(body()) == TEAM
    assert team_of({"view": {"app_installed_team_id": TEAM}, "team": {"id": "T2"}}) == TEAM


def test_files_come_along_and_replies_stand_in_their_thread() -> None:
    files = [{"url_private": "https://files.example/1"}, {"id": "F2"}]
    heard = read_message(body(subtype="file_share", files=files, thread_ts="1.1", channel_type="im"), TEAM, BOT)
    assert heard is not None and heard.files == ("https://files.example/1",)
    assert heard.thread == "1.1" and heard.is_direct


WHERE = {"channel": {"id": "C1"}, "response_url": "https://hooks.example/1", "trigger_id": "9.9", "team": {"id": TEAM}}
BY = {"user": {"id": "U1", "team_id": TEAM}}


def test_commands_shortcuts_and_buttons_are_read_with_where_to_answer() -> None:
    slash = {"command": "/digest", "text": " list ", "channel_id": "C1", "user_id": "U1", "team_id": TEAM}
    typed = read_slash({**slash, "response_url": "https://hooks.example/1", "trigger_id": "9.9"}, TEAM)
    assert (typed.words, typed.channel, typed.sender) == ("digest list", "C1", SENDER)
    message = {"text": "Rates <https://a.org|fell>.", "ts": "1.5", "thread_ts": "1.1"}
    shortcut = read_shortcut({**WHERE, **BY, "message": message, "message_ts": "1.5"}, TEAM)
    assert (shortcut.words, shortcut.under) == ("ask Rates fell.", "1.1")
    container = {"message_ts": "1.5", "is_ephemeral": True, "thread_ts": "1.1"}
    pressed = read_press({**WHERE, **BY, "container": container, "actions": [{"action_id": "nd1:sources:1"}]}, TEAM)
    assert (pressed.name, pressed.thread, pressed.is_private) == ("nd1:sources:1", "1.1", True)


def test_what_was_kept_is_read_back_as_it_was() -> None:
    at = {"sender": SENDER, "channel": "C1"}
    heard = Heard(**at, ts="1.5", thread=None, text="“why”?", is_direct=False, named=True, files=("f",))
    typed = Typed(**at, words="brief", answer_at="https://hooks.example/1", trigger="9.9", under="1.1")
    pressed = Press(
        **at, name="nd1:more:1", under="1.5", thread=None, is_private=False, answer_at="https://a.example", trigger="8"
    )
    for incoming in (heard, typed, pressed):
        assert read_back(write_down(incoming)) == incoming
