"""Press releases: which wires distribute them, and whose they are."""

import re
from collections.abc import Iterable
from functools import cache

from bot.news.houses import squash
from bot.wire.carriers import Kind, carriers_of

_SOURCE = re.compile(r"SOURCE:?\s+(?P<issuer>\w[^\n]{1,98}?)\.?")
_DAY = r"\w+\.? \d{1,2}, \d{4}"
_ISSUED = re.compile(
    rf".{{0,80}}[)/]\s*(?:[-–—]{{1,2}}(?:\s?{_DAY}\s?[-–—]{{1,2}})?|{_DAY}\s?/)\s*(?P<issuer>[A-Z0-9][^\n]{{1,80}}?)"
    r"(?:,?\s?\(|,\s|['’]s\s|\s(?:today|has|have|is|are|will|and its|announce[sd]?|announcing|reports?|reported"
    r"|launch\w*|unveil\w*|publish\w*|introduc\w*|release[sd]?|provide[sd]?|expand\w*|appoint\w*|name[sd])\b)"
)
_LONGEST = 10  # words of a company's name


def is_release_wire(name: str) -> bool:
    """Whether this is the name of a wire that distributes press releases."""
    return squash(name) in _wires()


def issuer_of(lines: Iterable[str]) -> str | None:
    """The company whose press release it is, from its sign-off ("SOURCE Acme Corp.") or from behind the dateline."""
    kept = list(lines)
    for pattern in (_SOURCE.fullmatch, _ISSUED.match):
        for line in kept:
            found = pattern(line)
            if found and len(found["issuer"].split()) <= _LONGEST:
                return found["issuer"].strip(" .")
    return None


@cache
def _wires() -> frozenset[str]:
    return frozenset(squash(carrier.name) for carrier in carriers_of(Kind.RELEASE))
