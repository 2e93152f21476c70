"""What the head of a site's answer means: its status as a sentence, and its headers as values. Nothing is fetched."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.errors import SourceError
from bot.wire.unpack import malformed
from config import defaults

MOVED = frozenset({301, 302, 303, 307, 308})
MOVED_FOR_GOOD = frozenset({301, 308})
UNCHANGED = 304

_SECONDS = re.compile(r"\d{1,18}")
_AGE = re.compile(r"(?:^|[\s,])(max-age|s-maxage)\s*=\s*\"?(\d{1,18})")
_MUST_ASK = re.compile(r"(?:^|[\s,])no-(?:store|cache)(?:$|[\s,;])")
_TYPE = re.compile(r"[\w.+-]{1,100}/[\w.+-]{1,100}", re.ASCII)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.ASCII | re.IGNORECASE)
_PRINTABLE = re.compile(r"[\x20-\x7e]+")


def fault_of(
    status: int, headers: Mapping[str, str], host: str, now: datetime, *, is_logged_in: bool = False
) -> SourceError | None:
    """What is wrong with an answer of this status; None where its body is what was asked for.

    Redirects and "unchanged" are no faults; whoever follows them takes them before asking here.
    """
    if status == 401 and is_logged_in:
        return SourceError("F01", f"{host} does not accept the user name and password (401); are they still right?")
    if status in (401, 402, 407):
        return SourceError(
            "F01", f"{host} asks for a login ({status}); add the source with its user name and password."
        )
    if _is_challenge(headers) or status in (403, 406, 451):
        return SourceError("F02", f"{host} refuses bots ({status}); ask its operators, or follow another address.")
    if status == 410:
        return SourceError("F03", f"No feed there: {host} says that it is gone for good (410).", is_gone=True)
    if status == 404:
        return SourceError("F03", f"No feed there: {host} knows no such address (404).")
    if status == 429:
        wait = retry_after(headers, now) or timedelta(minutes=defaults.RETRY_AFTER_MINUTES)
        return SourceError("F04", f"{host} asked me to wait until {_clock(now + wait, now)}.", retry_after=wait)
    if 500 <= status < 600 or status in (408, 425):
        return SourceError(
            "F05", f"{host} has a fault ({status}); I will keep trying.", retry_after=retry_after(headers, now)
        )
    if status in (204, 205):
        return empty(host)
    if 400 <= status < 500:
        return SourceError("F02", f"{host} refuses what it was asked ({status}); is the address right?")
    if status == 206 or not 200 <= status < 300:
        return malformed(host, f"its status is {status}, which was not asked for")
    return None


def empty(host: str) -> SourceError:
    """The fault of an answer in which there is nothing."""
    return SourceError("F06", f"The feed is empty: {host} sent nothing.")


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the site asks to be left alone, a day at most; None when it does not ask.

    What makes no sense (a time that has passed, a word, the year 9999) counts as a quarter of an hour.
    """
    text = headers.get("Retry-After", "").strip()
    if not text:
        return None
    if _SECONDS.fullmatch(text):
        seconds = float(text)
    else:
        until = _moment(text)
        seconds = (until - now).total_seconds() if until else 0.0
    if not 0 < seconds < timedelta(days=defaults.RETRY_AFTER_SENSIBLE_DAYS).total_seconds():
        return timedelta(minutes=defaults.RETRY_AFTER_MINUTES)
    return min(timedelta(seconds=seconds), timedelta(hours=defaults.RETRY_AFTER_HOURS))


def keep_for(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """For how long the site says that nothing will change, a day at most; None when it does not say (RFC 9111)."""
    control = headers.get("Cache-Control", "").lower()
    if _MUST_ASK.search(control):
        return None
    ages = {name: int(seconds) for name, seconds in _AGE.findall(control)}
    if ages:
        age = headers.get("Age", "").strip()
        seconds = float(ages.get("max-age", ages.get("s-maxage", 0)))
        seconds -= float(age) if _SECONDS.fullmatch(age) else 0.0
    else:
        until = _moment(headers.get("Expires", ""))
        seconds = (until - (_moment(headers.get("Date", "")) or now)).total_seconds() if until else 0.0
    return timedelta(seconds=min(seconds, defaults.KEEP_FOR_HOURS * 3600.0)) if seconds > 0 else None


def media_type_of(headers: Mapping[str, str]) -> str | None:
    """The media type in lower case, such as text/html."""
    match = _TYPE.match(headers.get("Content-Type", "").strip())
    return match[0].lower() if match else None


def charset_of(headers: Mapping[str, str]) -> str | None:
    """The text encoding that the headers name, in lower case."""
    match = _CHARSET.search(headers.get("Content-Type", ""))
    return match[1].lower() if match else None


def validator_of(headers: Mapping[str, str], name: str) -> str | None:
    """An ETag or Last-Modified that can be sent back as it is."""
    text = headers.get(name, "").strip()
    return text if _PRINTABLE.fullmatch(text) and len(text) <= defaults.VALIDATOR_CHARACTERS else None


def _is_challenge(headers: Mapping[str, str]) -> bool:
    # What stands before a site and wants to see a browser says so in these, whatever the status.
    return headers.get("Cf-Mitigated", "").lower() == "challenge" or headers.get("X-Amzn-Waf-Action", "").lower() in (
        "challenge",
        "captcha",
    )


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _clock(moment: datetime, now: datetime) -> str:
    rounded = moment.astimezone(UTC) + timedelta(seconds=59)
    day = "" if rounded.date() == now.astimezone(UTC).date() else " tomorrow"
    return f"{rounded:%H:%M} UTC{day}"
