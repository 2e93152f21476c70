"""Sources, and what became of orders about them, as lines of JSON. Everything outside ASCII is escaped."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.desk.follow import Choice, Followed
from bot.desk.gather import Gathered
from bot.desk.sources import Imported
from bot.news.briefing import Refusal
from bot.news.source import Notice, Source


def list_line(sources: Sequence[Source], notices: Sequence[Notice]) -> str:
    """What is followed, and what has to be told about it."""
    told = [{"to": one.to, "sentence": one.sentence, "made": _moment(one.made)} for one in notices]
    return json.dumps({"sources": [_source(source) for source in sources], "notices": told})


def source_line(source: Source) -> str:
    """One source."""
    return json.dumps(_source(source))


def followed_line(followed: Followed) -> str:
    """A source that is followed from now on, and what its first reading filed."""
    return json.dumps({**_source(followed.source), "filed": followed.gathered.added, "said": list(followed.said)})


def choice_line(choice: Choice) -> str:
    """The feeds of which one has to be chosen."""
    feeds = [{"address": link.address, "title": link.title} for link in choice.feeds]
    return json.dumps({"page": choice.page, "choose": feeds})


def checked_line(source: Source, gathered: Gathered) -> str:
    """A source that was read just now."""
    outcome = {"outcome": gathered.outcome, "added": gathered.added, "changed": gathered.changed}
    return json.dumps({**_source(source), **outcome})


def imported_line(imported: Imported) -> str:
    """What became of a list."""
    return json.dumps(
        {
            "followed": [_source(source) for source in imported.followed],
            "unread": list(map(_refusal, imported.unread)),
            "refused": list(map(_refusal, imported.refused)),
        }
    )


def _source(source: Source) -> dict[str, object]:
    feed = source.feed
    return {
        "name": source.name,
        "address": feed.address,
        "kind": feed.kind,
        "full_text": source.full_text,
        "added": _moment(source.added),
        "added_by": source.added_by,
        "last_read": _moment(feed.last_read),
        "last_new": _moment(source.last_new),
        "next_read": None if feed.stopped else _moment(feed.next_read),
        "failures": feed.failures,
        "code": feed.code,
        "fault": feed.fault,
        "stopped": _moment(feed.stopped),
        "skipped": source.skipped,
    }


def _refusal(refusal: Refusal) -> dict[str, str]:
    return {"where": refusal.where, "reason": refusal.reason, "code": refusal.code}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None
