import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.writer.readable import make_readable
from config import defaults
from tests.makes import make_article, make_quote, quote_sentences

HE = "He said the duty was a mistake."


def shown(text: str, words: str, dek_end: int = 0) -> str:
    """How the words are shown; what they rest on must stand in the article."""
    readable = make_readable(make_quote(make_article(text, dek_end=dek_end), words))
    assert readable.quote.text in text
    return readable.text


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("Shigeru Ishiba spoke on Monday at length.", "Shigeru Ishiba"),
        ("President Holm met officials in Washington on Monday.", "Holm"),
        ("Olaf Berg met officials in Oslo on Monday.", "Olaf Berg"),
        ("Olaf Berg came at noon to the talks. Berg was tired of them all.", "Berg"),
    ],
)
def test_the_only_person_of_the_sentence_before_is_named_in_brackets(before: str, name: str) -> None:
    assert shown(f"{before} {HE}", HE) == f"He [{name}] said the duty was a mistake."


def test_whoever_said_a_quotation_is_named_too() -> None:
    text = "Olga Berg spoke at length on Monday. “It is a mistake,” she said of the duty."
    assert shown(text, "“It is a mistake,” she said of the duty.") == (
        "“It is a mistake,” she [Olga Berg] said of the duty."
    )


@pytest.mark.parametrize(
    "before",
    [
        "Shigeru Ishiba met Mark Carney on Monday at length.",
        "Officials met in Washington on Monday at length.",
        "They met in Oslo on Monday at length.",
        "Kestria Airways sold its last mill to a rival.",
        "Kestrel sold its last mill to a rival.",
    ],
)
def test_without_exactly_one_person_the_sentence_before_is_shown_instead(before: str) -> None:
    assert shown(f"{before} {HE}", HE) == f"{before} {HE}"


def test_a_person_inside_a_quotation_is_not_guessed() -> None:
    text = "Jane Roe sat down at the table at noon. “He is late again,” said somebody."
    assert shown(text, "“He is late again,” said somebody.") == text


def test_a_sentence_that_points_at_what_was_said_before_brings_it_along() -> None:
    text = "The duty fell to 3 percent on Monday. This surprised every trader."
    assert shown(text, "This surprised every trader.") == text


def test_a_sentence_that_stands_alone_is_shown_alone() -> None:
    assert shown("The duty fell to 3 percent. Traders cheered in Oslo.", "Traders cheered in Oslo.") == (
        "Traders cheered in Oslo."
    )


def test_nothing_is_fetched_from_across_a_heading() -> None:
    assert shown(f"Olga Berg spoke on Monday about steel.\nSteel prices\n{HE}", HE) == HE


def test_nothing_is_fetched_from_the_dek() -> None:
    dek = "Olga Berg spoke on Monday about steel.\n"
    assert shown(dek + HE, HE, dek_end=len(dek)) == HE
    assert shown(HE + "\nThe talks went on all day.", HE, dek_end=len(HE) + 1) == HE


def test_the_paragraph_before_counts_as_before() -> None:
    assert shown(f"Olga Berg spoke on Monday about steel.\n{HE}", HE) == "He [Olga Berg] said the duty was a mistake."


def test_a_quotation_that_began_a_paragraph_before_is_shown_whole() -> None:
    text = "“We will not pay this duty today.\nIt would ruin every one of us,” the owner said."
    assert shown(text, "It would ruin every one of us,” the owner said.") == text.replace("\n", " ")


def test_a_point_is_not_widened_beyond_its_limit() -> None:
    long = "The " + "very " * (defaults.POINT_CHARACTERS // 5) + "long talks went on in Oslo."
    assert shown(f"{long} This surprised every trader.", "This surprised every trader.") == (
        "This surprised every trader."
    )


_PIECES = st.lists(
    st.sampled_from(
        "Olga|Berg|He|She|he said|“|”|“He left,” she said.|.|?|\n|This|Oslo|a long and winding road to nowhere.".split(
            "|"
        )
    ),
    min_size=1,
    max_size=25,
).map(" ".join)


@given(_PIECES, st.integers(0, 60))
def test_what_is_shown_rests_on_words_of_the_article_within_the_limit(text: str, dek_end: int) -> None:
    for quote in quote_sentences(make_article(text, dek_end=dek_end)):
        readable = make_readable(quote)
        assert readable.quote.text in text
        assert readable.quote.start <= quote.start and quote.end <= readable.quote.end
        assert readable.quote == quote or len(readable.quote.text) <= defaults.POINT_CHARACTERS
