"""What is said about sources and how their readings go."""

from collections.abc import Sequence

from bot.news.saying.counting import counted
from bot.news.source import Source


def how_many_followed(sources: Sequence[Source]) -> str:
    """How many sources are followed, and how many of them are in trouble: "12 sources followed, 1 failing"."""
    stopped = sum(source.feed.stopped is not None for source in sources)
    failing = sum(source.feed.failures > 0 for source in sources) - stopped
    return ", ".join(
        [
            f"{counted(len(sources), 'source')} followed",
            *([f"{failing:,} failing"] if failing else []),
            *([f"{stopped:,} given up"] if stopped else []),
        ]
    )


def kind_of(source: Source) -> str:
    """What it is where that is no feed: " (a page)"."""
    return " (a page)" if source.feed.kind == "page" else ""


def filed_at_first(added: int) -> str:
    """What the first reading of a source filed."""
    return f"{counted(added, 'article')} filed" if added else "No new article filed"


def left_out(source: Source) -> str:
    """How much of a feed is not read because it is too long; empty where all of it is."""
    if not source.skipped:
        return ""
    older = counted(source.skipped, "older entry was", "older entries were")
    return f"It is too long: {older} left out."


def fault_of(source: Source) -> str:
    """Why it could not be read at last, as a sentence with its code."""
    feed = source.feed
    fault = feed.fault or "It could not be read."
    first = fault.split(" ", 1)[0]
    fault = fault if "." in first else f"{fault[:1].upper()}{fault[1:]}"  # a host keeps its letters
    code = f" ({feed.code})" if feed.code else ""
    return f"{fault if fault.endswith(('.', '?', '!')) else f'{fault}.'}{code}"


def how_it_went(outcome: str, added: int, changed: int) -> str:
    """What a reading found; empty where it failed."""
    more = f", {changed:,} changed" if changed else ""
    return {
        "filed": f"{added:,} new{more}",
        "unchanged": "nothing new",
        "put off": "it is being read at this moment",
    }.get(outcome, "")


def how_many_imported(followed: int, unread: int, refused: int) -> str:
    """What became of a list, in counts; `unread` are those of the followed that cannot be read yet."""
    return (
        ", ".join(
            [
                f"{counted(followed, 'source')} followed",
                *([f"{unread:,} of them not readable yet"] if unread else []),
                *([f"{refused:,} refused"] if refused else []),
            ]
        )
        + "."
    )
