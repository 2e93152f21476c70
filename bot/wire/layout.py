"""Lines of a text put in order: headline, dek, body, and what the top says about author, publisher and date."""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from bot.news.text import clip, sentence_spans
from bot.wire.address import canonical_address
from bot.wire.clean import clean_line
from bot.wire.dates import read_date_line
from bot.wire.debris import contact_host, strip_debris
from bot.wire.publishers import is_outlet, publisher_of
from config import defaults

_BULLET = re.compile(r"(?:[-*•‣◦▪●–—]|\\-)\s+(?=\S)")
_HEADING = re.compile(r"(?:#{1,6}\s+|=+\s*(?=\S.*=$))(?P<text>.*?)[#=\s]*")
_LABELLED = re.compile(
    r"(?P<label>title|headline|by|authors?|written by|publisher|source|publication|published|updated|date|url|link"
    r"|address|language|lang)"
    r"(?:\s(?:on|at))?\s*:\s*(?P<value>\S.{0,500})",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_][\w.'’-]*(?:\s+(?!for\b)[^\W\d_][\w.'’-]*){0,5}"
_BYLINE = re.compile(
    rf"by\s+(?P<author>{_NAME}(?:\s*(?:,|and|&)\s*(?!for\b){_NAME}){{0,4}})(?:\s*(?:\||[–—/•·]|-\s|\(|,?\s+for\s+)\s*(?P<publisher>[^|()]{{2,60}}?)\)?)?(?:\s*[|•·–—]\s*(?P<date>.*\d{{4}}.*))?",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"(?P<place>[A-Z][\w .,'’/-]{1,60}?)\s\((?P<agency>[A-Z][\w .]{1,30})\)\s?[–—-]{1,2}\s")
_PARTICLES = {"and", "de", "da", "del", "der", "di", "du", "la", "le", "van", "von", "bin", "al", "el", "ten", "y"}
_ABBREVIATED_END = re.compile(r"\b[A-Z]\.$|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|St|vs|No)\.$")
_LONGEST_HEADLINE = 180
_LONGEST_HEADLINE_WORDS = 26
_SHORTEST_WRAP_SHARE = 0.6


@dataclass(kw_only=True, slots=True)
class Laid:
    """A text in order: paragraphs (headline not among them), how many of them are the dek, and what the top says."""

    title: str | None = None
    paragraphs: list[str]
    dek: int = 0
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: datetime | None = None
    published_day_only: bool = False
    language: str | None = None

    @property
    def text(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(self.paragraphs)

    @property
    def dek_end(self) -> int:
        """Where in the text the body begins; 0 without a dek."""
        if self.dek == len(self.paragraphs):
            return 0
        return sum(len(paragraph) + 1 for paragraph in self.paragraphs[: self.dek])


def lay_out(text: str, *, title: str | None = None, now: datetime, head: bool = True) -> Laid:
    """The clean text laid out: page debris gone, bullets without their sign, hard line breaks inside paragraphs undone.

    With head, the top lines are searched for headline, byline, date and publisher; without it they are body.
    """
    laid = Laid(title=title, paragraphs=[])
    host: str | None = None
    repeated_title = ""
    in_head = in_dek = True
    for count, raw in enumerate(unwrap(text)):
        line = " ".join(raw.split())
        if not line:
            continue
        host = host or contact_host(line)
        line = strip_debris(line)
        bullet = _BULLET.match(line)
        if not line or not any(map(str.isalnum, line)):
            continue
        if bullet:
            line = line[bullet.end() :]
            laid.dek += in_dek
        elif head and in_head and count < defaults.HEAD_LINES and _read_head(line, laid, now):
            continue
        else:
            heading = _HEADING.fullmatch(line) if line[0] in "#=" else None
            line = heading["text"] if heading and heading["text"] else line
            in_dek = in_head = False
            if title and len(laid.paragraphs) == laid.dek and _same_words(line, title):
                repeated_title = line
                continue
        laid.paragraphs.append(line)
    if not laid.paragraphs and repeated_title:
        laid.paragraphs = [repeated_title]
    if head:
        _fill_in(laid, host)
    return laid


def unwrap(text: str) -> list[str]:
    """The lines of the text, those of one paragraph joined where the text was broken at a column."""
    lines = text.split("\n")
    width = max(map(len, lines))
    if width > defaults.WRAP_COLUMNS or len(lines) < 4:
        return lines
    pairs = [(a.rstrip(), b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    running_on = sum(
        not a.endswith((".", "!", "?", ":", "”", '"')) and len(a) > width * _SHORTEST_WRAP_SHARE for a, _ in pairs
    )
    if len(pairs) < 3 or running_on < len(pairs) * _SHORTEST_WRAP_SHARE:
        return lines
    joined, last_length = [""], 0
    for line in lines:
        before = joined[-1]
        starts_anew = not line.strip() or not before or _BULLET.match(line.lstrip()) or line[0] in " \t#"
        if starts_anew or last_length < width * _SHORTEST_WRAP_SHARE:
            joined.append(line)
        else:
            joined[-1] = f"{before.rstrip()} {line.strip()}"
        last_length = len(line)
    return joined


def looks_like_headline(line: str) -> bool:
    """Whether the line reads as a headline: short, no full stop at its end, starting large."""
    if not 2 < len(line) <= _LONGEST_HEADLINE or len(line.split()) > _LONGEST_HEADLINE_WORDS:
        return False
    first = next((c for c in line if c.isalnum()), "")
    if not first or first.islower() or line.endswith((",", ";", ":")):
        return False
    return not line.endswith((".", "。")) or line.endswith("..") or bool(_ABBREVIATED_END.search(line))


def stand_in_title(paragraphs: list[str]) -> str:
    """A headline for a text that has none: its first sentence, clipped; "(no title)" where there is nothing to take."""
    for paragraph in paragraphs:
        start = paragraph[: 4 * defaults.TITLE_CHARACTERS]
        ends = [end for _, end in sentence_spans(start) if not _ABBREVIATED_END.search(start[:end])]
        sentence = start[: ends[0]] if ends else start
        if sentence.strip():
            return clip(
                sentence if sentence.endswith("..") else sentence.removesuffix("."), defaults.SENTENCE_TITLE_CHARACTERS
            )
    return "(no title)"


def _read_head(line: str, laid: Laid, now: datetime) -> bool:
    """Whether the line belongs to the top of the page and not to the body; what it says is kept in laid."""
    labelled = _LABELLED.fullmatch(line)
    if labelled and keep_label(laid, labelled["label"].lower(), labelled["value"], now):
        return True
    moment, day_only = read_date_line(line, now)
    if moment:
        keep_date(laid, moment, day_only)
        return True
    byline = _BYLINE.fullmatch(line) if len(line) < 200 else None
    if byline and _are_names(byline["author"]):
        _keep_byline(byline, laid, now)
        return True
    if is_outlet(line):
        laid.publisher = laid.publisher or line
        return True
    heading = _HEADING.fullmatch(line) if line[0] in "#=" else None
    line = heading["text"] if heading else line
    if heading or looks_like_headline(line):
        if laid.title is None and line:
            laid.title = clean_line(line)
            return True
        return _same_words(line, laid.title or "")
    return False


def keep_label(laid: Laid, label: str, value: str, now: datetime) -> bool:
    """Whether the label means something here; its value is then kept in laid, unless an earlier line gave one."""
    short = clean_line(value, defaults.NAME_CHARACTERS)
    match label:
        case "title" | "headline":
            laid.title = laid.title or clean_line(value)
        case "by" | "author" | "authors" | "written by":
            laid.author = laid.author or short
        case "publisher" | "source" | "publication" | "site":
            laid.publisher = laid.publisher or short
        case "url" | "link" | "address" | "canonical":
            if canonical_address(value) is None:
                return False
            laid.url = laid.url or value.strip()
        case "language" | "lang":
            laid.language = laid.language or short
        case "published" | "date" | "updated" | "published_at" | "pubdate":
            moment, day_only = read_date_line(value, now)
            if moment is None:
                return False
            keep_date(laid, moment, day_only)
        case _:
            return False
    return True


def keep_date(laid: Laid, moment: datetime, day_only: bool) -> None:
    """Keep the date in laid, unless an earlier line gave one."""
    if laid.published is None:
        laid.published, laid.published_day_only = moment, day_only


def _are_names(text: str) -> bool:
    words = [word for word in re.split(r"[\s,&]+", text) if word.lower() not in _PARTICLES]
    return bool(words) and not text.endswith((".", "!", "?")) and not any(word[:1].islower() for word in words)


def _keep_byline(byline: re.Match[str], laid: Laid, now: datetime) -> None:
    names, _, last = byline["author"].rpartition(",")
    author, outlet = (names, last.strip()) if names and is_outlet(last) else (byline["author"], None)
    laid.author = laid.author or clean_line(author, defaults.NAME_CHARACTERS)
    for part in (outlet, byline["publisher"], byline["date"]):
        moment, day_only = read_date_line(part or "", now)
        if moment:
            keep_date(laid, moment, day_only)
        elif part and not laid.publisher and not any(map(str.isdigit, part)):
            laid.publisher = clean_line(part, defaults.NAME_CHARACTERS)


def _fill_in(laid: Laid, host: str | None) -> None:
    if not laid.paragraphs and laid.title:
        laid.paragraphs = [laid.title]
    if laid.publisher is None and laid.paragraphs:
        body = laid.paragraphs[min(laid.dek, len(laid.paragraphs) - 1)]
        agency = _AGENCY.match(body)
        if agency and is_outlet(agency["agency"]):
            laid.publisher = agency["agency"]
    if laid.publisher is None and host:
        laid.publisher = publisher_of(host)
    if laid.title is None:
        laid.title = stand_in_title(laid.paragraphs)


def _same_words(one: str, other: str) -> bool:
    return re.sub(r"\W+", " ", one).strip().lower() == re.sub(r"\W+", " ", other).strip().lower()
