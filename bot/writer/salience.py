"""Which sentences of a story matter most."""

from collections import Counter
from collections.abc import Sequence
from math import log

from bot.news.article import Article
from bot.news.evidence import Quote
from bot.news.lexicon import subject_stems
from bot.news.text import sentence_spans
from bot.writer.sentences import is_sentence, starts_with_pronoun
from config import defaults


def rank_by_salience(articles: Sequence[Article]) -> list[Quote]:
    """The sentences of the articles, those that matter most first.

    What opens an article, what others say too and what its headline speaks of matters; what needs the sentence before
    it, and what is very long or very short, matters less.
    """
    found = [(position, quote) for article in articles for position, quote in enumerate(_sentences(article))]
    content = [frozenset(subject_stems(quote.text)) for _, quote in found]
    held = Counter(stem for stems_held in content for stem in stems_held)
    headlines = {article.id: frozenset(subject_stems(article.title)) for article in articles}
    scored = []
    for (position, quote), stems_held in zip(found, content, strict=True):
        shared = sum(log(held[stem]) for stem in stems_held) / (len(stems_held) + 4)
        headline = headlines[quote.article.id]
        score = (
            defaults.SALIENCE_LEAD / (1 + position / defaults.SALIENCE_LEAD_SENTENCES)
            + defaults.SALIENCE_SHARED * shared
            + defaults.SALIENCE_HEADLINE * len(headline & stems_held) / (len(headline) + 2)
            - defaults.SALIENCE_PRONOUN * starts_with_pronoun(quote.text)
            - defaults.SALIENCE_LENGTH * abs(log((len(quote.text.split()) + 1) / defaults.SALIENCE_WORDS))
        )
        scored.append(Quote(article=quote.article, start=quote.start, end=quote.end, score=score))
    return sorted(scored, key=lambda quote: (-quote.score, quote.article.name, quote.start))


def _sentences(article: Article) -> list[Quote]:
    spans = sentence_spans(article.text, article.language)
    quotes = [Quote(article=article, start=start, end=end, score=0.0) for start, end in spans]
    return [quote for quote in quotes if is_sentence(quote.text) or quote.in_dek]
