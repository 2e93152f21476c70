"""Elements of a layout as Slack's blocks."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from bot.news.button import name_button
from bot.news.trend import Trend
from config import defaults
from handlers.layout.elements import (
    Element,
    Gap,
    Heading,
    Key,
    Keys,
    Line,
    Listing,
    Opinion,
    Paragraph,
    Picture,
    Table,
    Words,
)
from handlers.slack.mrkdwn import Block, cut, in_words, markup, plain_object, rich, text_object

_PICTURE = "picture:"
_BETWEEN = (Words(text=" · "),)


@dataclass(kw_only=True, slots=True)
class Group:
    """Blocks that belong together, and the trends of the pictures among them, by the id of their block.

    `size` is how many characters it has, as Slack counts them.
    """

    blocks: list[Block] = field(default_factory=list)
    trends: dict[str, Trend] = field(default_factory=dict)
    size: int = 0

    def add(self, blocks: Sequence[Block]) -> None:
        """Take in further blocks."""
        self.blocks += blocks
        self.size += sum(map(size_of, blocks))


def groups_of(elements: Sequence[Element]) -> list[Group]:
    """The elements as blocks, grouped by what should not be torn apart: a gap begins a group, and text below others."""
    groups: list[Group] = []
    tables = pictures = 0
    is_closed = True
    for number, element in enumerate(_joined(elements)):
        if isinstance(element, Heading | Gap) or (is_closed and isinstance(element, _Text)) or not groups:
            groups.append(Group())
        is_closed = not isinstance(element, Heading | Gap | Paragraph)
        match element:
            case Table():
                tables += 1
                shown = _table(element) if tables == 1 else None
                groups[-1].add([shown] if shown else _rows_in_lines(element))
            case Picture():
                pictures += 1
                groups[-1].trends[f"{_PICTURE}{pictures}"] = element.trend
                groups[-1].add([_described(f"{_PICTURE}{pictures}", element.trend)])
            case _:
                groups[-1].add(_blocks(element, is_first=number == 0))
    return groups


def size_of(block: Block) -> int:
    """How many characters it has, as Slack counts them."""
    return len(json.dumps(block, ensure_ascii=False)) + 1


def picture_block(trend: Trend, file: str) -> Block:
    """The picture that was uploaded as that file."""
    return {"type": "image", "slack_file": {"id": file}, "alt_text": _alt(trend)}


def name_pressed(action: Block) -> str:
    """The name of the button that was pressed, whatever kind of element it is."""
    chosen = action.get("selected_option") or {}
    return str(chosen.get("value") or action.get("value") or action.get("action_id") or "")


def older(blocks: Sequence[Block]) -> list[Block]:
    """The same with kinds of blocks that every workspace takes: pressed as buttons, tables in lines."""
    return [one for block in blocks for one in _older(block)]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Text:
    """A heading that is not the first, and the paragraphs that follow, as one block of text."""

    lines: tuple[Line, ...]


def _joined(elements: Sequence[Element]) -> Iterator[Element | _Text]:
    """The elements, with headings and the paragraphs below them as one text."""
    text: list[Line] = []
    for number, element in enumerate(elements):
        is_heading = isinstance(element, Heading) and not (number == 0 and _is_header(element))
        is_text = isinstance(element, Paragraph) and element.weight == "normal"
        if text and not is_text:
            yield _Text(lines=tuple(text))
            text = []
        if is_heading or is_text:
            assert isinstance(element, Heading | Paragraph), "as was just seen"
            text.append(_bold(element.line) if is_heading else element.line)
        else:
            yield element
    if text:
        yield _Text(lines=tuple(text))


def _is_header(heading: Heading) -> bool:
    return all(isinstance(run, Words) for run in heading.line) and len(in_words(heading.line)) <= defaults.SLACK_HEADER


def _bold(line: Line) -> Line:
    return tuple(replace(run, look="bold") if isinstance(run, Words) and run.look == "plain" else run for run in line)


def _blocks(element: Element | _Text, *, is_first: bool) -> list[Block]:
    match element:
        case Heading():
            return [{"type": "header", "text": plain_object(in_words(element.line), defaults.SLACK_HEADER)}]
        case _Text():
            return [_section(text) for text in _texts(element.lines)]
        case Paragraph():
            return [_context(text) for text in _texts((element.line,))]
        case Listing():
            return _list(element)
        case Keys():
            return _actions(element.keys)
        case Opinion():
            return [_feedback(element)]
        case Gap():
            return [] if is_first else [{"type": "divider"}]
        case Table() | Picture():
            raise AssertionError("these are counted")
        case _:
            assert_never(element)


def _texts(lines: Sequence[Line]) -> list[str]:
    """The lines one below the other, in as many texts as they need."""
    texts: list[str] = []
    for piece in (piece for line in lines for piece in cut(line, defaults.SLACK_SECTION)):
        shown = markup(piece).strip()
        if not shown:
            continue
        if texts and len(texts[-1]) + 1 + len(shown) <= defaults.SLACK_SECTION:
            texts[-1] += f"\n{shown}"
        else:
            texts.append(shown)
    return texts


def _section(text: str) -> Block:
    return {"type": "section", "text": text_object(text), "expand": True}


def _context(text: str) -> Block:
    return {"type": "context", "elements": [text_object(text)]}


def _list(listing: Listing) -> list[Block]:
    """Lines with dots as rich text, which indents them; with numbers as small text, in which sources stand."""
    if listing.numbers:
        pairs = zip(listing.numbers, listing.lines, strict=True)
        numbered = [(Words(text=f"[{number}] "), *line) for number, line in pairs]
        return [_context(text) for text in _texts(numbered)]
    blocks: list[Block] = []
    for line in (piece for whole in listing.lines for piece in cut(whole, defaults.SLACK_SECTION)):
        item = {"type": "rich_text_section", "elements": rich(line)}
        room = defaults.SLACK_MESSAGE_CHARACTERS // 2 - size_of(item)
        if not blocks or size_of(blocks[-1]) > room:
            bullets = {"type": "rich_text_list", "style": "bullet", "elements": list[Block]()}
            blocks.append({"type": "rich_text", "elements": [bullets]})
        blocks[-1]["elements"][0]["elements"].append(item)
    return blocks


def _table(table: Table) -> Block | None:
    """The table, where it is not too large for one."""
    if len(table.columns) > defaults.SLACK_TABLE_COLUMNS or len(table.rows) >= defaults.SLACK_TABLE_ROWS:
        return None
    head = [_cell((Words(text=name, look="bold"),)) for name in table.columns]
    rows = [head, *([_cell(line) for line in row] for row in table.rows)]
    block = {"type": "table", "rows": rows, "column_settings": [{"is_wrapped": True} for _ in table.columns]}
    return block if size_of(block) <= defaults.SLACK_TABLE_CHARACTERS else None


def _cell(line: Line) -> Block:
    if all(isinstance(run, Words) and run.look == "plain" for run in line):
        return {"type": "raw_text", "text": in_words(line) or "–"}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": rich(line)}]}


def _rows_in_lines(table: Table) -> list[Block]:
    """What each row says, one below the other, under the names of the columns."""
    names = tuple(Words(text=name) for name in table.columns if name)
    head = _bold(_with_dots([(name,) for name in names]))
    lines = tuple(_with_dots([line for line in row if in_words(line)]) for row in table.rows)
    return [*(_section(text) for text in _texts((head,))), *_list(Listing(lines=lines))]


def _with_dots(lines: Sequence[Line]) -> Line:
    return tuple(run for number, line in enumerate(lines) for run in ((*_BETWEEN, *line) if number else line))


def _actions(keys: Sequence[Key]) -> list[Block]:
    row = defaults.SLACK_ROW_KEYS
    rows = (keys[start : start + row] for start in range(0, len(keys), row))
    return [{"type": "actions", "elements": [_button(key) for key in some]} for some in rows]


def _button(key: Key) -> Block:
    button = {"type": "button", "text": plain_object(key.label, defaults.SLACK_BUTTON)}
    button["action_id"] = name_button(key.button)
    style = {"main": "primary", "danger": "danger"}.get(key.style)
    return button | ({"style": style} if style else {})


def _feedback(opinion: Opinion) -> Block:
    """Slack's own two thumbs. Which was pressed is told by its value, not by the id of the element."""
    buttons: Block = {"type": "feedback_buttons", "action_id": name_button(opinion.good.button)}
    for side, key in (("positive_button", opinion.good), ("negative_button", opinion.bad)):
        label = plain_object(key.label, defaults.SLACK_BUTTON)
        buttons[side] = {"text": label, "value": name_button(key.button), "accessibility_label": label["text"]}
    return {"type": "context_actions", "elements": [buttons]}


def _described(block_id: str, trend: Trend) -> Block:
    """What a picture shows, where it is not there itself."""
    text = cut((Words(text=_alt(trend)),), defaults.SLACK_SECTION)[0]
    return _context(markup(text)) | {"block_id": block_id}


def _alt(trend: Trend) -> str:
    words = plain_object(trend.in_words(), defaults.SLACK_ALT)["text"]
    return str(words)


def _older(block: Block) -> list[Block]:
    if block["type"] == "context_actions":
        given = block["elements"][0]
        sides = [given["positive_button"], given["negative_button"]]
        buttons = [{"type": "button", "text": side["text"], "action_id": side["value"]} for side in sides]
        return [{"type": "actions", "elements": buttons}]
    if block["type"] == "table":
        lines = [[_cell_text(cell) for cell in row] for row in block["rows"]]
        sections = [{"type": "rich_text_section", "elements": [part for cell in row for part in cell]} for row in lines]
        bullets = {"type": "rich_text_list", "style": "bullet", "elements": sections}
        return [{"type": "rich_text", "elements": [bullets]}]
    return [block]


def _cell_text(cell: Block) -> list[Block]:
    """What a cell says, as pieces of rich text."""
    if cell["type"] == "raw_text":
        return [{"type": "text", "text": f"{cell['text']}  "}]
    return [*cell["elements"][0]["elements"], {"type": "text", "text": "  "}]
