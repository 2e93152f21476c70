"""One sentence of the desk's own: a notice, a confirmation, or why something was not done."""

from bot.news.text import clip
from config import defaults
from handlers.layout.elements import Layout
from handlers.layout.lines import said, spoken


def plain_layout(sentence: str) -> Layout:
    """The sentence."""
    return Layout(summary=clip(sentence, defaults.SHOWN_SUMMARY), elements=(said(*spoken(sentence)),))
