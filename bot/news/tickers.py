"""Tickers: companies and funds named by their symbol, with or without the exchange."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from bot.news.places import forms_by_first_word

# A share class ("BRK.B") and an agency's code of the exchange ("AAPL.O") are left out of the symbol.
_SYMBOL = r"([A-Z0-9]{1,6})(?:[.-][A-Z]{1,2})?"
_TYPED = re.compile(rf"(?:\$|([A-Z]+):){_SYMBOL}", re.IGNORECASE)
_STANDING = re.compile(rf"([$<:])[ \xa0]?{_SYMBOL}\b(>?)")
_BEFORE_COLON = re.compile(r"\b(?:NYSE American|[A-Z]+|Nasdaq|Euronext)$")
_EXCHANGES = (
    "nasdaq nasdaqgs nasdaqgm nasdaqcm",
    "nyse nysearca arca nyseamerican amex",
    "otc otcmkts otcqb otcqx otcpk",
    "tsx tsxv cve",
    "lse lon aim",
    "etr xetra fra fwb",
    "euronext epa ams ebr eli",
    "bit mil",
    "bme",
    "swx six",
    "omx sto cph hel osl",
    "wse",
    "jse",
    "tase",
    "bvmf",
    "moex",
    "tyo tse jpx",
    "hkg hkex sehk",
    "sse sha shse",
    "szse she",
    "nse",
    "bse bom",
    "krx kospi kosdaq",
    "asx",
    "nzx nze",
    "sgx",
    "tpe twse",
)
_AMERICAN = frozenset({"nasdaq", "nyse"})


class Ticker(NamedTuple):
    """A symbol in capitals, and the exchange by its usual name in small letters, where one is named."""

    symbol: str
    exchange: str | None


class TickerMention(NamedTuple):
    """A ticker in a text: text[start:end]."""

    ticker: Ticker
    start: int
    end: int


def read_ticker(typed: str) -> Ticker | None:
    """The ticker that was typed: "$AAPL", "NASDAQ:AAPL"; None for what is none."""
    found = _TYPED.fullmatch(typed)
    if found is None:
        return None
    exchange = _exchange(found[1]) if found[1] else None
    is_one = exchange if found[1] else found[2][0].isalpha()
    return Ticker(found[2].upper(), exchange) if is_one else None


def tickers_in(text: str) -> Iterator[TickerMention]:
    """The tickers in the text, in order: "$AAPL", "<AAPL.O>", "(Nasdaq: AAPL)"."""
    for found in _STANDING.finditer(text):
        mark, symbol, closing = found.groups()
        start = found.start()
        if mark == ":":
            before = _BEFORE_COLON.search(text, max(0, start - 16), start)
            if before and (exchange := _exchange(before[0])):
                yield TickerMention(Ticker(symbol, exchange), before.start(), found.end())
        elif symbol[0].isalpha() and (closing if mark == "<" else not text[start - 1 : start].isalnum()):
            yield TickerMention(Ticker(symbol, None), start, found.end())


def company_of(ticker: Ticker) -> str | None:
    """The key under which names_in knows the company; None for a ticker that no list knows."""
    if ticker.exchange and ticker.exchange not in _AMERICAN:
        return None
    listed = forms_by_first_word().get("$" + ticker.symbol.lower())
    return listed[0].key if listed else None


def _exchange(name: str) -> str | None:
    return _exchanges().get(name.lower().replace(" ", ""))


@cache
def _exchanges() -> dict[str, str]:
    return {name: row.split()[0] for row in _EXCHANGES for name in row.split()}
