"""Text files, plain or Markdown, to drafts."""

import re
from datetime import datetime

from bot.news.article import Draft
from bot.wire.dates import read_published
from bot.wire.drafts import Provenance, lay_out_checked, make_draft
from bot.wire.encoding import decode_text
from bot.wire.layout import Laid, keep_date, keep_label

_FRONT_MATTER = re.compile(
    r"\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<lines>.{0,8000}?)\n(?P=fence)[ \t]*(?:\n|$)", re.DOTALL
)
_ENTRY = re.compile(r"(?P<label>\w[\w -]{0,30}?)\s*[:=]\s*(?P<value>.+)")
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,100}\])")
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*])\1(?![\w*])|(?<![\w_])(_{1,3})(?=[^\s_])([^_\n]{1,2000}?)(?<=[^\s_])\3(?![\w_])"
)
_QUOTED = re.compile(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$|^[ \t]*```.*$|^(?:=+|-+)[ \t]*$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")


def read_text_file(data: bytes, provenance: Provenance, now: datetime) -> Draft:
    """The article in the file. RefusedInput where it is no text, is empty or is too long."""
    text = decode_text(data, provenance.where).lstrip("\ufeff").replace("\r\n", "\n")
    given = Laid(paragraphs=[])
    front = _FRONT_MATTER.match(text)
    if front:
        text = text[front.end() :]
        _read_front_matter(front["lines"], given, now)
    if provenance.where.lower().endswith((".md", ".markdown")):
        text = _without_marks(text)
    laid = lay_out_checked(text, provenance, title=given.title, now=now, head=True)
    laid.publisher = given.publisher or laid.publisher
    laid.author = given.author or laid.author
    laid.language = given.language or laid.language
    laid.url = given.url or laid.url
    if given.published:
        laid.published, laid.published_day_only = given.published, given.published_day_only
    return make_draft(laid, provenance)


def _read_front_matter(lines: str, given: Laid, now: datetime) -> None:
    for line in lines.split("\n"):
        entry = _ENTRY.fullmatch(line.strip())
        if entry:
            label, value = entry["label"].lower(), entry["value"].strip().strip("\"'[]")
            if label in ("date", "published", "published_at", "pubdate", "publishdate"):
                moment, day_only = read_published(value, now)
                if moment:
                    keep_date(given, moment, day_only)
            else:
                keep_label(given, label, value, now)


def _without_marks(text: str) -> str:
    """Markdown as a reader sees it: links as their words, no images, no stars around words."""
    text = _RULE.sub("", _QUOTED.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text))))
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub(lambda m: m[2] or m[4], text))
