"""Titles of strangers in Slack: nobody is called, nothing refused, no link forged."""

import json
from zoneinfo import ZoneInfo

import pytest

from bench.hostile_news import OWN, face_hostility
from bot.news.reply import AnswerId
from handlers.layout.answer import lay_out_answer
from handlers.slack.messages import messages_of
from handlers.slack.payload import freeze
from handlers.slack.post import render
from tests.handlers.hostile import hostile_answers
from tests.slack.judging import judge

_SEED = 20261126


def test_two_thousand_hostile_titles_call_nobody_and_break_nothing() -> None:
    tally = face_hostility(render, judge, 2_000, _SEED)
    assert tally.is_sound, f"seed {_SEED}: {tally.said()}: {tally.examples[:5]}"
    assert tally.messages > 1_000


def test_nor_do_they_in_answers_with_figures_and_sources_that_differ() -> None:
    for answer in hostile_answers(600, _SEED):
        for message in messages_of(lay_out_answer(answer, AnswerId(7), ZoneInfo("UTC"))):
            judged = judge(freeze(message))
            assert not (judged.calls or judged.forged or judged.refusals), f"seed {_SEED}: {answer.read_as!r}"


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ({"type": "mrkdwn", "text": "<!channel>", "verbatim": True}, "calls"),
        ({"type": "mrkdwn", "text": "<@U0ALICE", "verbatim": True}, "calls"),
        ({"type": "mrkdwn", "text": "Sirens :rotating_light:", "verbatim": True}, "calls"),
        ({"type": "mrkdwn", "text": "<https://evil.example|own.example>", "verbatim": True}, "forged"),
        ({"type": "mrkdwn", "text": "https://evil.example"}, "forged"),
        ({"type": "mrkdwn", "text": "x" * 3_001, "verbatim": True}, "refusals"),
        ({"type": "mrkdwn", "text": "\u202eno", "verbatim": True}, "refusals"),
        ({"type": "plain_text", "text": "x", "emoji": True}, "calls"),
    ],
    ids=str,
)
def test_it_would_be_seen_if_markup_worked(part: dict[str, object], what: str) -> None:
    judged = judge(json.dumps({"text": "", "blocks": [{"type": "section", "text": part}]}, ensure_ascii=False))
    assert getattr(judged, what)


def test_a_link_to_an_article_and_a_date_are_no_harm() -> None:
    text = f"<{OWN}1|Ferry> <!date^0^{{date}}|then>"
    part = {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}
    judged = judge(json.dumps({"text": "", "blocks": [part]}))
    assert not (judged.calls or judged.forged or judged.refusals)
