"""What stands in front of a page's article: a paywall, a login, a consent page, a robot check.

A full article is never called a barrier's: where one stands, the feed's teaser is kept instead, and a short text that
is all there is must not be lost. So a sign counts only where little text was found, and close to that text.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.wire import barrier_signs as signs
from bot.wire.structured import Structured

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PAYWALL, LOGIN, CONSENT = "paywall", "login", "consent"
ROBOT_CHECK, REGION, MISSING = "robot check", "region", "missing"

_TEASER = 1_500  # characters at most before and behind the sentence of a paywall
_SCANT = 600  # characters at most of a page that holds no article
_CONSENT = 3_000  # the same of a page about cookies, which say more than that
_SHELL_LINES = 40  # lines at most of a page that holds nothing else
_BEHIND = 6  # lines behind the text in which a paywall says so
_LONGEST_SIGN = 400  # characters of a line that says so
_MISSING_WORDS = 3  # times as many words announced as found
_EMPTY_PART = 80  # characters of a paid part that is not there
_SOURCE = 300_000  # characters of the source in which a challenge shows itself
_CONSENT_SHARE = 0.5  # of the text that is about cookies
_CUT = re.compile(r"(?:…|\.\.\.|\[…\])\W*$")
_CLASS = re.compile(r"\.([\w-]{1,60})")
_FALSE = {"false", "no", "0"}


def find_barrier(tree: "HtmlElement", told: Structured, lines: Sequence[str], text: str) -> str | None:
    """What stands in front of the article, by its name; None where nothing does, and where it cannot be told.

    `text` is what was found of the article before anything was stripped from it, `lines` what a reader sees.
    """
    if not _claims_article(told):
        shell = _find_shell(tree, lines, text, told.title)
        if shell:
            return shell
    if len(text) < _SCANT and any(signs.LOGGED_IN.search(line) for line in _around(lines, text)):
        return LOGIN
    return PAYWALL if _is_paid(tree, told, lines, text) else None


def _claims_article(told: Structured) -> bool:
    """Whether the page calls itself an article for machines, which nothing that stands in front of one does."""
    kind = (told.meta("og:type") or "").lower()
    return bool(told.article) or kind == "article" or bool(told.meta("article:published_time", "datepublished"))


def _find_shell(tree: "HtmlElement", lines: Sequence[str], text: str, title: str) -> str | None:
    """What a page is that holds no article."""
    if len(text) < _CONSENT and _asks_consent(lines, text, title):
        return CONSENT
    if len(text) >= _SCANT:
        return None
    if signs.ROBOT_CHECK_TITLE.fullmatch(title) or _is_challenge(tree, lines):
        return ROBOT_CHECK
    if signs.REGION_TITLE.fullmatch(title) or signs.REGIONAL.search(text):
        return REGION
    if signs.MISSING_TITLE.fullmatch(title):
        return MISSING
    has_password = bool(tree.xpath("//input[@type='password']"))
    return LOGIN if has_password and signs.LOGIN_TITLE.fullmatch(title) else None


def _is_challenge(tree: "HtmlElement", lines: Sequence[str]) -> bool:
    if len(lines) > _SHELL_LINES or not any(signs.CHALLENGED.search(line) for line in [*lines, *_unseen(tree)]):
        return False
    from lxml.etree import tostring

    return bool(signs.CHALLENGE.search(tostring(tree, encoding="unicode")[:_SOURCE]))


def _unseen(tree: "HtmlElement") -> Iterator[str]:
    return (" ".join(element.itertext()) for element in tree.iter("noscript"))


def _asks_consent(lines: Sequence[str], text: str, title: str) -> bool:
    about_cookies = sum(len(line) for line in text.split("\n") if signs.COOKIES.search(line))
    is_named = bool(about_cookies) and bool(signs.CONSENT_TITLE.fullmatch(title))
    if not is_named and about_cookies < max(1, _CONSENT_SHARE * len(text)):
        return False
    return any(signs.CONSENT_ASKED.search(line) for line in lines if len(line) <= _LONGEST_SIGN)


def _is_paid(tree: "HtmlElement", told: Structured, lines: Sequence[str], text: str) -> bool:
    if len(text) > 2 * _TEASER + _LONGEST_SIGN:
        return False
    paragraphs = text.split("\n")
    for number, line in enumerate(paragraphs):
        if _says_paid(line):
            before, behind = (sum(map(len, part)) for part in (paragraphs[:number], paragraphs[number + 1 :]))
            return before < _TEASER and behind < _TEASER
    if len(text) >= _TEASER:
        return False
    return any(map(_says_paid, _behind(lines, text))) or (_is_not_free(told) and _is_cut(tree, told, text))


def _says_paid(line: str) -> bool:
    return len(line) <= _LONGEST_SIGN and "newsletter" not in line.lower() and bool(signs.PAID.search(line))


def _behind(lines: Sequence[str], text: str) -> Sequence[str]:
    """The lines of the page behind the last one of the text."""
    last = " ".join(text.rstrip().rpartition("\n")[2].split())
    places = [number for number, line in enumerate(lines) if last and last in line]
    return lines[places[-1] + 1 : places[-1] + 1 + _BEHIND] if places else ()


def _around(lines: Sequence[str], text: str) -> Iterator[str]:
    yield from text.split("\n")
    yield from _behind(lines, text)


def _is_not_free(told: Structured) -> bool:
    said = told.article.get("isAccessibleForFree", told.page.get("isAccessibleForFree"))
    said = told.item("isaccessibleforfree") or told.meta("isaccessibleforfree") if said is None else said
    return said is False or str(said).strip().lower() in _FALSE


def _is_cut(tree: "HtmlElement", told: Structured, text: str) -> bool:
    """Whether the text is a beginning only: it says so, or the page announces much more, or its paid part is empty."""
    announced = str(told.article.get("wordCount") or "")
    if announced.isdigit() and int(announced) > _MISSING_WORDS * len(text.split()):
        return True
    parts = told.article.get("hasPart")
    for part in parts if isinstance(parts, list) else [parts]:
        name = _CLASS.fullmatch(str(part.get("cssSelector") or "")) if isinstance(part, dict) else None
        found = tree.find_class(name[1]) if name else []
        if found and sum(len(element.text_content().strip()) for element in found) < _EMPTY_PART:
            return True
    return bool(_CUT.search(text))
