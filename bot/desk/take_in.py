"""Taking in: what the wire reads is filed in the archive, batch by batch."""

import asyncio
import threading
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from typing import Protocol, assert_never

from bot.archive.filing import Filed, file_drafts
from bot.archive.sources import note_sources
from bot.desk.desk import Desk
from bot.desk.feeds import new_feed
from bot.news.article import Draft
from bot.news.briefing import Intake, Refusal
from bot.wire.reading import NotedSource, Reached, Reading
from config import defaults

_KILOBYTE = 1_000


class ShowProgress(Protocol):
    """Whoever shows how far a piece of work has come."""

    def __call__(self, doing: str, done: int, total: int | None = None) -> None:
        """So much of the work is done; without a total its end is not known."""


async def take_in(desk: Desk, paths: Sequence[str], *, now: datetime, progress: ShowProgress) -> Intake:
    """What was added, changed, repeated, refused and noted of everything the paths hold.

    Each batch is one transaction: after a kill whole batches are kept, and adding the same paths again goes on from
    there. One refused input never stops the rest.
    """
    intake = Intake()
    with closing(_Reader(paths, now)) as reader:
        batch = await asyncio.to_thread(reader.next_batch)
        while batch:
            # The next batch is read while this one is filed.
            filing = _file_batch(desk, batch, intake, now)
            _, following = await asyncio.gather(filing, asyncio.to_thread(reader.next_batch))
            marks = [reading for reading in batch if isinstance(reading, Reached)]
            if marks:
                progress("reading (kB)", marks[-1].bytes_done // _KILOBYTE, marks[-1].bytes_total // _KILOBYTE)
            batch = following
    return intake


class _Reader:
    """The readings in batches. They are read on other threads; closing waits for the one that is at it."""

    def __init__(self, paths: Sequence[str], now: datetime) -> None:
        # Imported here: a question that only catches up must not wait for the rules of every format.
        from bot.wire.paths import read_paths

        self._readings = read_paths(paths, now=now)
        self._turn = threading.Lock()

    def next_batch(self) -> list[Reading]:
        """The next readings, bounded in number and in text; empty at the end."""
        batch: list[Reading] = []
        characters = 0
        with self._turn:
            for reading in self._readings:
                batch.append(reading)
                characters += len(reading.text) if isinstance(reading, Draft) else 0
                if len(batch) >= defaults.BATCH_ARTICLES or characters >= defaults.BATCH_CHARACTERS:
                    break
        return batch

    def close(self) -> None:
        with self._turn:
            self._readings.close()


async def _file_batch(desk: Desk, batch: Sequence[Reading], intake: Intake, now: datetime) -> None:
    drafts = [reading for reading in batch if isinstance(reading, Draft)]
    if drafts:
        _note_filed(intake, await desk.archive.write(file_drafts, desk.space, drafts, now))
    named = [(one.name, new_feed(one.address, desk.space)) for one in batch if isinstance(one, NotedSource)]
    if named:
        intake.sources.extend(await desk.archive.write(note_sources, desk.space, named, now))
    intake.refused.extend(reading for reading in batch if isinstance(reading, Refusal))


def _note_filed(intake: Intake, filed: Sequence[Filed]) -> None:
    for one in filed:
        match one.outcome:
            case "added":
                intake.added.append(one.name)
            case "changed":
                intake.changed.append(one.name)
            case "unchanged":
                intake.unchanged.append(one.name)
            case "repeated":
                pass
            case _:
                assert_never(one.outcome)
        intake.repeated.extend(one.repeats)
