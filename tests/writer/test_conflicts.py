from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.writer.conflicts import Settled, settle
from bot.writer.figures import find_figures
from tests.writer.reporting import Report, ask, disputed, quote_all, replaced, settled, standing

STEEL = "What is the tariff on Norwegian steel?"
TOLL = "How many people were killed in the Selby flood?"


def test_a_later_value_replaces_an_earlier_one_and_says_as_of_when() -> None:
    result = settled(
        TOLL,
        Report("Post", "The flood in Selby killed 600 people.", day=3),
        Report("Herald", "The death toll from the Selby flood rose to 1,700, officials said.", day=5),
    )
    new, old = result.figures
    assert (new.value, new.superseded, new.as_of and new.as_of.day) == ("1,700", False, 5)
    assert (old.value, old.superseded, old.status) == ("600 people", True, "superseded")
    assert result.conflicts == ()


def test_different_values_of_two_publishers_on_one_day_stand_side_by_side() -> None:
    result = settled(
        STEEL,
        Report("Post", "Norwegian steel will face a 25% tariff.", hour=9),
        Report("Herald", "The tariff on Norwegian steel is 50%, officials said.", hour=10),
    )
    assert sorted(standing(result)) == ["25%", "50%"]
    assert disputed(result) == [["50%", "25%"]]
    assert {q.article.publisher for c in result.conflicts for v in c.values for q in v.quotes} == {"Post", "Herald"}


def test_a_newer_report_that_names_the_old_value_replaces_it_at_once() -> None:
    result = settled(
        STEEL,
        Report("Post", "Norwegian steel will face a 25% tariff.", hour=9),
        Report("Herald", "The tariff on Norwegian steel was raised to 50% from 25%.", hour=10),
    )
    assert (standing(result), replaced(result), disputed(result)) == (["50%"], ["25%"], [])


def test_a_later_passing_mention_does_not_bring_a_replaced_value_back() -> None:
    result = settled(
        STEEL,
        Report("Post", "The tariff on Norwegian steel is now 50%, up from 25%.", day=8),
        Report("Herald", "Mills have long complained of the 25% tariff on Norwegian steel.", day=9),
    )
    assert (standing(result), replaced(result), disputed(result)) == (["50%"], ["25%"], [])


def test_a_publisher_corrects_itself_without_a_conflict() -> None:
    result = settled(
        STEEL,
        Report("Post", "Norwegian steel will face a 25% tariff.", hour=9),
        Report("Post", "Norwegian steel will face a 35% tariff.", hour=10),
    )
    assert (standing(result), replaced(result), disputed(result)) == (["35%"], ["25%"], [])


def test_a_chain_of_changes_keeps_every_older_value_behind_the_newest() -> None:
    result = settled(
        STEEL,
        Report("Post", "The tariff on Norwegian steel is 10%.", day=1),
        Report("Herald", "The tariff on Norwegian steel was raised to 25%.", day=3),
        Report("Courier", "The tariff on Norwegian steel was raised to 50%.", day=8),
    )
    assert (standing(result), replaced(result)) == (["50%"], ["25%", "10%"])


def test_a_value_that_returns_is_the_newest_again() -> None:
    result = settled(
        STEEL,
        Report("Post", "The tariff on Norwegian steel is 10%.", day=1),
        Report("Herald", "The tariff on Norwegian steel was raised to 25% from 10%.", day=3),
        Report("Courier", "The tariff on Norwegian steel was cut to 10% from 25%.", day=8),
    )
    assert (standing(result), replaced(result)) == (["10%"], ["25%"])


def test_a_new_status_of_the_same_value_is_a_change() -> None:
    result = settled(
        STEEL,
        Report("Post", "Norwegian steel will face a 20% tariff.", day=2),
        Report("Herald", "The 20% tariff on Norwegian steel is paused.", day=9),
    )
    (figure,) = result.figures
    assert (figure.value, figure.status, figure.as_of and figure.as_of.day) == ("20%", "paused", 9)
    assert result.conflicts == ()


def test_a_denial_within_the_day_stands_beside_the_claim() -> None:
    result = settled(
        STEEL,
        Report("Post", "Washington plans a 25% tariff on Norwegian steel.", hour=9),
        Report("Herald", "Washington denied that a 25% tariff on Norwegian steel was planned.", hour=12),
    )
    assert disputed(result) == [["25%, denied", "25%, proposed"]]
    assert [f.status for f in result.figures] == ["denied"]


def test_a_meeting_that_moved_shows_both_times() -> None:
    result = settled(
        "When is the summit meeting in Oslo?",
        Report("Post", "The summit meeting in Oslo is scheduled for 10 a.m. on Thursday.", day=3),
        Report("Herald", "The summit meeting in Oslo was moved to 2 p.m. on Thursday.", day=4),
    )
    assert (standing(result), replaced(result), disputed(result)) == (["2 p.m."], ["10 a.m."], [])


def test_times_that_did_not_move_are_no_figures() -> None:
    result = settled(
        "When is the summit meeting in Oslo?",
        Report("Post", "The summit meeting in Oslo is scheduled for 10 a.m. on Thursday.", day=3),
    )
    assert result == Settled(figures=(), conflicts=())


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("What tariffs does Norway face?", "Norway faces a 25% tariff on cars.", "Norway faces a 15% tariff on fish."),
        (
            "What tariffs does Norway face?",
            "A baseline 10% tariff applies to Norway.",
            "Norway faces a paused 24% tariff.",
        ),
        (
            "What is the inflation rate in Norway?",
            "Inflation in Norway was 3% in January.",
            "Inflation in Norway was 2.4% in March.",
        ),
        (
            "What is the inflation rate in Norway?",
            "Norway's inflation rate was 2.4%.",
            "Norway's inflation rate rose by 0.3%.",
        ),
        (
            "What share of voters back the plan?",
            "A Dale poll found 45% of voters back the plan.",
            "A Moor poll found 47% of voters back the plan.",
        ),
        (
            "What revenue did Acme report?",
            "Acme reported revenue of $1.2 billion.",
            "Acme's revenue was $1.24 billion.",
        ),
        (
            "What share of exports go to Japan?",
            "About a third of exports go to Japan.",
            "Some 33% of exports go to Japan.",
        ),
        ("What tariffs does Norway face?", "Norway faces a tariff of 10% to 25%.", "Norway faces a 20% tariff."),
        ("How many jobs will Acme cut?", "Acme will cut 500 jobs in Selby.", "Acme will cut 800 jobs in Oslo."),
        (
            "How many people were killed in the Selby flood?",
            "The Selby flood killed 23 people.",
            "The Selby flood injured 90 people.",
        ),
        ("By how much did shares of Brack fall?", "Shares of Brack fell 2% at noon.", "Shares of Brack fell 4%."),
    ],
)
def test_what_can_both_be_true_is_no_conflict(question: str, one: str, other: str) -> None:
    result = settled(question, Report("Post", one, hour=9), Report("Herald", other, hour=11))
    assert (replaced(result), disputed(result)) == ([], [])


def test_values_that_one_article_gives_together_are_of_different_things() -> None:
    result = settled(
        STEEL,
        Report(
            "Post", "The tariff on Norwegian steel is 25%. For some mills the tariff on Norwegian steel is 50%.", hour=9
        ),
        Report("Herald", "The tariff on Norwegian steel is 50%.", hour=11),
    )
    assert (replaced(result), disputed(result)) == ([], [])


def test_the_same_publisher_at_one_moment_is_no_conflict() -> None:
    result = settled(
        STEEL,
        Report("Post", "The tariff on Norwegian steel is 25%."),
        Report("Post", "The tariff on Norwegian steel is 50%."),
    )
    assert disputed(result) == []


def test_a_table_of_figures_is_never_endless() -> None:
    goods = "fish timber oil gas steel paper cheese wool salt tar glass".split()
    result = settled(
        "What tariffs does Norway face?",
        *(Report(f"Post {n}", f"Norway faces a {n + 5}% tariff on {good}.") for n, good in enumerate(goods)),
    )
    assert len(result.figures) == 8


REPORTS = [
    Report("Post", "Norwegian steel will face a 25% tariff.", day=3, hour=9),
    Report("Herald", "The tariff on Norwegian steel is 50%, officials said.", day=3, hour=10),
    Report("Courier", "The tariff on Norwegian steel was raised to 60% from 50%.", day=5),
    Report("Echo", "Norway faces a paused 24% levy on fish.", day=4),
    Report("Times", "The 24% levy on Norwegian fish took effect.", day=6),
    Report("Post", "Washington denied that a 12% tariff on Norwegian cars was planned.", day=6, hour=11),
    Report("Herald", "Washington plans a 12% tariff on Norwegian cars.", day=6, hour=9),
]


@settings(max_examples=25, deadline=None)
@given(st.permutations(REPORTS))
def test_the_order_of_arrival_changes_nothing(reports: Sequence[Report]) -> None:
    question = ask("What tariffs apply to Norway?")
    expected = settle(find_figures(question, quote_all(REPORTS)))
    assert settle(find_figures(question, quote_all(reports))) == expected
