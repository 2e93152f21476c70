"""Alerts: a watched topic met a story. What is told is the article's own sentence in which it did."""

from dataclasses import replace
from functools import lru_cache

from bot.news.article import Article
from bot.news.briefing import Point
from bot.news.development import Development
from bot.news.digest import Alert
from bot.news.evidence import Quote
from bot.news.match import Match
from bot.writer.citing import Citations
from bot.writer.readable import Shown, make_readable
from bot.writer.salience import rank_by_salience
from bot.writer.sentences import is_fit_to_show
from config import defaults


def write_alert(match: Match, article: Article, change: Development | None, publishers: tuple[str, ...]) -> Alert:
    """The alert of the match. `change` is what the article changed in a story that the watch has told before.

    Where the sentence that fired is the headline, is not in the article any more, or is not fit to be shown, the one
    that matters most is told instead; no point where none is fit.
    """
    fired = match.reason.sentence
    shown = _shown(article, fired)
    citations = Citations()
    changed = _change(article, change, citations)
    point = Point(text=shown.text, citations=(citations.cite(shown.quote),)) if shown else None
    stands = is_fit_to_show(fired) and (fired in article.text or fired == article.title)
    return Alert(
        watch=match.watch,
        story=match.story,
        development=match.development,
        headline=article.title,
        point=point,
        change=changed,
        publishers=publishers,
        url=article.url,
        reason=match.reason if stands else replace(match.reason, sentence=shown.quote.text if shown else ""),
        citations=tuple(citations.listed),
    )


def _change(article: Article, change: Development | None, citations: Citations) -> Point | None:
    """What changed, in the article's own sentence, with what was said before in brackets."""
    quote = _quote(article, change.said) if change else None
    if change is None or quote is None:
        return None
    shown = make_readable(quote)
    before = f" [before: {change.was}]" if change.was else ""
    return Point(text=shown.text + before, citations=(citations.cite(shown.quote),))


@lru_cache(maxsize=defaults.ALERT_SENTENCES_KEPT)
def _shown(article: Article, fired: str) -> Shown | None:
    """The sentence that is told. One story is told to many channels, most of them in the same sentence."""
    quote = _quote(article, fired)
    if quote is None:
        quote = next((one for one in rank_by_salience([article]) if is_fit_to_show(one.text)), None)
    return make_readable(quote) if quote else None


def _quote(article: Article, sentence: str) -> Quote | None:
    """The sentence where it stands in the article; None where it does not, or is not fit to be shown."""
    start = article.text.find(sentence)
    if start < 0 or not sentence or not is_fit_to_show(sentence):
        return None
    return Quote(article=article, start=start, end=start + len(sentence), score=0.0)
