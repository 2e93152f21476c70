import pytest

from bot.news.tickers import Ticker, company_of, read_ticker, tickers_in


@pytest.mark.parametrize(
    ("typed", "ticker"),
    [
        ("$AAPL", Ticker("AAPL", None)),
        ("$aapl", Ticker("AAPL", None)),
        ("NASDAQ:AAPL", Ticker("AAPL", "nasdaq")),
        ("nyse:brk.b", Ticker("BRK", "nyse")),
        ("TYO:7203", Ticker("7203", "tyo")),
        ("JPX:7203", Ticker("7203", "tyo")),
    ],
)
def test_a_ticker_is_read_with_and_without_its_exchange(typed: str, ticker: Ticker) -> None:
    assert read_ticker(typed) == ticker


@pytest.mark.parametrize("typed", ["AAPL", "$5", "$5bn", "$1,000", "trade:war", "source:Reuters", "$", "NASDAQ:", ""])
def test_what_is_no_ticker_is_not_read_as_one(typed: str) -> None:
    assert read_ticker(typed) is None


def test_tickers_are_found_in_the_forms_in_which_news_gives_them() -> None:
    text = "Up: $AAPL, <IBM.N> (NYSE: GE; Nasdaq:MSFT), (NYSE American: XYZ) and (TYO: 7203)."
    found = [(mention.ticker, text[mention.start : mention.end]) for mention in tickers_in(text)]
    assert found == [
        (Ticker("AAPL", None), "$AAPL"),
        (Ticker("IBM", None), "<IBM.N>"),
        (Ticker("GE", "nyse"), "NYSE: GE"),
        (Ticker("MSFT", "nasdaq"), "Nasdaq:MSFT"),
        (Ticker("XYZ", "nyse"), "NYSE American: XYZ"),
        (Ticker("7203", "tyo"), "TYO: 7203"),
    ]


@pytest.mark.parametrize("text", ["US$B", "a $5000 fine", "He said: NASA won.", "10:30 EST", "<p>", "She: NO", "$"])
def test_prices_times_and_speech_are_no_tickers(text: str) -> None:
    assert list(tickers_in(text)) == []


def test_the_company_of_a_listed_ticker_is_known_unless_it_is_traded_elsewhere() -> None:
    assert company_of(Ticker("AAPL", None)) == company_of(Ticker("AAPL", "nasdaq")) == "apple"
    assert company_of(Ticker("AAPL", "asx")) is None
    assert company_of(Ticker("QQZZ", None)) is None
