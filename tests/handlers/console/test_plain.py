"""Text from outside loses whatever a terminal would obey, and nothing a reader would read."""

import pytest

from handlers.console.plain import may_be_opened, plain, plain_link


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[31mred\x1b[0m alert", "red alert"),
        ("clear \x1b[2J\x1b[Hscreen", "clear screen"),
        ("C1 \x9b31mred", "C1 red"),
        ("\x1b]0;new window title\x07news", "news"),
        ("\x1b]8;;https://evil.example\x1b\\trusted\x1b]8;;\x1b\\", "trusted"),
        ("\x1bP1;2|device\x1b\\control", "control"),
        ("\x1b]never ended", "never ended"),
        ("bell\x07 back\x08space nul\x00", "bell backspace nul"),
        ("line\r\nover\rwritten", "line over written"),
        ("user \u202egnp.exe\u202c", "user gnp.exe"),
        ("\u2066isolate\u2069 \u200emark\u061c", "isolate mark"),
        ("zero\u200bwidth\ufeff \u2060join", "zerowidth join"),
        ("tag\U000e0041\U000e0042s", "tags"),
        ("half \ud800 character", "half character"),
        ("glue\ue000d", "glued"),
    ],
)
def test_what_a_terminal_would_obey_is_taken_out(hostile: str, shown: str) -> None:
    assert plain(hostile) == shown


@pytest.mark.parametrize(
    "text", ["[bold]not bold[/bold]", "100% {braces} \\ `ticks`", "Ünïcödé", "日本の関税", "می‌خواهم", "क्‍ष", "😀"]
)
def test_what_a_reader_would_read_stays(text: str) -> None:
    assert plain(text) == text


def test_heaped_accents_are_cut_to_three() -> None:
    assert plain("Z" + "\u0335" * 40 + "algo") == "Z" + "\u0335" * 3 + "algo"


def test_a_link_is_one_word() -> None:
    assert plain_link("https://news.example/a b\n\x1b[2J") == "https://news.example/a%20b"
    assert plain_link("\u200b") is None
    assert plain_link(None) is None


@pytest.mark.parametrize("url", ["https://news.example/a?b=c#d", "HTTP://news.example:8080/%20"])
def test_web_addresses_may_be_opened(url: str) -> None:
    assert may_be_opened(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://news.example",
        "https://news.example/\x07",
        "https://a b",
        "https://",
        "",
    ],
)
def test_nothing_else_may_be_opened(url: str) -> None:
    assert not may_be_opened(url)
