"""Articles as topics meet them, for tests."""

from bot.news.subject import Subject
from bot.news.topic import read_topic
from tests.makes import make_article


def subject(text: str = "The ferry was late again.", title: str = "Ferry late", **given: object) -> Subject:
    """The article of these words, ready to be matched."""
    return Subject(make_article(text, title=title, **given))


def meets(topic: str, text: str, **given: object) -> bool:
    """Whether an article of these words meets the topic."""
    return read_topic(topic).meets(subject(text, **given)) is not None  # type: ignore[arg-type]


def why(topic: str, text: str, **given: object) -> tuple[tuple[str, ...], str]:
    """The words that fired and the sentence, of an article that meets the topic."""
    read = subject(text, **given)  # type: ignore[arg-type]
    met = read_topic(topic).meets(read)
    assert met is not None
    return met.words, read.text[slice(*met.sentence)]
