"""Buttons under what a channel is told: their names outlive restarts and releases."""

import re
from dataclasses import dataclass
from typing import Literal

from bot.errors import RequestError

ButtonAct = Literal["mute", "unmute", "helpful", "unhelpful", "more", "why", "sources", "watch", "good", "bad"]

_FORM = "nd1"
"""Begins every name; another form of names gets another beginning."""

_NUMBERS: dict[ButtonAct, int] = {
    "mute": 1, "unmute": 1, "helpful": 2, "unhelpful": 2, "more": 1, "why": 1, "sources": 1, "watch": 1, "good": 1,
    "bad": 1,
}  # fmt: skip
_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Button:
    """What is done when it is pressed, and with what.

    mute, unmute and more: a story; why: an article; helpful and unhelpful: a watch and the article that it brought;
    sources, watch, good and bad: an answer.
    """

    act: ButtonAct
    numbers: tuple[int, ...]


def name_button(button: Button) -> str:
    """The name under which a platform keeps the button: short, and telling an outsider nothing."""
    return ":".join([_FORM, button.act, *map(str, button.numbers)])


def read_button(name: str) -> Button:
    """The button of that name; RequestError (C06) for one of an earlier release, or that somebody made up."""
    form, _, rest = name.partition(":")
    act, *numbers = rest.split(":")
    if form == _FORM and all(_NUMBER.fullmatch(number) for number in numbers):
        for known, count in _NUMBERS.items():
            if known == act and count == len(numbers):
                return Button(act=known, numbers=tuple(map(int, numbers)))
    raise RequestError("This button is out of date; ask again, or run `/digest` or `/watch` again.", "C06")
