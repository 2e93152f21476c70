"""What can be typed: verbs, what they do, and the sentence for everything else. One grammar for every platform."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, get_args

from bot.errors import RequestError

Verb = Literal["ask", "brief", "digest", "watch", "source", "why", "held", "desk"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """A verb, what it shall do ("" where it does one thing only), and the words that say with what."""

    verb: Verb
    act: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Act:
    """What an act needs, in words, and an example; None for one that needs nothing."""

    needs: str | None = None
    example: str = ""


_ACTS: dict[Verb, dict[str, _Act]] = {
    "ask": {"": _Act(needs="a question", example="ask what tariffs apply to Japan?")},
    "brief": {"": _Act(example="brief tariffs since monday")},
    "digest": {
        "add": _Act(needs="a time and perhaps a topic", example="digest add weekdays 8:30 tariffs"),
        "change": _Act(needs="a number, a time and perhaps a topic", example="digest change 2 daily 7:00 tariffs"),
        "list": _Act(),
        "preview": _Act(),
        "pause": _Act(needs="the number of a digest", example="digest pause 2"),
        "resume": _Act(needs="the number of a digest", example="digest resume 2"),
        "remove": _Act(needs="the number of a digest", example="digest remove 2"),
    },
    "watch": {
        "add": _Act(needs="words to watch", example='watch add "interest rates"'),
        "list": _Act(),
        "test": _Act(needs="words to watch, or the number of a watch", example='watch test "interest rates"'),
        "change": _Act(needs="the number of a watch and how it tells", example="watch change 4 daily"),
        "mute": _Act(needs="the number of a watch", example="watch mute 4 for 3 days"),
        "unmute": _Act(needs="the number of a watch", example="watch unmute 4"),
        "helpful": _Act(
            needs="the number of a watch and a link", example="watch helpful 4 https://example.org/news/42"
        ),
        "unhelpful": _Act(
            needs="the number of a watch and a link", example="watch unhelpful 4 https://example.org/news/42"
        ),
        "learnt": _Act(needs="the number of a watch", example="watch learnt 4"),
        "reset": _Act(needs="the number of a watch", example="watch reset 4"),
        "remove": _Act(needs="the number of a watch", example="watch remove 4"),
    },
    "source": {
        "add": _Act(needs="an address", example="source add https://example.org/news"),
        "list": _Act(),
        "check": _Act(),
        "remove": _Act(needs="the name of a source", example="source remove Example News"),
        "import": _Act(),
        "export": _Act(),
    },
    "why": {"": _Act(needs="the link of an article", example="why https://example.org/news/42")},
    "held": {
        "list": _Act(),
        "post": _Act(needs="the number of a delivery", example="held post 7"),
        "posted": _Act(needs="the number of a delivery", example="held posted 7"),
    },
    "desk": {"": _Act()},
}
_SAID = ("ask", "brief", "digest", "watch", "source", "held")
"""Verbs that begin a command also where questions are asked in plain words."""

_SHOWN: tuple[Verb, ...] = ("ask", "brief", "digest", "watch", "source", "why")
_USUAL: dict[str, str] = {"digest": "list", "watch": "list", "source": "list", "held": "list"}


def read_command(typed: str) -> Command:
    """The command in what was typed after the name of the desk: "digest add weekdays 8:30 tariffs".

    RequestError for a word that is none (C01, with what was probably meant) and for one that lacks its words (C02).
    """
    first, _, rest = typed.strip().partition(" ")
    verb = _verb(first)
    acts = _ACTS[verb]
    if "" in acts:
        return _complete(Command(verb=verb, act="", words=rest.strip()))
    act, _, words = rest.strip().partition(" ")
    act = act.lower() or _USUAL[verb]
    if act not in acts:
        raise _unknown(f"{verb} {act}", [f"{verb} {one}" for one in acts])
    return _complete(Command(verb=verb, act=act, words=words.strip()))


def read_said(words: str) -> Command:
    """The command in what was said to the desk; whatever is none is a question, and saying nothing asks what it can do.

    RequestError for a command that lacks its words (C02), and for two words that are nearly one (C01).
    """
    first, _, rest = words.strip().partition(" ")
    verb, said = first.lower().strip("/:,!?."), rest.strip()
    if not words.strip() or (verb in ("help", "desk") and not said):
        return Command(verb="desk", act="", words="")
    if verb in _SAID or (verb == "why" and said.startswith(("http://", "https://"))):
        try:
            return read_command(f"{verb} {said}")
        except RequestError as fault:
            if fault.code != "C01" or " " not in said:
                raise
    return Command(verb="ask", act="", words=words.strip())


def list_commands() -> list[str]:
    """Every command with an example of what it needs."""
    return [
        act.example or " ".join(filter(None, (verb, name)))
        for verb, acts in _ACTS.items()
        for name, act in acts.items()
    ]


def list_examples() -> list[str]:
    """An example of each verb that a channel needs, for a short help."""
    return [next(iter(_ACTS[verb].values())).example for verb in _SHOWN]


def _verb(word: str) -> Verb:
    for verb in get_args(Verb):
        if word.lower() == verb:
            found: Verb = verb
            return found
    raise _unknown(word, list(_ACTS))


def _complete(command: Command) -> Command:
    act = _ACTS[command.verb][command.act]
    if act.needs and not command.words:
        name = " ".join(filter(None, (command.verb, command.act)))
        raise RequestError(f"`{name}` needs {act.needs}, for example `{act.example}`.", "C02")
    return command


def _unknown(word: str, known: list[str]) -> RequestError:
    shown = word if len(word) <= 40 else f"{word[:39]}…"
    meant = get_close_matches(word.lower(), known, n=1, cutoff=0.5)
    hint = f"Did you mean `{meant[0]}`?" if meant else f"I know {', '.join(f'`{one}`' for one in known)}."
    return RequestError(f"I do not know `{shown}`. {hint}", "C01")
