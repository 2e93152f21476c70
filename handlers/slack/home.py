"""App Home: what comes, is watched and is followed in a workspace, and the buttons that change it."""

from collections.abc import Sequence
from datetime import datetime

from bot.news.place import Place
from bot.news.reply import Overview
from bot.news.source import Source
from bot.news.subscription import Subscription
from bot.news.watch import Watch
from config import defaults
from handlers.layout.due import digest_line, watch_line
from handlers.layout.elements import Channel, Line, Words
from handlers.layout.lines import spoken
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
from handlers.slack.mrkdwn import Block, cut, markup, plain_object, text_object


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
        _examples(overview),
    ]
    return {"type": "home", "blocks": blocks[: defaults.SLACK_VIEW_BLOCKS]}


def _buttons() -> Block:
    buttons = [
        {"type": "button", "text": plain_object(label, defaults.SLACK_BUTTON), "action_id": name_wish(wish)}
        for label, wish in new_wishes()
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
    return _item(digest_line(digest), digest.place, digest_wishes(digest))


def _watch_item(watch: Watch, now: datetime) -> Block:
    return _item(watch_line(watch, now), watch.place, watch_wishes(watch, now))


def _source_item(source: Source) -> Block:
    return _item(source_state(source), None, source_wishes(source))


def _item(line: Line, place: Place | None, wishes: Sequence[tuple[str, Wish]]) -> Block:
    """One line of the list, with a menu of what can be done."""
    text = markup(cut(line, defaults.SLACK_SECTION // 2)[0])
    where = f"\n{markup((Channel(place=place),))}" if place else ""
    options = [{"text": plain_object(label, defaults.SLACK_OPTION), "value": name_wish(wish)} for label, wish in wishes]
    _, first = wishes[0]
    menu = {"type": "overflow", "action_id": f"{WISHES}:{first.subject}:{first.number}", "options": options}
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


def _examples(overview: Overview) -> Block:
    words = [(Words(text=one, look="code"),) for one in overview.examples]
    return _small([(Words(text="What can be typed, here or in a channel:"),), *words])


def _small(lines: Sequence[Line]) -> Block:
    text = ""
    for line in lines:
        added = ("\n" if text else "") + markup(cut(line, defaults.SLACK_SECTION)[0])
        text += added if len(text) + len(added) <= defaults.SLACK_SECTION else ""
    return {"type": "context", "elements": [text_object(text)]}
