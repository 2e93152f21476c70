"""What topics mean: each operator, each kind of name, plain language, and why they are met."""

import pytest

from bot.news.topic import read_topic
from tests.news.subjects import meets, why

JAPAN = "Japan will answer the new tariffs on cars next week."


@pytest.mark.parametrize("word", ["tariff", "Tariffs", "TARIFF", "tariffs", "tariff's"])
def test_a_word_is_met_in_any_inflection_and_case(word: str) -> None:
    for text in ("A tariff is due.", "Tariffs are due.", "TARIFFS ARE DUE"):
        assert meets(word, text)
    assert not meets(word, "A duty is due.")


@pytest.mark.parametrize(
    ("topic", "holds"),
    [
        ("Japan tariffs", True),
        ("Japan steel", False),
        ("Japan AND tariffs", True),
        ("Japan and tariffs", True),
        ("Japan AND steel", False),
        ("steel OR cars", True),
        ("steel or cars", True),
        ("steel OR copper", False),
        ("Japan -steel", True),
        ("Japan -cars", False),
        ("Japan NOT steel", True),
        ("Japan NOT cars", False),
        ("Japan AND NOT cars", False),
        ("tariffs –cars", False),
        ("steel OR Japan tariffs", True),
        ("tariffs OR steel copper", True),
        ("(tariffs OR steel) copper", False),
        ("(steel OR cars) (Japan OR China)", True),
        ("(steel OR cars) -(Japan OR China)", False),
        ("Japan -(steel OR copper)", True),
        ("Japan -(cars AND copper)", True),
        ("NOT steel AND cars", True),
        ("NOT (steel OR copper) cars", True),
        ("NOT NOT cars", True),
        ("((cars))", True),
        ("the tariffs on Japan", True),
        ("Japan news", True),
        ("cars, tariffs OR steel", True),
    ],
)
def test_operators_say_what_must_be_there_and_what_must_not(topic: str, holds: bool) -> None:
    assert meets(topic, JAPAN) is holds


@pytest.mark.parametrize(
    ("topic", "text", "holds"),
    [
        ('"trade war"', "A trade war began.", True),
        ('"Trade War"', "a TRADE WAR began", True),
        ('"trade war"', "A trade-war began.", True),
        ('"trade war"', "Trade wars began.", False),
        ('"trade war"', "The war on trade.", False),
        ('"trade war"', "They trade. War is far.", True),
        ('"trade war"', "They trade\nWar is far.", False),
        ("“trade war”", "A trade war began.", True),
        ("«trade war»", "A trade war began.", True),
        ('"the who"', "The Who played.", True),
        ('"who the"', "The Who played.", False),
        ('"war"', "A war began.", True),
        ('"war"', "Wars began.", False),
        ('"in the long run"', "It pays in the long run.", True),
        ('"in the long run"', "In the long term, run.", False),
        ('Japan "trade war"', "Japan fears a trade war.", True),
        ('Japan -"trade war"', "Japan fears a trade war.", False),
        ('"3.5 percent"', "Up 3.5 percent.", True),
    ],
)
def test_a_phrase_is_words_side_by_side_just_so(topic: str, text: str, holds: bool) -> None:
    assert meets(topic, text) is holds


def test_words_of_a_topic_that_hang_together_stand_side_by_side() -> None:
    assert meets("add-on", "The add-ons cost more.")
    assert not meets("add-on", "On Monday they add one.")
    assert meets("O'Brien", "Mr. O’Brien left.")


def test_headline_and_text_both_count_and_need_not_be_one_sentence() -> None:
    assert meets("Japan tariffs", "The tariffs rose.", title="Japan worries")
    assert not meets('"worries the"', "The tariffs rose.", title="Japan worries")


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("Japan", "Japanese cars sold well."),
        ("japan", "The Japanese sold cars."),
        ("Japanese", "Cars from Japan sold well."),
        ("us tariffs", "The U.S. raised a tariff."),
        ("US tariffs", "American tariffs rose."),
        ("uk", "Britain voted."),
        ("Federal Reserve", "The Fed cut rates."),
        ("the fed", "The Federal Reserve cut rates."),
        ("Volkswagen AG", "VW sold more."),
        ("Toyota", "Toyota Motor Corp sold more."),
        ("Volodymyr Zelensky", "Mr. Zelenskyy spoke."),
        ("Donald Trump", "Trump spoke."),
        ("Donald Trump", "Donald J. Trump spoke."),
        ("donald trump", "DONALD TRUMP SPEAKS"),
        ("Trump", "Donald Trump spoke."),
        ("Jane Dorrit", "Ms. Dorrit, the mayor, spoke."),
        ("Jane Dorrit", "jane dorrit spoke"),
        ("AI", "A.I. is everywhere."),
        ("Trump Tariffs", "Trump’s new tariffs."),
        ("Climate Change", "CLIMATE CHANGE HITS CROPS"),
    ],
)
def test_a_name_is_met_in_any_of_its_forms(topic: str, text: str) -> None:
    assert meets(topic, text)


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("Apple", "An apple a day."),
        ("South Korea", "North Korea launched a missile."),
        ("Japan", "China said no."),
        ("Donald Trump", "Ivanka Trump spoke of Ivanka Trump Ltd."),
        ("Jane Dorrit", "William Dorrit spoke."),
        ("World Bank", "The bank closed."),
    ],
)
def test_a_name_is_not_met_by_what_only_looks_like_it(topic: str, text: str) -> None:
    assert not meets(topic, text)


def test_who_is_left_out_is_left_out_by_the_whole_name_only() -> None:
    assert meets("visit -Hunter Dorrit", "Dorrit ended her visit.")
    assert not meets("visit -Hunter Dorrit", "Hunter Dorrit ended his visit.")
    assert not meets("visit -Japan", "The Japanese ended their visit.")


@pytest.mark.parametrize(
    ("topic", "text", "holds"),
    [
        ("$AAPL", "Buy $AAPL now.", True),
        ("$AAPL", "The firm (Nasdaq: AAPL) grew.", True),
        ("$AAPL", "Apple grew.", True),
        ("$AAPL", "An apple grew.", False),
        ("NASDAQ:AAPL", "Apple Inc. grew.", True),
        ("$QZQZ", "Qzqz Mining (TSX: QZQZ) grew.", True),
        ("$QZQZ", "Qzqz Mining grew.", False),
        ("TSX:QZQZ", "Buy $QZQZ now.", True),
        ("TSX:QZQZ", "Qzqz Mining (NYSE: QZQZ) grew.", False),
        ("TYO:7203", "Cars (TYO: 7203) sold.", True),
        ("$QZQZ -mining", "Mining firm $QZQZ grew.", False),
    ],
)
def test_a_ticker_is_met_as_a_ticker_and_by_the_company_that_a_list_knows(topic: str, text: str, holds: bool) -> None:
    assert meets(topic, text) is holds


@pytest.mark.parametrize(
    ("topic", "publisher", "holds"),
    [
        ("source:Reuters", "Reuters", True),
        ("source:reuters", "Reuters UK", True),
        ("publisher:BBC", "BBC Sport", True),
        ("from:bbc.co.uk", "BBC News", True),
        ('from:"The Guardian"', "World news | The Guardian", True),
        ("from:The Guardian ferry", "Guardian", True),
        ("source:New York Times ferry", "The New York Times", True),
        ("source: Reuters ferry", "Reuters", True),
        ("source:Reuters", "Daily Ledger", False),
        ("ferry -source:Reuters", "Reuters", False),
        ("ferry -source:Reuters", "Daily Ledger", True),
        ("source:Reuters OR source:BBC", "BBC", True),
        ("source:Quill Gazette", "Quill", True),
    ],
)
def test_a_publisher_is_met_under_every_label_of_its_house(topic: str, publisher: str, holds: bool) -> None:
    assert meets(topic, "The ferry was late at the gazette.", publisher=publisher) is holds


def test_who_wrote_an_article_counts_beside_who_carries_it() -> None:
    carried = {"publisher": "Daily Ledger", "origin": "Reuters"}
    assert meets("source:Reuters", "The ferry was late.", **carried)
    assert meets('source:"Daily Ledger"', "The ferry was late.", **carried)


@pytest.mark.parametrize(
    ("topic", "text", "holds"),
    [
        ("/tariffs? on (steel|cars)/", JAPAN, True),
        ("/TARIFFS? ON/", JAPAN, False),
        ("/TARIFFS? ON/i", JAPAN, True),
        ("/tariffs? on/ -Japan", JAPAN, False),
        ("/duties/ OR /next week/", JAPAN, True),
        (r"/and\/or/", "It is and/or.", True),
    ],
)
def test_a_pattern_is_met_where_it_is_found(topic: str, text: str, holds: bool) -> None:
    assert meets(topic, text) is holds


@pytest.mark.parametrize(
    ("topic", "text", "holds"),
    [
        ("漢", "大漢和辞典", True),
        ("漢", "日本の関税", False),
        ("関税", "日本の関税は上がった。", True),
        ("関税", "日本の税は上がった。関門", False),
        ("日本 関税", "日本の関税は上がった。", True),
        ("日本 -関税", "日本の関税は上がった。", False),
        ('"の関税"', "日本の関税は上がった。", True),
        ("ภาษี", "ขึ้นภาษีนำเข้า", True),
        ("समाचार", "आज का समाचार", True),
        ("관세", "미국 관세 인상", True),
    ],
)
def test_topics_in_scripts_without_spaces_are_met_inside_the_text(topic: str, text: str, holds: bool) -> None:
    assert meets(topic, text) is holds


@pytest.mark.parametrize(
    "topic",
    [
        "foreign trade: tariffs, duties, trade disputes",
        "Any news about Japan",
        "Trade news that concerns Japan: tariffs, trade talks",
        "everything on the price of copper and zinc",
        "steel without tariffs",
        "日本对美国的关税谈判进展",
    ],
)
def test_plain_language_is_a_description(topic: str) -> None:
    read = read_topic(topic)
    assert read.description is not None
    assert (read.description.text, read.rule) == (topic, None)


@pytest.mark.parametrize(
    "topic",
    ["Japan tariffs", "tariffs on Japan", "Bank of Japan rates", "steel OR a b c d", '"a b c" d e f', "日本 関税"],
)
def test_a_few_words_or_operators_are_a_rule(topic: str) -> None:
    assert read_topic(topic).description is None


def test_what_is_left_out_and_who_publishes_stand_beside_a_description() -> None:
    topic = read_topic('trade news on Japan: tariffs, talks -sport NOT ("trade war" OR golf) source:Reuters')
    assert topic.description is not None
    assert topic.description.text == "trade news on Japan: tariffs, talks"
    assert topic.rule is not None
    assert topic.rule.in_words == "without sport, without (“trade war” or golf), from Reuters"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Japan tariffs", "  japan   TARIFFS "),
        ("Zürich", "zurich"),
        ('"Trade War" OR cars', '"trade  war" or CARS'),
        ("/Trade/ Japan", "/Trade/  japan"),
    ],
)
def test_topics_that_differ_in_case_and_spaces_have_one_key(one: str, other: str) -> None:
    assert read_topic(one).key == read_topic(other).key


@pytest.mark.parametrize(("one", "other"), [("Japan tariffs", "tariffs Japan"), ("/Trade/", "/trade/")])
def test_other_topics_have_other_keys(one: str, other: str) -> None:
    assert read_topic(one).key != read_topic(other).key


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("tariffs duties", "articles with tariffs and duties"),
        ("tariffs OR duties cars", "articles with tariffs or (duties and cars)"),
        ('(tariffs OR duties) "trade war" -cars', "articles with (tariffs or duties) and “trade war”, without cars"),
        ("$AAPL -source:BBC", "articles with $AAPL (Apple), not from BBC"),
        ("source:reuters tariffs", "articles with tariffs, from Reuters"),
        ("source:reuters", "articles from Reuters"),
        ("/tariffs?/i", "articles with what matches /tariffs?/i"),
        ("Japan", "articles with Japan (also Japanese, Tokyo)"),
        (
            "steel: output and prices -scrap",
            "articles about “steel: output and prices” by what they mean, without scrap",
        ),
    ],
)
def test_a_topic_is_read_back_as_it_was_understood(topic: str, words: str) -> None:
    assert read_topic(topic).in_words() == words


def test_why_names_the_words_as_they_stand_and_the_sentence_that_holds_most_of_them() -> None:
    text = "Tokyo was calm. The Japanese will answer the Tariffs on cars. Cars are dear."
    assert why("Japan tariff", text) == (("Japanese", "Tariffs"), "The Japanese will answer the Tariffs on cars.")
    assert why("calm OR dear", text) == (("calm", "dear"), "Tokyo was calm.")
    assert why('"on cars"', text) == (("on cars",), "The Japanese will answer the Tariffs on cars.")
    assert why("/[a-z]+ ans[a-z]+/", text) == (("will answer",), "The Japanese will answer the Tariffs on cars.")
    assert why("cars -steel", text)[0] == ("cars",)
    assert why("$AAPL", "He left. Apple grew.") == (("Apple",), "Apple grew.")
    assert why("税", "円安だ。関税が上がった。") == (("税",), "関税が上がった。")


def test_the_headline_is_why_only_where_no_sentence_of_the_text_says_as_much() -> None:
    assert why("ferry", "It rained. The ferry sank.", title="Ferry lost")[1] == "The ferry sank."
    assert why("ferry lost", "It rained. The ferry sank.", title="Ferry lost")[1] == "Ferry lost"
    assert why("source:Reuters", "It rained. The ferry sank.", publisher="Reuters") == ((), "It rained.")


def test_without_the_sentence_that_alone_fired_there_is_no_alert() -> None:
    kept = ["It rained in the north.", "The museum bought a clock."]
    for topic in ("Japan tariffs", '"answer the new"', "tariffs OR duties", "/tariffs? on/", "cars -boats"):
        words, sentence = why(topic, f"{kept[0]} {JAPAN} {kept[1]}", title="Notes")
        assert sentence == JAPAN
        assert words
        assert not meets(topic, " ".join(kept), title="Notes")
