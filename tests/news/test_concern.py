"""How much an article is about a country, a company or a person is told by what it names."""

from itertools import product

import pytest

from bot.news.concern import Concern, belongings, concern_signs, where_named
from bot.news.subject import Subject
from tests.makes import make_article

TEXT = (
    "TOKYO, March 3 (Agency) - Toyota said on Monday that profit fell. Ada Thornquist spoke in Paris of the Bank of "
    "Japan. Thornquist left for Osaka. Angela Merkel stayed in Berlin with Mr Solveig."
)


def signs_of(key: str, title: str = "Toyota to build less", text: str = TEXT) -> Concern | None:
    """What speaks for an article's being about the thing of that key."""
    return concern_signs(key, Subject(make_article(text, title=title)))


@pytest.mark.parametrize(
    "key", ["toyota", "jp", "ada thornquist", "thornquist", "angela merkel", "de", "fr", "jan solveig"]
)
def test_what_an_article_names_by_any_of_its_names_or_by_what_belongs_to_it_concerns_it(key: str) -> None:
    assert signs_of(key)
    assert where_named(key, Subject(make_article(TEXT, title="Toyota to build less")))


@pytest.mark.parametrize("key", ["br", "volkswagen", "eva thornquist", "lagarde", "solveig junior"])
def test_what_an_article_does_not_name_does_not_concern_it(key: str) -> None:
    assert signs_of(key) is None


def test_a_country_is_meant_by_what_belongs_to_it_and_named_by_words_of_its_own() -> None:
    found = signs_of("jp")
    assert found and found.meant_in_headline and not found.named_in_headline  # Toyota
    assert found.in_dateline and not found.from_elsewhere
    assert found.named > 0  # the Bank of Japan


def test_a_part_of_the_world_is_meant_by_every_country_that_lies_in_it() -> None:
    asia, europe = signs_of("asia"), signs_of("europe")
    assert asia and europe and asia.share > europe.share > 0
    assert "jp" in belongings("asia")


def test_the_share_of_a_thing_is_its_part_of_all_that_is_named_of_countries() -> None:
    japan, france = signs_of("jp"), signs_of("fr")
    assert japan and france and 0 < france.share < japan.share < 1


def test_a_surname_stands_for_whoever_has_it_and_a_whole_name_for_no_other() -> None:
    for title, key in product(("Thornquist resigns", "Ada Thornquist resigns"), ("thornquist", "ada thornquist")):
        found = signs_of(key, title, "She was ill.")
        assert found and found.named_in_headline
    assert signs_of("ada thornquist", "Eva Thornquist resigns", "She was ill.") is None
