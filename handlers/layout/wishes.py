"""Wishes: what somebody wants done with a digest, a watch or a source that they see, by a button of its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeVar, get_args

from bot.errors import RequestError
from bot.news.place import Place
from bot.news.reply import Overview
from bot.news.source import Source
from bot.news.subscription import Subscription
from bot.news.watch import Watch
from config import defaults
from handlers.layout.forms import (
    Form,
    ask_form,
    change_digest_form,
    change_watch_form,
    new_digest_form,
    new_source_form,
    new_watch_form,
)

T = TypeVar("T")

Subject = Literal["digest", "watch", "source", "ask"]
Act = Literal["add", "change", "pause", "resume", "remove", "mute", "unmute", "learnt"]

WISHES = "nd1:home"
"""Begins the names of all buttons by which something is wished."""

_WISH = re.compile(WISHES + r":([a-z]+):([a-z]+):([0-9]{1,18})")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What somebody wants who pressed such a button: with which digest, watch or source, by number (0: none)."""

    subject: Subject
    act: Act
    number: int = 0


def name_wish(wish: Wish) -> str:
    """The name of the button."""
    return f"{WISHES}:{wish.subject}:{wish.act}:{wish.number}"


def read_wish(name: str) -> Wish | None:
    """The wish of that name; None for any other button."""
    found = _WISH.fullmatch(name)
    for subject in get_args(Subject) if found else ():
        for act in get_args(Act):
            if found and (found[1], found[2]) == (subject, act):
                return Wish(subject=subject, act=act, number=int(found[3]))
    return None


def answer_wish(wish: Wish, overview: Overview) -> Form | str:
    """The form to be filled in, or the words that say what is wanted. RequestError where it is not there any more."""
    match wish.subject, wish.act:
        case "digest", "add":
            return new_digest_form()
        case "watch", "add":
            return new_watch_form()
        case "source", "add":
            return new_source_form()
        case "ask", _:
            return ask_form()
        case "digest", "change":
            return change_digest_form(digest := _digest(wish, overview), _source_names(digest, overview))
        case "watch", "change":
            return change_watch_form(_watch(wish, overview))
        case "source", _:
            return f"source {wish.act} {_source(wish, overview).name}"
        case "watch", "mute":
            return f"watch mute {wish.number} for {defaults.MUTE_BUTTON_DAYS} days"
    return f"{wish.subject} {wish.act} {wish.number}"


def place_of(wish: Wish, overview: Overview) -> Place | None:
    """Where the digest or watch speaks; None for a wish that is about none. RequestError where it is there no more."""
    if not wish.number or wish.subject not in ("digest", "watch"):
        return None
    return (_digest(wish, overview) if wish.subject == "digest" else _watch(wish, overview)).place


def new_wishes() -> tuple[tuple[str, Wish], ...]:
    """What can be added, and a question, with the words that stand on the buttons."""
    return (
        ("New digest", Wish(subject="digest", act="add")),
        ("New watch", Wish(subject="watch", act="add")),
        ("New source", Wish(subject="source", act="add")),
        ("Ask", Wish(subject="ask", act="add")),
    )


def digest_wishes(digest: Subscription) -> tuple[tuple[str, Wish], ...]:
    """What can be done with a digest, with the words that stand on the buttons."""
    pause: tuple[str, Act] = ("Resume", "resume") if digest.paused else ("Pause", "pause")
    return _wishes("digest", digest.id, ("Change…", "change"), pause, ("Remove", "remove"))


def watch_wishes(watch: Watch, now: datetime) -> tuple[tuple[str, Wish], ...]:
    """What can be done with a watch, with the words that stand on the buttons."""
    is_muted = watch.muted_until is not None and watch.muted_until > now
    mute: tuple[str, Act] = (
        ("Tell it again", "unmute") if is_muted else (f"Mute for {defaults.MUTE_BUTTON_DAYS} days", "mute")
    )
    return _wishes(
        "watch", watch.id, ("Change…", "change"), mute, ("What it has learnt", "learnt"), ("Remove", "remove")
    )


def source_wishes(source: Source) -> tuple[tuple[str, Wish], ...]:
    """What can be done with a source, with the words that stand on the buttons."""
    return _wishes("source", source.feed.id, ("Remove", "remove"))


def _wishes(subject: Subject, number: int, *acts: tuple[str, Act]) -> tuple[tuple[str, Wish], ...]:
    return tuple((label, Wish(subject=subject, act=act, number=number)) for label, act in acts)


def _digest(wish: Wish, overview: Overview) -> Subscription:
    return _one([one for one in overview.digests if one.id == wish.number])


def _watch(wish: Wish, overview: Overview) -> Watch:
    return _one([one for one in overview.watches if one.id == wish.number])


def _source(wish: Wish, overview: Overview) -> Source:
    return _one([one for one in overview.sources if one.feed.id == wish.number])


def _source_names(digest: Subscription, overview: Overview) -> list[str]:
    return [source.name for source in overview.sources if source.feed.id in digest.sources]


def _one(found: Sequence[T]) -> T:
    if not found:
        raise RequestError("That is not there any more; open this list again.", "C06")
    return found[0]
