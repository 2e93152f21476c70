"""Does a changed article still say what a reader was shown?"""

from dataclasses import dataclass
from datetime import datetime

from bot.news.article import ArticleId, Space
from bot.news.text import sentence_spans, words
from config import defaults


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """A quote that a reader was shown and that does not hold any more.

    `shown_in` names the answer, digest or alert, `number` the citation there. Its article says it no longer, or another
    one, `by`, says otherwise; `version` is the version of whichever that is. `instead` is the sentence that stands
    there now, None where nothing like it does.
    """

    space: Space
    article: ArticleId
    shown_in: str
    number: int
    version: int
    quote: str
    instead: str | None
    found: datetime
    by: ArticleId | None = None


def still_says(text: str, quote: str) -> bool:
    """Whether the text has the quote's words in their order. Commas, case and quotation marks make no difference."""
    return quote in text or f" {' '.join(words(quote))} " in f" {' '.join(words(text))} "


def find_instead(text: str, quote: str, language: str) -> str | None:
    """The sentence of the text that says most of what the quote said; None where none shares half of its words."""
    wanted = set(words(quote))
    best, most = None, defaults.CORRECTION_SHARE
    for start, end in sentence_spans(text, language):
        sentence = text[start:end]
        own = set(words(sentence))
        share = len(wanted & own) / max(len(wanted), len(own), 1)
        if share >= most:
            best, most = sentence, share
    return best
