"""What changed in a story, in the words of the article that says so."""

from bot.news.article import Article
from bot.news.briefing import Point
from bot.news.development import Development
from bot.news.evidence import Quote
from bot.writer.citing import Citations
from bot.writer.readable import make_readable
from bot.writer.sentences import is_fit_to_show


def write_change(article: Article, change: Development, citations: Citations) -> Point | None:
    """What changed, in the article's own sentence, with what was said before in brackets.

    None where the sentence does not stand in the article any more, or is not fit to be shown.
    """
    quote = find_quote(article, change.said)
    if quote is None:
        return None
    shown = make_readable(quote)
    before = f" [before: {change.was}]" if change.was else ""
    return Point(text=shown.text + before, citations=(citations.cite(shown.quote),))


def find_quote(article: Article, sentence: str) -> Quote | None:
    """The sentence where it stands in the article; None where it does not, or is not fit to be shown."""
    start = article.text.find(sentence)
    if start < 0 or not sentence or not is_fit_to_show(sentence):
        return None
    return Quote(article=article, start=start, end=start + len(sentence), score=0.0)
