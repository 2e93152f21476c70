"""What an answer of Discord to a post means."""

from datetime import timedelta

from bot.errors import MaybePosted, NotPosted, PlaceClosed, PostError, PostRefused, SpaceClosed

UNKNOWN_MESSAGE = 10008
"""To a post: it had arrived, and was deleted since."""
NO_TEXT_CHANNELS = frozenset({50008, 50024})
"""To a post: nothing is written in the channel; perhaps it is a forum."""

GONE = frozenset({10003, 10004})
"""The channel or the server is no more."""

_CLOSED = {
    10003: "the channel is gone",
    10004: "the server is gone",
    40001: "the bot may not do that",
    50001: "the bot cannot see the channel; let it in again",
    50008: "no messages can be sent there",
    50013: "the bot lacks a permission there; it needs View Channel, Send Messages, Send Messages in Threads, "
    "Embed Links, Attach Files and Read Message History",
    50024: "no messages can be sent there",
    50068: "no messages can be sent there",
    50083: "the thread is archived, and the bot may not open it",
    160005: "the thread is locked",
    340015: "the channel is closed",
}
_LATER = {
    20016: "the channel is in slow mode",
    20022: "it is announced too much there",
    20028: "too much was written there",
    20029: "too much was written in the server",
    40004: "sending is switched off for a while",
    110001: "the application is not ready",
    130000: "it is overloaded",
    160006: "the server has as many open threads as it may",
}
_CODE_WAIT = timedelta(seconds=30)


def outcome_of(status: int, code: int) -> PostError:
    """What is known of a post that was answered so; not for answers that say it is there."""
    said = f"Discord says {code or status}"
    if status >= 500:
        return MaybePosted(f"Discord answered with a fault of its own ({status}).")
    if status == 408 or status < 400:
        return MaybePosted(f"{said}, and nobody knows what it has done.")
    if status == 401:
        return SpaceClosed(f"{said}: it does not know the bot's token any more.")
    if code in _LATER:
        return NotPosted(f"{said}: {_LATER[code]}.", retry_after=_CODE_WAIT)
    if code in _CLOSED:
        return PlaceClosed(f"{said}: {_CLOSED[code]}.")
    if not code:
        # Discord itself names what is wrong; so says only what stands before it.
        return NotPosted(f"{said} and nothing more: something before it did not let the message pass.")
    if status in (403, 404):
        return PlaceClosed(f"{said}: the bot may not post there.")
    return PostRefused(f"{said}: it does not take this message.")
