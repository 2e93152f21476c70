"""What is severe: news that may break the quiet hours of whoever lets it."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from bot.news.article import Article
from bot.news.places import read_list
from bot.news.story import independent_publishers
from config import defaults


def why_severe(articles: Sequence[Article], now: datetime) -> str | None:
    """Why a story of these articles is severe, in words; None when it is not.

    It is when one of its headlines names a disaster or deaths, or when many publishers told it within the hour.
    """
    within = now - timedelta(hours=1)
    late = [article for article in articles if article.seen > within]
    for article in late:
        if found := _words().search(article.title):
            return f"its headline says “{found.group()}”"
    publishers = len(independent_publishers(late))
    if publishers >= defaults.SEVERE_PUBLISHERS:
        return f"{publishers} publishers told it within the hour"
    return None


@cache
def _words() -> re.Pattern[str]:
    forms = {form for line in read_list("severe.txt") for form in line.split(" | ")}
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, forms), key=len, reverse=True))})\b", re.IGNORECASE)
