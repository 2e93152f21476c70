"""Titles of strangers in Discord: nobody is called, nothing refused, no link forged."""

import json
from zoneinfo import ZoneInfo

from bench.hostile_news import face_hostility
from bot.news.reply import AnswerId
from handlers.discord.cards import lay_cards
from handlers.discord.post import render
from handlers.layout.answer import lay_out_answer
from tests.fake_discord.judging import judge
from tests.fake_discord.reading import see
from tests.handlers.hostile import hostile_answers

_SEED = 20261126


def test_two_thousand_hostile_titles_call_nobody_and_break_nothing() -> None:
    tally = face_hostility(render, judge, 2_000, _SEED)
    assert tally.is_sound, f"seed {_SEED}: {tally.said()}: {tally.examples[:5]}"
    assert tally.messages > 1_000


def test_nor_do_they_in_answers_with_figures_and_sources_that_differ() -> None:
    for answer in hostile_answers(600, _SEED):
        for card in lay_cards(lay_out_answer(answer, AnswerId(7), ZoneInfo("UTC"))):
            judged = judge(json.dumps({"components": card.components()}))
            assert not (judged.calls or judged.forged or judged.refusals), f"seed {_SEED}: {answer.read_as!r}: {judged}"


def test_it_would_be_seen_if_markup_worked() -> None:
    seen = see("# big\n**bold** [own](https://evil.example) https://bad.example <@1> @everyone <#7> <t:1:R> `x`")
    assert seen.links == ["https://evil.example", "https://bad.example"]
    assert seen.calls == ["<@1>", "@everyone"]
    assert (seen.starts, seen.set_off, seen.shown) == (["# "], ["bold"], ["<#7>", "<t:1:R>"])
    inert = see(r"\# big \*\*bold\*\* \[own\](https" + ":\u200b//evil.example) \\<@\u200b1\\>")
    assert not (inert.links or inert.calls or inert.starts or inert.set_off)
