"""Turning pages: what is too long for one message is shown a page at a time, also after a restart.

The buttons hold no text. They name what the pages show, and it is shown anew when one of them is pressed.
"""

import re
from dataclasses import dataclass

from config import defaults
from handlers.discord.cards import Card, Push

_FORM = "ndp1"
_NAME = re.compile(rf"{_FORM}:(\d{{1,4}}):([a-z]+):(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is shown: an "answer" by its number, what a "typed" command finds, or what a "pressed" button tells."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A page that somebody wants to see, counted from 0."""

    page: int
    recipe: Recipe


def paged(cards: tuple[Card, ...], recipe: Recipe | None, page: int, extra: tuple[Push, ...] = ()) -> Card | None:
    """The page with the buttons that lead on, and those that are to stand beside them; None where none can lead on."""
    page = min(page, len(cards) - 1)
    turns = () if len(cards) == 1 else _turns(recipe, page, len(cards))
    if turns is None:
        return None
    row = (*turns, *extra)
    return cards[page].with_row(row) if row else cards[page]


def read_turn(name: str) -> Turn | None:
    """The page that the button of that name leads to; None for any other button."""
    found = _NAME.fullmatch(name)
    return Turn(int(found[1]), Recipe(found[2], found[3])) if found else None


def _turns(recipe: Recipe | None, page: int, pages: int) -> tuple[Push, ...] | None:
    if recipe is None or len(_name(pages, recipe)) > defaults.DISCORD_NAME:
        return None
    back = [Push(f"◀ Page {page} of {pages}", _name(page - 1, recipe))] if page > 0 else []
    on = [Push(f"Page {page + 2} of {pages} ▶", _name(page + 1, recipe))] if page < pages - 1 else []
    return (*back, *on)


def _name(page: int, recipe: Recipe) -> str:
    return f"{_FORM}:{page}:{recipe.kind}:{recipe.words}"
