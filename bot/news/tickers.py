"""Tickers: companies and funds named by their symbol, with or without the exchange."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from bot.news.places import forms_by_first_word

# A share class ("BRK.B") and an agency's code of the exchange ("AAPL.O") are left out of the symbol.
_SYMBOL = r"([A-Z][A-Z0-9]{0,5})(?:[.-][A-Z]{1,2})?"
_NUMBERED = r"([A-Z0-9]{1,6})(?:[.-][A-Z]{1,2})?"
_TYPED = re.compile(rf"\${_SYMBOL}|([A-Z]+):{_NUMBERED}", re.IGNORECASE)
_STANDING = re.compile(rf"(?<![A-Z0-9])\${_SYMBOL}\b|<{_SYMBOL}>|:\s?{_NUMBERED}\b")
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
    if found[1]:
        return Ticker(found[1].upper(), None)
    exchange = _exchange(found[2])
    return Ticker(found[3].upper(), exchange) if exchange else None


def tickers_in(text: str) -> Iterator[TickerMention]:
    """The tickers in the text, in order: "$AAPL", "<AAPL.O>", "(Nasdaq: AAPL)"."""
    for found in _STANDING.finditer(text):
        if symbol := found[1] or found[2]:
            yield TickerMention(Ticker(symbol, None), *found.span())
            continue
        before = _BEFORE_COLON.search(text, max(0, found.start() - 16), found.start())
        if before and (exchange := _exchange(before[0])):
            yield TickerMention(Ticker(found[3], exchange), before.start(), found.end())


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
