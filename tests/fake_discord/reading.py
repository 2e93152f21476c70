"""What Discord's client makes of markdown: the words that are read, whom they call, and where they lead.

After the rules of the client as far as they are known; where they are not, the reading that does more.
"""

import re
from dataclasses import dataclass, field

_FENCE = re.compile(r"```(?:[a-z0-9_+\-.#]+\n)?\n*(.+?)\n*```", re.DOTALL | re.IGNORECASE)
_CODE = re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)")
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_MASKED = re.compile(
    r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?(?:\s+['\"]([\s\S]*?)['\"])?\s*\)"
)
_BARE = re.compile(r"(?:https?|steam|discord)://[^\s<]+[^<.,:;\"'\]\s]", re.IGNORECASE)
_POINTED = re.compile(r"<((?:https?://|mailto:|tel:)[^ >]+)>", re.IGNORECASE)
_CALL = re.compile(r"<@[!&]?\d+>|@everyone|@here")
_SHOWN = re.compile(r"<#\d+>|<a?:\w{2,32}:\d+>|<t:-?\d+(?::[tTdDfFR])?>|</[^:>]+:\d+>|<id:\w+>")
_SMILEY = re.compile(r":(?=[a-z0-9_+-]*[a-z])[a-z0-9_+-]+:")
_SET_OFF = re.compile(
    r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)|__((?:\\[\s\S]|[^\\])+?)__(?!_)|~~([\s\S]+?)~~(?!_)|\|\|([\s\S]+?)\|\|"
    r"|\*(?=\S)((?:\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\])|[^\s*\\])+?)\*(?!\*)|\b_((?:\\[\s\S]|[^\\_])+?)_\b"
)
_PLAIN = re.compile(r"[^\\`\[<*~|_:\nhsd]+", re.IGNORECASE)
_START = re.compile(r"(?m)^(#{1,3} |-# |>>> |> |\s*[-*] |\s*\d+\. )")


@dataclass(kw_only=True, slots=True)
class Seen:
    """What a reader sees: the words, the addresses that can be opened, and what the text made of itself."""

    words: str = ""
    links: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)
    set_off: list[str] = field(default_factory=list)


def see(markdown: str) -> Seen:
    """The text as a client shows it. Discord's server looks for calls in the raw text, so they count everywhere."""
    seen = Seen(calls=_CALL.findall(markdown))
    _read(markdown, seen, is_start=True)
    return seen


def _read(text: str, seen: Seen, *, is_start: bool = False) -> None:
    at = 0
    while at < len(text):
        starts_line = (is_start and at == 0) or (at > 0 and text[at - 1] == "\n")
        if starts_line and (start := _START.match(text, at)):
            seen.starts.append(start[0])
            at = start.end()
            continue
        if plain := _PLAIN.match(text, at):
            seen.words += plain[0]
            at = plain.end()
        else:
            at = _step(text, at, seen)


def _step(text: str, at: int, seen: Seen) -> int:
    """Read what begins here; where it ends."""
    if escaped := _ESCAPED.match(text, at):
        seen.words += escaped[1]
        return escaped.end()
    if code := _FENCE.match(text, at):
        seen.words += code[1]
        return code.end()
    if code := _CODE.match(text, at):
        seen.words += code[2]
        return code.end()
    if masked := _MASKED.match(text, at):
        seen.links.append(masked[2])
        _read(masked[1], seen)
        return masked.end()
    if pointed := _POINTED.match(text, at):
        seen.links.append(pointed[1])
        return pointed.end()
    if bare := _BARE.match(text, at):
        seen.links.append(bare[0])
        seen.words += bare[0]
        return bare.end()
    if shown := _SHOWN.match(text, at) or _SMILEY.match(text, at):
        seen.shown.append(shown[0])
        return shown.end()
    if set_off := _SET_OFF.match(text, at):
        within = next(part for part in set_off.groups() if part)
        seen.set_off.append(within)
        _read(within, seen)
        return set_off.end()
    seen.words += text[at]
    return at + 1
