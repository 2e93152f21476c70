"""The wiring of the platforms on which people talk: each is there when its tokens are set, and fails alone."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.desk.front import Fronts
from bot.desk.ports import Line
from bot.desk.pulse import Stuck
from bot.desk.wire import Clock
from bot.errors import ConfigError
from bot.news.article import LOCAL, Space
from config.settings import Settings

_log = logging.getLogger(__name__)


def open_lines(settings: Settings, fronts: Fronts) -> list[Line]:
    """The platforms whose tokens are set. Their libraries are imported only then."""
    lines: list[Line] = []
    return lines


async def start_lines(lines: Sequence[Line]) -> None:
    """Let all of them listen. One that cannot is logged; ConfigError where none of several, or the only one, can."""
    begun = await asyncio.gather(*(line.start() for line in lines), return_exceptions=True)
    failed = [(line, fault) for line, fault in zip(lines, begun, strict=True) if isinstance(fault, BaseException)]
    if failed and len(failed) == len(lines):
        raise failed[0][1]
    for line, fault in failed:
        if not isinstance(fault, ConfigError):
            raise fault
        _log.error("a platform is left out", extra={"platform": line.platform, "reason": str(fault)})


async def stop_lines(lines: Sequence[Line]) -> None:
    """Let none of them listen any more; what goes wrong in one is logged."""
    ended = await asyncio.gather(*(line.stop() for line in lines), return_exceptions=True)
    for line, fault in zip(lines, ended, strict=True):
        if isinstance(fault, BaseException):
            _log.error("a platform did not end well", extra={"platform": line.platform, "reason": repr(fault)})


class Troubles:
    """What is wrong with the platforms, and since when."""

    def __init__(self, lines: Sequence[Line], clock: Clock) -> None:
        self._lines, self._clock = lines, clock
        self._since: dict[str, datetime] = {}

    def now(self) -> list[Stuck]:
        """Each platform that is in trouble at this moment."""
        stuck = []
        for line in self._lines:
            sentence = line.trouble()
            if sentence is None:
                self._since.pop(line.platform, None)
                continue
            since = self._since.setdefault(line.platform, self._clock())
            stuck.append(Stuck(what=line.platform, since=since, sentence=sentence))
        return stuck


def _space_of(platform: str, homes: Sequence[tuple[str, str]], *, is_alone: bool = False) -> Callable[[str], Space]:
    """The Space of each workspace or server: those that are homes share the terminal's, each other has its own."""
    return lambda id: LOCAL if is_alone or (platform, id) in homes else Space(f"{platform}-{id}")
