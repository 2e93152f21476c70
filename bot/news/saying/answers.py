"""What is said about an answer beside its points."""

from bot.news.briefing import Answer, Searched
from bot.news.saying.counting import counted

NO_ANSWER = "The articles hold no answer to this."
NOTHING_KEPT = "Nothing has been added yet, so there was nothing to search."


def answered_from(answer: Answer) -> str:
    """How many publishers carry the answer: "Answered from 3 sources"."""
    return f"Answered from {counted(len({citation.source for citation in answer.citations}), 'source')}"


def reservations(answer: Answer) -> list[str]:
    """What a reader should bear in mind."""
    return [
        *(["sources differ"] if answer.conflicts else []),
        *(["found by words alone"] if answer.words_only else []),
    ]


def say_searched(searched: Searched) -> str:
    """How much was looked through, without the dates: "Searched 18 articles from 5 sources"."""
    return f"Searched {counted(searched.articles, 'article')} from {counted(searched.sources, 'source')}"
