"""Many lines from standard input: each answered in its turn, none stopping those after it."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from bot.errors import NewsdeskError, RequestError
from handlers.console.as_json import LineId
from handlers.console.asking import AskedLine, BadLine
from handlers.console.documents import Document
from handlers.console.streams import ReaderLeft

Line = TypeVar("Line", AskedLine, Document)


def answer_each(
    lines: Iterable[Line | BadLine],
    answer: Callable[[Line], None],
    *,
    refuse: Callable[[str, LineId], None],
    unforeseen: Callable[[Exception], str],
) -> bool:
    """Whether every line was answered; for each that was not, refuse is told why.

    `unforeseen` gives the sentence for a fault that is ours. What makes every later answer impossible is raised.
    """
    every = True
    for line in lines:
        reason = line.reason if isinstance(line, BadLine) else _reason_against(line, answer, unforeseen)
        if reason is not None:
            every = False
            refuse(reason, line.id)
    return every


def _reason_against(line: Line, answer: Callable[[Line], None], unforeseen: Callable[[Exception], str]) -> str | None:
    try:
        answer(line)
    except RequestError as fault:
        return str(fault)
    except (NewsdeskError, ReaderLeft, OSError):
        raise
    except Exception as fault:  # noqa: BLE001  one question ends here, and those after it are still to be answered
        return unforeseen(fault)
    return None
