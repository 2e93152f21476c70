from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.amounts import Amount, amounts_in


def only(text: str) -> Amount:
    (amount,) = amounts_in(text)
    return amount


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("a levy of 24%", "24"),
        ("a levy of 24 percent", "24"),
        ("a levy of 24 per cent", "24"),
        ("a levy of 24pc", "24"),
        ("a levy of 24 pct", "24"),
        ("a 24-percent levy", "24"),
        ("twenty-four percent of it", "24"),
        ("down 1.68% on the day", "1.68"),
        ("-3.5% in the year", "-3.5"),
        ("a quarter of imports", "25"),
        ("two thirds of voters", "66.7"),
        ("half of the crew", "50"),
        ("ten percent", "10"),
    ],
)
def test_a_percentage_is_the_same_in_every_spelling(text: str, number: str) -> None:
    amount = only(text)
    assert (amount.number, amount.unit) == (Decimal(number), "%")


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("$1.2 billion", "1200000000", "USD"),
        ("$1.2bn", "1200000000", "USD"),
        ("1.2 billion dollars", "1200000000", "USD"),
        ("€300m", "300000000", "EUR"),
        ("£5", "5", "GBP"),
        ("¥5 trillion", "5000000000000", "JPY"),
        ("500 billion yen", "500000000000", "JPY"),
        ("24 cents", "0.24", "USD"),
        ("HK$42", "42", "HKD"),
        ("A$7.50", "7.5", "AUD"),
        ("three and a half million euros", "3500000", "EUR"),
        ("a million pounds sterling", "1000000", "GBP"),
    ],
)
def test_money_compares_across_signs_words_and_multiples(text: str, number: str, unit: str) -> None:
    amount = only(text)
    assert (amount.number, amount.unit, amount.text) == (Decimal(number), unit, text)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("600 people", "600", "count:people"),
        ("1,700 dead", "1700", "count:people"),
        ("23 were killed", "23", "count:people"),
        ("114 new jobs", "114", "count:job"),
        ("two hundred and fifty-three workers", "253", "count:worker"),
        ("3,000 soldiers", "3000", "count:troop"),
        ("12 homes", "12", "count:home"),
        ("90 days", "90", "day"),
        ("90-day", "90", "day"),
        ("two weeks", "14", "day"),
        ("a 45-year-old man", "45", "age"),
        ("three hours", "10800", "second"),
        ("25 basis points", "0.25", "%pt"),
        ("0.25 percentage points", "0.25", "%pt"),
        ("30 degrees Celsius", "30", "°C"),
        ("-5°C", "-5", "°C"),
        ("120 km/h", "120", "km/h"),
        ("1.5 million barrels per day", "1500000", "barrel"),
        ("three times", "3", "times"),
        ("the 21st", "21", "ordinal"),
    ],
)
def test_counts_and_measures_carry_their_unit(text: str, number: str, unit: str) -> None:
    amount = only(text)
    assert (amount.number, amount.unit) == (Decimal(number), unit)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("at 10:30 a.m. Eastern", "630", "time:ET"),
        ("at 7.30pm", "1170", "time"),
        ("at 12 a.m.", "0", "time"),
        ("at 14:00 GMT", "840", "time:GMT"),
        ("at noon", "720", "time"),
        ("on April 9, 2025", "20250409", "date"),
        ("on 9 April 2025", "20250409", "date"),
        ("on 2025-04-09", "20250409", "date"),
        ("on April 9", "409", "date"),
        ("on Wednesday", "2", "weekday"),
        ("in 2024", "2024", "year"),
        ("in April 2025", "202504", "month of year"),
    ],
)
def test_times_and_dates_are_no_counts(text: str, number: str, unit: str) -> None:
    amount = only(text)
    assert (amount.number, amount.unit) == (Decimal(number), unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("10% to 25%", "10", "25", "%"),
        ("between 10 and 25 percent", "10", "25", "%"),
        ("10-25%", "10", "25", "%"),
        ("ranging from 10% to 25%", "10", "25", "%"),
        ("five to ten percent", "5", "10", "%"),
        ("$1.2-1.5 billion", "1200000000", "1500000000", "USD"),
        ("$3 to $5", "3", "5", "USD"),
        ("10 to 15 workers", "10", "15", "count:worker"),
    ],
)
def test_a_range_is_one_amount(text: str, low: str, high: str, unit: str) -> None:
    amount = only(text)
    assert (amount.number, amount.upper, amount.unit) == (Decimal(low), Decimal(high), unit)
    assert amount.rough


def test_a_change_from_one_value_to_another_is_two_amounts() -> None:
    assert [(a.number, a.unit) for a in amounts_in("raised from 10 to 25 percent")] == [
        (Decimal(10), "%"),
        (Decimal(25), "%"),
    ]


@pytest.mark.parametrize("text", ["about 30%", "nearly 30%", "at least 30%", "more than 30%", "a third of it"])
def test_words_that_claim_no_exactness_make_an_amount_rough(text: str) -> None:
    assert only(text).rough


def test_the_score_of_a_match_is_no_range() -> None:
    assert [(a.text, a.unit) for a in amounts_in("a 3-2 win at home, then 10-15 days off")] == [
        ("3-2", "score"),
        ("10-15 days", "day"),
    ]


@pytest.mark.parametrize(
    "text",
    ["He may go.", "one of them", "a third term", "the fourth quarter", "G7 leaders", "no numbers here", "", "1" * 40],
)
def test_words_that_only_look_like_amounts_are_passed_over(text: str) -> None:
    assert [a for a in amounts_in(text) if a.unit != "number"] == []


@given(st.text(alphabet=st.sampled_from("0123456789.,$€% -–abktoandMy:½İ\n"), max_size=200))
def test_every_amount_is_its_own_stretch_of_the_text(text: str) -> None:
    amounts = amounts_in(text)
    assert all(text[a.start : a.end] == a.text for a in amounts)
    assert all(one.end <= other.start for one, other in pairwise(amounts))


@pytest.mark.parametrize(
    "hostile",
    ["1" * 50_000, "1,111" * 9_000, "$" * 50_000, "one " * 9_000, "1 to " * 9_000, "12:30 " * 9_000, "a half " * 7_000],
)
@pytest.mark.timeout(10)
def test_long_hostile_text_is_read_in_one_pass(hostile: str) -> None:
    assert all(a.end <= len(hostile) for a in amounts_in(hostile))
