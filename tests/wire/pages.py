"""Pages for the tests, made of what matters in them."""

from bot.wire.page import read_page
from bot.wire.parsed import Page

ADDRESS = "https://coast.example/news/harbour-opens"
SENTENCES = (
    "The new harbour at Selby took its first ship on Wednesday, two months before the date that was promised.",
    "Harbour master Kim Dale said the cranes had been tested twice, and that the third would follow in June.",
    "The town paid nine million for the quay, and hopes that the ferry to Norrland will be back before winter.",
    "Fishermen had asked for a deeper basin since the storm of three years ago, which sank eleven of their boats.",
)


def article(count: int = 4) -> str:
    """Paragraphs of an article, all of them different."""
    return "".join(f"<p>{SENTENCES[n % len(SENTENCES)]} It was ship number {n + 1}.</p>" for n in range(count))


def page(
    body: str = "", *, head: str = "", title: str = "Harbour opens early", heading: str | None = None, lang: str = "en"
) -> str:
    """A page with this in its head and its body; the body is an article under its headline where nothing is given."""
    heading = title if heading is None else heading
    shown = body or f"<article><h1>{heading}</h1>{article()}</article>"
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f"<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>{shown}<footer>© Coast Daily</footer></body></html>"
    )


def read(markup: str | bytes, address: str | None = ADDRESS, charset: str | None = None) -> Page:
    """What is read of the page."""
    return read_page(markup if isinstance(markup, bytes) else markup.encode(), "a.html", address, charset)


def json_ld(text: str) -> str:
    """A script with the text as JSON-LD."""
    return f'<script type="application/ld+json">{text}</script>'
