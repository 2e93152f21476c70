"""JSON lines: the fields of the contract, their other names, and every way in which a line can be broken."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config import defaults
from tests.wire.take import Taken, put, take

ROW = {
    "id": "n-7",
    "title": "Mill shuts",
    "text": "The last loom stopped in Ashford.\n\nTwo hundred people lose their work.",
    "url": "http://News.example:80/mill/?utm_source=x&b=2&a=1#top",
    "source": "Ashford Post",
    "published": "2025-04-16T10:30:00+02:00",
    "author": "Ann Lee",
    "language": "en-GB",
}


def take_rows(folder: Path, *rows: object) -> Taken:
    """What the rows give, written one a line; text is written as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    return take(put(folder / "news.jsonl", "\n".join(lines) + "\n"))


def test_every_field_of_the_contract_is_read(tmp_path: Path) -> None:
    (draft,) = take_rows(tmp_path, ROW).drafts
    assert (draft.name, draft.identity, draft.title) == ("n-7", "n-7", "Mill shuts")
    assert draft.text == "The last loom stopped in Ashford.\nTwo hundred people lose their work."
    assert draft.url == "http://news.example/mill/?a=1&b=2"
    assert (draft.publisher, draft.author, draft.language) == ("Ashford Post", "Ann Lee", "en")
    assert (draft.published, draft.published_day_only) == (datetime(2025, 4, 16, 8, 30, tzinfo=UTC), False)


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("text", "body"),
        ("text", "content"),
        ("source", "publisher"),
        ("published", "published_at"),
        ("published", "date"),
        ("published", "publishedAt"),
        ("id", "doc"),
    ],
)
def test_a_field_under_its_other_name_means_the_same(tmp_path: Path, field: str, other: str) -> None:
    renamed = {other if name == field else name: value for name, value in ROW.items()}
    assert take_rows(tmp_path, renamed).drafts == take_rows(tmp_path, ROW).drafts


@pytest.mark.parametrize(
    ("dateline", "text"),
    [
        ("ASHFORD, April 16 -", "ASHFORD, April 16 - The last loom stopped."),
        ("ASHFORD, April 16", "ASHFORD, April 16 - The last loom stopped."),
        (" ", "The last loom stopped."),
        (None, "The last loom stopped."),
    ],
)
def test_a_dateline_stands_before_the_text(tmp_path: Path, dateline: str | None, text: str) -> None:
    row = {**ROW, "text": "The last loom stopped.", "dateline": dateline}
    assert [draft.text for draft in take_rows(tmp_path, row).drafts] == [text]


def test_a_dateline_that_the_text_has_already_is_not_repeated(tmp_path: Path) -> None:
    text = "ASHFORD, April 16 - The last loom stopped."
    row = {**ROW, "text": text, "dateline": "ASHFORD, April 16 -"}
    assert [draft.text for draft in take_rows(tmp_path, row).drafts] == [text]


@pytest.mark.parametrize("text", ["******", "—", " . "])
def test_a_flash_says_what_its_headline_says(tmp_path: Path, text: str) -> None:
    assert [draft.text for draft in take_rows(tmp_path, {**ROW, "text": text}).drafts] == ["Mill shuts"]


def test_fields_that_programs_commonly_write_otherwise_are_understood(tmp_path: Path) -> None:
    row = {**ROW, "id": 7, "source": {"id": None, "name": "Ashford Post"}, "author": ["Ann Lee", "Jo Roe"]}
    (draft,) = take_rows(tmp_path, {**row, "published": 1744799400}).drafts
    assert (draft.name, draft.publisher, draft.author) == ("7", "Ashford Post", "Ann Lee, Jo Roe")
    assert draft.published == datetime(2025, 4, 16, 10, 30, tzinfo=UTC)


def test_a_day_without_a_time_is_marked_so(tmp_path: Path) -> None:
    (draft,) = take_rows(tmp_path, {**ROW, "published": "2025-04-16"}).drafts
    assert (draft.published, draft.published_day_only) == (datetime(2025, 4, 16, tzinfo=UTC), True)


def test_without_an_id_the_address_names_the_article_and_without_one_the_line(tmp_path: Path) -> None:
    with_url = {"title": "A", "text": "Words of one.", "url": "https://news.example/a/"}
    one, two = take_rows(tmp_path, with_url, {"title": "B", "text": "Words of two."}).drafts
    assert (one.name, one.identity) == ("https://news.example/a/", "https://news.example/a")
    assert two.name == "news.jsonl#2"
    assert two.identity.startswith("sha256:")


def test_the_same_article_has_one_identity_whatever_file_it_comes_in(tmp_path: Path) -> None:
    bare = {"title": "B", "text": "Words of two."}
    for row in (ROW, bare, {**bare, "url": "https://news.example/b"}):
        here, there = take_rows(tmp_path, row).drafts[0], take_rows(tmp_path / "other", "", row).drafts[0]
        assert here.identity == there.identity
    secure, plain = ({**bare, "url": f"{scheme}://news.example/b"} for scheme in ("https", "http"))
    assert take_rows(tmp_path, secure).drafts[0].identity == take_rows(tmp_path, plain).drafts[0].identity


def test_a_publisher_is_read_off_the_address_where_no_field_names_it(tmp_path: Path) -> None:
    row = {"title": "T", "text": "Words.", "url": "https://www.coast-daily.co.uk/a"}
    assert take_rows(tmp_path, row).drafts[0].publisher == "Coast Daily"
    assert take_rows(tmp_path, {"title": "T", "text": "Words."}).drafts[0].publisher is None


def test_a_missing_title_is_taken_from_the_text(tmp_path: Path) -> None:
    headed = {"text": "Mill shuts after ninety years\nThe last loom stopped."}
    plain = {"text": "The last loom stopped on Wednesday. More words follow here."}
    one, two = take_rows(tmp_path, headed, plain).drafts
    assert (one.title, one.text) == ("Mill shuts after ninety years", "The last loom stopped.")
    assert two.title == "The last loom stopped on Wednesday"


def test_page_debris_goes_and_every_sentence_of_the_article_stays_word_for_word(tmp_path: Path) -> None:
    sentences = ["The mill shut on Wednesday; “nobody told us”, said Ann Lee.", "Share prices fell 3.5% at 10:30 a.m."]
    text = (
        f"Advertisement\n{sentences[0]}Advertisement. Remove ads.\nSign up for our newsletter\n{sentences[1]}\n© 2025"
    )
    assert take_rows(tmp_path, {**ROW, "text": text}).drafts[0].text == "\n".join(sentences)


def test_markup_in_the_text_becomes_paragraphs(tmp_path: Path) -> None:
    text = "<p>First &amp; <b>last</b>.</p><script>alert('x')</script><p>Second.<br>Third.</p>"
    assert take_rows(tmp_path, {**ROW, "text": text}).drafts[0].text == "First & last.\nSecond.\nThird."


def test_entities_in_title_and_text_become_the_signs_they_stand_for(tmp_path: Path) -> None:
    (draft,) = take_rows(
        tmp_path, {**ROW, "title": "AT&amp;T &#8217;s mill", "text": "Q&A: 5 &lt; 6&nbsp;&copy AT&T"}
    ).drafts
    assert (draft.title, draft.text) == ("AT&T ’s mill", "Q&A: 5 < 6 © AT&T")


def test_prose_that_mentions_a_tag_keeps_it(tmp_path: Path) -> None:
    text = "The <blink> tag is back; 3 < 4 and a</b> still."
    assert take_rows(tmp_path, {**ROW, "text": text}).drafts[0].text == text


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"title": "x", ', "is not valid JSON ("),
        ("not json at all", "is not valid JSON (Expecting value, character 1)"),
        ("[1, 2]", "is a list, not an object"),
        ('"text"', "is text, not an object"),
        ("7", "is a number, not an object"),
        ("null", "is nothing, not an object"),
        ("{}", "has no text: give it as `text`, `body` or `content`"),
        ('{"text": "  "}', "has no text"),
        ('{"text": "\\u200b\\u200b"}', "has no text besides"),
        ('{"text": "Advertisement"}', "has no text besides navigation, advertising"),
        ('{"text": ["a"]}', "`text` is a list, not text"),
        ('{"text": {"a": 1}}', "`text` is an object, not text"),
        ('{"text": "a", "title": 5}', "`title` is a number, not text"),
        ('{"text": "a", "url": true}', "`url` is true or false, not text"),
        ('{"text": "a", "id": []}', "`id` is a list, not text"),
        ('{"text": "a", "source": {"name": 5}}', "`source` is a number, not text"),
        ('{"text": "half \\ud83d"}', "`text` holds half a character (\\ud83d)"),
        ('{"text": "a", "title": "\\ude00"}', "`title` holds half a character (\\ude00)"),
        ('{"text": "a\0b"}', "holds NUL bytes"),
        ("[" * 100_000, "nested too deeply"),
        ('{"text": "a", "n": ' + "9" * 5_000 + "}", "a number that is too long"),
    ],
)
def test_a_broken_line_seven_is_refused_by_its_number_and_the_rest_is_done(
    tmp_path: Path, line: str, reason: str
) -> None:
    rows: list[object] = [{**ROW, "id": f"n-{number}"} for number in range(1, 10)]
    rows[6] = line
    taken = take_rows(tmp_path, *rows)
    assert [draft.name for draft in taken.drafts] == [f"n-{number}" for number in range(1, 10) if number != 7]
    (refusal,) = taken.refusals
    assert refusal.where == f"{tmp_path}/news.jsonl line 7"
    assert reason in refusal.reason


def test_an_escaped_nul_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    line = "\ufeff" + json.dumps({**ROW, "text": "One\0 two."})
    assert take_rows(tmp_path, line).drafts[0].text == "One two."


def test_a_line_in_another_encoding_is_read_or_refused_and_never_garbled(tmp_path: Path) -> None:
    western = json.dumps({**ROW, "text": "The café’s price: 5 €."}, ensure_ascii=False).encode("cp1252")
    assert take(put(tmp_path / "a.jsonl", western)).drafts[0].text == "The café’s price: 5 €."


def test_a_line_over_the_limit_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    huge = '{"text": "' + "a" * defaults.LINE_BYTES + '"}'
    taken = take_rows(tmp_path, huge, ROW)
    assert taken.reasons.endswith("line 1: is longer than 4 MB, the most for one line")
    assert len(taken.drafts) == 1


def test_a_text_over_the_limit_is_refused_with_both_numbers(tmp_path: Path) -> None:
    taken = take_rows(tmp_path, {"text": "word " * 100_000})
    assert "its text has 500,000 characters; the limit for one article is 400,000" in taken.reasons


def test_packed_lines_are_read_whatever_the_ending_says(tmp_path: Path) -> None:
    line = json.dumps(ROW).encode() + b"\n"
    for name, content in (("a.jsonl.gz", gzip.compress(line)), ("b.jsonl", gzip.compress(line)), ("c.jsonl.gz", line)):
        assert [d.name for d in take(put(tmp_path / name, content)).drafts] == ["n-7"]


def test_a_packed_file_that_is_cut_off_keeps_the_lines_before_the_cut(tmp_path: Path) -> None:
    rows = b"".join(json.dumps({**ROW, "id": f"{n}", "text": f"Text {n * 7919}."}).encode() + b"\n" for n in range(999))
    taken = take(put(tmp_path / "a.jsonl.gz", gzip.compress(rows)[:-4_000]))
    assert 0 < len(taken.drafts) < 999
    assert f"the packed file is damaged after line {len(taken.drafts)}" in taken.reasons


def test_a_packed_line_that_never_ends_is_given_up(tmp_path: Path) -> None:
    bomb = gzip.compress(json.dumps(ROW).encode() + b"\n" + bytes(defaults.LINE_SKIP_BYTES * 2), 1)
    taken = take(put(tmp_path / "a.jsonl.gz", bomb))
    assert len(taken.drafts) == 1
    assert "a line that does not end within 64 MB; the rest of the file was not read" in taken.reasons


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"\x89PNG\r\n\x1a\n", "a PNG image"), (b"PK\x03\x04", "a zip archive"), (b"\xff\xfe{\x00", "UTF-16")],
)
def test_something_else_under_the_name_is_refused_once(tmp_path: Path, content: bytes, kind: str) -> None:
    taken = take(put(tmp_path / "a.jsonl", content + bytes(100)))
    assert len(taken.refusals) == 1
    assert f"looks like {kind}" in taken.reasons


def test_a_file_that_holds_no_articles_at_all_is_given_up(tmp_path: Path) -> None:
    taken = take_rows(tmp_path, *["plain words"] * (defaults.BARREN_LINES + 500), ROW)
    assert taken.drafts == []
    assert "1,000 lines up to line 1,000 hold no article; the rest was not read" in taken.reasons


def test_beyond_a_thousand_refusals_of_one_file_are_only_counted(tmp_path: Path) -> None:
    rows = [row for _ in range(defaults.REFUSALS_LISTED + 5) for row in ("broken", ROW)]
    taken = take_rows(tmp_path, *rows)
    assert len(taken.drafts) == defaults.REFUSALS_LISTED + 5
    assert len(taken.refusals) == defaults.REFUSALS_LISTED + 1
    assert taken.reasons.endswith("5 more lines were refused for reasons like these")
