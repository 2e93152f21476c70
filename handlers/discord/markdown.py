"""Runs of a layout in Discord's markdown. What comes from outside is escaped here, and nowhere else."""

import re
from collections.abc import Iterator
from typing import assert_never
from urllib.parse import quote

from bot.news.member import typed_role
from config import defaults
from handlers.layout.elements import Channel, Cites, Line, Link, Moment, RoleName, Run, Words
from handlers.layout.harmless import harmless

_NO_WIDTH = "\u200b"  # keeps apart what would be read together
_MARKUP = re.compile(r"[\\`*_~|\[\]<>]")
_JOINT = re.compile(r"@|:(?=//|[0-9_+-]*[a-z][a-z0-9_+-]*:)|\](?=\()")  # of mentions, addresses, smileys, links
_START = re.compile(r"^(?:\d{1,9}(?=[.)])|(?=[#+-]))")  # lists, headings, small print
_ADDRESS = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_CALL = re.compile(r"@(?=everyone|here)")
_IN_ADDRESSES = frozenset("!#$%&'+,-./:;=?@[]_~")
_BRACKETS = str.maketrans("[]", "()")  # Discord takes no bracket in the words of a link, not even an escaped one
_TICKS = str.maketrans("`", "'")
_AROUND = {"bold": "**", "quiet": "*", "struck": "~~"}


def escaped(text: str) -> str:
    """The text as it is read, whatever is in it: no markup, no mention, no address that can be pressed."""
    return _MARKUP.sub(r"\\\g<0>", apart(harmless(text)))


def apart(text: str) -> str:
    """The text with what is not seen at the joints of mentions, addresses and the like, so that they are none."""
    return _JOINT.sub(rf"\g<0>{_NO_WIDTH}", text)


def in_markdown(line: Line) -> list[str]:
    """The line, in as many as are needed where it is very long; none where there is nothing to be seen."""
    lines = [""]
    for run in line:
        for shown in _shown(run):
            if lines[-1] and len(lines[-1]) + len(shown) > defaults.DISCORD_LINE:
                lines.append("")
            # Two bold runs next to each other would be read as one, and a bracket before a parenthesis as a link.
            meets = lines[-1][-1:] + shown[:1] in ("**", "~~", "``", "](")
            lines[-1] += f"{_NO_WIDTH if meets else ''}{shown}"
    return [_START.sub(r"\g<0>\\", one.strip()) for one in lines if one.strip(f" {_NO_WIDTH}")]


def in_fixed_width(line: Line) -> str:
    """The line for a block of code, where there is no markup; links show their words only."""
    shown = ""
    for run in line:
        match run:
            case Words() | Link():
                shown += run.text
            case Moment():
                shown += _day(run)
            case Cites():
                shown += "".join(f"[{number}]" for number in run.numbers)
            case Channel() | RoleName():
                shown += run.in_words()
            case _:
                assert_never(run)
    return apart(harmless(shown).translate(_TICKS)).strip()


def address(url: str) -> str | None:
    """The address as it may stand behind the words of a link; None for one that Discord does not take."""
    if not _ADDRESS.match(url):
        return None
    # Whom a message calls is looked for in addresses as well.
    url = _CALL.sub("%40", url)
    safe = "".join(c if c.isalnum() or c in _IN_ADDRESSES else quote(c, safe="", errors="replace") for c in url)
    return safe if len(safe) <= defaults.DISCORD_LINK else None


def _shown(run: Run) -> Iterator[str]:
    match run:
        case Words():
            yield from (_looking(part, run.look) for part in _parts(run.text))
        case Link():
            yield _link(run)
        case Moment():
            yield _day(run) if run.day_only else f"<t:{int(run.at.timestamp())}:f>"
        case Cites():
            yield " " + "".join(rf"\[{number}\]" for number in run.numbers)
        case Channel():
            yield f"<#{run.place.channel}>" if _is_ours(run) else escaped(run.in_words())
        case RoleName():
            yield typed_role(run.id)
        case _:
            assert_never(run)


def _is_ours(channel: Channel) -> bool:
    place = channel.place
    return place.platform == "discord" and place.channel.isascii() and place.channel.isdecimal()


def _link(link: Link) -> str:
    url = address(link.url)
    words = escaped(_clipped(link.text).translate(_BRACKETS))
    return f"[{words.strip()}]({url})" if url and words.strip() else words


def _looking(text: str, look: str) -> str:
    """The words, set off as they should be; the markup holds only next to what can be seen."""
    if look == "code":
        within = apart(harmless(text).translate(_TICKS))
        return f"`{within}`" if within.strip() else within
    words = escaped(text)
    around = _AROUND.get(look, "")
    if not around or not words.strip():
        return words
    before, after = " " * words.startswith(" "), " " * words.endswith(" ")
    ends_alike = words.strip().endswith(around[0])
    return f"{before}{around}{words.strip()}{_NO_WIDTH if ends_alike else ''}{around}{after}"


def _parts(text: str) -> Iterator[str]:
    """The text in parts that are surely shorter than a line may be, cut between words where it has any."""
    while len(text) > defaults.DISCORD_PART:
        cut = text.rfind(" ", 1, defaults.DISCORD_PART) + 1 or defaults.DISCORD_PART
        yield text[:cut]
        text = text[cut:]
    yield text


def _clipped(text: str) -> str:
    return text if len(text) <= defaults.DISCORD_PART else f"{text[: defaults.DISCORD_PART - 1]}…"


def _day(moment: Moment) -> str:
    return f"{moment.at.day} {moment.at:%b %Y}"
