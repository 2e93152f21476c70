from dataclasses import replace
from datetime import date, timedelta

from bot.news.digest import Dispatch, PlainNotice
from bot.news.story import StoryId
from bot.news.trend import Trend
from handlers.layout.brief import lay_out_brief
from handlers.layout.dispatch import lay_out_dispatch
from handlers.layout.elements import Keys, Layout, Opinion
from tests.handlers.console.dispatch_makes import FERRY, PUMPS, make_alert, make_batch, make_correction, make_digest
from tests.handlers.console.makes import HASTE, NEW_YORK, TARIFFS, make_brief
from tests.handlers.layout.shown import lines_of


def test_a_digest_says_what_it_covers_that_it_is_late_and_what_changed() -> None:
    assert _shown(make_digest())[:5] == [
        "# Digest: trade and water",
        "14 April 2025, 14:30 to 16 April 2025, 14:30",
        "Late: it was due on 15 April 2025, 12:30.",
        "2 new stories · 1 moved · 2 ended",
        "",
    ]


def test_a_story_of_a_digest_counts_and_names_its_publishers_and_has_its_buttons() -> None:
    shown = _shown(make_digest())
    start = shown.index("1. Japan opens talks in Washington <https://harbour-wire.example/japan-talks>")
    assert shown[start + 1 : start + 4] == [
        "3 publishers: Harbour Wire, Pacific Ledger, 日経",
        f"{TARIFFS} [1] {HASTE} [2]",
        "[More on this] [Mute this story]",
    ]
    assert _buttons(lay_out_dispatch(make_digest(), NEW_YORK))[:2] == [("more", (4,)), ("mute", (4,))]


def test_a_story_that_moved_is_marked_with_what_changed() -> None:
    shown = _shown(make_digest())
    start = next(number for number, line in enumerate(shown) if line.startswith("2. Update: Selby reservoir runs dry"))
    assert shown[start + 2] == f"What changed: {PUMPS} [3]"


def test_a_digest_says_how_many_more_there_are_and_what_has_ended() -> None:
    shown = _shown(make_digest())
    start = shown.index("And 4 more stories.")
    assert shown[start + 1 : start + 4] == [
        "Nothing new on",
        "- Steel makers ask for a hearing",
        "- A storm that was named Ophelia",
    ]
    assert shown[start + 4] == "Sources"


def test_an_alert_shows_the_sentence_its_source_and_why_it_fired() -> None:
    assert _shown(make_alert()) == [
        '# Alert: ferry AND "harbour master"',
        "No ferry to Inish Mor until Friday <https://harbour-wire.example/no-ferry>",
        "2 publishers: Harbour Wire, The Docket",
        f"{FERRY} [1]",
        "Why: it says “ferry”, “harbour master”.",
        "Sources",
        "1. Harbour Wire · No ferry until Friday <https://harbour-wire.example/no-ferry> · 16 April 2025, 14:30",
        "[Mute this story] [Why this]",
        "[Helpful] [Not helpful]",
    ]


def test_buttons_of_an_alert_know_the_story_the_article_and_the_watch() -> None:
    alert = make_alert()
    article = alert.citations[0].article_id
    assert _buttons(lay_out_dispatch(alert, NEW_YORK)) == [
        ("mute", (4,)),
        ("why", (article,)),
        ("helpful", (3, article)),
        ("unhelpful", (3, article)),
    ]


def test_an_alert_without_a_citation_asks_for_no_opinion() -> None:
    bare = replace(make_alert(), citations=(), point=None)
    assert _buttons(lay_out_dispatch(bare, NEW_YORK)) == [("mute", (4,))]


def test_a_batch_says_why_it_was_held_and_names_what_was_too_much() -> None:
    shown = _shown(make_batch())
    assert shown[:2] == [
        "# Alerts: water supply: droughts, reservoirs, pumps",
        "4 alerts: what came in the quiet hours, 22:00 to 07:00",
    ]
    assert (
        "Why: it is near in meaning (0.61; 0.50 is enough): "
        "“The council asks everybody to boil what comes from the tap.”"
    ) in shown
    start = shown.index("In headlines")
    assert shown[start + 1 : start + 3] == [
        "- Tankers on their way <https://docket.example/tankers>",
        "- Boil notice lifted in two streets",
    ]


def test_a_correction_shows_what_was_said_and_what_is_true_now() -> None:
    shown = _shown(make_correction())
    assert shown[:3] == [
        "# Correction: Selby reservoir runs dry",
        "You were told: “Two of the four pumps at the Selby reservoir have failed since Monday.”",
        f"It now says: {PUMPS} [1]",
    ]


def test_a_correction_of_an_article_that_is_gone_says_so() -> None:
    gone = replace(make_correction(), instead=None, because="withdrawn", citations=())
    assert _shown(gone)[2:] == ["The article was withdrawn."]


def test_a_plain_notice_is_its_sentence() -> None:
    layout = lay_out_dispatch(PlainNotice(sentence="Nothing new on tariffs."), NEW_YORK)
    assert (layout.summary, lines_of(layout)) == ("Nothing new on tariffs.", ["Nothing new on tariffs."])


def test_a_brief_has_the_lines_that_matter_then_the_stories_then_the_sources() -> None:
    shown = lines_of(lay_out_brief(make_brief(), NEW_YORK))
    assert shown[:9] == [
        "# Briefing: tariffs",
        f"- {TARIFFS} [1]",
        f"- {HASTE} [2]",
        "- Markets fell. [1]",
        "",
        "Japan opens talks in Washington",
        "2 publishers: Harbour Wire, Pacific Ledger",
        "The delegation arrived on Wednesday. [1]",
        "",
    ]
    assert shown[-1] == (
        "As of 16 April 2025, 14:30. Searched 18 articles from 5 sources, 2 April 2025 to 17 April 2025."
    )


def test_a_brief_without_news_says_what_was_searched() -> None:
    bare = replace(make_brief(), points=(), stories=(), citations=())
    assert lines_of(lay_out_brief(bare, NEW_YORK)) == [
        "# Briefing: tariffs",
        "No news found.",
        "Searched 18 articles from 5 sources, 2 April 2025 to 17 April 2025.",
    ]


def test_a_digest_in_time_does_not_say_that_it_is_late() -> None:
    digest = make_digest()
    in_time = replace(digest, late_since=None, end=digest.end + timedelta(minutes=1))
    assert not any(line.startswith("Late") for line in _shown(in_time))


def _shown(dispatch: Dispatch) -> list[str]:
    return lines_of(lay_out_dispatch(dispatch, NEW_YORK))


def _buttons(layout: Layout) -> list[tuple[str, tuple[int, ...]]]:
    rows = [element for element in layout.elements if isinstance(element, Keys | Opinion)]
    keys = [key for row in rows for key in (row.keys if isinstance(row, Keys) else (row.good, row.bad))]
    return [(key.button.act, key.button.numbers) for key in keys]


def test_a_trend_is_shown_between_the_stories_and_the_sources() -> None:
    days = tuple((date(2025, 4, day), day % 4) for day in range(1, 15))
    told = _shown(replace(make_digest(), trend=Trend(topic="trade and water", days=days)))
    picture = told.index(
        "(Stories a day on trade and water from 1 Apr to 14 Apr: 21 in all, most on 11 Apr (3), 2 on the last day.)"
    )
    assert told.index("And 4 more stories.") < picture < told.index("Sources")
    brief = lines_of(lay_out_brief(replace(make_brief(), trend=Trend(topic=None, days=days)), NEW_YORK))
    assert any(line.startswith("(Stories a day from 1 Apr") for line in brief)


def test_a_story_of_a_brief_that_is_kept_can_be_followed_and_muted() -> None:
    brief = make_brief()
    kept = replace(brief, stories=(replace(brief.stories[0], story=StoryId(4)), brief.stories[1]))
    assert _buttons(lay_out_brief(kept, NEW_YORK)) == [("more", (4,)), ("mute", (4,))]
