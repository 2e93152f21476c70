"""Forms as Slack's modals, and what somebody filled in as the words that they could have typed."""

import json
from dataclasses import dataclass
from typing import Any

from bot.news.place import Place
from bot.news.text import clip
from config import defaults
from handlers.layout.forms import Field, Form, typed_from
from handlers.layout.harmless import harmless
from handlers.slack.mrkdwn import Block, plain_object

FORM = "nd1:form"
"""Names every form of ours; what it is for stands in the form itself."""

_VALUE = "value"
_OPTION = "="  # begins every value of an option, which may be empty and must not be for Slack


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """What was filled in: the words that say so, the channel and thread that they are for, and the form itself."""

    typed: str
    channel: str
    thread: str | None
    form: Form


def form_view(form: Form, place: Place | None) -> Block:
    """The modal, for whatever is wanted in that place; without one, the channel has to be chosen in it."""
    kept = {
        "command": form.command,
        "fields": [[field.name, field.kind, field.words] for field in form.fields],
        "channel": place.channel if place else "",
        "thread": place.thread if place else None,
    }
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": plain_object(form.title, defaults.SLACK_TITLE),
        "submit": plain_object(form.submit, defaults.SLACK_TITLE),
        "close": plain_object("Cancel", defaults.SLACK_TITLE),
        "private_metadata": json.dumps(kept, ensure_ascii=False),
        "blocks": [_input(field, place) for field in form.fields],
    }


def read_form(view: Block) -> Filled:
    """What was filled in."""
    kept = json.loads(view["private_metadata"])
    fields = tuple(Field(name=name, label=name, kind=kind, words=words) for name, kind, words in kept["fields"])
    form = Form(command=kept["command"], title="", submit="", fields=fields)
    given = {name: _given(block.get(_VALUE) or {}) for name, block in view["state"]["values"].items()}
    chosen = [given[field.name] for field in fields if field.kind == "channel" and given.get(field.name)]
    channel, *_ = [*chosen, kept["channel"]]
    thread = kept["thread"] if channel == kept["channel"] else None
    return Filled(typed=typed_from(form, given), channel=channel, thread=thread, form=form)


def refusal_under(view: Block, sentence: str) -> dict[str, Any]:
    """The answer to a form that says below a field what is wrong: the field that is quoted, else the first."""
    given = {name: _given(block.get(_VALUE) or {}) for name, block in view["state"]["values"].items()}
    quoted = [name for name, value in given.items() if value and value in sentence]
    first = view["blocks"][0]["block_id"]
    said = harmless(sentence).replace("`", "")
    return {
        "response_action": "errors",
        "errors": {max(quoted, key=lambda name: len(given[name]), default=first): clip(said, defaults.SLACK_ERROR)},
    }


def _input(field: Field, place: Place | None) -> Block:
    block: Block = {
        "type": "input",
        "block_id": field.name,
        "label": plain_object(field.label, defaults.SLACK_LABEL),
        "element": _element(field, place),
        "optional": not field.is_needed,
    }
    return block | ({"hint": plain_object(field.hint, defaults.SLACK_LABEL)} if field.hint else {})


def _element(field: Field, place: Place | None) -> Block:
    match field.kind:
        case "text":
            element: Block = {"type": "plain_text_input", "max_length": defaults.SLACK_TYPED}
            shown = clip(field.value, defaults.SLACK_TYPED)
            element |= {"initial_value": shown} if shown else {}
        case "choice":
            options = [_option(label, value) for label, value in field.options[: defaults.SLACK_OPTIONS]]
            first = next((option for option in options if option["value"] == f"{_OPTION}{field.value}"), None)
            element = {"type": "static_select", "options": options} | ({"initial_option": first} if first else {})
        case "channel":
            kinds = {"include": ["public", "private"], "exclude_bot_users": True}
            element = {"type": "conversations_select", "filter": kinds}
            element |= {"initial_conversation": place.channel} if place else {"default_to_current_conversation": True}
    return element | {"action_id": _VALUE}


def _option(label: str, value: str) -> Block:
    return {"text": plain_object(label, defaults.SLACK_OPTION), "value": f"{_OPTION}{value}"}


def _given(element: Block) -> str:
    """What stands in the element, or was chosen there."""
    option = element.get("selected_option") or {}
    chosen = str(option.get("value") or "").removeprefix(_OPTION)
    return str(element.get("value") or chosen or element.get("selected_conversation") or "")
