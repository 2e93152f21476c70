"""Markup to plain text. Part of the door to lxml."""

import html
import re

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+\d*);")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}\d{0,2});")
_DROPPED = {"script", "style", "iframe", "noscript", "template", "object", "embed", "svg", "math", "form", "button",
            "select", "head", "video", "audio", "canvas"}  # fmt: skip
_BLOCKS = {
    "p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre",
    "table", "tr", "section", "article", "header", "footer", "figure", "figcaption", "hr", "main", "aside", "nav",
    "address",
}  # fmt: skip
_TAGS_WORTH_PARSING = re.compile(
    r"</(?:p|div|a|span|li|ul|h[1-6]|em|strong|b|i|table|blockquote|section|article)>|<(?:br|p)\s*/?>", re.IGNORECASE
)


def is_marked_up(text: str) -> bool:
    """Whether the text is HTML rather than prose that mentions a tag."""
    return "<" in text and len(_TAGS_WORTH_PARSING.findall(text[:20_000])) > 1


def unescape(text: str) -> str:
    """The text with the signs that its entities stand for; a bare ampersand stays."""
    return html.unescape(text) if "&" in text and _ENTITY.search(text) else text


def to_plain(markup: str) -> str:
    """The words of a piece of HTML, one block a line; scripts, frames and forms go.

    Text without markup comes back as it is.
    """
    if not _TAG.search(markup):
        return markup
    if "<" not in markup:
        return unescape(markup)
    from lxml import etree

    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8")
    tree = etree.fromstring(f"<html><body><div>{markup}</div></body></html>".encode("utf-8", "replace"), parser)
    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):  # no recursion: hostile nesting is deep
        step = 1 if event == "start" else -1
        hidden += step * (element.tag in _DROPPED)
        if element.tag in _BLOCKS:
            pieces.append("\n")
        if not hidden:
            pieces.append((element.text if step == 1 else element.tail) or "")
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
