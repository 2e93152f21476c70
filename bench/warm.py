"""One warm process asking an archive: its latencies and its memory, as one line of JSON.

    python -m bench.warm DATA SEED COUNT

A process of its own, because memory that was needed to fill an archive says nothing about asking it.
"""

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench.archives import Asked, draw_questions
from bench.making import open_desk, open_encoder
from bench.timing import Latency, Memory, time_each, weigh_process
from bot.desk.ask import answer_question
from bot.desk.desk import Desk
from bot.desk.search import search_passages

_ZONE = ZoneInfo("UTC")
_NOW = datetime(2025, 4, 24, 18, tzinfo=UTC)
_WARMING = 20
_FOUND = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Warm:
    """What one warm process measured."""

    ask: Latency
    search_words: Latency
    search_meaning: Latency
    memory: Memory


def measure_warm(data: Path, seed: int, count: int) -> Warm:
    """Ask and search count times each, after a few that are not timed."""
    asked = draw_questions(seed, count + _WARMING)
    with asyncio.Runner() as loop:

        def run(work: Callable[[Asked], Coroutine[Any, Any, object]]) -> Latency:
            for one in asked[:_WARMING]:
                loop.run(work(one))
            return time_each(lambda one: loop.run(work(one)), asked[_WARMING:])

        with open_desk(data, write=False, encoder=open_encoder(data)) as desk:
            ask = run(lambda one: answer_question(desk, one.question, now=_NOW, zone=_ZONE))
            by_meaning = run(lambda one: _search(desk, one))
            memory = weigh_process()
        with open_desk(data, write=False, encoder=None) as desk:
            by_words = run(lambda one: _search(desk, one))
    return Warm(ask=ask, search_words=by_words, search_meaning=by_meaning, memory=memory)


async def _search(desk: Desk, asked: Asked) -> object:
    return await search_passages(desk, asked.query, limit=_FOUND, now=_NOW, zone=_ZONE)


def main() -> None:
    """Print what was measured."""
    data, seed, count = sys.argv[1:]
    print(json.dumps(asdict(measure_warm(Path(data), int(seed), int(count)))))


if __name__ == "__main__":
    main()
