"""The commands that read documents and keep nothing, as a person or a program runs them."""

import base64
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.flows.runs import command, run, surroundings
from tests.wire.feeds import item, rss
from tests.wire.take import FEED, PAGE

OPML = "<opml><outline text='Coast & Daily' xmlUrl='https://coast.example/feed'/><outline xmlUrl='ftp://a.example'/>"
HOSTILE = rss(item("\u202eRed", "<link>javascript:alert(1)</link><description>&lt;b&gt;Bold&lt;/b&gt;</description>"))


def json_lines(text: str) -> list[dict[str, Any]]:
    """The objects in the lines."""
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """A data folder that is not there, and that nothing may make."""
    return tmp_path / "data"


def test_a_feed_is_told_as_programs_were_promised(tmp_path: Path, nowhere: Path) -> None:
    (tmp_path / "a.xml").write_text(FEED, encoding="utf-8")
    done = run(nowhere, ["read-feed", "--json", "--url", "https://coast.example/feed", str(tmp_path / "a.xml")])
    assert (done.returncode, done.stderr) == (0, "")
    feed = json.loads(done.stdout)
    assert (feed["title"], feed["link"], feed["faults"]) == ("Coast Daily", "https://coast.example/", [])
    assert feed["entries"][0] == {
        "id": "n-1",
        "title": "Ferry & bridge",
        "link": "https://coast.example/ferry?utm_medium=rss",
        "published": "2025-04-16T08:30:00Z",
        "summary": "The ferry stops in May.",
    }
    assert feed["entries"][1]["published"] is None
    assert not nowhere.exists()


def test_a_page_is_told_as_programs_were_promised(tmp_path: Path, nowhere: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    done = run(nowhere, ["extract", "--json", str(tmp_path / "a.html")])
    assert (done.returncode, done.stderr) == (0, "")
    page = json.loads(done.stdout)
    assert page.keys() == {"title", "text", "published", "author", "url", "faults"}
    assert (page["title"], page["author"]) == ("Harbour opens early", "Jo Roe")
    assert page["published"] == "2025-04-16T09:30:00+01:00"
    assert page["text"].startswith("The new harbour at Selby took its first ship on Wednesday")


def test_a_list_is_told_with_the_lines_that_are_no_address(tmp_path: Path, nowhere: Path) -> None:
    (tmp_path / "a.opml").write_text(OPML, encoding="utf-8")
    done = run(nowhere, ["read-opml", "--json", str(tmp_path / "a.opml")])
    fault = "line 1: Only http and https addresses work; this one starts with `ftp`. (U03)"
    assert json.loads(done.stdout) == {"feeds": ["https://coast.example/feed"], "faults": [fault]}
    assert (done.returncode, done.stderr) == (0, "")


def test_a_person_is_shown_what_is_in_a_document(tmp_path: Path, nowhere: Path) -> None:
    (tmp_path / "a").write_text(HOSTILE, encoding="utf-8")
    done = run(nowhere, ["read-feed", str(tmp_path / "a")])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Coast Daily\n\n1. Red\n   undated\n   Bold\n"


def test_what_cannot_be_read_is_refused_with_its_reason(tmp_path: Path, nowhere: Path) -> None:
    (tmp_path / "a").write_bytes(b"%PDF-1.7")
    reason = "this is a PDF file, not a feed (F08)"
    plain = run(nowhere, ["read-feed", str(tmp_path / "a")])
    assert (plain.returncode, plain.stdout) == (1, "")
    assert plain.stderr == f"newsdesk: {tmp_path / 'a'}: {reason}\n"
    told = run(nowhere, ["read-feed", "--json", str(tmp_path / "a")])
    assert (told.returncode, told.stderr) == (1, plain.stderr)
    assert json.loads(told.stdout) == {"title": None, "link": None, "entries": [], "faults": [reason]}


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, nowhere: Path) -> None:
    done = run(nowhere, ["read-opml", str(tmp_path)])
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"newsdesk: {tmp_path}: cannot be read (is a directory)\n"


def test_of_many_feeds_each_has_its_line_and_a_bad_one_stops_none(nowhere: Path) -> None:
    russian = ("<?xml version='1.0'?>" + rss(item("Новости", "<link>/n</link>"))).encode("cp1251")
    headers = {"Content-Type": "text/xml; charset=windows-1251", "content-location": "https://n.example/feed"}
    lines = [
        {"id": "a", "xml": FEED},
        {"id": 2, "xml_b64": base64.b64encode(russian).decode(), "headers": headers},
        {"id": "c", "xml_b64": "%%%"},
        {"id": "d", "html": "<p>"},
        {"id": "e", "xml": "{"},
        {"id": "f", "xml": rss(item(more="<link>/f</link>")), "url": "javascript:alert(1)"},
        {"id": ["g"], "xml": rss(item())},
    ]
    piped = "\n".join([*map(json.dumps, lines), "no JSON", "[]", "[" * 99_999, ""])
    done = run(nowhere, ["read-feed", "--json", "-"], piped=piped)
    rows = json_lines(done.stdout)
    assert (done.returncode, done.stderr) == (1, "")
    assert [row["id"] for row in rows] == ["a", 2, "c", "d", "e", "f", None, None, None, None]
    assert [len(row["entries"]) for row in rows] == [2, 1, 0, 0, 0, 1, 1, 0, 0, 0]
    assert rows[1]["entries"][0] | {"title": "Новости", "link": "https://n.example/n"} == rows[1]["entries"][0]
    assert rows[5]["entries"][0]["link"] == "/f"
    assert [row["faults"] for row in rows if row["faults"]] == [
        ['"xml_b64" in line 3 is not base64.'],
        ['Line 4 has no "xml" or "xml_b64" with text in it.'],
        ["this is neither XML nor JSON that can be read (F09)"],
        ["Line 8 is not valid JSON: Expecting value at character 1."],
        ["Line 9 is no JSON object, which begins with a brace."],
        ["Line 10 is JSON with a value too deep, too long or not a number."],
    ]
    assert not nowhere.exists()


def test_many_documents_are_shown_to_a_person_and_the_bad_ones_told(nowhere: Path) -> None:
    lines = [{"opml": OPML}, {"opml": "words"}]
    done = run(nowhere, ["read-opml", "-"], piped="\n".join(map(json.dumps, lines)))
    assert (done.returncode, done.stderr) == (1, "newsdesk: is not an OPML file: it has no outlines (O05)\n")
    assert "https://coast.example/feed" in done.stdout


def test_each_answer_comes_before_the_next_line_is_sent(nowhere: Path) -> None:
    pipe = subprocess.PIPE
    words = command(nowhere, "extract", "--json", "-")
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, env=surroundings()) as running:
        assert running.stdin
        assert running.stdout
        for number in range(3):
            running.stdin.write(json.dumps({"id": number, "html": PAGE}) + "\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["id"] == number
        running.stdin.close()
        assert running.wait(timeout=30) == 0
