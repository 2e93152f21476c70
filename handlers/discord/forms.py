"""Forms as modals of Discord, and what somebody filled in as the words that they could have typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from discord import ChannelType, SelectOption, ui

from bot.news.text import clip
from config import defaults
from handlers.layout.forms import Field, Form, typed_from

_MARK = "nd1f:"  # begins the name of every modal of ours; another form of names gets another beginning
_CHANNELS = [ChannelType.text, ChannelType.news, ChannelType.forum, ChannelType.public_thread]
_LABEL, _HINT, _OPTION = 45, 100, 100  # characters that Discord takes


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """What a modal was filled in with: the words that it stands for, and the channel where one was chosen."""

    typed: str
    channel: str | None


def modal_of(form: Form) -> ui.Modal:
    """The form for discord.py. It listens to nothing itself: it is known by its name, also after a restart."""
    modal = ui.Modal(title=clip(form.title, _LABEL), custom_id=f"{_MARK}{form.command}", timeout=None)
    for field in form.fields:
        hint = clip(field.hint, _HINT) or None
        modal.add_item(ui.Label(text=clip(field.label, _LABEL), description=hint, component=_part(field)))
    modal.stop()
    return modal


def is_form(custom_id: str) -> bool:
    """Whether a modal of that name is one of ours."""
    return custom_id.startswith(_MARK)


def filled_in(submitted: Mapping[str, Any]) -> Filled:
    """What was filled in, from what Discord hands in of a modal."""
    parts = [_read(label["component"]) for label in submitted["components"] if "component" in label]
    fields = tuple(field for field, _ in parts)
    values = {field.name: value for field, value in parts}
    form = Form(command=submitted["custom_id"].removeprefix(_MARK), title="", submit="", fields=fields)
    channels = [values[field.name] for field in fields if field.kind == "channel" and values[field.name]]
    return Filled(typed=typed_from(form, values), channel=channels[0] if channels else None)


def _part(field: Field) -> ui.Item[Any]:
    name = _name(field)
    match field.kind:
        case "choice":
            options = [
                SelectOption(label=clip(label, _OPTION), value=f"={value}", default=value == field.value)
                for label, value in field.options
            ]
            return ui.Select(custom_id=name, options=options, required=field.is_needed)
        case "channel":
            return ui.ChannelSelect(custom_id=name, channel_types=_CHANNELS, required=field.is_needed)
        case "text":
            return ui.TextInput(
                custom_id=name,
                default=field.value[: defaults.DISCORD_FIELD] or None,
                required=field.is_needed,
                max_length=defaults.DISCORD_FIELD,
            )


def _name(field: Field) -> str:
    """What is needed to read it, so that nothing else has to be remembered until it is filled in."""
    return f"{field.kind}:{field.name}:{field.words}"


def _read(component: Mapping[str, Any]) -> tuple[Field, str]:
    kind, name, words = component["custom_id"].split(":", 2)
    field = Field(name=name, label="", kind=kind, words=words)
    if kind == "text":
        return field, str(component.get("value") or "")
    chosen: Iterable[str] = component.get("values") or ()
    return field, "".join(chosen).removeprefix("=")
