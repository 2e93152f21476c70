"""Text from outside in Slack's markup: it shows just what it says, and does nothing."""

from datetime import UTC, datetime

import pytest

from handlers.layout.elements import Cites, Line, Link, Moment, Words
from handlers.slack.mrkdwn import address, cut, escape, in_words, markup, plain_object, rich
from tests.slack.markup import pings

NOON = datetime(2026, 11, 12, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["<!channel>", "<!here|here>", "<@U0ALICE>", "<#C0NEWS>", "<!subteam^S1>", "<!date^0^{date}|now>"]
)
def test_commands_of_the_markup_in_a_text_are_words(text: str) -> None:
    shown = markup((Words(text=text, look="bold"), Link(text=text, url="https://a.example/")))
    assert "<" not in shown.replace("<https://a.example/|", "")
    assert pings({"text": shown, "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": shown}}]}) == []


def test_ampersands_and_brackets_are_escaped_once() -> None:
    assert escape("Q&A: 3 < 4 &amp; 5 > 4") == "Q&amp;A: 3 &lt; 4 &amp;amp; 5 &gt; 4"


@pytest.mark.parametrize(
    "sign", ["\u202e", "\u2066", "\u200b", "\u00ad", "\ufeff", "\x00", "\x1b", "\u3164", "\U000e0041"]
)
def test_what_cannot_be_seen_is_left_out(sign: str) -> None:
    assert escape(f"safe{sign}ty") == "safety"
    assert plain_object(f"safe{sign}ty", 75)["text"] == "safety"
    assert rich((Words(text=f"safe{sign}ty"),)) == [{"type": "text", "text": "safety"}]


def test_words_of_a_text_are_not_set_off_by_their_own_stars_and_dashes() -> None:
    assert escape("*bold* _slanted_ ~struck~ `code` snake_case") == "∗bold∗ ˍslantedˍ ∼struck∼ ˋcodeˋ snake_case"


def test_a_text_draws_no_smiley_and_times_stay_as_they_are() -> None:
    assert escape("Sirens :rotating_light: at 10:30:45") == "Sirens ∶rotating_light: at 10:30:45"


def test_a_text_cannot_begin_a_quotation_of_somebody_else() -> None:
    assert escape("> The minister said") == "› The minister said"


def test_the_label_of_a_link_cannot_end_the_link() -> None:
    assert markup((Link(text="safe|https://bad.example> <!here>\nx", url="https://a.example/"),)) == (
        "*<https://a.example/|safe¦https://bad.example&gt; &lt;!here&gt; x>*"
    )


def test_an_address_cannot_end_the_link_and_leads_where_it_led() -> None:
    assert address('https://a.example/a b|c>d?x=1&y="2"') == "https://a.example/a%20b%7Cc%3Ed?x=1&y=%222%22"
    assert address("https://a.example/%7Cdone%20once") == "https://a.example/%7Cdone%20once"
    assert markup((Link(text="more", url="https://a.example/?a=1&b=2"),)) == "*<https://a.example/?a=1&amp;b=2|more>*"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "mailto:a@b.example", "slack://open", "https:///x", "C0NEWS", ""]
)
def test_what_is_no_address_of_the_web_is_shown_as_words(url: str) -> None:
    assert markup((Link(text="here", url=url),)) == "*here*"
    assert rich((Link(text="here", url=url),)) == [{"type": "text", "text": "here"}]


def test_a_moment_is_shown_in_the_zone_of_the_reader_and_in_utc_where_that_is_not_known() -> None:
    assert markup((Moment(at=NOON),)) == (
        f"<!date^{int(NOON.timestamp())}^{{date_short_pretty}} at {{time}}|12 Nov 2026, 12:05 UTC>"
    )


def test_a_day_without_a_time_is_the_same_day_for_everyone() -> None:
    assert markup((Moment(at=NOON, day_only=True),)) == "12 Nov 2026"
    assert rich((Moment(at=NOON, day_only=True),)) == [{"type": "text", "text": "12 Nov 2026"}]


def test_citations_are_numbers_in_brackets_behind_the_sentence() -> None:
    line: Line = (Words(text="It rained."), Cites(numbers=(1, 3)))
    assert markup(line) == in_words(line) == "It rained. [1][3]"


def test_marks_stand_next_to_the_words_that_they_set_off() -> None:
    assert markup((Words(text="Update: ", look="bold"), Words(text="rain"))) == "*Update:* rain"


def test_a_headline_is_bold_also_where_it_leads_to_its_article() -> None:
    link = Link(text="Rain", url="https://a.example/")
    assert markup((Words(text="1. ", look="bold"), link)) == "*1. <https://a.example/|Rain>*"
    assert markup((Words(text="See "), link)) == "See <https://a.example/|Rain>"


def test_a_long_line_is_cut_between_words_and_nothing_is_lost() -> None:
    line: Line = (Words(text="rain & wind, " * 400, look="bold"), Cites(numbers=(1,)))
    pieces = cut(line, 500)
    assert all(len(markup(piece)) <= 500 for piece in pieces)
    assert " ".join(in_words(piece) for piece in pieces).split() == in_words(line).split()


def test_one_endless_word_is_cut_anyway() -> None:
    pieces = cut((Words(text="x" * 9_000),), 2_900)
    assert "".join(map(in_words, pieces)) == "x" * 9_000
