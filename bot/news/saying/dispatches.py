"""What is said in digests, alerts and corrections beside what the sources say."""

from collections.abc import Sequence

from bot.news.briefing import Point
from bot.news.digest import AlertBatch, CorrectionNote, Digest, Reason
from bot.news.saying.counting import counted

_QUOTED_WORDS = 5  # of a rule that fired, named in an alert


def what_changed(digest: Digest) -> str:
    """How many stories are new, how many moved, and how many have ended."""
    new = sum(item.kind == "new" for item in digest.items)
    counts = (
        counted(new, "new story", "new stories") if new else "",
        f"{len(digest.items) - new} moved" if len(digest.items) > new else "",
        f"{len(digest.ended)} ended" if digest.ended else "",
    )
    return " · ".join(filter(None, counts)) or "Nothing new."


def how_many_more(digest: Digest) -> str:
    """The stories that a digest has no room for; empty where there are none."""
    return f"And {counted(digest.more, 'more story', 'more stories')}." if digest.more else ""


def told_by(publishers: Sequence[str]) -> str:
    """Who tells a story, counted and named; empty where nobody does in words of their own."""
    return f"{counted(len(publishers), 'publisher')}: {', '.join(publishers)}" if publishers else ""


def why_alerted(reason: Reason, point: Point | None) -> str:
    """Why a watch met a story: the words or the meaning, and the sentence where the point does not tell it already."""
    met = []
    if reason.words:
        met.append("it says " + ", ".join(f"“{word}”" for word in reason.words[:_QUOTED_WORDS]))
    if reason.meaning is not None and reason.needed is not None:
        met.append(f"it is near in meaning ({reason.meaning:.2f}; {reason.needed:.2f} is enough)")
    because = "Why: " + (" and ".join(met) or f"it meets “{reason.topic}”")
    if not reason.sentence.strip() or (point is not None and reason.sentence in point.text):
        return f"{because}."
    return f"{because}: “{reason.sentence}”"


def why_held(batch: AlertBatch) -> str:
    """How many alerts a batch holds, and why they come together."""
    return f"{counted(len(batch.alerts) + len(batch.more), 'alert')}: {batch.why_held}"


def says_now(note: CorrectionNote) -> str:
    """What stands before the words that are true now, or the sentence that there are none."""
    if note.instead is not None:
        return "Newer news says:" if note.because == "contradicted" else "It now says:"
    return "The article was withdrawn." if note.because == "withdrawn" else "The article no longer says so."
