"""The set on digests: one story told by three publishers, against an editor's neutral summary."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bench.commands import Row
from bench.figures import Measured
from bench.scoring import naive_sentences
from bench.sets import Ground, Outcome
from bot.news.article import LOCAL, Article, ArticleId
from bot.news.choice import Choice, ChosenStory
from bot.news.ranking import Candidate, rank_stories
from bot.news.story import KeptStory, StoryId
from bot.writer.digest import write_digest

_NAME = "allsides-digests"
_NOW = datetime(2025, 4, 24, 18, tzinfo=UTC)
_FLOORS = {"rouge1": "0.386", "rouge2": "0.172", "rougeL": "0.250"}


def measure_digests(ground: Ground) -> Outcome:
    """What a digest of normal length says of each event, as one story of the three articles."""
    material, events = ground.material, ground.material.rows("allsides-events/events.jsonl.gz")
    ground.say(f"writing {len(events)} digests")
    ours = [{"id": event["id"], "summary": _digest_of(event)} for event in events]
    firsts = [{"id": event["id"], "summary": "\n".join(_first_sentences(event))} for event in events]
    gold = material.folder / "allsides-events" / "events.jsonl.gz"
    scored = {
        name: material.scores("score_rouge.py", "--gold", gold, "--pred", material.write(f"{_NAME}-{name}.jsonl", rows))
        for name, rows in (("ours", ours), ("first sentences", firsts))
    }
    measured = [
        Measured(
            set=_NAME,
            figure=kind.replace("rouge", "ROUGE-"),
            ours=scored["ours"][0][kind],
            floor=f"{scored['first sentences'][0][kind]:.3f}",
            wanted=f"> {floor}",
        )
        for kind, floor in _FLOORS.items()
    ]
    measured.append(Measured(set=_NAME, figure="words, mean", ours=round(scored["ours"][0]["mean_words"])))
    failures = [
        f"{event['id']}\n{one['summary']}\n  wanted:\n{event['summary']}"
        for event, one in zip(events, ours, strict=True)
    ]
    return Outcome(measured=measured, failures=failures)


def _digest_of(event: Row) -> str:
    """The sentences of the digest, one a line."""
    articles = tuple(_article(number, doc) for number, doc in enumerate(event["docs"], start=1))
    story = KeptStory(
        id=StoryId(1), headline=articles[0].title, first_seen=_NOW, last_seen=_NOW, follows=None, articles=articles
    )
    candidate = Candidate(story=story, told=None, development=0, change=None, publishers=story.publishers)
    ranked, more = rank_stories([candidate], _NOW, limit=1)
    choice = Choice(
        topic=None,
        length="normal",
        start=_NOW,
        end=_NOW,
        late_since=None,
        stories=tuple(ChosenStory(ranked=one, articles=articles, said_in=None) for one in ranked),
        ended=(),
        more=more,
        change=0,
    )
    return "\n".join(point.text for item in write_digest(choice).items for point in item.points)


def _article(number: int, doc: Row) -> Article:
    return Article(
        space=LOCAL,
        id=ArticleId(number),
        version=1,
        name=doc["id"],
        title=doc["title"],
        text=doc["text"],
        dek_end=0,
        url=None,
        publisher=f"Publisher {number}",
        origin=None,
        author=None,
        published=None,
        published_day_only=False,
        language="en",
        seen=_NOW,
        copy_of=None,
    )


def _first_sentences(event: Row) -> Iterator[str]:
    """The first sentence of every article."""
    for doc in event["docs"]:
        yield from naive_sentences(doc["text"])[:1]
