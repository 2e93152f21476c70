"""The sets on stories: articles on many events in one heap, and which of them tell of one event."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from random import Random

from bench.commands import Newsdesk, Row
from bench.figures import Measured
from bench.sets import Ground, Outcome

_TOLD = ("id", "title", "text", "url", "source", "date")
_SEED = 20250416


def measure_ecbplus(ground: Ground) -> Outcome:
    """Short texts of events that come in pairs of look-alikes."""
    return _measure(ground, "ecbplus", "docs", floor="0.861", wanted="≥ 0.90")


def measure_basil(ground: Ground) -> Outcome:
    """Political events, each told by three outlets."""
    return _measure(ground, "basil", "docs", floor="0.952", wanted="≥ 0.96")


def measure_allsides_stories(ground: Ground) -> Outcome:
    """The beginnings of articles on many events of ten years, each told by three outlets, without their dates."""
    return _measure(ground, "allsides-events", "events", floor="0.785", wanted="≥ 0.84")


def measure_pairs(ground: Ground) -> Outcome:
    """Pairs of articles of one day that look alike: the same story or not, all in one heap, and each pair alone."""
    name, pairs = "tg-pairs", ground.material.rows("tg-pairs/pairs.jsonl")
    sides = [[{**pair[side], "id": f"{pair['id']}-{side}"} for side in "ab"] for pair in pairs]
    heap = _clusters(ground, name, [row for both in sides for row in both])
    alone = [_clusters(ground, f"{name}-{pair['id']}", both) for both, pair in zip(sides, pairs, strict=True)]
    right = {
        figure: [_are_one(f, both) == p["same_story"] for f, both, p in zip(found, sides, pairs, strict=True)]
        for figure, found in (("in one heap", [heap] * len(pairs)), ("each alone", alone))
    }
    return Outcome(
        measured=[
            Measured(set=name, figure=figure, ours=sum(judged) / len(judged), wanted="≥ 0.90")
            for figure, judged in right.items()
        ],
        failures=[
            f"{pair['id']} {figure}, the same: {pair['same_story']}\n  {both[0]['title']}\n  {both[1]['title']}"
            for figure, judged in right.items()
            for pair, both, is_right in zip(pairs, sides, judged, strict=True)
            if not is_right
        ],
    )


def _measure(ground: Ground, name: str, kind: str, *, floor: str, wanted: str) -> Outcome:
    """BCubed F1 of the stories into which the articles of the set come."""
    material = ground.material
    rows = material.rows(f"{name}/{kind}.jsonl.gz")
    docs = [doc for row in rows for doc in row["docs"]] if kind == "events" else rows
    found = _clusters(ground, name, docs)
    pred = material.write(f"{name}-stories.jsonl", ({"id": id, "cluster": story} for id, story in found.items()))
    gold = ("--events" if kind == "events" else "--gold", material.folder / name / f"{kind}.jsonl.gz")
    scores = material.scores("score_clusters.py", *gold, "--pred", pred)[0]
    events = {doc["id"]: row["id"] for row in rows for doc in row["docs"]} if kind == "events" else _events(rows)
    return Outcome(
        measured=[
            Measured(set=name, figure="BCubed F1", ours=scores["bcubed_f1"], floor=floor, wanted=wanted),
            Measured(set=name, figure="precision", ours=scores["bcubed_precision"]),
            Measured(set=name, figure="recall", ours=scores["bcubed_recall"]),
        ],
        failures=list(_mixed(docs, events, found)),
    )


def _clusters(ground: Ground, name: str, docs: Iterable[Row]) -> dict[str, int]:
    """The story of each article, by its name; they are added in an order that says nothing."""
    rows = [{key: doc[key] for key in _TOLD if doc.get(key)} for doc in docs]
    Random(_SEED).shuffle(rows)
    newsdesk = Newsdesk(data=ground.archives / f"stories-{name}")
    ground.say(f"adding {len(rows)} articles to {newsdesk.data.name}")
    newsdesk.add(ground.material.write(f"{name}-articles.jsonl", rows), later=True)
    ground.say(f"placing {len(rows)} articles")
    return {article: story["story"] for story in newsdesk.stories() for article in story["articles"]}


def _are_one(stories: dict[str, int], rows: Sequence[Row]) -> bool:
    return len({stories[row["id"]] for row in rows}) == 1


def _events(rows: Iterable[Row]) -> dict[str, str]:
    return {row["id"]: row["cluster"] for row in rows}


def _mixed(docs: Sequence[Row], events: dict[str, str], found: dict[str, int]) -> Iterator[str]:
    """Articles of two events that were taken for one story."""
    heads = {doc["id"]: doc.get("title") or doc["text"][:100] for doc in docs}
    for one, other in combinations(heads, 2):
        if found[one] == found[other] and events[one] != events[other]:
            yield f"{events[one]} {heads[one]}\n  {events[other]} {heads[other]}"
