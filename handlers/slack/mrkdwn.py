"""Lines in Slack's own markup, and as rich text. Whatever comes from outside is made inert here and nowhere else.

Slack knows no escape but for three characters. Every text object of ours says `verbatim`, so that addresses and names
in plain words are left alone; what would still set words off or draw a smiley is shown by a letter that looks alike.
"""

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, assert_never
from urllib.parse import quote

from bot.news.text import clip
from config import defaults
from handlers.layout.elements import Channel, Cites, Line, Link, Moment, RoleName, Run, Words
from handlers.layout.harmless import harmless

Block = dict[str, Any]
"""A block, an element of one, or a text object, as Slack takes it."""

_LOOKS_ALIKE = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})  # these set words off anywhere
_UNDERLINE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # and this one at the edge of a word
_SMILEY = re.compile(r":(?=(?:[0-9_+'-]*[a-z][a-z0-9_+'-]*|[+-]1):)")
_QUOTED = re.compile(r"^(\s*)>")
_SET_OFF = {"plain": "", "bold": "*", "quiet": "_", "code": "`", "struck": "~"}
_STYLES = {"plain": "", "bold": "bold", "quiet": "italic", "code": "code", "struck": "strike"}
_UNSAFE = re.compile(r"[^\w%/:?#\[\]@!$&'()*+,;=.~-]")
_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_CHANNEL = re.compile(r"[CDG][A-Z0-9]{1,40}")
_DATE = "{date_short_pretty} at {time}"


def text_object(markup: str) -> Block:
    """A text object in which Slack makes no links of its own."""
    return {"type": "mrkdwn", "text": markup, "verbatim": True}


def plain_object(text: str, limit: int) -> Block:
    """A text object without any markup, cut to so many characters."""
    return {"type": "plain_text", "text": clip(_inert_smileys(harmless(text)).strip(), limit) or "–", "emoji": False}


def escape(text: str) -> str:
    """The text as markup that shows just that."""
    shown = _QUOTED.sub(r"\1›", _inert_smileys(harmless(text))).translate(_LOOKS_ALIKE)
    shown = _UNDERLINE.sub("ˍ", shown)
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def markup(line: Line) -> str:
    """The line in Slack's markup. A headline is bold as a whole: bold words, if any, and a link."""
    before, link = line[:-1], line[-1] if line else None
    if isinstance(link, Link) and all(isinstance(run, Words) and run.look == "bold" for run in before):
        lead = "".join(escape(run.text) for run in before if isinstance(run, Words))
        return _set_off(lead + _markup(link), _SET_OFF["bold"])
    return "".join(map(_markup, line))


def rich(line: Line) -> list[Block]:
    """The line as the elements of a piece of rich text, in which nothing has to be escaped; never none."""
    elements = [element for run in line for element in _rich(run)] or [{"type": "text", "text": "–"}]
    if elements[0]["type"] == "text":
        elements[0] |= {"text": elements[0]["text"].lstrip() or " "}
    return elements


def in_words(line: Line) -> str:
    """The line in plain words, with dates that are the same for everyone."""
    return "".join(map(_in_words, line)).strip()


def cut(line: Line, limit: int) -> list[Line]:
    """The line in pieces, none of which has more characters as markup; cut between words where that can be."""
    pieces: list[Line] = []
    room = 0
    for run in (part for whole in line for part in _cut_run(whole, limit)):
        length = len(_markup(run))
        if pieces and length <= room:
            pieces[-1] += (run,)
        else:
            pieces.append((run,))
            room = limit
        room -= length
    return pieces or [()]


def address(url: str) -> str | None:
    """The address with everything encoded that means something to Slack; None where it is none for the web."""
    if not _WEB.match(url) or len(url) > defaults.SLACK_URL:
        return None
    encoded = _UNSAFE.sub(lambda found: quote(found[0], safe="", errors="replace"), url.strip())
    return encoded if len(encoded) <= defaults.SLACK_URL else None


@lru_cache(maxsize=1_000)
def _markup(run: Run) -> str:
    match run:
        case Words():
            return _set_off(escape(run.text), _SET_OFF[run.look])
        case Link():
            label = escape(run.text).replace("|", "¦").strip()
            url = address(run.url)
            return f"<{url.replace('&', '&amp;')}|{label or 'link'}>" if url else label
        case Moment():
            if run.day_only:
                return _absolute(run)
            return f"<!date^{int(run.at.timestamp())}^{_DATE}|{_absolute(run)}>"
        case Cites():
            return f" {_numbers(run)}"
        case Channel():
            return f"<#{run.place.channel}>" if _is_ours(run) else escape(run.in_words())
        case RoleName():
            return run.in_words()
        case _:
            assert_never(run)


def _rich(run: Run) -> list[Block]:
    match run:
        case Words():
            text = harmless(run.text)
            style = {"style": {_STYLES[run.look]: True}} if _STYLES[run.look] else {}
            return [{"type": "text", "text": text} | style] if text else []
        case Link():
            url = address(run.url)
            label = harmless(run.text).strip() or "link"
            return [{"type": "link", "url": url, "text": label} if url else {"type": "text", "text": label}]
        case Moment() if not run.day_only:
            date = {"type": "date", "timestamp": int(run.at.timestamp()), "format": _DATE}
            return [date | {"fallback": _absolute(run)}]
        case Moment():
            return [{"type": "text", "text": _absolute(run)}]
        case Cites():
            return [{"type": "text", "text": f" {_numbers(run)}"}]
        case Channel() if _is_ours(run):
            return [{"type": "channel", "channel_id": run.place.channel}]
        case Channel() | RoleName():
            return [{"type": "text", "text": harmless(run.in_words())}]
        case _:
            assert_never(run)


def _in_words(run: Run) -> str:
    match run:
        case Words() | Link():
            return harmless(run.text)
        case Moment():
            return _absolute(run)
        case Cites():
            return f" {_numbers(run)}"
        case Channel():
            return "a channel" if _is_ours(run) else harmless(run.in_words())
        case RoleName():
            return run.in_words()
        case _:
            assert_never(run)


def _cut_run(run: Run, limit: int) -> list[Run]:
    """The run in pieces that are short enough; what is no words and too long is shown as words, or cut off."""
    if len(_markup(run)) <= limit:
        return [run]
    if isinstance(run, Link):
        return _cut_run(Words(text=run.text), limit)
    if not isinstance(run, Words):
        return []
    text = harmless(run.text)
    middle = text.rfind(" ", 1, len(text) // 2 + 1)
    middle = middle if middle > len(text) // 4 else len(text) // 2
    halves = (text[:middle], text[middle:])
    return [piece for half in halves for piece in _cut_run(Words(text=half, look=run.look), limit)]


def _set_off(shown: str, mark: str) -> str:
    """The words between marks, which take effect only where they touch the first and the last word."""
    inner = shown.strip()
    if not mark or not inner:
        return shown
    before, after = (" " if shown.startswith(" ") else ""), (" " if shown.endswith(" ") else "")
    return f"{before}{mark}{inner}{mark}{after}"


def _inert_smileys(text: str) -> str:
    return _SMILEY.sub("∶", text)


def _is_ours(channel: Channel) -> bool:
    return channel.place.platform == "slack" and bool(_CHANNEL.fullmatch(channel.place.channel))


def _numbers(run: Cites) -> str:
    return "".join(f"[{number}]" for number in run.numbers)


def _absolute(moment: Moment) -> str:
    at: datetime = moment.at.astimezone(UTC)
    day = f"{at.day} {at:%b %Y}"
    return day if moment.day_only else f"{day}, {at:%H:%M} UTC"
