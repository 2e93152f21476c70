from dataclasses import replace

import pytest

from bot.desk.follow import Choice, Followed
from bot.desk.replies import Checked, Reply
from bot.desk.sources import Imported
from bot.news.backtest import Backtest
from bot.news.briefing import Refusal
from bot.news.reply import (
    Answered,
    AnswerId,
    DigestMade,
    DigestPreviewed,
    DigestsListed,
    Exported,
    HeldListed,
    Overview,
    Proof,
    Said,
    SourcesListed,
    WatchChanged,
    WatchesListed,
    WatchMade,
    WatchTested,
    WatchWanted,
)
from bot.news.schedule import next_occurrences
from bot.news.verdict import Finding, Verdict
from bot.wire.parsed import FeedLink
from handlers.layout.elements import Layout, Paragraph, Words
from handlers.layout.plain import plain_layout
from handlers.layout.replies import lay_out_reply
from tests.handlers.console.dispatch_makes import FERRY, make_alert, make_batch, make_digest
from tests.handlers.console.makes import NEW_YORK, make_answer, make_brief
from tests.handlers.console.source_makes import FAILING, NOTICE, STOPPED, make_gathered, make_source
from tests.handlers.layout.makes import NOW, PLACE, make_subscription, make_watch
from tests.handlers.layout.shown import lines_of

TESTED = Backtest(
    topic="ferry", since=NOW, messages=4, stories=5, examples=(make_alert(), make_batch().alerts[1]), unannounced=2
)
MADE = DigestMade(
    subscription=make_subscription(),
    next=tuple(one.due for one in next_occurrences(make_subscription().schedule, NOW, 3)),
    sources=("Harbour Wire", "The Docket"),
    notes=("I took `Paris` as Europe/Paris.",),
)
VERDICT = Verdict(
    link="https://harbour-wire.example/no-ferry",
    headline="No ferry until Friday",
    findings=(
        Finding(step="queued", sentence="Watch 4 tells it at 09:00."),
        Finding(step="old", sentence="It is old."),
    ),
)
OVERVIEW = Overview(
    place=None,
    digests=(make_subscription(),),
    watches=(make_watch(),),
    sources=(make_source(), FAILING),
    notices=(NOTICE,),
    closed=((PLACE, "I was removed from it."),),
    examples=("ask what tariffs apply to Japan?", "digest list"),
)
CHOICE = Choice(
    page="https://harbour-wire.example/",
    feeds=(FeedLink(address="https://harbour-wire.example/all", title="All"), FeedLink(address="https://b.example/")),
)
EVERY: list[Reply] = [
    Said(sentence="Digest 2 is removed."),
    MADE,
    DigestsListed(subscriptions=()),
    DigestsListed(subscriptions=(make_subscription(),)),
    DigestPreviewed(subscription=make_subscription(), digest=make_digest()),
    WatchMade(watch=make_watch(), understood="interest rates", tested=TESTED),
    WatchChanged(watch=make_watch()),
    WatchTested(understood="interest rates", tested=TESTED),
    WatchesListed(watches=()),
    WatchesListed(watches=(make_watch(),)),
    VERDICT,
    HeldListed(deliveries=()),
    Answered(number=AnswerId(7), answer=make_answer()),
    Proof(answer=make_answer()),
    make_brief(),
    WatchWanted(topic="tariffs Japan"),
    Followed(source=make_source(), gathered=make_gathered()),
    CHOICE,
    SourcesListed(sources=(), notices=()),
    SourcesListed(sources=(make_source(),), notices=(NOTICE,)),
    Checked(readings=()),
    Checked(readings=((make_source(), make_gathered()),)),
    Imported(followed=[make_source()]),
    Exported(opml="<opml/>", left_out=0),
    OVERVIEW,
    replace(OVERVIEW, place=PLACE, digests=(), watches=(), sources=(), notices=(), closed=()),
]


@pytest.mark.parametrize("reply", EVERY, ids=lambda reply: type(reply).__name__)
def test_every_reply_has_words_and_a_summary(reply: Reply) -> None:
    layout = _lay_out(reply)
    assert layout.summary.strip() and all(isinstance(line, str) for line in lines_of(layout))


def test_a_digest_that_was_made_is_repeated_with_its_next_three_times() -> None:
    assert _shown(MADE) == [
        "Digest 2: tariffs.",
        "It comes on weekdays at 08:30, Europe/Paris.",
        "It is made from Harbour Wire, The Docket.",
        "Next: 17 April 2025, 06:30; 18 April 2025, 06:30; 21 April 2025, 06:30.",
        "I took Paris as Europe/Paris.",
    ]


def test_what_can_be_typed_is_set_off_and_its_marks_are_not_shown() -> None:
    layout = _lay_out(Said(sentence="Only members with *Manage Server* can; `digest resume 2` lets it come."))
    paragraph = layout.elements[0]
    assert isinstance(paragraph, Paragraph)
    assert [(run.text, run.look) for run in paragraph.line if isinstance(run, Words)] == [
        ("Only members with ", "plain"),
        ("Manage Server", "bold"),
        (" can; ", "plain"),
        ("digest resume 2", "code"),
        (" lets it come.", "plain"),
    ]


def test_digests_are_listed_with_their_numbers_and_next_times() -> None:
    paused = make_subscription(id=3, topic=None, length="short", paused=NOW, next_due=None)
    assert _shown(DigestsListed(subscriptions=(make_subscription(), paused))) == [
        "2 digests come here",
        "2. tariffs · on weekdays at 08:30, Europe/Paris · next 17 April 2025, 06:30",
        "3. all news, short · on weekdays at 08:30, Europe/Paris · paused",
    ]


def test_a_watch_is_told_back_with_what_it_would_have_told_and_examples() -> None:
    shown = _shown(WatchMade(watch=make_watch(), understood="interest rates", tested=TESTED))
    assert shown[:6] == [
        "Watch 4: interest rates.",
        "It is told at once.",
        "In the last 7 days it would have sent 4 messages about 5 stories.",
        "2 more stories meet it, which came by hand, with the first reading of a source, or when they were old.",
        "",
        "No ferry to Inish Mor until Friday <https://harbour-wire.example/no-ferry>",
    ]
    assert shown[6] == f"Harbour Wire, 16 April 2025, 14:30 · Why: it says “ferry”, “harbour master”: “{FERRY}”"


def test_whom_a_watch_pings_is_said_wherever_it_is_shown() -> None:
    watch = make_watch(cadence="daily", ping="71")
    made = WatchMade(watch=watch, understood="interest rates", tested=TESTED)
    assert _shown(made)[1] == "It is told daily; pings @71."
    assert _shown(WatchChanged(watch=watch)) == ["Watch 4 is told daily; pings @71."]
    assert _shown(WatchesListed(watches=(watch,)))[1] == "4. interest rates · told daily; pings @71"
    assert any("told daily; pings @71" in line for line in _shown(replace(OVERVIEW, watches=(watch,))))


def test_a_verdict_begins_with_what_decides() -> None:
    assert _shown(VERDICT) == ["No ferry until Friday", "Watch 4 tells it at 09:00.", "- It is old."]


def test_sources_in_trouble_stand_first_with_what_is_wrong() -> None:
    shown = _shown(SourcesListed(sources=(make_source(), FAILING, STOPPED), notices=(NOTICE,)))
    assert shown[0] == "3 sources followed, 1 failing, 1 given up"
    assert shown[1].startswith("- Pacific Ledger")
    assert shown[1].endswith(" · 3 failures · pacific-ledger.example has a fault (503); I will keep trying. (F05)")
    assert " · given up 3 April 2025, 01:05 · " in shown[2]
    assert shown[3].startswith("- Harbour Wire <https://harbour-wire.example/feed.xml> · read 16 April 2025, 14:20")
    assert shown[4] == "Notices"


def test_the_address_of_a_source_with_a_login_is_not_shown() -> None:
    closed = make_source()
    closed = replace(closed, feed=replace(closed.feed, user="desk"))
    assert "example" not in _shown(SourcesListed(sources=(closed,), notices=()))[1]


def test_a_long_list_says_how_many_more_there_are() -> None:
    shown = _shown(SourcesListed(sources=(make_source(),) * 60, notices=()))
    assert (len(shown), shown[-1]) == (52, "And 10 more.")


def test_a_page_with_several_feeds_lets_one_be_chosen_by_its_number() -> None:
    assert _shown(CHOICE) == [
        "This page names 2 feeds. Add one of them by its address:",
        "1. All <https://harbour-wire.example/all>",
        "2. (no title) <https://b.example/>",
        "source add https://harbour-wire.example/ 1 adds the first.",
    ]


def test_a_list_that_was_taken_in_says_what_was_refused_and_why() -> None:
    refused = [Refusal(where="http://127.0.0.1/", reason="That address is not on the public internet.", code="U09")]
    assert _shown(Imported(followed=[make_source()] * 2, refused=refused)) == [
        "2 sources followed, 1 refused.",
        "What they list later is news.",
        "Refused",
        "- http://127.0.0.1/: That address is not on the public internet. (U09)",
    ]


def test_the_overview_says_what_is_closed_what_comes_and_what_can_be_typed() -> None:
    shown = _shown(OVERVIEW)
    assert shown[:9] == [
        "# The desk",
        "Where nothing can be posted",
        "- #C024: I was removed from it.",
        "",
        "Digests",
        "2. tariffs · on weekdays at 08:30, Europe/Paris · next 17 April 2025, 06:30 · #C024",
        "",
        "Watches",
        "4. interest rates · told at once · #C024",
    ]
    assert shown[-2:] == ["- ask what tariffs apply to Japan?", "- digest list"]


def test_the_overview_of_a_channel_does_not_name_it_again() -> None:
    assert not any("#C024" in line for line in _shown(replace(OVERVIEW, place=PLACE, closed=())))


def test_a_refusal_is_its_sentence() -> None:
    assert lines_of(plain_layout("I cannot read “8:99” as a time.")) == ["I cannot read “8:99” as a time."]


def _lay_out(reply: Reply) -> Layout:
    return lay_out_reply(reply, NOW, NEW_YORK)


def _shown(reply: Reply) -> list[str]:
    return lines_of(_lay_out(reply))
