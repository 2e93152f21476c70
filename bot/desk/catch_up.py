"""Catching up: what changed in the archive becomes findable."""

import asyncio
import os
import sys
import threading
from bisect import bisect_right
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b

from bot.archive.archive import Db
from bot.archive.articles import Change, changes_after, find_version, newest_change
from bot.desk.desk import Desk
from bot.desk.take_in import ShowProgress
from bot.index.entry import NOTHING, Cut, Embedded, Entry, Mark
from bot.news.article import Article, Space
from bot.news.names import names_in
from config import defaults

_FOREIGN = "it was made from another archive, or from this one before a backup was restored"


@dataclass(frozen=True, kw_only=True, slots=True)
class CaughtUp:
    """How many changed articles were indexed and passages embedded; why all was made anew, None when it was not."""

    articles: int
    passages: int
    rebuilt_because: str | None = None


async def catch_up(desk: Desk, *, progress: ShowProgress, vectors: bool = True) -> CaughtUp:
    """Bring the index up to the archive's newest change: words first, all of them, then vectors.

    It may be killed at any moment and goes on from there. Words or vectors that cannot be used, or that do not belong
    to this archive, are made anew.
    """
    because = await asyncio.to_thread(desk.index.inspect)
    if because is None and not await desk.archive.read(_stands, desk.space, desk.index.mark):
        because = _FOREIGN
    if because is not None:
        await asyncio.to_thread(desk.index.drop_words)
    if not await desk.archive.read(_stands, desk.space, desk.index.mark_of_meaning):
        because = because or _FOREIGN
        await asyncio.to_thread(desk.index.drop_vectors)
    newest = await desk.archive.read(newest_change, desk.space)
    articles = await _index_words(desk, newest, progress)
    passages = await _index_meaning(desk, newest, progress) if vectors and desk.index.encoder else 0
    return CaughtUp(articles=articles, passages=passages, rebuilt_because=because)


async def index_words(desk: Desk) -> int:
    """How many articles that were filed since can now be found by words; cheap where there are none."""
    newest = await desk.archive.read(newest_change, desk.space)
    return await _index_words(desk, newest, _show_nothing) if newest > desk.index.seq else 0


async def index_meaning(desk: Desk) -> int:
    """How many passages that were filed since can now be found by meaning; cheap where there are none."""
    if desk.index.encoder is None:
        return 0
    newest = await desk.archive.read(newest_change, desk.space)
    return await _index_meaning(desk, newest, _show_nothing) if newest > desk.index.seq_of_meaning else 0


async def reindex(desk: Desk, *, progress: ShowProgress) -> CaughtUp:
    """Make the whole index anew from the archive."""
    await asyncio.to_thread(desk.index.drop_words)
    await asyncio.to_thread(desk.index.drop_vectors)
    return await catch_up(desk, progress=progress)


async def _index_words(desk: Desk, newest: int, progress: ShowProgress) -> int:
    """How many articles were indexed by words; those filed meanwhile are among them."""
    start, done = desk.index.seq, 0
    try:
        while changes := await _read_changes(desk, desk.index.seq, defaults.INDEX_BATCH_ARTICLES):
            await asyncio.to_thread(_apply, desk, changes)
            done += len(changes)
            progress("indexing words", desk.index.seq - start, max(newest, desk.index.seq) - start)
    finally:
        await asyncio.to_thread(desk.index.settle)
    return done


async def _index_meaning(desk: Desk, newest: int, progress: ShowProgress) -> int:
    """How many passages were embedded. A question asked meanwhile goes first, on whatever processor."""
    start, done = desk.index.seq_of_meaning, 0
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(defaults.EMBED_THREADS, "embed", _give_way)
    try:
        while changes := await _read_changes(desk, desk.index.seq_of_meaning, defaults.EMBED_BATCH_ARTICLES):
            embedded = await asyncio.gather(*(loop.run_in_executor(pool, _embed, desk, change) for change in changes))
            await loop.run_in_executor(pool, desk.index.keep_vectors, embedded)
            done += sum(len(article.passages) for article in embedded)
            progress("reading for meaning", desk.index.seq_of_meaning - start, max(newest, changes[-1].seq) - start)
    finally:
        pool.shutdown(cancel_futures=True)
    return done


async def _read_changes(desk: Desk, seq: int, limit: int) -> list[Change]:
    return await desk.archive.read(changes_after, desk.space, seq, limit)


def _apply(desk: Desk, changes: Sequence[Change]) -> None:
    desk.index.apply([_make_entry(change, _names_by_passage(change)) for change in changes])


def _embed(desk: Desk, change: Change) -> Embedded:
    return desk.index.embed(_make_entry(change, [frozenset()] * len(change.passages)))


def _show_nothing(doing: str, done: int, total: int | None = None) -> None:
    """Progress that nobody watches."""


def _give_way() -> None:
    """Put this thread behind everything else, so that a question asked meanwhile hardly waits."""
    if sys.platform == "linux":  # elsewhere a thread has no priority of its own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), defaults.EMBED_NICENESS)


def _stands(db: Db, space: Space, mark: Mark) -> bool:
    """Whether the archive holds the change of the mark just as it was indexed."""
    if mark == NOTHING:
        return True
    article = find_version(db, space, mark.article, mark.version)
    return article is not None and newest_change(db, space) >= mark.seq and _digest(article) == mark.digest


def _digest(article: Article) -> int:
    """A number that no other article, version or archive has."""
    text = f"{article.id} {article.version} {article.seen.isoformat()} {article.title}\n{article.text}"
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little") >> 1


def _make_entry(change: Change, names: Sequence[frozenset[str]]) -> Entry:
    article = change.article
    mark = Mark(seq=change.seq, article=article.id, version=article.version, digest=_digest(article))
    return Entry(
        mark=mark,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        language=article.language,
        cuts=tuple(
            Cut(id=passage.id, text=article.text[passage.start : passage.end], names=keys)
            for passage, keys in zip(change.passages, names, strict=True)
        ),
    )


def _names_by_passage(change: Change) -> list[frozenset[str]]:
    """The keys of the names in each passage, read from the whole text, where a surname finds its first name."""
    if not change.passages:
        return []
    starts = [passage.start for passage in change.passages]
    found: list[set[str]] = [set() for _ in starts]
    for name in names_in(change.article.text):
        found[max(bisect_right(starts, name.start) - 1, 0)].add(name.key)
    return [frozenset(keys) for keys in found]
