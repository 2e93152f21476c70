"""A conversation, and reading a follow-up in its light."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.news.briefing import Answer
from bot.news.lexicon import PRONOUNS, STOP_WORDS
from bot.news.names import Name, forms_of, names_in
from bot.news.outlets import publishers_named
from bot.news.text import words
from bot.news.times import read_times
from config import defaults


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """What was asked and answered so far, oldest first, as it was read."""

    turns: tuple[tuple[str, Answer], ...] = ()

    def after(self, answer: Answer) -> "Conversation":
        """The conversation with one more answer; only the last few are kept, and no mere remarks ("thanks")."""
        if answer.status == "nothing_found" and len(words(answer.read_as or answer.question)) < defaults.CLAUSE_WORDS:
            return self
        turn = (answer.read_as or answer.question, answer)
        return replace(self, turns=(*self.turns, turn)[-defaults.TURNS_KEPT :])


_POLITE = re.compile(
    r"^(?:ok(?:ay)?|right|well|thanks|thank you|yes|no|hm+|i see|sure|great|please)\b[\s,.!:…-]*", re.I
)
_JOINED = re.compile(
    r"^(?:(?:and|or|but|so)\s+)?(?:what about|how about|and|or|but|so)\b(?!,? (?:far|called))[\s,:]*", re.IGNORECASE
)
_BARE = re.compile(
    r"^(?:when|where|why|who|how(?: come| much| many| long)?|since when|until when|says who|according to whom)"
    r"(?:\s+(?:is|was|were|did|does|do|will|would|has|have|had|said|says|so|not|exactly))*"
    r"(?:\s+(?:that|this|it|they|those|these))?"
    r"(?:\s+(?:happen|happened|start|started|begin|began|end|ended|said|say|announced|decided|so))?$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:(?:can you |could you )?(?:please )?(?:tell me|give me|show me|say|know)? ?(?:some )?more(?: details?)?"
    r"(?: (?:about|on) (?:it|this|that|them))?|explain(?: (?:it|this|that))?|go on|what else(?: is (?:there|known))?"
    r"|what happened (?:next|then|after that)|then what|really|are you sure|is (?:it|that|this) true"
    r"|anything else|is there (?:anything )?more(?: (?:about|on) (?:it|this|that))?|details)$",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"^(?:(?:who|what|when|where|why|which|how(?: much| many| long)?|at what time|since when)\b\s*)?"
    r"(?:(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would|should)\b\s*)?",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:say|said|write|written|tell|told|report|reported|think|announce)\b.*?\b(?:about|on|of)\s+", re.I
)
_LED = re.compile(r"^[A-Z][^:?]{1,40}: ")
_QUESTION_WORDS = frozenset(
    "who whom whose what when where which why how is are was were did does do has have had can could will would should"
    " list name tell explain".split()
)
_PERSON = re.compile(r"\b(?:(?P<whose>his|hers)|(?P<her>her)|he|she|him)\b", re.IGNORECASE)
_THING = re.compile(
    r"\b(?:(?P<whose>its|their)|it|they|them|(?:this|that)(?=\s*(?:$|[?,.]|(?:is|was|did|does|will|happen\w*|in|of|for|at|now)\b)))\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\bit (?:take|takes|took|rain|snow|seem)|\b(?:is|was) it (?:true|raining|possible|likely|safe to|legal to)"
    r"|\bit (?:is|was)\b.*\b(?:that|to)\b|\bwhat time is it\b",
    re.IGNORECASE,
)
_LEADS_TO_TIME = re.compile(r"\b(?:in|on|during|at)\s+$", re.IGNORECASE)
_OWNS = "'s"
_SAYING = r"(?:said|says|say|told|tell|added|warned|argued|wrote|think|want|promised|announced|insisted|declined)"
_TITLED = re.compile(
    r"(?:^|\s)(?:mr|mrs|ms|dr|president|minister|secretary|governor|senator|chair\w*|chief|captain|mayor|judge|king"
    r"|queen|prince\w*|professor|author|coach|leader|director|head|officer|spokes\w+|who (?:is|was))\.?\s*$",
    re.IGNORECASE,
)


def resolve(
    text: str, conversation: Conversation, *, publishers: Iterable[str] = (), now: datetime, zone: ZoneInfo
) -> str:
    """The question as it stands on its own; unchanged when it already does.

    "and on cars?" takes over the question before; "and Vietnam?", "and last month?", "and the Gazette?" put a name, a
    time or one of the publishers in place of that before; "when was that?" asks it of what was asked before; "he" and
    "it" become who and what was spoken of.
    """
    if not conversation.turns:
        return text
    setting = _Setting(publishers=tuple(publishers), now=now, zone=zone)
    question = conversation.turns[-1][0]
    said = _POLITE.sub("", text).strip()
    plain = _without_end(said)
    if _MORE.match(plain):
        return f"Tell me more about {_topic(question)}."
    if joined := _JOINED.match(said):
        addition = _without_end(said[joined.end() :])
        if addition and not _BARE.match(addition) and not _stands_alone(addition):
            return _take_over(question, addition, setting)
        said, plain = said[joined.end() :], addition
    if plain and _BARE.match(plain):
        return f"{plain[0].upper()}{plain[1:]}: {_topic(question)}?"
    named = _name_pronouns(said, conversation, setting)
    return text if named == said and not joined else named or text


@dataclass(frozen=True, kw_only=True, slots=True)
class _Setting:
    """The publishers that the archive has, and the asker's moment."""

    publishers: tuple[str, ...]
    now: datetime
    zone: ZoneInfo


def _without_end(text: str) -> str:
    return text.rstrip("?!. ").strip()


def _stands_alone(text: str) -> bool:
    """Whether the text has a question of its own: a question word or an auxiliary verb first, and some content."""
    told = words(text)
    return bool(told) and told[0] in _QUESTION_WORDS and any(word not in STOP_WORDS for word in told[1:])


def _take_over(question: str, addition: str, setting: _Setting) -> str:
    """The question before with the addition in place of what is of its kind, or at its end."""
    publishers = publishers_named(addition, setting.publishers)
    if publishers and _is_just(addition, [(one.start, one.end) for one in publishers]):
        told = publishers_named(question, setting.publishers)
        if told:
            return _put_in(question, told[0].start, told[-1].end, addition)
        return f"What did {addition} say about {_topic(question)}?"
    times, old_times = (read_times(part, setting.now, setting.zone) for part in (addition, question))
    if times and old_times and _is_just(addition, [(one.start, one.end) for one in times]):
        return f"{_LEADS_TO_TIME.sub('', question[: old_times[0].start])}{addition}{question[old_times[-1].end :]}"
    new, old = names_in(addition), names_in(question)
    if new and old and _is_just(addition, [(name.start, name.end) for name in new]):
        known = publishers_named(question, setting.publishers)
        free = [name for name in old if not any(one.start < name.end and name.start < one.end for one in known)]
        target = _of_its_kind(new[0], free or old)
        return _put_in(question, target.start, target.end, addition)
    return f"{_without_end(question)} {addition}?"


def _put_in(question: str, start: int, end: int, addition: str) -> str:
    """The question with the addition in place of a stretch, its article not told twice."""
    before = question[:start]
    if addition.lower().startswith("the "):
        before = re.sub(r"\bthe $", "", before, flags=re.IGNORECASE)
    return f"{before}{addition}{question[end:]}"


def _of_its_kind(name: Name, names: Sequence[Name]) -> Name:
    alike = (other for other in reversed(names) if bool(forms_of(other.key)) == bool(forms_of(name.key)))
    return next(alike, names[-1])


def _is_just(text: str, stretches: Iterable[tuple[int, int]]) -> bool:
    """Whether the text is nothing but these stretches and small words."""
    letters = list(text)
    for start, end in stretches:
        letters[start:end] = " " * (end - start)
    return all(word in STOP_WORDS or word in ("since", "last", "this") for word in words("".join(letters)))


def _name_pronouns(text: str, conversation: Conversation, setting: _Setting) -> str:
    """The text with the first pronoun for a person and the first for a thing replaced by what they point at."""
    named, turns = names_in(text), conversation.turns[::-1]
    person = _PERSON.search(text)
    if person and not any(name.end <= person.start() and _is_person(name, text) for name in named):
        people = (_people_in([question, *(point.text for point in answer.points)]) for question, answer in turns)
        if someone := next((found[0] for found in people if found), None):
            whose = person.group("whose") or (person.group("her") and re.match(r"\s+\w", text[person.end() :]))
            text = f"{text[: person.start()]}{someone}{_OWNS if whose else ''}{text[person.end() :]}"
    thing = _THING.search(text)
    if thing and not named and not _NOTHING.search(text):
        timed = bool(read_times(text, setting.now, setting.zone))
        things = (_thing_of(_untimed(question, setting) if timed else question) for question, _ in turns)
        if something := next((found for found in things if found), None):
            text = f"{text[: thing.start()]}{something}{_OWNS if thing.group('whose') else ''}{text[thing.end() :]}"
    return text


def _untimed(question: str, setting: _Setting) -> str:
    """The question without the times it names, for one that names its own."""
    for mention in reversed(read_times(question, setting.now, setting.zone)):
        question = _LEADS_TO_TIME.sub("", question[: mention.start]).rstrip() + question[mention.end :]
    return question


def _people_in(texts: Iterable[str]) -> list[str]:
    """The people named, those of the first text first."""
    return [text[n.start : n.end] for text in texts for n in names_in(text) if _is_person(n, text)]


def _is_person(name: Name, text: str) -> bool:
    """Whether the words around a name show that it is a person's: a title before it, or it says something."""
    if forms_of(name.key):
        return False
    before, after = text[: name.start], text[name.end :]
    if re.search(r"\bthe\s+$", before, re.IGNORECASE):
        return False
    speaks = re.match(rf"(?:,[^,.]*,)?\s+(?:also |has |had |will |did )?{_SAYING}\b", after)
    spoken = re.search(rf"\b{_SAYING}\s+(?:\w+\s+)?$", before) or re.search(r"\b(?:old is|born)\s+$", before)
    return bool(speaks or spoken or _TITLED.search(before))


def _topic(question: str) -> str:
    """What the question is about, as words that can follow "about"."""
    plain = _LED.sub("", _without_end(question))
    plain = re.sub(r"^tell me (?:more )?about ", "", plain, flags=re.IGNORECASE)
    if told := _TOLD.search(plain):
        return plain[told.end() :] or plain
    return _ASKING.sub("", plain).strip() or plain


def _thing_of(question: str) -> str | None:
    """The thing that "it" points at: the subject of a question that asks what it is, the last name with what it is a
    name of, or else all that the question is about. None where the question is about a person.
    """
    plain = _LED.sub("", _without_end(question))
    if is_what := re.match(r"(?:what|where|how much|how high) (?:is|are|was|were) ", plain, re.IGNORECASE):
        return plain[is_what.end() :]
    named = names_in(plain)
    names = [name for name in named if not _is_person(name, plain)]
    if not names:
        return None if re.match(r"who (?:is|was) ", plain, re.IGNORECASE) else _topic(question)
    name = names[-1]
    phrase = plain[name.start : name.end]
    if plain[name.end :].startswith(("'s ", "’s ")):
        return phrase + plain[name.end :]
    follows = re.match(r" ([a-z]+)\b", plain[name.end :])
    if re.search(r"\bthe $", plain[: name.start], re.IGNORECASE):
        phrase = f"the {phrase}"
        if follows and follows.group(1) not in STOP_WORDS | PRONOUNS:
            phrase += follows.group()
    return phrase
