"""A conversation, and reading a follow-up in its light."""

import re
from dataclasses import dataclass, replace

from bot.news.briefing import Answer
from bot.news.lexicon import STOP_WORDS
from bot.news.names import Name, forms_of, names_in
from bot.news.text import words
from config import defaults

_JOINED = re.compile(
    r"^(?:and|or|but|so|what about|how about|and what about|and how about|also|plus)\b[\s,:]*", re.IGNORECASE
)
_BARE = re.compile(
    r"^(?P<ask>(?:and |but |so )?(?:when|where|why|who|how(?: much| many| long)?|since when|says who|according to whom)"
    r"(?:\s+(?:is|was|were|did|does|do|will|would|has|have|had|said|says|so|exactly))*)"
    r"(?:\s+(?:that|this|it|they|those|these))?"
    r"(?:\s+(?:happen|happened|start|started|begin|began|end|ended|said|announced))?\s*\??$",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?P<whose>his|her|hers)\b|\b(?:he|she|him)\b", re.IGNORECASE)
_THING = re.compile(r"\b(?P<whose>its|their)\b|\b(?:it|they|them|that|this|those)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """What was asked and answered so far, oldest first, as it was read."""

    turns: tuple[tuple[str, Answer], ...] = ()

    def after(self, answer: Answer) -> "Conversation":
        """The conversation with one more answer; only the last few are kept."""
        turn = (answer.read_as or answer.question, answer)
        return replace(self, turns=(*self.turns, turn)[-defaults.TURNS_KEPT :])


def resolve(text: str, conversation: Conversation) -> str:
    """The question as it stands on its own; unchanged when it already does.

    "and on cars?" takes over the question before; "and Vietnam?" puts Vietnam in place of the name before; "when was
    that?" asks it of what was asked before; "he" and "it" become what was spoken of.
    """
    if not conversation.turns:
        return text
    question, answer = conversation.turns[-1]
    if bare := _BARE.match(text):
        asked = _JOINED.sub("", bare.group("ask")).strip()
        return f"{asked[0].upper()}{asked[1:]}: {question}"
    if joined := _JOINED.match(text):
        addition = text[joined.end() :].rstrip("?").strip()
        if addition and not _stands_alone(addition):
            return _take_over(question, addition)
        text = addition + "?" if addition else text
    return _name_pronouns(text, question, answer)


def _stands_alone(text: str) -> bool:
    """Whether the text has a question of its own: a question word or an auxiliary verb first, and some content."""
    first = words(text)[:1]
    asks = bool(first) and first[0] in _QUESTION_WORDS
    return asks and len([word for word in words(text) if word not in STOP_WORDS]) >= 1


_QUESTION_WORDS = frozenset(
    "who what when where why which how is are was were did does do has have had can could will would should".split()
)


def _take_over(question: str, addition: str) -> str:
    """The question before with the addition in place of the name of its kind, or at its end."""
    new, old = names_in(addition), names_in(question)
    plain = " ".join(word for word in words(addition) if word not in STOP_WORDS)
    if new and old and _is_just(plain, addition, new):
        target = next(
            (name for name in reversed(old) if bool(forms_of(name.key)) == bool(forms_of(new[0].key))), old[-1]
        )
        return f"{question[: target.start]}{addition[new[0].start : new[-1].end]}{question[target.end :]}"
    return f"{question.rstrip('?. ')} {addition}?"


def _is_just(plain: str, addition: str, names: list[Name]) -> bool:
    """Whether the addition is nothing but names and small words."""
    named = " ".join(
        word for name in names for word in words(addition[name.start : name.end]) if word not in STOP_WORDS
    )
    return sorted(plain.split()) == sorted(named.split())


def _name_pronouns(text: str, question: str, answer: Answer) -> str:
    if names_in(text):
        return text
    people, things = _spoken_of(question, answer)
    for pattern, names in ((_PERSON, people), (_THING, things)):
        match = pattern.search(text)
        if match and names:
            owner = "'s" if match.groupdict().get("whose") else ""
            return f"{text[: match.start()]}{names[0]}{owner}{text[match.end() :]}"
    return text


def _spoken_of(question: str, answer: Answer) -> tuple[list[str], list[str]]:
    """People, and then things, named in the question before and in the first point of its answer, nearest first."""
    spoken = [question, *(point.text for point in answer.points[:1])]
    people: list[str] = []
    things: list[str] = []
    for text in spoken:
        for name in names_in(text):
            (things if forms_of(name.key) else people).append(text[name.start : name.end])
    return people, things
