"""Titles of strangers in Discord: nobody is called, nothing refused, no link forged."""

from bench.hostile_news import face_hostility
from tests.fake_discord.judging import judge
from tests.fake_discord.reading import see
from tests.handlers.discord.posting import open_poster

_SEED = 20261126


def test_two_thousand_hostile_titles_call_nobody_and_break_nothing() -> None:
    poster, _ = open_poster()
    tally = face_hostility(poster.render, judge, 2_000, _SEED)
    assert tally.is_sound, f"seed {_SEED}: {tally.said()}: {tally.examples[:5]}"
    assert tally.messages > 1_000


def test_it_would_be_seen_if_markup_worked() -> None:
    seen = see("# big\n**bold** [own](https://evil.example) https://bad.example <@1> @everyone <#7> <t:1:R> `x`")
    assert seen.links == ["https://evil.example", "https://bad.example"]
    assert seen.calls == ["<@1>", "@everyone"]
    assert (seen.starts, seen.set_off, seen.shown) == (["# "], ["bold"], ["<#7>", "<t:1:R>"])
    inert = see(r"\# big \*\*bold\*\* \[own\](https" + ":\u200b//evil.example) \\<@\u200b1\\>")
    assert not (inert.links or inert.calls or inert.starts or inert.set_off)
