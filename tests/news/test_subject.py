from hypothesis import given
from hypothesis import strategies as st

from bot.news.subject import ALWAYS, Subject, house_term, name_terms, part_terms, run_terms, ticker_terms
from bot.news.tickers import Ticker
from tests.makes import make_article
from tests.news.subjects import subject


def standing(read: Subject, term: str) -> list[str]:
    return [read.text[start:end] for start, end in read.where_term(term)]


def test_an_article_has_a_mark_for_each_thing_that_can_be_asked_for() -> None:
    read = subject("The Fed and Jane Dorrit met (NYSE: GE).\n関税", publisher="BBC Sport", origin="Reuters")
    terms = [
        "met",
        "met nyse",
        "@fed",
        "@jane dorrit",
        "@…dorrit",
        "$GE",
        "$GE@nyse",
        "関税",
        "税",
        "from:BBC",
        "from:Reuters",
    ]
    assert [term for term in terms if term not in read.terms] == []
    assert read.terms >= ALWAYS
    assert "ge 関税" not in read.terms  # a line ends between them


def test_what_has_a_mark_is_found_where_it_stands() -> None:
    read = subject("The Fed met. Jane Dorrit met the Federal Reserve (NYSE: GE).\n関税と税", title="Meetings")
    assert standing(read, "met") == ["met", "met"]
    assert standing(read, "@fed") == ["The Fed", "Federal Reserve"]
    assert standing(read, "@…dorrit") == ["Jane Dorrit"]
    assert standing(read, "dorrit met") == ["Dorrit met"]
    assert standing(read, "$GE") == standing(read, "$GE@nyse") == ["NYSE: GE"]
    assert standing(read, "税") == ["税", "税"]
    assert standing(read, "tariff") == standing(read, "@jp") == standing(read, house_term("Daily Ledger")) == []


def test_the_first_sentence_is_the_headline_and_each_place_has_its_sentence() -> None:
    read = subject("It rained. The ferry sank.\nNobody drowned.", title="Ferry lost")
    assert [read.text[start:end] for start, end in read.sentences] == [
        "Ferry lost",
        "It rained.",
        "The ferry sank.",
        "Nobody drowned.",
    ]
    assert [read.sentence_at(read.text.index(word)) for word in ("lost", "rained", "sank", "Nobody")] == [0, 1, 2, 3]
    assert read.text[read.body :] == read.article.text


def test_an_article_without_a_headline_has_no_empty_sentence() -> None:
    assert len(subject("It rained.", title="").sentences) == 1
    assert subject("", title="").sentences == ()


def test_places_and_organisations_that_a_list_knows_are_not_meant_by_a_part_of_their_name() -> None:
    assert name_terms("fed") == {"@fed"}
    assert name_terms("jane dorrit") == {"@jane dorrit", "@…jane dorrit"}
    assert part_terms("world bank") == frozenset()
    assert part_terms("jane van dorrit") == {"@van dorrit", "@dorrit"}
    assert part_terms("xi jinping") == {"@jinping"}


def test_a_ticker_with_its_exchange_is_met_with_that_exchange_or_with_none() -> None:
    assert ticker_terms(Ticker("QZQZ", None)) == {"$QZQZ"}
    assert ticker_terms(Ticker("QZQZ", "tsx")) == {"$QZQZ@tsx", "$QZQZ@"}
    assert ticker_terms(Ticker("AAPL", None)) == {"$AAPL", "@apple"}


def test_words_side_by_side_have_a_mark_for_each_two() -> None:
    assert run_terms(["interest", "rate", "cut"]) == {"interest rate", "rate cut"}
    assert run_terms(["cut"]) == {"cut"}


@given(st.text(max_size=60), st.text(max_size=200))
def test_every_stem_is_found_where_it_stands_whatever_is_written(title: str, text: str) -> None:
    read = Subject(make_article(text, title=title))
    for term in (term for term in read.terms if "\n" not in term):
        for start, end in read.where_term(term):
            assert 0 <= start < end <= len(read.text)
            assert 0 <= read.sentence_at(start) < len(read.sentences)
