"""Fit what speaks for two articles telling of one event on sets of grouped news, and write config/weights.py.

    python -m bench.fit_stories --data ../shared/eval [--keep DIR]

The pairs are those that the product would weigh. Each set counts alike, once as it is and once thinned, so that of most
events a few articles are left: news of a desk is rarely told as often as that of a set. Prints how well stories are
told apart (BCubed F1) by weights fitted on the other sets, and by weights fitted on the other half of all sets.
"""

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Annotated
from zlib import crc32

import numpy as np
import typer

from bench.fitting import Matrix, fit_odds, write_weights
from bench.scoring import Material
from bench.sets import Ground
from bench.story_sets import documents, fill_heap, read_heap
from bot.index.gists import SIGNS, Gists
from bot.index.story_book import Newcomer, StoryBook
from bot.news.article import Article
from bot.news.gist import Gist
from config import defaults, weights

_SETS = {"ecbplus": "docs", "basil": "docs", "allsides-events": "events"}
_SEED = 20250416
_LEFT = (1, 1, 1, 2, 1000)  # articles of an event that are left in a thinned set, each as often
_KEEP_SMALL = 2e-5
_MEANING = np.array([sign.startswith("meaning") for sign in SIGNS])


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """An article with the event that it tells of, and the topic by which look-alike events are kept together."""

    article: Article
    gist: Gist
    event: str
    topic: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pairs:
    """The signs of pairs of articles, whether they tell of one event, how much each counts, and their topics."""

    set: str
    signs: Matrix
    right: Matrix
    each: Matrix
    halves: Matrix


def main(
    data: Annotated[Path, typer.Option(help="Folder of the test sets.", exists=True)],
    keep: Annotated[Path | None, typer.Option(help="Keep the archives here, and use those kept before.")] = None,
) -> None:
    """Fit, print the held-out figures, write."""
    with tempfile.TemporaryDirectory() as scratch:
        material = Material(folder=data.resolve(), results=Path(scratch))
        ground = Ground(material=material, archives=(keep or Path(scratch)).resolve(), say=print)
        heaps = {name: _read_set(ground, name, kind) for name, kind in _SETS.items()}
    by_words = {
        name: [replace(one, gist=replace(one.gist, meaning=b"")) for one in told] for name, told in heaps.items()
    }
    weights.STORY_BY_WORDS, weights.STORY = (
        _fit_and_judge(kind, read) for kind, read in (("words", by_words), ("meaning", heaps))
    )
    write_weights()


def _fit_and_judge(kind: str, heaps: dict[str, list[Told]]) -> tuple[float, ...]:
    """The weights fitted on all sets, once it was printed how well those do that were fitted without what is judged."""
    pairs = [_pairs(name, some) for name, told in heaps.items() for some in (told, _thinned(told))]
    for name, told in heaps.items():
        others = _fit([one for one in pairs if one.set != name])
        found = [_judge(told, others, lambda one: True)]
        for half in (0, 1):
            fitted = _fit([_only(one, 1 - half) for one in pairs])
            found.append(_judge(told, fitted, partial(_is_in, half)))
        print(f"{kind:8} {name:16} by other sets {found[0]:.3f}, by other halves {found[1]:.3f} and {found[2]:.3f}")
    return _fit(pairs)


def _read_set(ground: Ground, name: str, kind: str) -> list[Told]:
    """The articles of the set that repeat no other."""
    docs = documents(ground.material.rows(f"{name}/{kind}.jsonl.gz"))
    of = {doc["id"]: (event, doc.get("topic", event)) for doc, event in docs}
    newsdesk = fill_heap(ground, name, [doc for doc, _ in docs])
    newsdesk.stories()
    return [
        Told(article=article, gist=gist, event=of[article.name][0], topic=of[article.name][1])
        for article, gist in read_heap(newsdesk)
        if article.copy_of is None
    ]


def _thinned(told: Sequence[Told]) -> list[Told]:
    chance = random.Random(_SEED)
    left = {event: chance.choice(_LEFT) for event in sorted({one.event for one in told})}
    met: Counter[str] = Counter()
    kept = []
    for one in chance.sample(told, len(told)):
        met[one.event] += 1
        if met[one.event] <= left[one.event]:
            kept.append(one)
    return kept


def _pairs(name: str, told: Sequence[Told]) -> Pairs:
    """Every pair of which one is among the nearest of the other; those of an event told often count for less."""
    gists = Gists()
    for one in told:
        gists.add(one.article.id, one.gist)
    near = [set(gists.look_around(row, 0)[: defaults.STORY_COMPARED].tolist()) for row in range(len(told))]
    events = Counter(one.event for one in told)
    signs, right, each, halves = [], [], [], []
    for row, one in enumerate(told):
        others = [other for other in sorted(near[row]) if other > row or row not in near[other]]
        rows = np.array(others, np.int64)
        signs.append(gists.with_crowd(gists.signs(row, rows), row, rows))
        for other in (told[number] for number in others):
            is_right = one.event == other.event
            right.append(is_right)
            each.append(2 / (events[one.event] - 1) if is_right else 1.0)
            halves.append(_half(one) if _half(one) == _half(other) else -1)
    weight = np.array(each)
    return Pairs(
        set=name,
        signs=np.concatenate(signs).astype(np.float64),
        right=np.array(right, np.float64),
        each=weight / weight.sum(),
        halves=np.array(halves),
    )


def _is_in(half: int, one: Told) -> bool:
    return _half(one) == half


def _half(one: Told) -> int:
    return crc32(one.topic.encode()) % 2


def _only(pairs: Pairs, half: int) -> Pairs:
    kept = pairs.halves == half
    each = pairs.each[kept]
    return Pairs(
        set=pairs.set,
        signs=pairs.signs[kept],
        right=pairs.right[kept],
        each=each / each.sum(),
        halves=pairs.halves[kept],
    )


def _fit(pairs: Sequence[Pairs]) -> tuple[float, ...]:
    signs = np.concatenate([one.signs for one in pairs])
    used = ~_MEANING | (signs.std(axis=0) > 0)
    fitted = fit_odds(
        signs[:, used],
        np.concatenate([one.right for one in pairs]),
        np.concatenate([one.each for one in pairs]),
        _KEEP_SMALL,
    )
    found = np.zeros(len(SIGNS) + 1)
    found[np.r_[used, True]] = fitted
    return tuple(round(float(value), 3) for value in found)


def _judge(told: Sequence[Told], fitted: tuple[float, ...], counts: Callable[[Told], bool]) -> float:
    """BCubed F1 of the articles that count, all of them being placed by these weights."""
    weights.STORY = weights.STORY_BY_WORDS = fitted
    book = StoryBook()
    book.arrange([Newcomer(article=one.article.id, seen=one.article.seen, gist=one.gist) for one in told])
    held = [(one.event, book.story_of(one.article.id)) for one in told]
    both, events, stories = Counter(held), Counter(event for event, _ in held), Counter(story for _, story in held)
    shares = [
        (both[event, story] / stories[story], both[event, story] / events[event])
        for one, (event, story) in zip(told, held, strict=True)
        if counts(one)
    ]
    precision, recall = np.mean(shares, axis=0)
    return float(2 * precision * recall / (precision + recall))


if __name__ == "__main__":
    typer.run(main)
