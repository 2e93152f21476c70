"""The contents page: every command stands where it says, and is told in the words of its own help."""

import pytest

from bot.cli.contents import COMMANDS, fetch

WIDE = 1_000


@pytest.mark.parametrize(("name", "sentence"), COMMANDS.items())
def test_a_command_is_listed_with_the_first_sentence_of_its_help(name: str, sentence: str) -> None:
    assert fetch(name).get_short_help_str(WIDE) == sentence


def test_every_command_of_a_module_is_listed() -> None:
    groups = {"source", "slack", "discord"}
    modules = {fetch(name).callback.__module__ for name in COMMANDS.keys() - groups}
    assert {name for name in COMMANDS if fetch(name).callback.__module__ in modules} == COMMANDS.keys() - groups
