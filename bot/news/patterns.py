"""Patterns that readers write. The door to RE2, which no pattern can keep busy for long."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import re2

from bot.errors import RequestError
from bot.news.text import fold
from bot.news.typed import again
from config import defaults

# What RE2 or we refuse, in words, by how RE2's own sentence or the part of the pattern begins.
_REFUSED = {
    "(?<=": "look-behind",
    "(?<!": "look-behind",
    "(?=": "look-ahead",
    "(?!": "look-ahead",
    "(?>": "an atomic group",
    "(?(": "a condition",
    "(?P=": "a back-reference",
    "missing ]": "an opening [ without a closing one",
    "missing )": "an opening ( without a closing one",
    "unexpected )": "a closing ) without an opening one",
    "missing argument to repetition": "a repetition of nothing",
    "no argument for repetition": "a repetition of nothing",
    "bad repetition operator": "a repetition of a repetition",
    "bad repetition argument": "a repetition of more than 1,000 times",
    "invalid repetition size": "a repetition of more than 1,000 times",
    "trailing \\": "a \\ at its end",
    "pattern too large": "it is too large",
    "utf-8": "a character that is none",
}
_TOKEN = re.compile(
    r"\\Q.*?(?:\\E|$)|\\[pPx]\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?:<[=!]|P?<\w+>|P=|[=!>(]|[a-zA-Z-]*:?)|\{\d+(?:,\d*)?\}|.",
    re.DOTALL,
)
_REPEATS = re.compile(r"[*+]|\{\d+,\}")
_OPTIONAL = re.compile(r"[*?]|\{0")
_LITERAL = re.compile(r"[a-zA-Z0-9]")
_ALWAYS = "\n"
# Neither of these is about anything: what is found in each of them is found in every article.
_ANY_TEXTS = (
    "The old bridge over the river was closed on 14 May, and nobody could say for how long.",
    'A 62-year-old baker from the coast said: "We just had a quiet week; it was good for us."',
    "Rain is expected in the north from Friday (up to 30 mm), while it stays dry and warm in the south.",
    "Their first album sold 5,200 copies; the next one is due in June – if the drummer gets well.",
    "In 1987 the museum bought a clock, made by hand, that has been running since; it is still exact.",
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern as it was typed, with its slashes.

    `literal` are letters or digits, folded, in every text in which the pattern is found; "" where that cannot be told.
    """

    typed: str
    literal: str
    _compiled: Any = field(repr=False, compare=False)

    def find(self, text: str) -> tuple[int, int] | None:
        """Where in the text the pattern is found first."""
        found = self._compiled.search(text)
        return found.span() if found else None


def read_pattern(inner: str, flags: str = "") -> Pattern:
    """The pattern that was typed between slashes, with the letters behind the second; RequestError (T02, T03)."""
    if len(inner) > defaults.PATTERN_CHARACTERS:
        limit = f"patterns can have {defaults.PATTERN_CHARACTERS} characters; this has {len(inner):,}"
        raise _refusal(limit, "Write a shorter one")
    if flags.strip("i"):
        raise _refusal(f"{again(flags.strip('i'))} behind it", "Only `i` can stand there: any case")
    pieces = _TOKEN.findall(inner)
    if reason := _unsupported(pieces):
        raise _refusal(reason)
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = not flags
    options.max_mem = defaults.PATTERN_BYTES
    try:
        compiled = re2.compile(inner, options)
    except (re2.error, UnicodeEncodeError) as fault:
        raise _refusal(_reason(fault)) from None
    if compiled.search("") or all(map(compiled.search, _ANY_TEXTS)):
        raise RequestError("That would match every article. Write what only the articles you want have.", "T03")
    return Pattern(f"/{inner}/{flags[:1]}", _literal_of(pieces), compiled)


class Sieve:
    """Tells in one pass which of many literals (see Pattern) stand in a text."""

    def __init__(self, literals: Iterable[str]) -> None:
        options = re2.Options()
        options.log_errors = False
        options.max_mem = defaults.SIEVE_BYTES
        self._literals = (_ALWAYS, *literals)
        self._compiled = re2.Set.SearchSet(options)
        for literal in self._literals:
            self._compiled.Add(re2.escape(literal))
        self._compiled.Compile()

    def held(self, folded: str) -> list[str]:
        """The literals that stand in the folded text, and perhaps some that do not."""
        if len(self._literals) == 1:
            return []
        found = self._compiled.Match(folded + _ALWAYS)
        # Nothing at all is found only where the memory did not suffice.
        return [self._literals[number] for number in found or range(len(self._literals)) if number]


def _refusal(reason: str, instead: str = "Write it without, or watch plain words") -> RequestError:
    return RequestError(f"This pattern is not supported: {reason}. {instead}.", "T02")


def _reason(fault: Exception) -> str:
    told = fault.args[0] if fault.args else ""
    sentence = told.decode(errors="replace") if isinstance(told, bytes) else str(told)
    return next((words for start, words in _REFUSED.items() if sentence.startswith(start)), sentence)


def _unsupported(pieces: list[str]) -> str | None:
    """What no pattern may have, in words: RE2 would read some of it, and every other engine choke on it."""
    groups: list[list[bool]] = [[]]  # for each open group, which parts of its branch are repeated without end
    repeats = False  # whether the part before is, or is a group that holds nothing else
    for piece in pieces:
        if reason := _REFUSED.get(piece):
            return reason
        if re.fullmatch(r"\\[1-9k]", piece):
            return "a back-reference"
        if _REPEATS.fullmatch(piece):
            if repeats:
                return "a repetition of a repetition"
            repeats = True
            groups[-1][-1:] = [True]
            continue
        if piece == "?":
            continue
        if piece[0] == "(":
            groups.append([])
        elif piece == ")" and len(groups) > 1:
            repeats = groups.pop() == [True]
            groups[-1].append(repeats)
            continue
        elif piece == "|":
            groups[-1].clear()
        else:
            groups[-1].append(False)
        repeats = False
    return None


def _literal_of(pieces: list[str]) -> str:
    """The longest run of plain letters and digits that stands outside groups and choices and is not optional."""
    depth, run, runs = 0, "", []
    for piece, after in zip(pieces, [*pieces[1:], ""], strict=True):
        depth += (piece[0] == "(") - (piece == ")")
        if piece == "|" and depth == 0:
            return ""
        if depth or not _LITERAL.fullmatch(piece) or _OPTIONAL.match(after):
            runs.append(run)
            run = ""
        else:
            run += piece
    longest = fold(max([*runs, run], key=len))
    return longest if len(longest) >= defaults.LITERAL_LETTERS else ""
