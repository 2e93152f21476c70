"""A conversation in the terminal: a question a line, follow-ups understood, until /quit or the end of the input."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from rich.text import Text

from bot.errors import RequestError
from bot.news.briefing import Answer
from handlers.console.asking import well_formed
from handlers.console.plain import plain
from handlers.console.render import show_answer
from handlers.console.sheet import BOLD, DIM, Sheet

_PROMPT = "> "
_HELP = (
    ("a question", "is answered from the articles; later questions may refer to it: “and on cars?”, “when was that?”"),
    ("/sources", "lists the publishers whose articles are kept"),
    ("/help", "shows this"),
    ("/quit", "ends the conversation, as does the end of the input (Ctrl-D)"),
)


def run_chat(
    sheet: Sheet, lines: Iterable[str], *, ask: Callable[[str], Answer], list_sources: Callable[[], None]
) -> None:
    """Every line answered in turn; a question that cannot be taken gets its sentence and the conversation goes on."""
    for typed in lines:
        line = well_formed(typed).strip()
        if not line:
            continue
        word = line.lower()
        if word in ("/quit", "/exit", "/q"):
            return
        if word in ("/help", "/?"):
            show_help(sheet)
        elif word == "/sources":
            list_sources()
        elif line.startswith("/"):
            name = plain(line.split()[0])
            sheet.write(Text(f"I do not know {name}; /help shows what can be typed here."))
        else:
            _show_reply(sheet, line, ask)
        sheet.print(Text())


def show_help(sheet: Sheet) -> None:
    """What can be typed in a conversation."""
    width = max(len(name) for name, _ in _HELP) + 2
    for name, told in _HELP:
        sheet.write(Text(told), lead=Text(name.ljust(width), BOLD))


def typed_lines() -> Iterator[str]:
    """The lines a person types at a prompt, or those of standard input where no person sits at it.

    Earlier lines can be called back with the arrow keys, as long as the conversation lasts; they are kept nowhere.
    """
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    with suppress(ImportError):  # not there on every platform
        import readline  # noqa: F401  gives input() its history; of no use to a pipe
    while True:
        try:
            yield input(_PROMPT)
        except EOFError:
            print()  # noqa: T201  the shell's prompt belongs on a line of its own
            return


def greet(sheet: Sheet) -> None:
    """How to begin, for a person at a prompt."""
    sheet.write(Text("Ask about the articles. /help shows what can be typed, /quit ends.", DIM))


def _show_reply(sheet: Sheet, line: str, ask: Callable[[str], Answer]) -> None:
    try:
        answer = ask(line)
    except RequestError as fault:
        sheet.write(Text(plain(str(fault))))
    else:
        show_answer(sheet, answer)
