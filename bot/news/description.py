"""Descriptions: topics in plain language, understood by their words and by what they mean."""

from dataclasses import dataclass

from bot.news.lexicon import ASKING_STEMS, subject_stems
from bot.news.subject import Span, Subject

_NEEDED = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """A topic in plain language.

    `triggers` are marks of a Subject, at least one of which an article must have to be worth judging.
    """

    text: str
    triggers: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """Why an article is on a described topic: how near it came, how near it had to, the words and the sentence.

    `sentence` is a span in subject.text, and `words` are those of the description as they stand there.
    """

    meaning: float
    needed: float
    words: tuple[str, ...]
    sentence: Span


def read_description(text: str) -> Description:
    """The description as understood."""
    return Description(text=text, triggers=frozenset(subject_stems(text)) - ASKING_STEMS)


def judge(description: Description, subject: Subject) -> Judged | None:
    """How near the article is to what is described; None when that is not near enough."""
    held = description.triggers & subject.marks
    share = len(held) / max(1, len(description.triggers))
    if share < _NEEDED:
        return None
    spans = sorted(span for mark in held for span in subject.where_marked(mark))
    first = subject.sentences[subject.sentence_at(spans[0][0])] if spans else (0, len(subject.text))
    words = dict.fromkeys(subject.text[left:right] for left, right in spans if first[0] <= left < first[1])
    return Judged(meaning=share, needed=_NEEDED, words=tuple(words), sentence=first)
