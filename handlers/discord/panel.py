"""The panel below what `/desk` shows: what can be added, and what is there to be changed, from lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from discord import SelectOption, ui

from bot.errors import RequestError
from bot.news.reply import Overview
from bot.news.text import clip
from bot.news.trend import Trend
from config import defaults
from handlers.discord.cards import Card, Push, lay_cards
from handlers.discord.markdown import in_fixed_width
from handlers.layout.due import digest_line, watch_line
from handlers.layout.elements import Layout, Line, Paragraph
from handlers.layout.sources import in_trouble_first, source_state
from handlers.layout.wishes import (
    WISHES,
    Wish,
    digest_wishes,
    name_wish,
    new_wishes,
    source_wishes,
    watch_wishes,
)

_Button = ui.Button[ui.LayoutView]
_List = ui.Select[ui.LayoutView]
_Row = ui.ActionRow[ui.LayoutView]
_Frame = ui.Container[ui.LayoutView]

_PICK = re.compile(WISHES + r":(digest|watch|source):([0-9]{1,18})")
_ASKED = "What shall be added, or changed?"
_TITLES = {"digest": "Digests", "watch": "Watches", "source": "Sources"}


@dataclass(frozen=True, slots=True)
class _Item:
    """A digest, a watch or a source: its line, its name in a list, and what can be done with it."""

    line: Line
    name: str
    wishes: Sequence[tuple[str, Wish]]


@dataclass(frozen=True, slots=True)
class Panel:
    """The panel of somebody who may see that much of the Space."""

    overview: Overview
    now: datetime

    @property
    def pictures(self) -> tuple[Trend, ...]:
        """It shows none."""
        return ()

    def components(self) -> list[dict[str, Any]]:
        """As Discord's REST interface takes it."""
        buttons = [_Button(label=label, custom_id=name_wish(wish)) for label, wish in new_wishes()]
        frame = _Frame(ui.TextDisplay(_ASKED), _Row(*buttons), accent_colour=defaults.DISCORD_COLOUR)
        for subject, title in _TITLES.items():
            options = [
                SelectOption(label=clip(in_fixed_width(item.line), defaults.DISCORD_OPTION), value=item.name)
                for item in _items(self.overview, self.now)
                if item.wishes[0][1].subject == subject
            ][: defaults.DISCORD_OPTIONS]
            if options:
                frame.add_item(_Row(_List(custom_id=f"{WISHES}:{subject}", placeholder=f"{title}…", options=options)))
        return [frame.to_component_dict()]


def is_pick(name: str) -> bool:
    """Whether something was chosen from a list of a panel."""
    return _PICK.fullmatch(name) is not None


def picked_card(name: str, overview: Overview, now: datetime) -> Card:
    """What was chosen, and what can be done with it. RequestError where it is not there any more."""
    for item in _items(overview, now):
        if item.name == name:
            card, *_ = lay_cards(Layout(summary=name, elements=(Paragraph(line=item.line),)))
            return card.with_row(tuple(Push(label, name_wish(wish)) for label, wish in item.wishes))
    raise RequestError("That is not there any more; type `/desk` again.", "C06")


def _items(overview: Overview, now: datetime) -> Iterator[_Item]:
    for digest in overview.digests:
        yield _item(digest_line(digest), digest_wishes(digest))
    for watch in overview.watches:
        yield _item(watch_line(watch, now), watch_wishes(watch, now))
    for source in in_trouble_first(overview.sources):
        yield _item(source_state(source), source_wishes(source))


def _item(line: Line, wishes: Sequence[tuple[str, Wish]]) -> _Item:
    _, first = wishes[0]
    return _Item(line, f"{WISHES}:{first.subject}:{first.number}", wishes)
