"""Offline Block Kit checker: raw JSON in, list of problems out.

check_message(blocks) and check_view(view) return strings shaped like the entries Slack puts in
response_metadata.messages ("<what> [json-pointer:/blocks/0/text/text]"). The limits are the ones
documented in Slack's Block Kit reference; the wording is ours, so tests should match on the
pointer and on the error code, never on the sentence. New block types that we know only by name
are let through unchecked (see UNCHECKED).
"""

from collections.abc import Callable
from typing import Any

from tests.slack.markup import Json

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
TEXT, FIELD, HEADER, MARKDOWN = 3000, 2000, 150, 12000
ID, BUTTON_TEXT, BUTTON_VALUE, URL, ALT = 255, 75, 2000, 3000, 2000
UNCHECKED = {"file", "video", "context_actions", "task_card", "plan", "card", "carousel", "alert", "data_visualization"}
MESSAGE_ONLY = {"markdown", "table", "task_card", "plan"}
SELECTS = {
    f"{m}{k}_select" for m in ("", "multi_") for k in ("static", "external", "users", "conversations", "channels")
}
PICKERS = {"datepicker", "timepicker", "datetimepicker"}
INPUT_ONLY = {"plain_text_input", "email_text_input", "url_text_input", "number_input", "file_input", "rich_text_input"}
IN_ACTIONS = SELECTS | PICKERS | {"button", "overflow", "checkboxes", "radio_buttons", "workflow_button"}


class _Walk:
    def __init__(self, surface: str) -> None:
        self.surface, self.markdown_total = surface, 0
        self.problems: list[str] = []

    def bad(self, where: str, what: str) -> None:
        self.problems.append(f"{what} [json-pointer:{where}]")

    def string(self, o: Json, key: str, at: str, top: int, need: bool = False, low: int = 1) -> None:
        if key not in o:
            if need:
                self.bad(at, f"missing required field: {key}")
            return
        v = o[key]
        if not isinstance(v, str):
            self.bad(f"{at}/{key}", "must be a string")
        elif len(v) < low:
            self.bad(f"{at}/{key}", f"must be more than {low - 1} characters")
        elif len(v) > top:
            self.bad(f"{at}/{key}", f"must be less than {top + 1} characters")

    def text(self, o: Json, key: str, at: str, top: int = TEXT, plain: bool = False, need: bool = False) -> None:
        if o.get(key) is None:
            if need:
                self.bad(at, f"missing required field: {key}")
            return
        self.text_object(o[key], f"{at}/{key}", top, plain)

    def text_object(self, t: Any, at: str, top: int = TEXT, plain: bool = False) -> None:
        if not isinstance(t, dict):
            self.bad(at, "must be an object")
            return
        kind = t.get("type")
        if kind not in (("plain_text",) if plain else ("plain_text", "mrkdwn")):
            self.bad(f"{at}/type", f"unsupported type: {kind}")
        extra = {"plain_text": {"emoji"}, "mrkdwn": {"verbatim"}}.get(str(kind), set())
        for k in set(t) - {"type", "text"} - extra:
            self.bad(at, f"invalid additional property: {k}")
        self.string(t, "text", at, top, need=True)

    def items(self, o: Json, key: str, at: str, low: int, high: int, each: Callable[[Any, str], None]) -> None:
        v = o.get(key)
        if not isinstance(v, list):
            self.bad(at, f"missing required field: {key}")
            return
        if len(v) < low:
            self.bad(f"{at}/{key}", f"no fewer than {low} items allowed")
        if len(v) > high:
            self.bad(f"{at}/{key}", f"no more than {high} items allowed")
        for n, x in enumerate(v):
            each(x, f"{at}/{key}/{n}")

    def option(self, o: Any, at: str, plain: bool = True) -> None:
        if not isinstance(o, dict):
            self.bad(at, "must be an object")
            return
        self.text(o, "text", at, 75, plain=plain, need=True)
        self.string(o, "value", at, 150, need=True)
        self.text(o, "description", at, 75, plain=plain)
        self.string(o, "url", at, URL)

    def element(self, e: Any, at: str, allowed: set[str]) -> None:
        kind = e.get("type") if isinstance(e, dict) else None
        if kind not in allowed:
            self.bad(f"{at}/type", f"unsupported type: {kind}")
            return
        self.string(e, "action_id", at, ID)
        if kind == "button":
            self.text(e, "text", at, BUTTON_TEXT, plain=True, need=True)
            self.string(e, "value", at, BUTTON_VALUE)
            self.string(e, "url", at, URL)
            self.string(e, "accessibility_label", at, 75)
            if e.get("style", "primary") not in ("primary", "danger"):
                self.bad(f"{at}/style", "must be one of: primary, danger")
        elif kind == "image":
            self.picture(e, at)
        elif kind == "overflow":
            self.items(e, "options", at, 1, 5, self.option)
        elif kind in ("checkboxes", "radio_buttons"):
            self.items(e, "options", at, 1, 10, lambda o, p: self.option(o, p, plain=False))
        elif kind in ("static_select", "multi_static_select"):
            if "option_groups" in e:
                self.items(
                    e, "option_groups", at, 1, 100, lambda g, p: self.items(g, "options", p, 1, 100, self.option)
                )
            else:
                self.items(e, "options", at, 1, 100, self.option)
        self.text(e, "placeholder", at, 150, plain=True)
        if "confirm" in e:
            c, p = e["confirm"], f"{at}/confirm"
            if not isinstance(c, dict):
                self.bad(p, "must be an object")
                return
            self.text(c, "title", p, 100, plain=True, need=True)
            self.text(c, "text", p, 300, need=True)
            self.text(c, "confirm", p, 30, plain=True, need=True)
            self.text(c, "deny", p, 30, plain=True, need=True)

    def picture(self, o: Json, at: str) -> None:
        self.string(o, "alt_text", at, ALT, need=True)
        if ("image_url" in o) == ("slack_file" in o):
            self.bad(at, "exactly one of image_url, slack_file is required")
        self.string(o, "image_url", at, URL)

    def block(self, b: Any, at: str) -> None:
        if not isinstance(b, dict):
            self.bad(at, "must be an object")
            return
        kind = b.get("type")
        self.string(b, "block_id", at, ID)
        if self.surface != "message" and kind in MESSAGE_ONLY:
            self.bad(f"{at}/type", f"unsupported type: {kind}")
            return
        method = getattr(self, f"_{kind}", None) if isinstance(kind, str) else None
        if method is not None:
            method(b, at)
        elif kind not in UNCHECKED:
            self.bad(f"{at}/type", f"unsupported type: {kind}")
        ids: set[str] = set()
        for e in b.get("elements", []) if kind == "actions" and isinstance(b.get("elements"), list) else []:
            i = e.get("action_id") if isinstance(e, dict) else None
            if i in ids:
                self.bad(f"{at}/elements", f"action_id {i!r} already exists in this block")
            ids |= {i} if i else set()

    def _only(self, b: Json, at: str, *known: str) -> None:
        for k in set(b) - {"type", "block_id", *known}:
            self.bad(at, f"invalid additional property: {k}")

    def _section(self, b: Json, at: str) -> None:
        self._only(b, at, "text", "fields", "accessory", "expand")
        if not b.get("text") and not b.get("fields"):
            self.bad(at, "missing required field: text or fields")
        self.text(b, "text", at, TEXT)
        if "fields" in b:
            self.items(b, "fields", at, 1, 10, lambda f, p: self.text_object(f, p, FIELD))
        if "accessory" in b:
            self.element(b["accessory"], f"{at}/accessory", IN_ACTIONS | {"image"})

    def _header(self, b: Json, at: str) -> None:
        self._only(b, at, "text", "level")
        self.text(b, "text", at, HEADER, plain=True, need=True)

    def _divider(self, b: Json, at: str) -> None:
        self._only(b, at)

    def _context(self, b: Json, at: str) -> None:
        self._only(b, at, "elements")

        def one(e: Any, p: str) -> None:
            if isinstance(e, dict) and e.get("type") == "image":
                self.picture(e, p)
            else:
                self.text_object(e, p, TEXT)

        self.items(b, "elements", at, 1, 10, one)

    def _actions(self, b: Json, at: str) -> None:
        self._only(b, at, "elements")
        self.items(b, "elements", at, 1, 25, lambda e, p: self.element(e, p, IN_ACTIONS))

    def _image(self, b: Json, at: str) -> None:
        self._only(b, at, "image_url", "slack_file", "alt_text", "title")
        self.picture(b, at)
        self.text(b, "title", at, 2000, plain=True)

    def _input(self, b: Json, at: str) -> None:
        self._only(b, at, "label", "element", "hint", "optional", "dispatch_action")
        self.text(b, "label", at, 2000, plain=True, need=True)
        self.text(b, "hint", at, 2000, plain=True)
        self.element(
            b.get("element"), f"{at}/element", SELECTS | PICKERS | INPUT_ONLY | {"checkboxes", "radio_buttons"}
        )

    def _markdown(self, b: Json, at: str) -> None:
        self._only(b, at, "text")
        self.string(b, "text", at, MARKDOWN, need=True)
        self.markdown_total += len(b.get("text") or "") if isinstance(b.get("text"), str) else 0

    def _table(self, b: Json, at: str) -> None:
        self.items(
            b,
            "rows",
            at,
            1,
            100,
            lambda r, p: (
                None if isinstance(r, list) and len(r) <= 20 else self.bad(p, "must be an array of at most 20 cells")
            ),
        )

    def _rich_text(self, b: Json, at: str) -> None:
        self._only(b, at, "elements")
        kinds = {"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"}
        self.items(
            b,
            "elements",
            at,
            1,
            1000,
            lambda e, p: (
                None if isinstance(e, dict) and e.get("type") in kinds else self.bad(p, "unsupported rich_text element")
            ),
        )

    def array(self, blocks: list[Any], at: str, top: int) -> None:
        if len(blocks) > top:
            self.bad(at, f"no more than {top} items allowed")
        ids: set[str] = set()
        tables = 0
        for n, b in enumerate(blocks):
            self.block(b, f"{at}/{n}")
            i = b.get("block_id") if isinstance(b, dict) else None
            if i in ids:
                self.bad(f"{at}/{n}/block_id", f"block_id {i!r} is used twice")
            ids |= {i} if i else set()
            tables += isinstance(b, dict) and b.get("type") == "table"
        if tables > 1:
            self.bad(at, "only_one_table_allowed")
        if self.markdown_total > MARKDOWN:
            self.bad(at, f"markdown blocks together must be less than {MARKDOWN + 1} characters")


def check_message(blocks: Any) -> list[str]:
    if not isinstance(blocks, list):
        return ["must be an array [json-pointer:/blocks]"]
    w = _Walk("message")
    w.array(blocks, "/blocks", MESSAGE_BLOCKS)
    return w.problems


def check_view(view: Any) -> list[str]:
    if not isinstance(view, dict) or view.get("type") not in ("home", "modal"):
        return ["unsupported type [json-pointer:/view/type]"]
    w = _Walk(view["type"])
    if view["type"] == "modal":
        w.text(view, "title", "/view", 24, plain=True, need=True)
        w.text(view, "submit", "/view", 24, plain=True)
        w.text(view, "close", "/view", 24, plain=True)
    w.string(view, "private_metadata", "/view", 3000, low=0)
    w.string(view, "callback_id", "/view", 255)
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        w.bad("/view", "missing required field: blocks")
    else:
        w.array(blocks, "/view/blocks", VIEW_BLOCKS)
        if (
            view["type"] == "modal"
            and not view.get("submit")
            and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
        ):
            w.bad("/view/submit", "missing required field: submit (the view has an input block)")
    return w.problems
