"""Corrections as readers are told them: the old words, and the new ones with their proof."""

from bot.news.article import Article
from bot.news.briefing import Point
from bot.news.correction import Correction
from bot.news.digest import Because, CorrectionNote
from bot.writer.changed import find_quote
from bot.writer.citing import Citations
from bot.writer.readable import make_readable


def write_correction(correction: Correction, headline: str, source: Article) -> CorrectionNote:
    """The note of the correction to what was shown under the headline; `source` is the article that says so.

    What is not fit to be shown is not told instead.
    """
    quote = find_quote(source, correction.instead) if correction.instead else None
    citations = Citations()
    instead = None
    if quote is not None:
        shown = make_readable(quote)
        instead = Point(text=shown.text, citations=(citations.cite(shown.quote),))
    because: Because = "contradicted" if correction.by is not None else "changed" if correction.instead else "withdrawn"
    return CorrectionNote(
        shown_in=correction.shown_in,
        quote=correction.quote,
        instead=instead,
        because=because,
        headline=headline,
        citations=tuple(citations.listed),
    )
