"""Digests: each story in its headline and a sentence or two, cited, from what several publishers say."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.news.briefing import Point
from bot.news.choice import Choice, ChosenStory
from bot.news.digest import Digest, DigestItem
from bot.news.evidence import Quote
from bot.writer.changed import write_change
from bot.writer.check import held_citations, keep_carried
from bot.writer.citing import Citations
from bot.writer.facts import Fact
from bot.writer.readable import Shown, make_readable
from bot.writer.sentences import is_fit_to_show
from bot.writer.voices import choose_headline, tell_story
from config import defaults


def write_digest(choice: Choice) -> Digest:
    """The digest of what was chosen; every sentence has its proof, and what has none is left out."""
    citations = Citations()
    items = [_write_item(chosen, defaults.DIGEST_SENTENCES[choice.length], citations) for chosen in choice.stories]
    return _keep_proved(_made(choice, items, citations), choice)


def write_headlines(choice: Choice) -> Digest:
    """The same in headlines only, with their links: what goes out where nothing more can be written."""
    return _made(choice, [_headline_only(chosen) for chosen in choice.stories], Citations())


def _write_item(chosen: ChosenStory, sentences: int, citations: Citations) -> DigestItem:
    change = chosen.ranked.candidate.change
    changed = write_change(chosen.said_in, change, citations) if chosen.said_in and change else None
    told = change.said if change and changed else ""
    facts = tell_story(chosen.articles, sentences - bool(changed), told) if sentences > bool(changed) else ()
    points = tuple(_write_point(fact, citations) for fact in facts)
    return replace(_headline_only(chosen), change=changed, points=points)


def _write_point(fact: Fact, citations: Citations) -> Point:
    shown = _shown(fact.lead)
    return Point(text=shown.text, citations=citations.cite_all([shown.quote, *fact.quotes[1:]]))


@lru_cache(maxsize=2 * defaults.STORIES_TOLD_KEPT)
def _shown(quote: Quote) -> Shown:
    return make_readable(quote)


def _headline_only(chosen: ChosenStory) -> DigestItem:
    """The story by its headline: that of the article that changed it, else the one on which most publishers agree."""
    candidate = chosen.ranked.candidate
    headline = chosen.said_in or choose_headline(chosen.articles)
    return DigestItem(
        story=candidate.story.id,
        development=candidate.development,
        kind=candidate.kind,
        headline=headline.headline,
        change=None,
        points=(),
        publishers=candidate.publishers,
        url=headline.url,
        ranking=chosen.ranked.ranking,
    )


def _made(choice: Choice, items: Sequence[DigestItem], citations: Citations) -> Digest:
    return Digest(
        topic=choice.topic,
        start=choice.start,
        end=choice.end,
        late_since=choice.late_since,
        items=tuple(items),
        ended=tuple(filter(is_fit_to_show, choice.ended)),
        more=choice.more,
        citations=tuple(citations.listed),
        trend=choice.trend,
    )


def _keep_proved(digest: Digest, choice: Choice) -> Digest:
    """The digest without what its citations do not carry."""
    articles = [article for chosen in choice.stories for article in (*chosen.articles, chosen.said_in) if article]
    held = held_citations(digest.citations, {(one.id, one.version): one.text for one in articles})
    items = [
        replace(
            item,
            change=keep_carried(item.change, held) if item.change else None,
            points=tuple(kept for point in item.points if (kept := keep_carried(point, held))),
        )
        for item in digest.items
    ]
    told = tuple(item for item in items if item.kind == "new" or item.change)  # no update without what changed
    return replace(digest, items=told, citations=tuple(held.values()))
