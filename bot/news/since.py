"""From when on news is wanted, as people write it: "3 days ago", "monday", 2025-04-03."""

from contextlib import suppress
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.errors import RequestError
from bot.news.times import local_day, read_times
from bot.news.typed import again

_LAST_MINUTE = time(23, 59)
_DATE_CHARACTERS = len("2025-04-16")


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """The moment an ISO date or time names, in UTC; without an offset it is local to the zone.

    A bare date means its last minute: the news of that day has happened. Raises RequestError for anything else.
    """
    try:
        try:
            moment = datetime.combine(date.fromisoformat(text), _LAST_MINUTE)
        except ValueError:
            moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise RequestError(
            f"I cannot read {again(text)} as a moment; write 2025-04-16 or 2025-04-16T09:30+02:00."
        ) from None


def read_since(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment from which news is wanted, of words such as "3 days ago", "monday" or 2025-04-03.

    Raises RequestError for anything else.
    """
    with suppress(RequestError):
        moment = read_moment(text, zone)
        return moment if len(text) > _DATE_CHARACTERS else local_day(moment.astimezone(zone).date(), zone)
    for mention in read_times(f"since {text}", now, zone):
        if mention.window.start is not None:
            return mention.window.start
    raise RequestError(f"I cannot read {again(text)} as a time; write “3 days ago”, “monday” or 2025-04-03.")


def split_topic(text: str, now: datetime, zone: ZoneInfo) -> tuple[str | None, datetime | None]:
    """A topic and the moment since which it is wanted, of "tariffs since 3 April"; None for what is not said."""
    topic, word, time_named = text.rpartition("since ")
    if word and (not topic or topic.endswith(" ")):
        with suppress(RequestError):
            return topic.strip() or None, read_since(time_named.strip(), now, zone)
    return text.strip() or None, None
