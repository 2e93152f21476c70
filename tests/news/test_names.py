import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.names import forms_of, names_in, same_name


def keys(text: str) -> list[str]:
    return [name.key for name in names_in(text)]


def spans(text: str) -> list[tuple[str, str]]:
    return [(name.key, text[name.start : name.end]) for name in names_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The duty on Japan stays.",
        "what tariffs apply to japan?",
        "Japanese carmakers complained.",
        "A japanese carmaker complained.",
        "Officials in Tokyo complained.",
        "Japan's carmakers complained.",
        "JAPAN SEEKS RELIEF",
        "The Japan-based maker complained.",
        "The pro-Japan group complained.",
    ],
)
def test_a_country_has_one_key_in_every_form(text: str) -> None:
    assert keys(text) == ["jp"]


@pytest.mark.parametrize(
    "written", ["U.S.", "US", "U.S", "USA", "United States", "Washington", "American", "Washington, D.C."]
)
def test_the_united_states_have_one_key_in_every_form(written: str) -> None:
    assert keys(f"The goods came from the {written} by sea.") == ["us"]


def test_the_pronoun_us_is_no_country_but_us_in_a_headline_is() -> None:
    assert keys("they told us, and us alone, that it was late") == []
    assert keys("STOCKS FALL AS US RAISES DUTIES") == ["us"]
    assert keys("The price was US$50 a barrel.") == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("It left the U.K. in spring.", "gb"),
        ("A spokesman for Downing Street declined.", "gb"),
        ("The UAE pumps more.", "ae"),
        ("The EU replied.", "eu"),
        ("The answer from Brussels came late.", "eu"),
        ("the european union replied", "eu"),
        ("Beijing hit back.", "cn"),
        ("The Kremlin denied it.", "ru"),
        ("Türkiye devalued.", "tr"),
        ("He flew to Côte d’Ivoire.", "ci"),
        ("He flew to the Ivory Coast.", "ci"),
        ("The North Korean army marched.", "kp"),
        ("The Korean won fell.", "kr"),
        ("the fed raised rates", "fed"),
        ("The Fed raised rates.", "fed"),
        ("The Federal Reserve raised rates.", "fed"),
        ("The World Trade Organization ruled.", "wto"),
        ("The World Trade Organisation ruled.", "wto"),
        ("A ruling by the WTO is due.", "wto"),
        ("The People’s Bank of China cut rates.", "pboc"),
        ("Shares of $NVDA rose.", "nvidia"),
        ("Shares of Nvidia rose.", "nvidia"),
        ("A complaint by the U.S. Commerce Department.", "commerce department"),
        ("The U.S. Supreme Court ruled.", "supreme court"),
        ("He ate at McDonald’s.", "mcdonald's"),
        ("The S&P 500 rose.", "s&p 500"),
        ("Output rose, OPEC+ said.", "opec"),
        ("Ships passed St. Petersburg in fog.", "saint petersburg"),
    ],
)
def test_listed_names_are_read_by_all_their_forms(text: str, key: str) -> None:
    assert keys(text) == [key]


def test_hyphens_and_possessives_part_two_names() -> None:
    assert keys("The US-China talks and China's reply to the U.S.-Japan deal") == ["us", "cn", "cn", "us", "jp"]


def test_a_city_means_its_government_only_where_it_acts() -> None:
    assert keys("Paris rejected the plan.") == ["fr"]
    assert keys("A shop in Paris has closed.") == ["paris"]
    assert keys("London would not sign, people said.") == ["gb"]


def test_words_that_are_also_names_need_their_capital_inside_a_sentence() -> None:
    assert keys("who said that? we met on the visa and the target") == []
    assert keys("A report by the WHO is due.") == ["who"]
    assert keys("The card maker Visa reported growth.") == ["visa"]
    assert keys("Visa rules changed and apple pie was served with turkey.") == []


def test_people_are_runs_of_capitals_with_links_and_initials() -> None:
    text = "Donald J. Trump, J.D. Vance, J. D. Vance, Ursula von der Leyen and Yoon Suk-yeol met the team of St. Louis."
    assert keys(text) == ["donald trump", "jd vance", "jd vance", "ursula von der leyen", "yoon suk yeol", "st louis"]


def test_titles_and_suffixes_are_no_part_of_a_name() -> None:
    assert keys("Japanese Prime Minister Shigeru Ishiba met Robert F. Kennedy Jr. on Monday in April.") == [
        "jp",
        "shigeru ishiba",
        "robert kennedy",
    ]


def test_a_last_name_takes_the_key_of_the_whole_name_in_the_same_text() -> None:
    text = "Mr. Ishiba spoke first. Later Shigeru Ishiba left, and Ishiba's aides with him."
    assert keys(text) == ["shigeru ishiba"] * 3
    assert keys("Sam Bankman-Fried lost. Bankman-Fried appealed.") == ["sam bankman-fried"] * 2


def test_a_last_name_alone_keeps_a_key_that_meets_the_whole() -> None:
    assert keys("Mr. Ishiba spoke.") == ["ishiba"]
    assert same_name("ishiba", "shigeru ishiba")
    assert same_name("shigeru ishiba", "ishiba")
    assert same_name("jp", "jp")
    assert not same_name("shiba", "shigeru ishiba")
    assert not same_name("jp", "kr")


def test_a_last_name_shared_by_two_people_stays_open() -> None:
    assert keys("Anna Kovac met Peter Kovac before Kovac resigned.") == ["anna kovac", "peter kovac", "kovac"]
    assert "eric trump" not in keys("The order was signed by Trump. A son, Eric Trump, watched as Trump spoke.")[::2]


def test_spellings_of_one_person_meet() -> None:
    assert keys("Zelensky and Zelenskiy and Zelenskyy spoke.") == ["zelenskyy"] * 3
    assert keys("A deal with Volodymyr Zelensky: Zelenskiy signed.") == ["volodymyr zelenskyy"] * 2


def test_ordinary_words_at_sentence_starts_are_no_names() -> None:
    assert keys("Analysts expect cuts. Tariffs rose. However, shares fell. In May it rained. Shipments slowed.") == []
    assert keys("Ishiba denied it. Cuts are coming.") == ["ishiba"]
    assert keys("Widgetry boomed, and widgetry will boom again.") == []


def test_headlines_in_title_case_give_only_their_names() -> None:
    assert keys("Trump Pauses Tariffs on Japan for 90 Days as Markets Rally") == ["trump", "jp"]
    assert keys("TRUMP PAUSES TARIFFS ON JAPAN AND EU") == ["trump", "jp", "eu"]
    assert keys("Ishiba Warns Carmakers\nThe prime minister, Shigeru Ishiba, said it in the lower house.") == [
        "shigeru ishiba",
        "shigeru ishiba",
    ]


def test_a_place_inside_another_name_belongs_to_it() -> None:
    text = (
        "They flew Japan Airlines; then Michael Jordan and Jordan Peterson flew to Jordan, reading the New York Times."
    )
    assert keys(text) == ["japan airlines", "michael jordan", "jordan peterson", "jo", "new york times"]
    assert keys("He met Theresa May, Stephen King and Will Smith in May.") == [
        "theresa may",
        "stephen king",
        "will smith",
    ]


def test_two_letters_that_are_no_country_get_no_country_key() -> None:
    assert keys("The firm sells AI and A.I. to Anguilla.") == ["a.i.", "a.i.", "ai"]


def test_spans_point_at_the_words() -> None:
    assert spans("In Japan, the european union met José Muñoz.") == [
        ("jp", "Japan"),
        ("eu", "european union"),
        ("jose munoz", "José Muñoz"),
    ]


def test_forms_of_a_key_are_for_searching() -> None:
    assert forms_of("jp") == ("Japan", "Japanese", "Tokyo")
    assert "Federal Reserve" in forms_of("fed")
    assert forms_of("shigeru ishiba") == ()


@given(st.text(alphabet="AbÉİß.’'-$& \n“日ofUS", max_size=60))
def test_any_text_gives_names_in_order_that_do_not_overlap(text: str) -> None:
    reached = 0
    for name in names_in(text):
        assert reached <= name.start < name.end <= len(text)
        assert name.key
        reached = name.end
