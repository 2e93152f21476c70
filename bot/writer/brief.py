"""Briefs: the lines that matter, then the stories, all in the sources' own sentences."""

from collections.abc import Sequence
from datetime import datetime

from bot.news.briefing import Answer, Brief, BriefItem, Point, Searched
from bot.news.question import Question
from bot.news.story import Story
from bot.writer.citing import Citations
from bot.writer.facts import Fact, gather_facts
from bot.writer.readable import make_readable
from bot.writer.salience import rank_by_salience
from config import defaults


def write_stories(topic: str | None, stories: Sequence[Story], searched: Searched) -> Brief:
    """The brief of the stories, the most told first. No stories, no lines."""
    told = [
        gather_facts(rank_by_salience(story.articles), limit=defaults.BRIEF_LINES + defaults.STORY_POINTS)
        for story in stories[: defaults.BRIEF_STORIES]
    ]
    citations = Citations()
    lines = _lines_that_matter(told)
    points = tuple(_write_point(fact, citations) for fact in lines)
    items = tuple(
        BriefItem(
            headline=_headline(story),
            points=tuple(_write_point(fact, citations) for fact in _left(facts, lines)),
            publishers=story.publishers,
            story=story.id,
        )
        for story, facts in zip(stories, told, strict=False)
    )
    return Brief(
        topic=topic,
        as_of=_newest(stories),
        points=points,
        stories=items,
        citations=tuple(citations.listed),
        searched=searched,
    )


def write_news(question: Question, stories: Sequence[Story], searched: Searched) -> Answer:
    """The answer to a question for the news: what matters most of each story, the most told first."""
    told = [gather_facts(rank_by_salience(story.articles), limit=1) for story in stories[: defaults.POINTS_AT_MOST]]
    citations = Citations()
    points = tuple(_write_point(facts[0], citations) for facts in told if facts)
    published = [citation.published for citation in citations.listed if citation.published]
    return Answer(
        question=question.text,
        status="answered" if points else "nothing_found",
        as_of=max(published, default=None),
        points=points,
        citations=tuple(citations.listed),
        searched=searched,
    )


def _lines_that_matter(told: Sequence[Sequence[Fact]]) -> list[Fact]:
    """The best sentence of each of the first stories; where there are fewer stories, more of each."""
    lines: list[Fact] = []
    for depth in range(defaults.BRIEF_LINES):
        lines += [facts[depth] for facts in told if len(facts) > depth]
        if len(lines) >= defaults.BRIEF_LINES:
            break
    return lines[: defaults.BRIEF_LINES]


def _left(facts: Sequence[Fact], lines: Sequence[Fact]) -> list[Fact]:
    """The sentences that a story is told in: the best that are not at the head; its line again when nothing else is."""
    left = [fact for fact in facts if fact not in lines]
    return (left or list(facts))[: defaults.STORY_POINTS]


def _headline(story: Story) -> str:
    """The headline of the newest article that is no copy."""
    return next((article.headline for article in story.articles if article.copy_of is None), story.articles[0].headline)


def _write_point(fact: Fact, citations: Citations) -> Point:
    shown = make_readable(fact.lead)
    return Point(text=shown.text, citations=citations.cite_all([shown.quote, *fact.quotes[1:]]))


def _newest(stories: Sequence[Story]) -> datetime | None:
    return max((article.dated for story in stories for article in story.articles), default=None)
