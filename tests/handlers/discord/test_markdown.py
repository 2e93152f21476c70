"""Runs of a layout in Discord's markdown, and as its client shows them."""

from datetime import UTC, datetime

import pytest

from bot.news.article import Space
from bot.news.place import Place
from config import defaults
from handlers.discord.markdown import address, escaped, in_fixed_width, in_markdown
from handlers.layout.elements import Channel, Cites, Link, Moment, Run, Words
from tests.fake_discord.reading import see

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def plain(text: str) -> str:
    return text.replace("\u200b", "")


def shown(*runs: Run) -> str:
    [line] = in_markdown(runs)
    return line


@pytest.mark.parametrize(
    "text",
    [
        "# heading", "## heading", "-# small", "> quoted", ">>> quoted", "- item", "* item", "+ item", "1. item",
        "**bold** *it* _it_ __under__ ~~struck~~ ||hidden|| `code` ```fence```", "[own](https://evil.example)",
        "<@1> <@!1> <@&1> <#1> @everyone @here", "</ask:1> <id:guide> <t:1:R> <:blob:1> :smile:", "\\*", "\\",
        "https://evil.example <https://evil.example> steam://run", "x](https://evil.example)", "3 < 4 > 2 & 5 | 6",
        "C:\\temp", "2) item", "~", "_", "*",
    ],
)  # fmt: skip
def test_words_of_a_text_are_read_as_they_are_and_do_nothing(text: str) -> None:
    for look in ("plain", "bold", "quiet", "struck"):
        seen = see(shown(Words(text=text, look=look)))
        assert plain(seen.words) == text
        assert not (seen.links or seen.calls or seen.starts or seen.shown)
        assert len(seen.set_off) == (look != "plain")


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\ufeff", "\x00", "\x1b", "\u3164", "\U000e0041"])
def test_what_cannot_be_seen_is_left_out(sign: str) -> None:
    assert escaped(f"safe{sign}ty") == "safety"


def test_a_text_stays_on_its_line() -> None:
    assert in_markdown((Words(text="one\n# two\r\n\u2028three"),)) == ["one # two three"]


def test_a_link_leads_to_its_address_whatever_its_words_are() -> None:
    seen = see(shown(Link(text="[Video] x](https://evil.example) **y**", url="https://own.example/a_(b)?q=c d#e")))
    assert seen.links == ["https://own.example/a_%28b%29?q=c%20d#e"]
    assert plain(seen.words) == "(Video) x)(https://evil.example) **y**"


def test_only_addresses_of_the_web_are_links() -> None:
    for url in ("javascript:alert(1)", "ftp://x.example", "https:x", "https:///x", "//x.example", "discord://x", ""):
        assert address(url) is None
        assert shown(Link(text="words", url=url)) == "words"
    assert address("https://x.example/" + "a" * defaults.DISCORD_LINK) is None


def test_an_address_keeps_what_it_means_and_calls_nobody() -> None:
    assert address("HTTPS://x.example/日?a=1&b=%20~*") == "HTTPS://x.example/日?a=1&b=%20~%2A"
    assert address("https://x.example/@everyone/@me") == "https://x.example/%40everyone/@me"


def test_moments_are_shown_by_the_readers_own_clock_but_days_are_the_same_for_all() -> None:
    assert shown(Moment(at=NOON)) == "<t:1795694400:f>"
    assert shown(Moment(at=NOON, day_only=True)) == "26 Nov 2026"


def test_numbers_of_citations_are_no_links() -> None:
    line = shown(Words(text="So it is"), Cites(numbers=(1, 2)), Words(text="(https://evil.example)"))
    seen = see(line)
    assert plain(seen.words) == "So it is [1][2](https://evil.example)"
    assert not seen.links


def test_channels_of_discord_are_named_by_discord() -> None:
    place = Place(platform="discord", space=Space("discord-1"), channel="77")
    assert shown(Channel(place=place)) == "<#77>"
    for other in ("77> @everyone", "٧٧"):
        line = shown(Channel(place=Place(platform="discord", space=Space("discord-1"), channel=other)))
        assert not (see(line).calls or see(line).shown)


def test_runs_that_are_set_off_alike_are_kept_apart() -> None:
    seen = see(shown(Words(text="a ", look="bold"), Words(text="b", look="bold"), Words(text="c", look="bold")))
    assert seen.set_off == ["a", "b", "c"]
    assert plain(seen.words) == "a bc"


def test_code_holds_what_it_says() -> None:
    assert shown(Words(text="digest `add` daily", look="code")) == "`digest 'add' daily`"
    assert shown(Words(text="x"), Words(text=" ", look="code")) == "x"


def test_a_long_line_goes_on_in_the_next() -> None:
    text = " ".join(f"word{number}*" for number in range(600))
    lines = in_markdown((Words(text=text, look="bold"),))
    assert len(lines) > 2
    assert max(map(len, lines)) <= defaults.DISCORD_LINE
    assert "".join(plain(see(line).words) for line in lines).replace(" ", "") == text.replace(" ", "")


def test_what_shows_nothing_is_no_line() -> None:
    assert in_markdown(()) == in_markdown((Words(text=" \u200b"), Words(text="", look="bold"))) == []


def test_in_fixed_width_there_is_no_markup() -> None:
    line = (Words(text="```*a*", look="bold"), Cites(numbers=(1,)), Moment(at=NOON), Link(text=" b", url="https://x.y"))
    assert in_fixed_width(line) == "'''*a*[1]26 Nov 2026 b"
