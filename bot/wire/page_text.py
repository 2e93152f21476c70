"""The text of a page's article, without navigation, advertising and comments. The door to trafilatura."""

import re
from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING

from bot.wire.debris import strip_debris
from bot.wire.markup import to_plain
from bot.wire.page_lines import near_headline
from bot.wire.structured import Structured

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CELL_CHARACTERS = 500  # of one cell of a table: what holds more is no table but a page laid out in one
_LONGEST_LINK = 200  # characters of a line that is a link and nothing else
_LINKED, _HALF = 0.9, 0.5  # shares of a line that are the text of links: nothing else, and too much for prose
_LEAD = (50, 800)  # characters of a lead, at least and at most
_LEAD_LINES = 9  # behind the headline in which a lead stands
_PARAGRAPH = 60  # characters of a paragraph that is prose
_MUCH_MORE, _MORE_CHARACTERS = 1.5, 500  # by how much another way has to find more to count instead
_MOST_LINES = 4_000  # of a page that is looked at twice; real ones have up to 2,000
_TITLE_LINES = 4  # at the top of the text in which the headline is repeated
_WORD = re.compile(r"\w+")
_BESIDES = re.compile(
    r"comment|respond|reply|related|teaser|footer|sidebar|\bnav|promo|recommend|newsletter|share|social|author|\bbio"
    r"|caption|cookie|consent|widget|more-|popular|trending|disclaimer|legal|banner|modal|popup",
    re.IGNORECASE,
)
_BESIDE_TAGS = {"footer", "nav", "aside", "figure", "figcaption", "form", "li", "a", "td"}
_LONGEST_ASIDE = 220  # characters of a line that can be one of those below
# What strip_debris knows in English, as whole lines in other languages.
_ASIDE = re.compile(
    r"""\W{0,3}(?:
    (?:lesen\ sie\ (?:auch|hier|dazu|mehr)|mehr\ (?:zum\ thema|dazu|lesen)|schon\ gelesen|auch\ interessant|das\ könnte
        \ (?:sie|dich)\ (?:auch\ )?interessieren|weitere\ (?:artikel|themen|nachrichten|infos)|passend\ dazu|siehe\ auch
        |zum\ thema|weiterlesen|lesetipp
    |(?:à\ )?lire\ (?:aussi|également|la\ suite)|voir\ aussi|sur\ le\ même\ sujet
    |lea\ (?:también|además|más)|lee\ (?:también|además|más)|(?:te|le)\ puede\ interesar|ver\ también|más\ información
    |leia\ (?:também|mais)|veja\ (?:também|mais)|saiba\ mais
    |leggi\ (?:anche|di\ più|tutto)|potrebbe\ interessarti|lees\ (?:ook|meer|verder)|läs\ (?:också|mer)|les\ også
    |czytaj\ (?:także|też|więcej)|zobacz\ (?:także|też)|читайте\ также|читать\ далее)\b[^.!?]{0,180}[:?!…»›→.]*
    |(?:keine\ )?kommentare?(?:\ \(\d+\))?|comentarios?|commentaires?|commenti|comentários?|kommentieren|anzeige|werbung
        |publicité|publicidad|publicidade|pubblicità|advertentie|annons|reklama|реклама
    |inhaltsverzeichnis|inhalt|sommaire|índice|indice|teilen|drucken|partager|imprimer|compartir|imprimir|condividi
        |stampa|compartilhar|newsletter
    |(?:crédits?(?:\ photos?)?|fotos?|bild(?:er|quelle)?|beitragsbild|titelbild|foto\ di)\s*:.{1,120}
    )[\s.:!]*""",
    re.IGNORECASE | re.VERBOSE,
)


def read_text(tree: "HtmlElement", told: Structured, lines: Sequence[str], title: str | None) -> tuple[str, str]:
    """The article, one paragraph a line, and the same before debris was stripped; both "" where there is none.

    `lines` are those of the page; the headline is not repeated in the text.
    """
    import trafilatura

    tree = copy(tree)

    paragraphs = _chunked_paragraphs(tree)
    _open_layout_tables(tree)
    _drop_link_lines(tree)
    # Its second opinions take time that grows with the square of the page.
    found = trafilatura.bare_extraction(
        tree, fast=len(lines) > _MOST_LINES, with_metadata=False, include_comments=False
    )
    text = found.text or "" if isinstance(found, trafilatura.settings.Document) else ""
    body = told.article.get("articleBody")
    for other in ("\n".join(paragraphs), to_plain(body) if isinstance(body, str) else ""):
        if len(other) > _MUCH_MORE * len(text) + _MORE_CHARACTERS:
            text = other
    kept = _strip(text, title)
    lead = _lead(lines, told, title, kept) if kept else None
    return "\n".join([lead, *kept] if lead else kept), text


def _strip(text: str, title: str | None) -> list[str]:
    """The lines that belong to the article: not the headline again, and no debris."""
    wanted = _words(title or "")
    kept: list[str] = []
    for line in (strip_debris(" ".join(raw.split())) for raw in text.split("\n")):
        is_title = bool(wanted) and len(kept) < _TITLE_LINES and _words(line) == wanted
        if line and not is_title and not (len(line) <= _LONGEST_ASIDE and _ASIDE.fullmatch(line)):
            kept.append(line)
    return kept


def _lead(lines: Sequence[str], told: Structured, title: str | None, kept: Sequence[str]) -> str | None:
    """The line behind the headline that the page's own description repeats, where the text has left it out."""
    said = (told.meta("og:description"), told.meta("description", "twitter:description"), told.said("description"))
    descriptions = [_words(text.rstrip("….")) for text in said if text and len(text) >= _LEAD[0]]
    for line in near_headline(lines, title, before=0, after=_LEAD_LINES):
        words = _words(line)
        is_told = any(words[: len(given) - 1] == given[:-1] or given[: len(words)] == words for given in descriptions)
        if is_told and _LEAD[0] <= len(line) <= _LEAD[1] and words != _words(title or ""):
            start = " ".join(words)[: _LEAD[0]]
            return None if start in " ".join(_words("\n".join(kept))) else line
    return None


def _chunked_paragraphs(tree: "HtmlElement") -> list[str]:
    """The prose of the page's article element, which some sites cut into pieces of which only one would be found."""
    articles = list(tree.iter("article")) or list(tree.iter("main"))
    found: list[str] = []
    for article in articles:
        paragraphs = [line for paragraph in article.iter("p") if (line := _prose(paragraph, article))]
        if sum(map(len, paragraphs)) > sum(map(len, found)):
            found = list(dict.fromkeys(paragraphs))
    return found


def _prose(paragraph: "HtmlElement", article: "HtmlElement") -> str:
    line = " ".join(paragraph.text_content().split())
    if len(line) < _PARAGRAPH or _link_share(paragraph, line) > _HALF:
        return ""
    for outer in paragraph.iterancestors():
        if outer is article:
            return line
        if outer.tag in _BESIDE_TAGS or _BESIDES.search(f"{outer.get('class') or ''} {outer.get('id') or ''}"):
            return ""
    return line


def _open_layout_tables(tree: "HtmlElement") -> None:
    """Tables that lay out the page become plain blocks; those that show figures stay."""
    for table in list(tree.iter("table")):
        is_layout = next(table.iterdescendants("table"), None) is not None or any(
            len(cell.text_content()) > _CELL_CHARACTERS for cell in table.iter("td", "th")
        )
        if is_layout:
            table.tag = "div"
            waiting = list(table)
            while waiting:
                part = waiting.pop()
                if part.tag in {"tbody", "thead", "tfoot", "tr", "td", "th", "center"}:
                    part.tag = "div"
                    waiting.extend(part)


def _drop_link_lines(tree: "HtmlElement") -> None:
    """Captions go, and paragraphs and headings that are a link and no sentence: they lead to other articles."""
    for element in list(tree.iter("p", "h2", "h3", "h4", "h5", "h6", "figcaption")):
        line = " ".join(element.text_content().split())
        is_link = 0 < len(line) <= _LONGEST_LINK and line[-1] not in '.!?"”' and _link_share(element, line) >= _LINKED
        if element.getparent() is not None and (is_link or element.tag == "figcaption"):
            element.drop_tree()


def _link_share(element: "HtmlElement", line: str) -> float:
    linked = (link.text_content() for link in element.iter("a") if not (link.get("href") or "#").startswith("#"))
    return sum(len(" ".join(text.split())) for text in linked) / max(1, len(line))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
