"""Forms: what is asked where several things are to be said, and the words that they stand for.

What somebody fills in is turned into what they could have typed, so that there is one grammar for all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.news.member import typed_role
from bot.news.subscription import Subscription
from bot.news.watch import Watch

Option = tuple[str, str]
"""What stands there to be chosen, and the value that it stands for, which may be empty."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One thing to be said: its label, a hint, and what stands there at first.

    `words` lead its value in what is typed. The value of a channel is its id, and no part of that: it says where.
    """

    name: str
    label: str
    kind: Literal["text", "choice", "channel"] = "text"
    hint: str = ""
    value: str = ""
    options: tuple[Option, ...] = ()
    words: str = ""
    is_needed: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """What is asked, in so few words that every platform has room for them. `command` is what it fills in."""

    command: str
    title: str
    submit: str
    fields: tuple[Field, ...]


_LENGTHS: tuple[Option, ...] = (
    ("Short, 5 stories", "short"),
    ("Normal, 10 stories", "normal"),
    ("Long, 20 stories", "long"),
)
_CADENCES: tuple[Option, ...] = (
    ("At once", "at once"),
    ("Every hour, in one message", "hourly"),
    ("Every day, in one message", "daily"),
)
_PAGES: tuple[Option, ...] = (("Its feed", ""), ("The page itself", "as a page"))


def typed_from(form: Form, values: Mapping[str, str]) -> str:
    """What somebody who filled in these values could have typed instead."""
    typed = [form.command]
    for field in form.fields:
        value = " ".join(values.get(field.name, "").split())
        if value and field.kind != "channel":
            typed += [field.words, value]
    return " ".join(filter(None, typed))


def new_digest_form() -> Form:
    """For a digest that is to come from now on."""
    where = Field(name="channel", label="Where it comes", kind="channel")
    return Form(command="digest add", title="New digest", submit="Let it come", fields=(*_digest_fields(), where))


def change_digest_form(subscription: Subscription, sources: Sequence[str]) -> Form:
    """For a digest that is to be another from now on; the sources are those that it is made from, by name."""
    now = {
        "times": subscription.schedule.in_words(),
        "topic": subscription.topic or "",
        "length": subscription.length,
        "sources": ", ".join(sources),
    }
    number = subscription.id
    return Form(
        command=f"digest change {number}", title=f"Digest {number}", submit="Change it", fields=_digest_fields(now)
    )


def new_watch_form(topic: str = "") -> Form:
    """For a topic that is to be watched from now on."""
    about = Field(
        name="topic", label="What to watch", hint="tariffs on Japan; or: tariffs AND (Japan OR Korea)", value=topic
    )
    where = Field(name="channel", label="Where it is told", kind="channel")
    return Form(
        command="watch add", title="New watch", submit="Watch it", fields=(about, *_watch_fields("at once", ""), where)
    )


def change_watch_form(watch: Watch) -> Form:
    """For a watch that is to be told in another manner from now on."""
    severe = " but severe" if watch.quiet_lets == "severe" else ""
    quiet = f"{watch.quiet.in_words()}{severe}" if watch.quiet else ""
    ping = f" ping {typed_role(watch.ping)}" if watch.ping else ""  # kept, and looked at once more
    return Form(
        command=f"watch change {watch.id}{ping}",
        title=f"Watch {watch.id}",
        submit="Change it",
        fields=_watch_fields(watch.cadence, quiet),
    )


def new_source_form() -> Form:
    """For a source that is to be followed from now on."""
    address = Field(name="address", label="Address", hint="Of a feed, a site or a page: https://example.org/news")
    page = Field(name="page", label="What to read there", kind="choice", options=_PAGES, is_needed=False)
    return Form(command="source add", title="New source", submit="Follow it", fields=(address, page))


def ask_form() -> Form:
    """For a question, or one more about what was answered."""
    question = Field(name="question", label="Question", hint="It may take up what was asked before.")
    return Form(command="ask", title="Ask", submit="Ask", fields=(question,))


def _digest_fields(now: Mapping[str, str] | None = None) -> tuple[Field, ...]:
    now = now or {"length": "normal"}
    return (
        Field(
            name="times",
            label="When it comes",
            hint="weekdays 8:30; daily 7am and 18:00; mondays 9:00 Europe/Paris",
            value=now.get("times", ""),
        ),
        Field(
            name="topic",
            label="What about",
            hint="Leave it empty for all news.",
            value=now.get("topic", ""),
            words="about",
            is_needed=False,
        ),
        Field(name="length", label="How long", kind="choice", options=_LENGTHS, value=now["length"]),
        Field(
            name="sources",
            label="From which sources",
            hint="Names with commas between them; leave it empty for all.",
            value=now.get("sources", ""),
            words="sources:",
            is_needed=False,
        ),
    )


def _watch_fields(cadence: str, quiet: str) -> tuple[Field, ...]:
    return (
        Field(name="cadence", label="How soon it is told", kind="choice", options=_CADENCES, value=cadence),
        Field(
            name="quiet",
            label="Quiet hours",
            hint="22:00-07:00, or 22:00-07:00 but severe to let severe news through",
            value=quiet,
            words="quiet",
            is_needed=False,
        ),
    )
