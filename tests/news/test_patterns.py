import pytest

from bot.errors import RequestError
from bot.news.patterns import Sieve, read_pattern


def refusal(inner: str, flags: str = "") -> RequestError:
    with pytest.raises(RequestError) as refused:
        read_pattern(inner, flags)
    return refused.value


@pytest.mark.parametrize(
    ("inner", "reason"),
    [
        (r"(a+)+$", "a repetition of a repetition"),
        (r"(?:x*)*y", "a repetition of a repetition"),
        (r"(\d{2,})+", "a repetition of a repetition"),
        (r"a**b", "a repetition of a repetition"),
        (r"(?<=trade )war", "look-behind"),
        (r"(?<!trade )war", "look-behind"),
        (r"trade(?= war)", "look-ahead"),
        (r"trade(?! war)", "look-ahead"),
        (r"(?>atomic)", "an atomic group"),
        (r"(war)(?(1)a|b)", "a condition"),
        (r"(\w+) \1", "a back-reference"),
        (r"(?P<one>\w+) (?P=one)", "a back-reference"),
        (r"(?P<one>\w+) \k<one>", "a back-reference"),
        (r"a{1000}{1000}", "a repetition of a repetition"),
        (r"a{1001}", "a repetition of more than 1,000 times"),
        (r"((a{100}){10}){10}", "a repetition of more than 1,000 times"),
        (r"[abc", "an opening [ without a closing one"),
        (r"(abc", "an opening ( without a closing one"),
        (r"abc)", "a closing ) without an opening one"),
        (r"+abc", "a repetition of nothing"),
        ("abc\\", "a \\ at its end"),
        ("\ud800", "a character that is none"),
        ("x" * 201, "patterns can have 200 characters; this has 201"),
    ],
)
def test_what_no_pattern_may_have_is_refused_by_name(inner: str, reason: str) -> None:
    refused = refusal(inner)
    assert refused.code == "T02"
    assert str(refused).startswith(f"This pattern is not supported: {reason}.")


def test_a_pattern_that_needs_too_much_memory_is_refused() -> None:
    refused = refusal(r"(?:\pL{30}\pN{30}){15}")
    assert (refused.code, "too large" in str(refused)) == ("T02", True)


def test_letters_behind_a_pattern_other_than_i_are_refused() -> None:
    assert refusal("war", "g").code == "T02"
    assert "`g`" in str(refusal("war", "gi"))


@pytest.mark.parametrize(
    "inner", ["", ".*", ".", "x*", "(?:war)?", "^", "$", r"\b", r"\w", r"[a-z]+", r"\d", "e", "the"]
)
def test_a_pattern_that_is_found_in_every_article_is_refused(inner: str) -> None:
    assert refusal(inner).code == "T03"


@pytest.mark.parametrize(
    ("inner", "flags", "text", "found"),
    [
        (r"tariffs? on (steel|alumini?um)", "", "New tariffs on steel.", "tariffs on steel"),
        (r"TARIFF", "", "a tariff", None),
        (r"TARIFF", "i", "a tariff", "tariff"),
        (r"\bpay (?:rise|cut)s?\b", "", "日本 pay cuts", "pay cuts"),
        (r"関税|tarif", "", "日本の関税", "関税"),
        (r"\QU.S.\E tariffs", "", "the U.S. tariffs", "U.S. tariffs"),
    ],
)
def test_a_pattern_is_found_where_it_stands(inner: str, flags: str, text: str, found: str | None) -> None:
    span = read_pattern(inner, flags).find(text)
    assert (text[slice(*span)] if span else None) == found


@pytest.mark.parametrize(
    ("inner", "literal"),
    [
        (r"tariffs? on steel", "tariff"),
        (r"\bCOVID-?19\b", "covid"),
        (r"(?i)japan", "japan"),
        (r"foo|barbar", ""),
        (r"(foo|bar)", ""),
        (r"colou?r", "colo"),
        (r"ab+c+d", ""),
        (r"\p{Greek}+x", ""),
        (r"ten\x{41}", "ten"),
        (r"ship{0,2}yard", "yard"),
    ],
)
def test_letters_that_a_text_must_hold_are_known_beforehand(inner: str, literal: str) -> None:
    assert read_pattern(inner).literal == literal


def test_the_sieve_tells_which_letters_stand_in_a_text_and_never_passes_over_one() -> None:
    sieve = Sieve(["tariff", "japan", "steel", "a+b"])
    assert sorted(sieve.held("steel tariffs")) == ["steel", "tariff"]
    assert sieve.held("a+b") == ["a+b"]
    assert sieve.held("nothing") == []
    assert Sieve([]).held("tariff") == []


@pytest.mark.parametrize(
    "inner",
    [r"(?:a|aa)+$", r"(?:a|a?)+q", r"(?:.*a){12}q", r"a*a*a*a*a*q", r"(?:a+b?)+q", r"(a|b|ab)*q", r"(?:a?){50}q"],
)
def test_a_pattern_that_makes_other_engines_try_without_end_comes_to_an_end(inner: str) -> None:
    # Each step more than once for a letter would be a thousand million steps here.
    assert read_pattern(inner).find("a" * 100_000 + "!") is None
