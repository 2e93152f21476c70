"""Layouts as messages of Discord: text, lines, rows of buttons and pictures in a frame, in as many as are needed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any, assert_never

from discord import ButtonStyle, MediaGalleryItem, ui

from bot.news.button import name_button
from bot.news.member import typed_role
from bot.news.trend import Trend
from config import defaults
from handlers.discord.markdown import escaped, in_markdown
from handlers.discord.tables import in_columns, in_rows
from handlers.layout.elements import (
    Element,
    Gap,
    Heading,
    Key,
    Keys,
    Layout,
    Listing,
    Opinion,
    Paragraph,
    Picture,
    Table,
    Words,
)
from handlers.layout.harmless import harmless

_STYLES = {"plain": ButtonStyle.secondary, "main": ButtonStyle.primary, "danger": ButtonStyle.danger}
_FENCE = "```"
_SMALL = "-# "


@dataclass(frozen=True, slots=True)
class Push:
    """A button: what stands on it and its name; one without use shows something only."""

    label: str
    name: str
    style: ButtonStyle = ButtonStyle.secondary
    is_of_use: bool = True


Piece = str | tuple[Push, ...] | Trend
"""Lines of markdown, a row of buttons, or a picture."""


@dataclass(frozen=True, slots=True)
class Card:
    """One message, within all limits: groups of pieces, with a line between two of them, and the role that it pings."""

    groups: tuple[tuple[Piece, ...], ...]
    ping: str | None = None

    @property
    def pictures(self) -> tuple[Trend, ...]:
        """The trends that are shown, in order; each is uploaded as `picture_name` says."""
        return tuple(piece for group in self.groups for piece in group if isinstance(piece, Trend))

    def frame(self) -> ui.Container[ui.LayoutView]:
        """The frame with everything in it."""
        items: list[ui.Item[ui.LayoutView]] = []
        numbers = iter(range(len(self.pictures)))
        for group in self.groups:
            if items:
                items.append(ui.Separator())
            elif self.ping:
                items.append(ui.TextDisplay(typed_role(self.ping)))
            for is_text, pieces in groupby(group, key=lambda piece: isinstance(piece, str)):
                if is_text:
                    items.append(ui.TextDisplay("\n".join(map(str, pieces))))
                    continue
                items += [_item(piece, numbers) for piece in pieces if not isinstance(piece, str)]
        return ui.Container(*items, accent_colour=defaults.DISCORD_COLOUR)

    def view(self) -> ui.LayoutView:
        """The message for discord.py. It listens to nothing itself: its buttons are known by their names for ever."""
        view = ui.LayoutView(timeout=None)
        view.add_item(self.frame())
        view.stop()
        return view

    def components(self) -> list[dict[str, Any]]:
        """The same as Discord's REST interface takes it."""
        return [self.frame().to_component_dict()]

    def size(self) -> tuple[int, int]:
        """How many components and how many characters it has."""
        components, characters = 1, 0
        for number, group in enumerate(self.groups):
            components += number > 0
            for is_text, pieces in groupby(group, key=lambda piece: isinstance(piece, str)):
                some = list(pieces)
                if is_text:
                    components += 1
                    characters += sum(_length(str(piece)) + 1 for piece in some)
                else:
                    components += sum(1 + len(piece) if isinstance(piece, tuple) else 1 for piece in some)
        return components, characters

    def with_row(self, row: tuple[Push, ...]) -> "Card":
        """It with one more row at its end."""
        return replace(self, groups=(*self.groups[:-1], (*self.groups[-1], row)))


def lay_cards(layout: Layout) -> tuple[Card, ...]:
    """The messages, in order, never none. They are cut between what belongs together where that can be."""
    cards = [Card(())]
    for parts in _groups(layout):
        whole = tuple(piece for part in parts for piece in part)
        if not _fits(_with(cards[-1], whole, is_new=True)) and _fits(Card((whole,))):
            cards.append(Card(()))
        is_new = True
        for part in parts:
            wider = _with(cards[-1], part, is_new)
            if not _fits(wider):
                cards.append(Card(()))
                wider = _with(cards[-1], part, is_new=True)
            cards[-1] = wider
            is_new = False
    if not cards[0].groups:
        return (Card((((escaped(layout.summary).strip() or "…"),),)),)
    first, *others = (card for card in cards if card.groups)
    return replace(first, ping=layout.ping), *others


def picture_name(number: int) -> str:
    """The name of the file of that picture of a message, counted from 0."""
    return f"trend-{number + 1}.png"


def _fits(card: Card) -> bool:
    components, characters = card.size()
    return components <= defaults.DISCORD_COMPONENTS and characters <= defaults.DISCORD_TEXT


def _length(text: str) -> int:
    """Its characters as whoever counts the most of them does: those beyond the first plane are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _with(card: Card, part: tuple[Piece, ...], is_new: bool) -> Card:
    """The card with the part at its end, in a group of its own or in the last one; no button stands there twice."""
    known = {push.name for group in card.groups for row in group if isinstance(row, tuple) for push in row}
    fresh: list[Piece] = []
    for piece in part:
        if isinstance(piece, tuple):
            row = tuple({push.name: push for push in piece if push.name not in known}.values())
            known |= {push.name for push in row}
            if row:
                fresh.append(row)
        else:
            fresh.append(piece)
    if not fresh:
        return card
    if is_new or not card.groups:
        return Card((*card.groups, tuple(fresh)))
    return Card((*card.groups[:-1], (*card.groups[-1], *fresh)))


def _groups(layout: Layout) -> Iterator[list[tuple[Piece, ...]]]:
    """What lies between two gaps, in the parts between which it may be cut: buttons stay with what stands above."""
    has_heading = False
    for is_gap, elements in groupby(layout.elements, key=lambda element: isinstance(element, Gap)):
        if is_gap:
            continue
        parts: list[tuple[Piece, ...]] = []
        for element in elements:
            for piece in _pieces(element, "###" if has_heading else "##"):
                if parts and (isinstance(piece, tuple) or _is_heading(parts[-1][-1])):
                    parts[-1] = _joined(parts[-1], piece)
                else:
                    parts.append((piece,))
            has_heading = has_heading or isinstance(element, Heading)
        if parts:
            yield parts


def _joined(part: tuple[Piece, ...], piece: Piece) -> tuple[Piece, ...]:
    """The part with the piece; a row joins the row above as long as there is room in it."""
    above = part[-1]
    if isinstance(piece, tuple) and isinstance(above, tuple) and len(above) + len(piece) <= defaults.DISCORD_ROW:
        return (*part[:-1], (*above, *piece))
    return (*part, piece)


def _is_heading(piece: Piece) -> bool:
    return isinstance(piece, str) and piece.startswith("#")


def _pieces(element: Element, mark: str) -> Iterator[Piece]:
    match element:
        case Heading():
            yield from (f"{mark} {line}" for line in in_markdown(element.line))
        case Paragraph():
            yield from _said(element)
        case Listing():
            yield from _listed(element)
        case Table():
            yield from _tabled(element)
        case Keys():
            yield from _rows(element.keys)
        case Opinion():
            yield from _rows((element.good, element.bad))
        case Picture():
            yield element.trend
        case Gap():
            return
        case _:
            assert_never(element)


def _said(paragraph: Paragraph) -> Iterator[str]:
    """Its lines; bold words alone are the title of what comes below, and get the air of one."""
    match paragraph.line:
        case (Words(text=text, look="bold"),):
            yield from (f"### {line}" for line in in_markdown((Words(text=text),)))
        case line:
            lead = _SMALL if paragraph.weight == "small" else ""
            yield from (f"{lead}{one}" for one in in_markdown(line))


def _listed(listing: Listing) -> Iterator[str]:
    """Each line with its dot or number. Discord counts on by itself, so numbers with holes are written as words."""
    numbers = listing.numbers
    is_counted = all(after == before + 1 for before, after in pairwise(numbers))
    for place, line in enumerate(listing.lines):
        first, *more = in_markdown(line) or ["…"]
        if place < len(numbers):
            yield f"{numbers[place]}{'' if is_counted else chr(92)}. {first}"
        else:
            yield f"- {first}"
        yield from (f"  {further}" for further in more)


def _tabled(table: Table) -> Iterator[str]:
    lines = in_columns(table)
    if lines is None:
        for about, more in in_rows(table):
            yield "\n".join([*(in_markdown(about) or ["…"]), *(f"{_SMALL}{line}" for line in in_markdown(more))])
        return
    names, *rows = lines
    most = defaults.DISCORD_TABLE_ROWS
    for start in range(0, len(rows), most):
        yield "\n".join([_FENCE, names, *rows[start : start + most], _FENCE])


def _rows(keys: tuple[Key, ...]) -> Iterator[tuple[Push, ...]]:
    pushes = [Push(_label(key.label), name_button(key.button), _STYLES[key.style]) for key in keys]
    for start in range(0, len(pushes), defaults.DISCORD_ROW):
        yield tuple(pushes[start : start + defaults.DISCORD_ROW])


def _label(text: str) -> str:
    shown = harmless(text).strip() or "…"
    return shown if len(shown) <= defaults.DISCORD_LABEL else f"{shown[: defaults.DISCORD_LABEL - 1]}…"


def _item(piece: tuple[Push, ...] | Trend, numbers: Iterator[int]) -> ui.Item[ui.LayoutView]:
    if isinstance(piece, Trend):
        words = harmless(piece.in_words())[: defaults.DISCORD_DESCRIPTION]
        return ui.MediaGallery(MediaGalleryItem(f"attachment://{picture_name(next(numbers))}", description=words))
    return ui.ActionRow(*(_button(push) for push in piece))


def _button(push: Push) -> ui.Button[ui.LayoutView]:
    return ui.Button(label=push.label, custom_id=push.name, style=push.style, disabled=not push.is_of_use)
