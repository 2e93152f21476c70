"""The sets on stories: articles on many events in one heap, and which of them tell of one event."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from random import Random

from bench.commands import Newsdesk, Row
from bench.figures import Measured
from bench.sets import Ground, Outcome
from bot.archive.archive import Archive
from bot.archive.articles import articles_after
from bot.archive.stories import find_placements
from bot.index.story_book import Newcomer, StoryBook
from bot.news.article import LOCAL, Article, ArticleId
from bot.news.gist import Gist

_TOLD = ("id", "title", "text", "url", "source", "date")
_SEED = 20250416
_MOST = 100_000


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
    newsdesk = fill_heap(ground, name, [row for both in sides for row in both])
    heap, alone = _clusters(ground, newsdesk), _alone(newsdesk, sides)
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
    docs = documents(rows)
    found = _clusters(ground, fill_heap(ground, name, [doc for doc, _ in docs]))
    pred = material.write(f"{name}-stories.jsonl", ({"id": id, "cluster": story} for id, story in found.items()))
    gold = ("--events" if kind == "events" else "--gold", material.folder / name / f"{kind}.jsonl.gz")
    scores = material.scores("score_clusters.py", *gold, "--pred", pred)[0]
    return Outcome(
        measured=[
            Measured(set=name, figure="BCubed F1", ours=scores["bcubed_f1"], floor=floor, wanted=wanted),
            Measured(set=name, figure="precision", ours=scores["bcubed_precision"]),
            Measured(set=name, figure="recall", ours=scores["bcubed_recall"]),
        ],
        failures=list(_mixed(docs, found)),
    )


def fill_heap(ground: Ground, name: str, docs: Iterable[Row]) -> Newsdesk:
    """An archive with these articles; they are added in an order that says nothing."""
    rows = [{key: doc[key] for key in _TOLD if doc.get(key)} for doc in docs]
    Random(_SEED).shuffle(rows)
    newsdesk = Newsdesk(data=ground.archives / f"stories-{name}")
    ground.say(f"adding {len(rows)} articles to {newsdesk.data.name}")
    newsdesk.add(ground.material.write(f"{name}-articles.jsonl", rows), later=True)
    return newsdesk


def read_heap(newsdesk: Newsdesk) -> list[tuple[Article, Gist]]:
    """The articles that were placed in the archive, and by what they were compared."""
    with Archive.open(newsdesk.data, None, write=False) as archive:
        articles = archive.read_now(articles_after, LOCAL, ArticleId(0), _MOST)
        placed = archive.read_now(find_placements, LOCAL, [one.id for one in articles])
    return [(one, placed[one.id].gist) for one in articles]


def documents(rows: Sequence[Row]) -> list[tuple[Row, str]]:
    """The documents of a set, each with the event that it is of."""
    if rows and "docs" in rows[0]:
        return [(doc, row["id"]) for row in rows for doc in row["docs"]]
    return [(row, row["cluster"]) for row in rows]


def _clusters(ground: Ground, newsdesk: Newsdesk) -> dict[str, int]:
    """The story of each article, by its name."""
    ground.say(f"placing the articles of {newsdesk.data.name}")
    return {article: story["story"] for story in newsdesk.stories() for article in story["articles"]}


def _alone(newsdesk: Newsdesk, pairs: Sequence[Sequence[Row]]) -> list[dict[str, int]]:
    """The story of each article of a pair, by its name, where a story book holds nothing but the pair."""
    placed = {article.name: (article, gist) for article, gist in read_heap(newsdesk)}
    found = []
    for pair in pairs:
        both = [placed[row["id"]] for row in pair if row["id"] in placed]
        book = StoryBook()
        book.arrange([Newcomer(article=one.id, seen=one.seen, gist=gist) for one, gist in both])
        stories = [book.story_of(one.id) or 0 for one, _ in both]
        if len(both) < len(pair) or any(one.copy_of == other.id for one, _ in both for other, _ in both):
            stories = [0] * len(pair)  # one repeats the other
        found.append({row["id"]: story for row, story in zip(pair, stories, strict=True)})
    return found


def _are_one(stories: dict[str, int], rows: Sequence[Row]) -> bool:
    return len({stories[row["id"]] for row in rows}) == 1


def _mixed(docs: Sequence[tuple[Row, str]], found: dict[str, int]) -> Iterator[str]:
    """Articles of two events that were taken for one story."""
    for (one, event), (other, another) in combinations([pair for pair in docs if pair[0]["id"] in found], 2):
        if found[one["id"]] == found[other["id"]] and event != another:
            yield "\n".join(
                f"{e} {doc.get('title') or doc['text'][:100]}" for e, doc in ((event, one), (another, other))
            )
