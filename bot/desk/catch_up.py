"""Catching up: what changed in the archive becomes findable."""

import asyncio
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bot.archive.articles import Change, changes_after, newest_change
from bot.desk.desk import Desk
from bot.desk.take_in import ShowProgress
from bot.index.words import Entry
from config import defaults


@dataclass(frozen=True, kw_only=True, slots=True)
class CaughtUp:
    """How many changed articles were indexed and passages embedded, and why all was made anew (None: it was not)."""

    articles: int
    passages: int
    rebuilt_because: str | None = None


async def catch_up(desk: Desk, *, progress: ShowProgress, vectors: bool = True) -> CaughtUp:
    """Brings the index up to the archive's newest change: words first, all of them, then vectors.

    It may be killed at any moment and goes on from there. An index that is ahead of its archive, as after a restore,
    is emptied and made again.
    """
    newest = await desk.archive.read(newest_change, desk.space)
    because = None
    if desk.index.seq > newest or desk.index.seq_of_meaning > newest:
        because = "the index knew more than the archive, as after a restored backup"
        await asyncio.to_thread(desk.index.clear)
    articles = await _index_words(desk, newest, progress)
    passages = await _embed(desk, newest, progress) if vectors and desk.index.encoder else 0
    await asyncio.to_thread(desk.index.settle)
    return CaughtUp(articles=articles, passages=passages, rebuilt_because=because)


async def reindex(desk: Desk, *, progress: ShowProgress) -> CaughtUp:
    """Makes the whole index again from the archive."""
    await asyncio.to_thread(desk.index.clear)
    return await catch_up(desk, progress=progress)


async def _index_words(desk: Desk, newest: int, progress: ShowProgress) -> int:
    start, done = desk.index.seq, 0
    while changes := await desk.archive.read(changes_after, desk.space, desk.index.seq, defaults.INDEX_BATCH_ARTICLES):
        articles = [(change.article.id, _entries(change)) for change in changes]
        await asyncio.to_thread(desk.index.apply, articles, changes[-1].seq)
        done += len(changes)
        progress("indexing words", desk.index.seq - start, newest - start)
    return done


async def _embed(desk: Desk, newest: int, progress: ShowProgress) -> int:
    start, done = desk.index.seq_of_meaning, 0
    seq = max(start - 1, 0)  # the last change may have been embedded in part
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1, "embed", _give_way) as pool:
        while changes := await desk.archive.read(changes_after, desk.space, seq, defaults.EMBED_BATCH_PASSAGES):
            for batch in _batches(changes, desk.index.last_embedded):
                await loop.run_in_executor(pool, desk.index.embed, batch)
                done += len(batch)
                progress("reading for meaning", max(batch[-1][1] - start, 0), newest - start)
            seq = changes[-1].seq
    return done


def _give_way() -> None:
    """Puts this thread behind everything else, so that a question asked meanwhile hardly waits."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), defaults.EMBED_NICENESS)


def _batches(changes: Sequence[Change], after: int) -> Iterator[list[tuple[Entry, int]]]:
    """Passages numbered above `after`, in order, in batches."""
    waiting = sorted(
        ((entry, change.seq) for change in changes for entry in _entries(change) if entry.id > after),
        key=lambda pair: pair[0].id,
    )
    for first in range(0, len(waiting), defaults.EMBED_BATCH_PASSAGES):
        yield waiting[first : first + defaults.EMBED_BATCH_PASSAGES]


def _entries(change: Change) -> list[Entry]:
    article = change.article
    return [
        Entry(
            id=passage.id,
            article=article.id,
            title=article.title,
            publisher=article.publisher,
            published=article.published,
            language=article.language,
            text=article.text[passage.start : passage.end],
        )
        for passage in change.passages
    ]
