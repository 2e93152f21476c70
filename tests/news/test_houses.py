"""Which names are one outlet, so that it counts once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.houses import house_of, outlet_at, usual_name
from bot.news.places import read_list


@pytest.mark.parametrize(
    "names",
    [
        ("BBC", "BBC News", "BBC Sport", "BBC News - World", "BBC World Service", "bbc.co.uk"),
        ("Associated Press", "AP", "AP News", "The Associated Press", "apnews.com"),
        ("Reuters", "REUTERS", "Thomson Reuters", "Reuters.com", "Reuters: World News", "Reuters World News"),
        ("The New York Times", "NYT", "NYT > World News", "New York Times", "NYTimes.com", "The Athletic"),
        ("The Wall Street Journal", "WSJ", "WSJ.com: World News"),
        ("The Times", "The Sunday Times"),
        ("The Guardian", "World news | The Guardian", "Guardian Australia"),
        ("Agence France-Presse", "AFP", "afp.com"),
        ("Daily Mail", "Mail Online", "The Mail on Sunday"),
        ("CNBC", "Cnbc | World Business News Leader"),
        ("Harbour Ledger", "The Harbour Ledger", "harbourledger.com", "Harbour Ledger | Sport", "HARBOUR LEDGER"),
        ("汐見新聞", "汐見新聞 | 汐見新聞"),
    ],
)  # fmt: skip
def test_names_of_one_outlet_have_one_house(names: tuple[str, ...]) -> None:
    assert {house_of(name) for name in names} == {house_of(names[0])}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Times", "The Times of India"),
        ("The Guardian", "The Guardian Nigeria"),
        ("The Guardian", "The Guardian - Nigeria"),
        ("Sky News", "Sky News Australia"),
        ("Sky News", "Sky Sports"),
        ("Fox News", "Fox Business"),
        ("CNN", "CNBC"),
        ("NBC News", "MSNBC"),
        ("ABC News", "ABC Australia"),
        ("The Independent", "Irish Independent"),
        ("The Star (Kenya)", "The Star (Malaysia)"),
        ("Daily Star", "The Daily Star (Bangladesh)"),
        ("Time", "The Times"),
        ("The Herald", "The Herald - Everett"),
        ("Yahoo News", "Yahoo Finance"),
        ("Harbour Ledger", "Harbour Ledger Sport Weekly"),
        ("Ashford Post", "Ashford Evening Post"),
        ("Science", "Science News"),
    ],
)
def test_outlets_that_share_a_word_or_an_owner_are_different_houses(one: str, other: str) -> None:
    assert house_of(one) != house_of(other)


@pytest.mark.parametrize(
    ("name", "usual"),
    [
        ("AP", "Associated Press"),
        ("reuters.com", "Reuters"),
        ("REUTERS", "Reuters"),
        ("the sunday times", "The Sunday Times"),
        ("PTI", "Press Trust of India"),
        ("Harbour Ledger", None),
        ("", None),
    ],
)
def test_a_well_known_outlet_has_one_usual_name(name: str, usual: str | None) -> None:
    assert usual_name(name) == usual


@pytest.mark.parametrize(
    ("host", "outlet"),
    [
        ("news.bbc.co.uk", "BBC"),
        ("edition.cnn.com", "CNN"),
        ("APNEWS.com.", "Associated Press"),
        ("thestar.com", "Toronto Star"),
        ("thestar.com.my", "The Star (Malaysia)"),
        ("notcnn.com", None),
        ("com", None),
        ("", None),
    ],
)
def test_a_well_known_outlet_is_known_by_its_host(host: str, outlet: str | None) -> None:
    assert outlet_at(host) == outlet


def test_the_lists_agree_on_what_an_outlet_is_called() -> None:
    rows = [line.split(" | ") for name in ("outlets.txt", "agencies.txt") for line in read_list(name)]
    assert [row[0] for row in rows if usual_name(row[0]) != row[0]] == []
    assert [row[0] for row in rows if house_of(row[0]) == ""] == []


@given(st.text(alphabet="abBC ewsTh-|&.'", min_size=1, max_size=40))
def test_capitals_make_no_other_house(name: str) -> None:
    assert house_of(name.upper()).lower() == house_of(name.lower()).lower()
