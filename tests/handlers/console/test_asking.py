"""Questions piped in: a line gives a question or says why not, and no line stops the others."""

import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from config import defaults
from handlers.console.asking import AskedLine, BadLine, read_lines, read_topics, well_formed

PARIS = ZoneInfo("Europe/Paris")


def lines_of(piped: bytes) -> list[AskedLine | BadLine]:
    """What the bytes give."""
    return list(read_lines(io.BytesIO(piped), PARIS))


def only(piped: bytes) -> AskedLine | BadLine:
    """What the one line gives."""
    (line,) = lines_of(piped)
    return line


def test_plain_lines_are_questions_without_an_id() -> None:
    piped = "who won?\r\n  and when? \nлист".encode()
    assert lines_of(piped) == [AskedLine(id=None, text=text) for text in ("who won?", "and when?", "лист")]


@pytest.mark.parametrize("text", ["{0}", "{}", "[1, 2]", '"quoted"', "123", "null", "", "   "])
def test_what_is_no_object_is_a_plain_question(text: str) -> None:
    assert only(text.encode() + b"\n") == AskedLine(id=None, text=text.strip())


def test_an_object_gives_its_question_id_moment_and_zone() -> None:
    line = only(b'{"id": "q-1", "question": "who?", "now": "2025-04-16T09:00", "zone": "Asia/Tokyo", "other": []}\n')
    assert line == AskedLine(
        id="q-1", text="who?", now=datetime(2025, 4, 16, 0, 0, tzinfo=UTC), zone=ZoneInfo("Asia/Tokyo")
    )


def test_query_is_another_word_for_question_and_a_moment_without_a_zone_is_the_askers() -> None:
    line = only(b'{ "id": 7, "query": "who?", "now": "2025-04-16T09:00"}')
    assert line == AskedLine(id=7, text="who?", now=datetime(2025, 4, 16, 7, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("piped", "line_id", "told"),
    [
        (b'{"id": 1, "question": "who?"', None, "Line 2 is not valid JSON"),
        (b'{"id": "a", "text": "who?"}', "a", 'Line 2 has no "question" or "query"'),
        (b'{"id": "a", "question": 5}', "a", 'Line 2 has no "question" or "query"'),
        (b'{"id": ["a"], "question": null}', None, 'Line 2 has no "question" or "query"'),
        (b'{"id": "a", "question": "who?", "now": "noonish"}', "a", "I cannot read `noonish` as a moment"),
        (b'{"id": "a", "question": "who?", "now": 5}', "a", '"now" in line 2 is not text'),
        (
            b'{"id": "a", "question": "who?", "zone": "Mars/Base"}',
            "a",
            "I do not know that time zone",
        ),
        (b'{"id": NaN, "question": "who?"}', None, "Line 2 is JSON with a value"),
        (b'{"id": ' + b"9" * 5000 + b', "question": "who?"}', None, "Line 2 is JSON with a value"),
        (b'{"id": ' + b"[" * 100_000, None, "Line 2 is JSON with a value too deep"),
        (b"caf\xe9?", None, "Line 2 is not UTF-8 text (byte 4)"),
        (b"x" * (defaults.INPUT_LINE_BYTES + 1), None, "Line 2 is longer than 1,048,576 bytes"),
        (b"x" * (3 * defaults.INPUT_LINE_BYTES), None, "Line 2 is longer than 1,048,576 bytes"),
    ],
)
def test_a_bad_line_says_why_and_the_lines_around_it_are_read(piped: bytes, line_id: object, told: str) -> None:
    before, bad, after = lines_of(b"before\n" + piped + b"\nafter\n")
    assert (before, after) == (AskedLine(id=None, text="before"), AskedLine(id=None, text="after"))
    assert isinstance(bad, BadLine)
    assert bad.id == line_id
    assert told in bad.reason


def test_topics_are_read_with_their_ids_and_blank_lines_passed_over() -> None:
    piped = b'{"id": "w1", "topic": "Japan tariffs"}\n\n{"id": 2, "topic": "Zinc: prices"}\n'
    assert list(read_topics(io.BytesIO(piped))) == [
        AskedLine(id="w1", text="Japan tariffs"),
        AskedLine(id=2, text="Zinc: prices"),
    ]


@pytest.mark.parametrize(
    ("piped", "line_id", "told"),
    [
        (b"Japan tariffs", None, "Line 1 is not valid JSON"),
        (b'["Japan"]', None, "Line 1 is no JSON object"),
        (b'{"id": "a", "question": "who?"}', "a", "Line 1 has no text as `topic`"),
        (b'{"id": "a", "topic": 5}', "a", "Line 1 has no text as `topic`"),
        (b"caf\xe9", None, "Line 1 is not UTF-8 text"),
    ],
)
def test_a_line_without_a_topic_says_why(piped: bytes, line_id: object, told: str) -> None:
    (bad,) = read_topics(io.BytesIO(piped))
    assert isinstance(bad, BadLine)
    assert bad.id == line_id
    assert told in bad.reason


def test_lines_are_given_as_they_come() -> None:
    class Slow(io.BytesIO):
        """A pipe that must not be asked for more than has been used."""

        asked = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.asked += 1
            return super().readline(size)

    pipe = Slow(b"one\ntwo\nthree\n")
    lines = read_lines(pipe, PARIS)
    assert next(lines) == AskedLine(id=None, text="one")
    assert pipe.asked == 1


def test_half_characters_become_question_marks() -> None:
    assert only(b'{"question": "who \\ud800?"}') == AskedLine(id=None, text="who ??")
    assert well_formed("日本 \udcff") == "日本 ?"
