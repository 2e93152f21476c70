"""What can be typed, and what is said to everything else."""

import pytest

from bot.desk.grammar import Command, list_commands, read_command
from bot.errors import RequestError


def test_a_command_is_a_verb_what_it_does_and_the_words_it_is_done_with() -> None:
    assert read_command("digest add weekdays 8:30 tariffs") == Command(
        verb="digest", act="add", words="weekdays 8:30 tariffs"
    )
    assert read_command('  Watch  ADD  "interest rates" -japan ').words == '"interest rates" -japan'
    assert read_command("why https://example.org/1") == Command(verb="why", act="", words="https://example.org/1")


@pytest.mark.parametrize("verb", ["digest", "watch", "held"])
def test_a_verb_alone_lists(verb: str) -> None:
    assert read_command(verb).act == "list"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("digset add x", "digest"),
        ("wacth list", "watch"),
        ("digest ad weekdays", "digest add"),
        ("watch tset", "watch test"),
    ],
)
def test_a_slip_is_answered_with_what_was_probably_meant(typed: str, meant: str) -> None:
    with pytest.raises(RequestError, match=f"Did you mean `{meant}`") as refused:
        read_command(typed)
    assert refused.value.code == "C01"


def test_a_word_like_none_is_answered_with_all_that_are_known() -> None:
    with pytest.raises(RequestError, match="I know `ask`, `brief`, `digest`") as refused:
        read_command("qqqqq" * 100)
    assert len(str(refused.value)) < 200


def test_what_lacks_its_words_is_answered_with_an_example() -> None:
    with pytest.raises(RequestError) as refused:
        read_command("watch add")
    assert refused.value.code == "C02"
    assert str(refused.value) == '`watch add` needs words to watch, for example `watch add "interest rates"`.'


def test_every_example_is_a_command() -> None:
    for example in list_commands():
        read_command(example)
