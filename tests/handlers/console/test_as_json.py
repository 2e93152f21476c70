"""The lines that programs read: keys, order and types as promised."""

import json
from dataclasses import replace

from handlers.console.as_json import answer_line, brief_line, fault_line, intake_line, passages_line, publishers_line
from tests.handlers.console.makes import (
    NOTHING,
    TARIFFS,
    make_answer,
    make_brief,
    make_citation,
    make_intake,
    make_passages,
)

ANSWER = [
    "id",
    "question",
    "status",
    "as_of",
    "points",
    "figures",
    "conflicts",
    "citations",
    "searched",
    "nearest",
    "took_ms",
]
CITATION = ["n", "article", "source", "title", "url", "published", "quote"]


def test_an_answer_has_its_keys_in_order() -> None:
    told = json.loads(answer_line(make_answer(), line_id="q-1", took_ms=12.3456))
    assert list(told) == ANSWER
    assert told["id"] == "q-1"
    assert told["question"] == "what tariffs apply to Japan?"
    assert told["status"] == "answered"
    assert told["as_of"] == "2025-04-16T14:30:00Z"
    assert told["points"][0] == {"text": TARIFFS, "citations": [1, 2]}
    assert list(told["figures"][0].items()) == [
        ("value", "24%"), ("of", "Japanese exports to the United States"), ("status", "paused"), ("citations", [1])
    ]  # fmt: skip
    assert told["figures"][2]["status"] is None
    assert told["conflicts"] == [
        {
            "of": "the duty on Japanese goods",
            "values": [{"value": "24%", "citations": [1]}, {"value": "25%", "citations": [2, 3]}],
        }
    ]
    assert [list(citation) for citation in told["citations"]] == [CITATION] * 4
    assert told["citations"][1]["published"] == "2025-04-15T00:00:00Z"
    assert told["citations"][3]["url"] is None
    assert told["searched"] == {
        "articles": 18,
        "sources": 5,
        "from": "2025-04-02T00:00:00Z",
        "to": "2025-04-17T09:00:00Z",
    }
    assert told["nearest"] == []
    assert told["took_ms"] == 12.35


def test_an_answer_that_was_not_found_has_the_same_keys() -> None:
    answer = replace(make_answer(status="nothing_found"), searched=NOTHING)
    told = json.loads(answer_line(answer, line_id=None, took_ms=1.0))
    assert list(told) == list(json.loads(answer_line(make_answer(), line_id=None, took_ms=1.0)))
    assert told["id"] is None
    assert told["status"] == "nothing_found"
    assert told["as_of"] is None
    assert told["points"] == told["figures"] == told["conflicts"] == told["citations"] == []
    assert told["searched"] == {"articles": 0, "sources": 0, "from": None, "to": None}
    assert [list(citation) for citation in told["nearest"]] == [CITATION]


def test_found_passages_have_their_keys_in_order() -> None:
    told = json.loads(passages_line("tariffs", make_passages(), line_id=7))
    assert list(told) == ["id", "query", "passages"]
    assert told["id"] == 7
    assert [list(passage) for passage in told["passages"]] == [
        ["article", "source", "title", "url", "published", "text", "score"]
    ] * 2
    assert told["passages"][1]["published"] is None
    assert told["passages"][0]["score"] == 12.5


def test_a_brief_has_its_keys_in_order() -> None:
    told = json.loads(brief_line(make_brief(), took_ms=3.0))
    assert list(told) == ["topic", "as_of", "points", "stories", "citations", "searched", "took_ms"]
    assert list(told["stories"][0]) == ["headline", "points", "publishers"]
    assert told["stories"][0]["publishers"] == ["Harbour Wire", "Pacific Ledger"]


def test_an_intake_has_its_keys_in_order() -> None:
    told = json.loads(intake_line(make_intake(), took_ms=3.0))
    assert list(told) == ["added", "changed", "unchanged", "repeated", "refused", "sources", "took_ms"]
    assert told["repeated"][0] == {"article": "copy-0.txt", "of": "harbour-01.txt", "likeness": 0.978}
    assert told["refused"][0] == {"where": "samples/photo.txt", "reason": "this is a picture, not text."}


def test_publishers_come_largest_first() -> None:
    told = json.loads(publishers_line({"B": 1, "A": 1, "C": 5}))
    assert list(told["sources"][0].items()) == [("source", "C"), ("articles", 5)]
    assert [source["source"] for source in told["sources"]] == ["C", "A", "B"]


def test_a_quote_comes_back_word_for_word_on_a_line_without_controls() -> None:
    quote = 'a\nb \x1b[2J \x9b1m \u202e \u2028 日本 \ud800 "q" \\'
    line = answer_line(replace(make_answer(), citations=(make_citation(quote=quote),)), line_id=None, took_ms=0.0)
    assert json.loads(line)["citations"][0]["quote"] == quote
    assert line.isascii()
    assert line.isprintable()


def test_a_line_that_failed_says_so_under_its_id() -> None:
    assert json.loads(fault_line("No.", line_id="q-9")) == {"id": "q-9", "status": "error", "error": "No."}
