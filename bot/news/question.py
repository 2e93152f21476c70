"""What a reader asks: the kind of answer wanted, the names, publishers and times in it, and its parts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from bot.errors import RequestError
from bot.news.lexicon import ASKING_STEMS, RELATING_STEMS, STOP_WORDS, subject_stems
from bot.news.names import names_in
from bot.news.outlets import Mention, outlets_named, publishers_named
from bot.news.text import stem_of, stems, word_spans, words
from bot.news.times import TimeMention, Window, is_about_now, read_times
from config import defaults


class Wanted(Enum):
    """The kind of answer a question wants."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    AMOUNT = "how much"
    SAID = "what was said"
    YES_NO = "yes or no"
    LIST = "list"
    WHY = "why"
    BACKGROUND = "background"
    WHAT = "what"


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """A part of a question that can be searched for by itself: its stems and the publishers it names."""

    stems: tuple[str, ...]
    publishers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question as understood.

    `stems` are those of its own words, in order, without stop words, publishers and dates; `names` the keys of people,
    places and organisations. `publishers` are names that the archive has, `unknown_publishers` outlets that it lacks.
    `windows` are the times named; `about_now` says that the newest state is wanted, `is_open` that it asks for the news
    and for nothing in particular ("what happened yesterday?").
    """

    text: str
    now: datetime
    zone: ZoneInfo
    wanted: Wanted
    stems: tuple[str, ...]
    names: tuple[str, ...]
    publishers: tuple[str, ...] = ()
    unknown_publishers: tuple[str, ...] = ()
    windows: tuple[Window, ...] = ()
    about_now: bool = False
    is_open: bool = False
    clauses: tuple[Clause, ...] = ()


def read_question(text: str, *, now: datetime, zone: ZoneInfo, publishers: Iterable[str]) -> Question:
    """The question as understood; `publishers` are the names that the archive has.

    RequestError when there is no question in the text or it is too long.
    """
    text = " ".join(text.split())
    check_question(text)
    known = publishers_named(text, publishers)
    unknown = [
        outlet
        for outlet in outlets_named(text)
        if outlet.as_source and not any(outlet.start < k.end and k.start < outlet.end for k in known)
    ]
    told = _blanked(text, [*known, *unknown])  # "The Sunday Times" and "USA Today" name no day
    times = read_times(told, now, zone)
    subject = _blanked(told, times)
    content = _asked_stems(subject)
    return Question(
        text=text,
        now=now,
        zone=zone,
        wanted=_wanted(text),
        stems=tuple(dict.fromkeys(content or subject_stems(text) or stems(text))),
        names=tuple(dict.fromkeys(name.key for name in names_in(subject))),
        publishers=tuple(dict.fromkeys(m.publisher for m in known)),
        unknown_publishers=tuple(dict.fromkeys(m.publisher for m in unknown)),
        windows=tuple(mention.window for mention in times),
        about_now=is_about_now(told),
        is_open=not content,
        clauses=tuple(_clauses(text, subject, known)),
    )


def check_question(text: str) -> None:
    """Nothing for a usable question; RequestError for one that is empty or too long."""
    if len(text) > defaults.QUESTION_CHARACTERS:
        raise RequestError(
            f"Questions can have {defaults.QUESTION_CHARACTERS:,} characters; this has {len(text):,}. "
            "Ask a shorter one.",
            "C04",
        )
    if not words(text):
        raise RequestError(
            "I could not find a question in that. Ask in words, for example: what tariffs apply to Japan?",
            "C05",
        )


def content_stems(text: str) -> tuple[str, ...]:
    """The stems of the text's own words in order, each once, without stop words."""
    return tuple(dict.fromkeys(subject_stems(text)))


_TELL = (
    "say|said|saying|write|written|tell|told|warn|warned|argue|argued|think|claim|claimed|call|called|comment"
    "|respond|responded"
)
_PLACES = "city|country|state|place|town"
_PEOPLE = "person|man|woman|president|minister|actor|actress|singer|player|leader|ceo|founder"
_RATES = r"tariffs?|dut(?:y|ies)|lev(?:y|ies)|rates?"
_AMOUNTS = rf"{_RATES}|percentage|percent|share|number|price|cost|size|amount|total|score"
_SIZES = "much|many|long|far|big|large|high|low|old|often|fast|tall|deep|heavy"
_ASKS = (
    "who|whom|whose|what|when|where|why|which|how|is|are|was|were|did|does|do|has|have|had|can|could|will|would|should"
)
_WANTED = [
    (Wanted.SAID, rf"\bwhat (?:did|does|do|has|have|had|is|was|were|are) .*\b(?:{_TELL})\b"),
    (Wanted.SAID, r"^(?:how did .* (?:respond|react)|what (?:was|is) .*(?:response|reaction|comment|statement)\b)"),
    (Wanted.WHY, r"^(?:why\b|how come\b|for what reason|what (?:is|was|were) the reasons?)"),
    (Wanted.WHY, r"^what (?:caused|led to|is behind|prompted)"),
    (Wanted.WHEN, r"\bwhen (?:did|does|do|is|was|were|will|would|has|have|are)\b|^when\b"),
    (Wanted.WHEN, r"\b(?:at what time|what time|what date|(?:which|what) (?:day|month|year))\b"),
    (Wanted.WHERE, rf"^where\b|^(?:(?:in|at|to|from) )?(?:which|what) (?:{_PLACES})\b"),
    (
        Wanted.AMOUNT,
        rf"\bhow (?:{_SIZES})\b|\bwhat (?:\w+ ){{0,3}}?(?:{_AMOUNTS})\b|\bwhich (?:\w+ ){{0,2}}?(?:{_RATES})\b",
    ),
    (Wanted.WHO, rf"^(?:who|whom|whose)\b|\bby whom\b|^(?:which|what) (?:\w+ ){{0,2}}?(?:{_PEOPLE})\b"),
    (Wanted.BACKGROUND, r"^(?:tell me (?:more )?about|explain|background|give me (?:the )?background|summari[sz]e)\b"),
    (Wanted.BACKGROUND, r"^what is (?:going on|happening)\b|^what (?:do we know|happened)\b"),
    (Wanted.YES_NO, r"^(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would|should)\b"),
    (Wanted.LIST, r"^(?:list|name|which (?:\w+ )?\w+s\b|what are)\b"),
    (Wanted.BACKGROUND, rf"^(?!.*\b(?:{_ASKS})\b)[^?]*$"),
]
_CLAUSE_BREAK = re.compile(
    r",? (?:while|whereas|compared to|compared with|in comparison (?:to|with)|but|versus|vs|than|align with)\b"
    r"|,? and (?=(?:the|a|an|is|was|in|as|also|has|had|for|that|which|who|what|how|when|where|why)\b|[A-Z'\"‘“])"
    r"|[;?]|, (?=(?:and|or|as|which|who|while|is|was|has|according|for|the|following)\b)"
)


def _wanted(text: str) -> Wanted:
    lowered = re.sub(r"\b(wh\w+|how)'s\b", r"\1 is", text.lower().replace("’", "'"))
    return next((wanted for wanted, pattern in _WANTED if re.search(pattern, lowered)), Wanted.WHAT)


def _blanked(text: str, mentions: Iterable[Mention | TimeMention]) -> str:
    """The text with publishers and times blanked out, offsets unchanged."""
    letters = list(text)
    for mention in mentions:
        letters[mention.start : mention.end] = " " * (mention.end - mention.start)
    return "".join(letters)


def topic_of(question: str) -> str:
    """What would be watched for news on the question: its names, and the words that say what it is about.

    All of the question where it has no such words.
    """
    kept = []
    for (start, end), word in zip(word_spans(question), words(question), strict=True):
        passed_over = ASKING_STEMS | RELATING_STEMS
        if (word not in STOP_WORDS and stem_of(word) not in passed_over) or question[start:end].isupper():
            kept.append(question[start:end])
    return " ".join(dict.fromkeys(kept)) or question


def _asked_stems(text: str) -> list[str]:
    """The stems of the subject, without words that talk about the reporting."""
    return [stem for stem in subject_stems(text) if stem not in ASKING_STEMS]


def _clauses(text: str, subject: str, known: list[Mention]) -> list[Clause]:
    """The parts of the question, cut at conjunctions; a part of fewer than three words joins the one before."""
    pieces: list[tuple[int, int]] = []
    position = 0
    for match in [*_CLAUSE_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        if pieces and len(_asked_stems(subject[position:end])) < defaults.CLAUSE_WORDS:
            pieces[-1] = (pieces[-1][0], end)
        elif end > position:
            pieces.append((position, end))
        position = match.end() if match else end
    clauses = []
    for start, end in pieces:
        found = tuple(dict.fromkeys(_asked_stems(subject[start:end])))
        named = tuple(dict.fromkeys(m.publisher for m in known if start <= m.start < end))
        if len(found) >= 2:
            clauses.append(Clause(stems=found, publishers=named))
    return clauses
