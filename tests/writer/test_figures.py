import pytest

from tests.writer.reporting import Report, ask, figures, quote_all, told, values

PORT = (
    "Tollan's exports to Kestria currently face paused levies of 24%, "
    "but the 10% base rate and a 25% duty on cars still apply."
)


def test_each_amount_of_a_sentence_is_bound_to_its_own_clause() -> None:
    assert told("What tariffs does Tollan face?", PORT) == {
        ("24%", "Tollan's exports to Kestria", "paused"),
        ("10%", "base rate", "in force"),
        ("25%", "cars", "in force"),
    }


def test_the_same_figure_of_two_sources_is_one_figure_with_both() -> None:
    other = (
        "While the tariffs were paused for 90 days, Japan remains subject to a 25 percent duty on car exports "
        "and a baseline 10% levy applied to most American trading partners."
    )
    first = "Japan's exports face paused tariffs at 24%, but the 10% base rate and a 25% duty on vehicles still sting."
    found = {f.value: f for f in figures("what tariffs apply to Japan?", first, other)}
    assert {value: (f.status, len(f.quotes)) for value, f in found.items()} == {
        "24%": ("paused", 1),
        "10%": ("in force", 2),
        "25%": ("in force", 2),
        "90 days": (None, 1),
    }
    assert found["10%"].of == "baseline, most American trading partners"
    assert found["90 days"].of == "tariffs were paused"


@pytest.mark.parametrize(
    "text",
    [
        "Washington put tariffs of 46% on Vietnam, 24% on Japan and 20% on goods from the EU.",
        "Japan faces a 24% tariff, while Vietnam faces 46%.",
        "The tariffs hit Vietnam (46%), Japan (24%) and Taiwan (32%).",
        "The reciprocal tariffs are Vietnam at 46%, Japan at 24% and India at 26%.",
        "That means tariffs for several: Vietnam, 46%; Japan, 24%; India, 26%.",
        "The Nikkei fell 4% after tariffs of 24% on Japanese goods were announced.",
        "A 24% tariff on Japan took effect, and the S&P 500 lost 5% in reply.",
        "Japan's carmakers, which export a third of their cars, face a tariff of 24%.",
        "Japan faces a 24% tariff that could cost it $5 billion.",
    ],
)
def test_amounts_of_other_countries_and_of_the_markets_are_left_out(text: str) -> None:
    assert values("what tariffs apply to Japan?", text) == {"24%"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The 20% tariff on Norway took effect on Tuesday.", "in force"),
        ("Norway still faces a 20% tariff.", "in force"),
        ("The 20% tariff on Norway is on hold.", "paused"),
        ("Washington suspended the 20% tariff on Norway.", "paused"),
        ("Washington threatened Norway with a tariff of 20%.", "proposed"),
        ("A tariff of 20% on Norway would follow.", "proposed"),
        ("A tariff of 20% on Norway is expected in June.", "expected"),
        ("The White House denied that it planned a 20% tariff on Norway.", "denied"),
        ("Washington scrapped the 20% tariff on Norway.", "denied"),
        ("The tariff on Norway is 20%.", None),
    ],
)
def test_the_words_of_the_clause_give_the_status(text: str, status: str | None) -> None:
    (figure,) = figures("What tariff applies to Norway?", text)
    assert (figure.value, figure.status) == ("20%", status)


def test_an_adjective_gives_its_status_to_its_own_amount_only() -> None:
    text = "Norway has a paused 24% levy on fish and a 10% levy on timber."
    assert {(f.value, f.status) for f in figures("What levies does Norway face?", text)} == {
        ("24%", "paused"),
        ("10%", None),
    }


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("How many jobs will Nordavia Air cut?", "Nordavia Air will cut 1,200 jobs in Oslo.", {"1,200 jobs"}),
        (
            "How many people were killed in the Selby flood?",
            "The flood in Selby killed 23 people and injured 40, and 1,500 homes lost power.",
            {"23 people"},
        ),
        (
            "What revenue did Acme report?",
            "Acme reported revenue of $1.2 billion and a profit of $300 million.",
            {"$1.2 billion"},
        ),
        (
            "What is the unemployment rate in Norway?",
            "Norway's unemployment rate was 4.2%, and inflation was 3%.",
            {"4.2%"},
        ),
        ("How hot will it be in Lisbon?", "Lisbon will reach 31°C, with winds of 40 km/h.", {"31°C"}),
        ("What was the score between Rovers and United?", "Rovers beat United 3-2 before 40,000 people.", {"3-2"}),
        (
            "How long will the strike at Calder Mill last?",
            "The strike at Calder Mill will last 10 days and cost $2 million.",
            {"10 days"},
        ),
        (
            "What share of voters back the bridge plan?",
            "Some 45% of voters back the bridge plan and 50% of voters oppose it.",
            {"45%"},
        ),
        (
            "By how much did shares of Brack fall?",
            "Shares of Tollan rose 2%, while shares of Brack fell 4.5%.",
            {"4.5%"},
        ),
        ("What is the minimum wage in Norway?", "Norway raised its minimum wage to 13 euros an hour.", {"13 euros"}),
        ("What duty applies to Norwegian fish?", "Norway faces a 15% duty on fish and a 5% duty on timber.", {"15%"}),
    ],
)
def test_only_the_amount_asked_for_is_a_figure(question: str, text: str, found: set[str]) -> None:
    assert values(question, text) == found


@pytest.mark.parametrize(
    "question",
    [
        "Who announced the tariffs on Japan?",
        "What did the minister say about tariffs?",
        "Why did Japan object?",
        "Where is Tollan?",
    ],
)
def test_a_question_that_asks_for_no_amount_has_no_figures(question: str) -> None:
    assert figures(question, "The minister said Japan faces a tariff of 24%.") == []


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What tariff does Japan put on American rice?", "Japan faces a 25% tariff on cars."),
        ("What tariff rate does South Korea face?", "Japan faces a 25% tariff on cars."),
        ("What tariffs apply to China?", "China retaliated with a 34% tariff on American goods."),
        ("How many troops are in Germany?", "The army has 50,000 troops in Japan."),
        ("What tariffs apply to Norway?", "Toys from Norway are exempt from the 15% tariff."),
        ("What tariffs apply to Norway?", "Tariffs on Norway could add 0.7% to prices and cost $2 billion."),
        ("What is the inflation rate in Norway?", "Norway's central bank has an inflation target of 2%."),
    ],
)
def test_an_amount_of_something_else_does_not_answer(question: str, text: str) -> None:
    assert figures(question, text) == []


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Norway faces a 15% duty on frozen fish.", "frozen fish"),
        ("Tariffs on Norwegian steel will rise to 50%.", "Norwegian steel"),
        ("Norway faces a 15% reciprocal tariff on fish.", "reciprocal tariff on fish"),
        ("A baseline 10% tariff applies to Norway.", "baseline, Norway"),
        ("Norway's goods will be charged a tariff of 15%.", "Norway's goods"),
    ],
)
def test_the_phrase_says_in_the_sentences_words_what_the_amount_is_of(text: str, phrase: str) -> None:
    assert [f.of for f in figures("What tariffs apply to Norway?", text)] == [phrase]


def test_rates_count_as_tariffs_where_the_story_is_about_tariffs() -> None:
    text = "The tariffs begin today. Norway pays the 10% base rate and 25% on cars, and the rate of 24% is paused."
    assert {(f.value, f.status) for f in figures("What tariffs apply to Norway?", text)} == {
        ("10%", "in force"),
        ("25%", "in force"),
        ("24%", "paused"),
    }


def test_phrases_stay_short_enough_for_a_table() -> None:
    text = "Norway faces a 15% duty on frozen, dried, salted and smoked fish of every kind that one could name."
    assert all(len(f.of.split()) <= 8 for f in figures("What duties apply to Norway?", text))


def test_percent_is_printed_one_way_and_words_become_digits() -> None:
    texts = ("Norway faces a 15 percent tariff on fish.", "Norway faces a fifteen per cent tariff on fish.")
    assert [(f.value, len(f.quotes)) for f in figures("What tariffs apply to Norway?", *texts)] == [("15%", 2)]


def test_the_best_quote_of_a_figure_comes_first_with_one_quote_an_article() -> None:
    reports = [
        Report("Post", "Norway faces a 15% duty on fish. The 15% duty on fish hits Norway hard."),
        Report("Herald", "Norway pays a 15% duty on fish."),
    ]
    (figure,) = figures("What duty applies to Norway?", *(r.text for r in reports))
    assert len(figure.quotes) == 2
    assert len({quote.article.id for quote in figure.quotes}) == 2


def test_no_quotes_make_no_figures() -> None:
    assert quote_all([]) == []
    assert figures("what tariffs apply to Japan?") == []
    assert ask("what tariffs apply to Japan?").names == ("jp",)
