"""Citations: quotes as numbered proof."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.news.article import ArticleId
from bot.news.briefing import Citation
from bot.news.evidence import Quote


@dataclass(kw_only=True, slots=True)
class Citations:
    """The citations of a briefing, numbered from 1 in the order of first use."""

    listed: list[Citation] = field(default_factory=list)
    _numbers: dict[tuple[ArticleId, int, int, int], int] = field(default_factory=dict)

    def cite(self, quote: Quote) -> int:
        """The number under which the quote is cited, a new one for a new quote."""
        key = (quote.article.id, quote.article.version, quote.start, quote.end)
        if key not in self._numbers:
            self._numbers[key] = len(self.listed) + 1
            self.listed.append(make_citation(quote, self._numbers[key]))
        return self._numbers[key]

    def cite_all(self, quotes: Iterable[Quote]) -> tuple[int, ...]:
        """The numbers of the quotes, each once."""
        return tuple(dict.fromkeys(self.cite(quote) for quote in quotes))


def make_citation(quote: Quote, number: int) -> Citation:
    """The quote as proof shown to a reader."""
    article = quote.article
    return Citation(
        number=number,
        article=article.name,
        article_id=article.id,
        version=article.version,
        source=article.publisher,
        title=article.headline,
        url=article.url,
        published=article.published,
        published_day_only=article.published_day_only,
        quote=quote.text,
    )
