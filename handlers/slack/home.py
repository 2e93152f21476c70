"""App Home: what comes, is watched and is followed in a workspace, and the buttons that change it."""

import re
from collections.abc import Iterable, Sequence
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
from handlers.layout.due import digest_line, watch_line
from handlers.layout.elements import Channel, Line, Words
from handlers.layout.forms import (
    Form,
    ask_form,
    change_digest_form,
    change_watch_form,
    new_digest_form,
    new_source_form,
    new_watch_form,
)
from handlers.layout.lines import spoken
from handlers.layout.sources import in_trouble_first, source_state
from handlers.slack.mrkdwn import Block, cut, markup, plain_object, text_object

T = TypeVar("T")

Subject = Literal["digest", "watch", "source", "ask"]
Act = Literal["add", "change", "pause", "resume", "remove", "mute", "unmute", "learnt"]

_NAMED = "nd1:home"  # begins the names of all buttons of App Home
_WISH = re.compile(_NAMED + r":([a-z]+):([a-z]+):([0-9]{1,18})")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What somebody wants who pressed a button of App Home: with which digest, watch or source, by number (0: none)."""

    subject: Subject
    act: Act
    number: int = 0


def name_wish(wish: Wish) -> str:
    """The name of the button."""
    return f"{_NAMED}:{wish.subject}:{wish.act}:{wish.number}"


def read_wish(name: str) -> Wish | None:
    """The wish of that name; None for a button that is none of App Home."""
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
            return f"watch mute {wish.number} for {defaults.SLACK_MUTED_DAYS} days"
    return f"{wish.subject} {wish.act} {wish.number}"


def place_of(wish: Wish, overview: Overview) -> Place | None:
    """Where the digest or watch speaks; None for a wish that is about none. RequestError where it is there no more."""
    if not wish.number or wish.subject not in ("digest", "watch"):
        return None
    return (_digest(wish, overview) if wish.subject == "digest" else _watch(wish, overview)).place


def home_view(overview: Overview, now: datetime) -> Block:
    """The view that is published as somebody's App Home."""
    blocks = [
        {"type": "header", "text": plain_object("The desk", defaults.SLACK_HEADER)},
        _buttons(),
        *_closed(overview),
        *_part("Digests", [_digest_item(one) for one in overview.digests], "No digest comes yet."),
        *_part("Watches", [_watch_item(one, now) for one in overview.watches], "Nothing is watched yet."),
        *_part(
            "Sources", [_source_item(one) for one in in_trouble_first(overview.sources)], "Nothing is followed yet."
        ),
        *_notices(overview),
        {"type": "divider"},
        _commands(overview),
    ]
    return {"type": "home", "blocks": blocks[: defaults.SLACK_VIEW_BLOCKS]}


def _buttons() -> Block:
    wishes: tuple[tuple[str, Subject], ...] = (
        ("New digest", "digest"), ("New watch", "watch"), ("New source", "source"), ("Ask", "ask")
    )  # fmt: skip
    buttons = [
        {
            "type": "button",
            "text": plain_object(label, defaults.SLACK_BUTTON),
            "action_id": name_wish(Wish(subject=subject, act="add")),
        }
        for label, subject in wishes
    ]
    buttons[0] |= {"style": "primary"}
    return {"type": "actions", "elements": buttons}


def _part(title: str, items: Sequence[Block], nothing: str) -> list[Block]:
    shown = [*items[: defaults.SLACK_HOME_ITEMS]] or [_small([(Words(text=nothing),)])]
    more = len(items) - defaults.SLACK_HOME_ITEMS
    if more > 0:
        shown.append(_small([(Words(text=f"And {more:,} more."),)]))
    head = {"type": "header", "text": plain_object(title, defaults.SLACK_HEADER)}
    return [{"type": "divider"}, head, *shown]


def _digest_item(digest: Subscription) -> Block:
    pause: tuple[str, Act] = ("Resume", "resume") if digest.paused else ("Pause", "pause")
    acts: list[tuple[str, Act]] = [("Change…", "change"), pause, ("Remove", "remove")]
    return _item(digest_line(digest), digest.place, "digest", digest.id, acts)


def _watch_item(watch: Watch, now: datetime) -> Block:
    is_muted = watch.muted_until is not None and watch.muted_until > now
    mute: tuple[str, Act] = (
        ("Tell it again", "unmute") if is_muted else (f"Mute for {defaults.SLACK_MUTED_DAYS} days", "mute")
    )
    acts: list[tuple[str, Act]] = [
        ("Change…", "change"), mute, ("What it has learnt", "learnt"), ("Remove", "remove")
    ]  # fmt: skip
    return _item(watch_line(watch, now), watch.place, "watch", watch.id, acts)


def _source_item(source: Source) -> Block:
    return _item(source_state(source), None, "source", source.feed.id, [("Remove", "remove")])


def _item(line: Line, place: Place | None, subject: Subject, number: int, acts: Iterable[tuple[str, Act]]) -> Block:
    """One line of the list, with a menu of what can be done."""
    text = markup(cut(line, defaults.SLACK_SECTION // 2)[0])
    where = f"\n{markup((Channel(place=place),))}" if place else ""
    options = [
        {
            "text": plain_object(label, defaults.SLACK_OPTION),
            "value": name_wish(Wish(subject=subject, act=act, number=number)),
        }
        for label, act in acts
    ]
    menu = {"type": "overflow", "action_id": f"{_NAMED}:{subject}:{number}", "options": options}
    return {"type": "section", "text": text_object(f"{text}{where}"), "accessory": menu}


def _closed(overview: Overview) -> list[Block]:
    lines = [
        (Words(text="Nothing can be posted in "), *_named(there), Words(text=": "), *spoken(reason))
        for there, reason in overview.closed[: defaults.SLACK_HOME_ITEMS]
    ]
    return [{"type": "section", "text": text_object(markup(cut(line, defaults.SLACK_SECTION)[0]))} for line in lines]


def _named(there: Place) -> Line:
    """Its name; no channel stands for all of the workspace."""
    return (Channel(place=there),) if there.channel else (Words(text="this workspace"),)


def _notices(overview: Overview) -> list[Block]:
    return [_small([spoken(notice.sentence)]) for notice in overview.notices[: defaults.SLACK_HOME_NOTICES]]


def _commands(overview: Overview) -> Block:
    words = [(Words(text=one, look="code"),) for one in overview.commands]
    return _small([(Words(text="What can be typed, here or in a channel:"),), *words], between="  ")


def _small(lines: Sequence[Line], between: str = "\n") -> Block:
    text = ""
    for line in lines:
        added = (between if text else "") + markup(cut(line, defaults.SLACK_SECTION)[0])
        text += added if len(text) + len(added) <= defaults.SLACK_SECTION else ""
    return {"type": "context", "elements": [text_object(text)]}


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
        raise RequestError("That is not there any more; open App Home again.", "C06")
    return found[0]
