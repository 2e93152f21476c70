"""What was found for a question: passages, and the sentences taken from them."""

from dataclasses import dataclass

from bot.news.article import Article, Passage


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A passage found for a question; `score` is higher for better and comparable within one question only."""

    passage: Passage
    article: Article
    score: float

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.article.text[self.passage.start : self.passage.end]


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A sentence of an article, word for word: article.text[start:end].

    `score` says how well it answers the question, higher is better, comparable within one question only.
    """

    article: Article
    start: int
    end: int
    score: float

    @property
    def text(self) -> str:
        """The sentence."""
        return self.article.text[self.start : self.end]

    @property
    def in_dek(self) -> bool:
        """Whether the sentence is one of the bullets above the body."""
        return self.start < self.article.dek_end
