"""Alerts: a watched topic met a story. What is told is the article's own sentence in which it did."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.news.article import Article
from bot.news.briefing import Point
from bot.news.development import Development
from bot.news.digest import Alert, AlertBatch
from bot.news.match import Match, MatchState
from bot.news.watch import Watch
from bot.writer.changed import find_quote, write_change
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
    changed = write_change(article, change, citations) if change else None
    point = Point(text=shown.text, citations=(citations.cite(shown.quote),)) if shown else None
    if changed and point and changed.text == point.text:
        point = None  # the sentence that met the watch is the one that says what changed
    stands = is_fit_to_show(fired) and (fired in article.text or fired == article.title)
    return Alert(
        watch=match.watch,
        story=match.story,
        development=match.development,
        headline=article.headline,
        point=point,
        change=changed,
        publishers=publishers,
        url=article.url,
        reason=match.reason if stands else replace(match.reason, sentence=shown.quote.text if shown else ""),
        citations=tuple(citations.listed),
    )


def write_batch(watch: Watch, held: Sequence[Match], alerts: Sequence[Alert], more: Sequence[Article]) -> AlertBatch:
    """What was held for a watch, in one message, its citations numbered through; of `more` the headlines are told."""
    numbered, count = [], 0
    for alert in alerts:
        numbered.append(_renumbered(alert, count))
        count += len(alert.citations)
    return AlertBatch(
        watch=watch.id,
        topic=watch.topic,
        why_held=_why_held(watch, {match.fate.state for match in held}),
        alerts=tuple(numbered),
        more=tuple((article.headline, article.url) for article in more),
        ping=watch.ping,
    )


def _why_held(watch: Watch, states: set[MatchState]) -> str:
    if "for the batch" in states:
        named = {"hourly": "what came within the hour", "daily": "what came within the day"}
        return named.get(watch.cadence, "what could not be told before")
    if "quiet hours" in states and watch.quiet:
        return f"what came in the quiet hours, {watch.quiet.start:%H:%M} to {watch.quiet.end:%H:%M}"
    return f"what came beyond {watch.an_hour} alerts in an hour"


def _renumbered(alert: Alert, by: int) -> Alert:
    def moved(point: Point | None) -> Point | None:
        return point and replace(point, citations=tuple(number + by for number in point.citations))

    citations = tuple(replace(one, number=one.number + by) for one in alert.citations)
    return replace(alert, point=moved(alert.point), change=moved(alert.change), citations=citations)


@lru_cache(maxsize=defaults.ALERT_SENTENCES_KEPT)
def _shown(article: Article, fired: str) -> Shown | None:
    """The sentence that is told. One story is told to many channels, most of them in the same sentence."""
    quote = find_quote(article, fired)
    if quote is None:
        quote = next((one for one in rank_by_salience([article]) if is_fit_to_show(one.text)), None)
    return make_readable(quote) if quote else None
