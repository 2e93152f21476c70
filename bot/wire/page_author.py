"""Who wrote the article of a page: names of people, and nothing that only looks like one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.wire.page_lines import near_headline
from bot.wire.structured import Structured, element_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_METAS = (
    "author", "article:author", "og:author", "og:article:author", "parsely-author", "sailthru.author", "byl",
    "dc.creator", "dcterms.creator", "citation_author", "cxenseparse:author", "shareaholic:article_author_name",
    "authors", "creator",
)  # fmt: skip
_CARD_LABEL = re.compile(r"written by|by|author|verfasst von|geschrieben von|écrit par|escrito por|scritto da", re.I)
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|autor(?:es|en|in)?|auteurs?|verfasser)(?:[-_]*(?:names?|links?|vcard|by))?"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_BYLINE_CLASS = re.compile(
    r"comment|avatar|\bbio|about|related|image|photo|foto|teaser|sidebar|widget|footer|form|list-item", re.IGNORECASE
)
_ASIDE_CLASS = re.compile(
    r"(?:^|\s)(?:comments?(?:[-_]?(?:list|body|content|author|area|wrap\w*))?|related[\w-]*|sidebar[\w-]*)(?:\s|$)",
    re.IGNORECASE,
)
_BY = r"(?:by|von|vom|par|por|di|da|door|av|af|przez)"
_DEED = (
    r"(?:post(?:ed)?|publish(?:ed)?|writ(?:e|ten)|report(?:ed|ing)?|stor(?:y|ies)|words?|text|article|analysis|opinion"
    r"|commentary|review|column|perspective|author|veröffentlicht|geschrieben|verfasst|erstellt|artikel|beitrag"
    r"|escrito|publicado|écrit|publié|scritto|inviato)"
)
_LABEL = (
    r"(?:authors?(?:\(s\))?|autor(?:es|en|in|e|i)?|auteure?s?|texte?|texto|testo|words|redakteur(?:in)?"
    r"|journalist(?:in)?|tekst|reporter)"
)
_LEAD = re.compile(
    rf"(?:post )?(?:{_DEED} (?:on .{{1,30}}? )?)?{_BY}\b[\s:]*(?=\S)|(?:post )?{_LABEL}\s*[:：]\s*(?:{_BY} )?"
    r"|(?-i:By(?=[A-Z]))",
    re.IGNORECASE,
)
_MONTHS = (
    r"jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch|s)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?|dez(?:ember)?"
)
_END = re.compile(
    r"\s(?:[|•·–—]|-\s|for\s|fotos?:|photos?:|bilder?:|übersetz|translat|published|updated|am\s\d|on\s\w+\s\d)|\s*\(|\d"
    rf"|,?\s+(?:{_MONTHS})\.?\s+\d",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:[,;/|•·&＆、／]|\s(?:and|und|et|y|e|i|og|och|en|with|mit)\s)\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"https?:|www\.|\S@\S|^@|/\w+/|\w{3,}\.\w{2,4}$", re.IGNORECASE)
_INITIALS = re.compile(r"[A-Z.]{2,6}|ph\.?d\.?|(?:m|b)\.?sc\.?|jr\.?|sr\.?|esq\.?", re.IGNORECASE)
_NO_PERSON = re.compile(
    rf"\b(?:{_MONTHS}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|staff|redaktion\w*|editors?|editorial|editing|newsroom"
    r"|news|newsdesk|desk|team|reporters?|correspondents?|writers?|contributors?|contributing|journalists?"
    r"|journalistin|redakteur\w*|redacción|redaccion|redação|rédaction|redazione|agency|agencies|agencias?|agence"
    r"|agentur\w*|press|presse\w*|prensa|magazine?|zeitung|times|media|group|gmbh|ltd|inc|llc|foundation|stiftung"
    r"|university|universität|institute?|ministry|admin|administrator|webmaster|user|guest|gast(?:autor|beitrag)?"
    r"|anonymous|unknown|author|autor|автор|agenzia|posted|published|updated|read|min|minutes|share|follow|subscribe|login"
    r"|comment\w*|kommentare?|views?|archiv|profile|reuters|afp|associated|bloomberg|xinhua|ansa|efe|tass|pti|ians|ani"
    r"|getty|images?|photo|foto|video|more|all|the|blog|online|digital|company|corporation|committee|council|office"
    r"|department|services?|network|tv|radio|business|sport|sports|international|articles?)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    "de da del della der den di do dos du la le van von vom zu zur bin ibn al el ten ter af av y e i und san st"
    " by por par".split()
)
_LETTERS = re.compile(r"[^\W_][\w.'’ʼ`‐‑·-]*")
_LONGEST_BYLINE = 160  # characters of an element or line that can be one
_LONGEST_NAME = 60  # characters
_MOST_WORDS = 5
_MOST_NAMES = 8
_NEAR = 5  # lines around the headline in which a byline stands


def find_authors(
    tree: "HtmlElement", told: Structured, lines: Sequence[str], title: str | None, sites: Sequence[str]
) -> str | None:
    """The names, joined with ", "; None where no person is named. `sites` are names of the site, which are none.

    What the markup says for machines counts first, then what it marks as a byline, then lines that read as one.
    """
    outside = [plain for name in (*sites, title or "") if len(plain := _plain(name)) > 2]
    for texts in _sayings(tree, told, lines, title):
        names = {_plain(name): name for text in texts for name in read_names(text, outside)}
        if names:
            return ", ".join(list(names.values())[:_MOST_NAMES])
    return None


def read_names(text: str, outside: Sequence[str] = ()) -> list[str]:
    """The names of people in a byline or an author field. `outside` are names in lower case letters that are none."""
    text = _unlead(" ".join(text.split()))
    if len(text) > _LONGEST_BYLINE or _ADDRESS.search(text):
        return []
    end = _END.search(text)
    found: list[str] = []
    for piece in _SPLIT.split(text[: end.start()] if end else text):
        name = _read_name(piece, outside)
        if name and not (found and _INITIALS.fullmatch(name)):
            found.append(name)
    return found


def _sayings(tree: "HtmlElement", told: Structured, lines: Sequence[str], title: str | None) -> Iterator[Sequence[str]]:
    """Texts that may name the authors, those of one source together, the surest source first."""
    yield _people(told)
    for name in _METAS:
        yield told.metas.get(name, ())
    for number in ("1", "2"):
        if _CARD_LABEL.fullmatch(told.meta(f"twitter:label{number}") or ""):
            yield told.metas.get(f"twitter:data{number}", ())
    yield told.items.get("author", ())[:1]
    for element in tree.xpath("//a[contains(@rel, 'author')]"):
        yield [element_line(element)]
    for element in tree.xpath("//*[contains(@class, 'ut') or contains(@class, 'by') or contains(@class, 'By')]"):
        if _BYLINE_CLASS.search(element.get("class")) and not _is_besides(element):
            yield [element_line(element)]
    for line in near_headline(lines, title, before=_NEAR, after=_NEAR):
        lead = _LEAD.match(line)
        if lead and lead.group().strip() and len(line) <= _LONGEST_BYLINE:
            yield [name for name in read_names(line) if " " in name]


def _is_besides(element: "HtmlElement") -> bool:
    """Whether the element is no byline, or that of a comment or of another article."""
    outer = (part.get("class") or "" for part in element.iterancestors("div", "li", "ul", "ol", "section", "aside"))
    return bool(_NO_BYLINE_CLASS.search(element.get("class"))) or any(map(_ASIDE_CLASS.search, outer))


def _people(told: Structured) -> list[str]:
    """The authors of the article's node that are not said to be organisations."""
    value = told.article.get("author")
    found: list[str] = []
    for thing in value if isinstance(value, list) else [value]:
        node = told.named.get(str(thing.get("@id")), thing) if isinstance(thing, Mapping) else {}
        if "organization" not in str({**node}.get("@type")).lower():
            found += told.texts(thing)
    return found


def _read_name(piece: str, outside: Sequence[str]) -> str | None:
    words = _unlead(piece.strip(" \t.-–—:*\"“”„'‘’")).split()
    # "Ann Lee Coast Daily" is Ann Lee, who works there.
    words = words[: next((cut for cut in range(1, len(words)) if _plain(" ".join(words[cut:])) in outside), None)]
    while words and words[-1].lower() in _PARTICLES:
        words.pop()
    name = " ".join(words)
    if not 0 < len(words) <= _MOST_WORDS or len(name) > _LONGEST_NAME or not _is_long_enough(name):
        return None
    if (
        _ADDRESS.search(name)
        or _NO_PERSON.search(name)
        or any(_plain(" ".join(words[:cut])) in outside for cut in range(1, len(words) + 1))
    ):
        return None
    if not all(_LETTERS.fullmatch(word) for word in words):
        return None
    if len(words) > 1 and any(word[0].islower() and word.lower() not in _PARTICLES for word in words):
        return None
    if name.isupper() and name.isascii():  # one word in capitals is an agency or a club, several are a person
        return name.title() if len(words) > 1 else None
    return name


def _unlead(text: str) -> str:
    lead = _LEAD.match(text)
    while lead and lead.end() and lead.end() < len(text):
        text = text[lead.end() :]
        lead = _LEAD.match(text)
    return text


def _is_long_enough(name: str) -> bool:
    return len(name) > (1 if all("\u3040" <= sign <= "\ud7ff" for sign in name) else 2)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())
