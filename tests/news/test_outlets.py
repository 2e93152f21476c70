import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.outlets import outlets_named, publishers_named

KNOWN = (
    "Cnbc | World Business News Leader",
    "BBC News - Entertainment & Arts",
    "Fortune",
    "gadgetgazette.com",
    "Harbour Ledger",
    "Polygon",
    "TechCrunch",
    "The Age",
    "The Independent - Life and Style",
    "The Independent - Sports",
    "The Sun",
    "The Verge",
    "Time",
    "Vox",
    "Wired",
    "Bloomberg",
    "汐見新聞",
)


def known(text: str) -> list[tuple[str, str]]:
    return [(mention.publisher, text[mention.start : mention.end]) for mention in publishers_named(text, KNOWN)]


def world(text: str) -> list[tuple[str, str]]:
    return [(mention.publisher, text[mention.start : mention.end]) for mention in outlets_named(text)]


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("What did the Verge say about chips?", "The Verge"),
        ("what did the verge say about chips?", "The Verge"),
        ("According to the Harbour Ledger, who won?", "Harbour Ledger"),
        ("according to the harbour ledger, who won?", "Harbour Ledger"),
        ("Is the claim in TechCrunch's report true?", "TechCrunch"),
        ("Which maker does TechCrunch call slow?", "TechCrunch"),
        ("What does CNBC expect?", "Cnbc | World Business News Leader"),
        ("what did cnbc report?", "Cnbc | World Business News Leader"),
        ("What does the BBC write about films?", "BBC News - Entertainment & Arts"),
        ("what does bbc.co.uk say?", "BBC News - Entertainment & Arts"),
        ("Which film won, going by www.bbc.co.uk today?", "BBC News - Entertainment & Arts"),
        ("Is the Gadget Gazette article right?", "gadgetgazette.com"),
        ("Which phone won at techcrunch.com today?", "TechCrunch"),
        ("what did fortune say about rates?", "Fortune"),
        ("What did 'Fortune' claim about rates?", "Fortune"),
        ("Which bank was praised in the story by Time?", "Time"),
        ("Which bank did The Age's owner sell?", "The Age"),
        ("汐見新聞は何と言った", "汐見新聞"),
    ],
)
def test_a_publisher_is_known_by_each_of_its_forms(text: str, publisher: str) -> None:
    assert [found for found, _ in known(text)] == [publisher]


@pytest.mark.parametrize(
    "text",
    [
        "The Sun rose over Polygon land in the Age of reason",
        "Time will tell if Fortune favours Wired people and Vox populi",
        "is it on the verge of collapse, according to time and place?",
        "what is the age of the sun, and who made a fortune in time?",
        "Who are the Fortune 500?",
        "Was Michael Bloomberg mayor?",
        "does harbour dredging fill a ledger?",
    ],
)
def test_ordinary_use_of_a_publishers_words_names_no_publisher(text: str) -> None:
    assert known(text) == []


def test_publishers_that_share_a_short_form_are_all_named_and_the_full_form_wins() -> None:
    assert known("What did The Independent say?") == [
        ("The Independent - Life and Style", "The Independent"),
        ("The Independent - Sports", "The Independent"),
    ]
    assert known("Is the 'The Independent - Sports' article right?") == [
        ("The Independent - Sports", "The Independent - Sports")
    ]


def test_ordinary_words_count_in_a_list_of_outlets() -> None:
    assert [name for name, _ in known("Who lost, as reported by Wired, The Age and Time?")] == [
        "Wired",
        "The Age",
        "Time",
    ]
    assert [name for name, _ in known("Do both Fortune and TechCrunch think so?")] == ["Fortune", "TechCrunch"]


def test_the_span_holds_the_name_with_its_article_and_address() -> None:
    assert known("what did the verge say?") == [("The Verge", "the verge")]
    assert known("What did TechCrunch’s reporter write?") == [("TechCrunch", "TechCrunch")]
    assert known("see techcrunch.com now") == [("TechCrunch", "techcrunch.com")]


def test_a_mention_says_whether_the_outlet_is_meant_as_source() -> None:
    (source,) = publishers_named("What did TechCrunch report?", KNOWN)
    (subject,) = publishers_named("Who bought TechCrunch?", KNOWN)
    assert source.as_source
    assert not subject.as_source


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("what did reuters report?", "Reuters"),
        ("Is it in the WSJ article?", "The Wall Street Journal"),
        ("What does The Guardian say?", "The Guardian"),
        ("Is there an article from Gadget Gazette on phones?", "Gadget Gazette"),
        ("According to the Daily Planet report, who won?", "Daily Planet"),
        ("did the Brooklyn Herald say so?", "Brooklyn Herald"),
        ("Is there an article published by Zyntho on phones?", "Zyntho"),
        ("what is new according to zyntho.example?", "zyntho.example"),
    ],
)
def test_outlets_are_named_whether_a_list_knows_them_or_not(text: str, outlet: str) -> None:
    assert [name for name, _ in world(text)] == [outlet]


@pytest.mark.parametrize(
    "text",
    [
        "According to Jerome Powell, what is next?",
        "What is in the Federal Reserve report?",
        "Is there coverage from Japan, or stories from October, or articles from Monday?",
        "Which articles from Apple were sold?",
        "Is the Trump story over?",
        "What did the hill people say about the morning star?",
        "",
    ],
)
def test_people_places_dates_and_companies_are_no_unknown_outlets(text: str) -> None:
    assert world(text) == []


def test_two_thousand_publishers_are_told_apart() -> None:
    many = tuple(f"Paper {number} Gazette | Section {number}" for number in range(2000))
    text = "Does the Paper 77 Gazette article agree with Paper 1999 Gazette?"
    assert [mention.publisher for mention in publishers_named(text, many)] == [many[77], many[1999]]


@given(st.text(alphabet="ABabTheis Vrgoxm.'’-&|/?!\n日", max_size=80))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for mention in [*publishers_named(text, KNOWN), *outlets_named(text)]:
        assert 0 <= mention.start < mention.end <= len(text)
