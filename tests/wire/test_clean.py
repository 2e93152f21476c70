"""Characters: what goes, what stays, and that words never change."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wire.clean import clean_line, clean_text, find_lone_surrogate
from bot.wire.language import guess_language, read_language


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\r\nb\rc\u2028d\u2029e\x0bf\x85g", "a\nb\nc\nd\ne\nf\ng"),
        ("a\xa0b\u2009c\u3000d", "a b c d"),
        ("a\0b\x07c\x1b[31md\x7fe\x9ff", "abc[31mdef"),
        ("ab\u202ecd\u202c \u2066x\u2069", "abcd x"),
        ("in\u200bvi\u2060si\ufeffble\xad", "invisible"),
        ("tag\U000e0041\U000e0042s", "tags"),
        ("cafe\u0301", "café"),
        ("Z" + "\u0335" * 40 + "!", "Z" + "\u0335" * 4 + "!"),
        ("pay\u200dpal \u200cx", "paypal x"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("“Quotes” – dashes… €5", "“Quotes” – dashes… €5"),
    ],
)
def test_only_what_can_be_seen_stays(dirty: str, clean: str) -> None:
    assert clean_text(dirty) == clean


@given(st.text())
def test_cleaning_any_text_twice_changes_nothing_more_and_leaves_it_in_nfc(text: str) -> None:
    once = clean_text(text)
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(c) in ("Cc",) and c not in "\n\t" for c in once)
    assert "\u202e" not in once


def test_a_line_is_clipped_at_a_word_and_holds_no_break() -> None:
    assert clean_line("one\ntwo\u202e  three") == "one two three"
    assert clean_line("word " * 1_000, 20) == "word word word…"


def test_half_a_character_is_found_and_named() -> None:
    assert find_lone_surrogate("ok \U0001f600 é") is None
    assert find_lone_surrogate("half \ud83d") == "\\ud83d"


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        ("en", "en"),
        ("en-US", "en"),
        ("English", "en"),
        ("eng", "en"),
        ("pt_BR", "pt"),
        ("und", None),
        ("", None),
        ("a language", None),
        (None, None),
    ],
)
def test_a_claimed_language_becomes_a_code(claim: str | None, code: str | None) -> None:
    assert read_language(claim) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The minister said that the mill will shut in May and that nobody was told of it before the vote.", "en"),
        ("Fed raises rates", "en"),
        ("", "en"),
        (
            "Le ministre a dit que l'usine fermerait en mai et que personne n'en avait été informé avant le vote "
            "de mardi à Paris, où il siège.",
            "fr",
        ),
        (
            "Die Fabrik schließt im Mai, sagte der Minister, und niemand habe vor der Abstimmung am Dienstag davon "
            "erfahren können, in keinem Amt.",
            "de",
        ),
        ("今天北京的新车站开放了，市长很高兴。", "zh"),
    ],
)
def test_the_language_is_told_from_the_body_and_never_guessed_from_a_headline(text: str, code: str) -> None:
    assert guess_language(text) == code
