"""The sets on topics: what `match` finds by descriptions alone, and by them and what readers have clicked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench.commands import Newsdesk, Row
from bench.figures import Measured
from bench.sets import Ground, Outcome
from bot.archive.archive import Archive
from bot.archive.articles import articles_after
from bot.news.article import LOCAL, Article, ArticleId
from bot.news.subject import Subject
from bot.news.taste import Opinion, learn_taste
from bot.news.topic import Topic, read_topic
from config import defaults

_ALERTS = "reuters-21578"
_CLICKS = 50
_SECTIONS = {
    "World": "World news: politics, war, diplomacy, elections, disasters",
    "Sports": "Sports news: matches, players, teams, championships",
    "Business": "Business news: companies, markets, the economy",
    "Sci/Tech": "Science and technology news: computers, software, internet, space",
}


def measure_alerts(ground: Ground) -> Outcome:
    """Items of a newswire one by one, by nothing but what somebody would type; then with the clicks of readers."""
    material = ground.material
    alerts = material.rows(f"{_ALERTS}/alerts.jsonl")
    rows = material.rows(f"{_ALERTS}/docs.jsonl.gz")
    watches = [{"id": alert["alert"], "topic": alert["description"]} for alert in alerts]
    newsdesk = _filled(ground, _ALERTS, material.folder / _ALERTS / "docs.jsonl.gz")
    found = _scored(ground, "alerts", newsdesk.match(watches))
    bare = material.write("alerts-bare.jsonl", ({**row, "dateline": None} for row in rows))
    without = _scored(ground, "alerts-bare-matched", _filled(ground, f"{_ALERTS}-bare", bare).match(watches))
    ground.say(f"clicking {_CLICKS} times for each watch")
    taught = _scored(ground, "alerts-taught", _taught(newsdesk.data, alerts, rows))
    one = {row["alert"]: row["f1"] for row in found}
    return Outcome(
        measured=[
            Measured(set=_ALERTS, figure="macro F1", ours=one["MACRO"], floor="0.654", wanted="≥ 0.74"),
            Measured(set=_ALERTS, figure="micro F1", ours=one["MICRO"], floor="0.681", wanted="≥ 0.77"),
            Measured(set=_ALERTS, figure="trade-japan", ours=one["trade-japan"], floor="0.576", wanted="≥ 0.68"),
            Measured(set=_ALERTS, figure="macro F1 without datelines", ours=_macro(without)),
            Measured(set=_ALERTS, figure=f"macro F1 with {_CLICKS} clicks", ours=_macro(taught), wanted="≥ 0.80"),
        ],
        failures=[f"{row['alert']}: F1 {row['f1']} (P {row['precision']}, R {row['recall']})" for row in found],
    )


def measure_sections(ground: Ground) -> Outcome:
    """Headlines with a sentence each, by a plain description of four sections."""
    name = "ag-news"
    items = ground.material.folder / name / "items.jsonl.gz"
    watches = [{"id": label, "topic": topic} for label, topic in _SECTIONS.items()]
    matched = _filled(ground, name, items).match(watches)
    path = ground.material.write("sections.jsonl", _predictions(matched))
    scores = ground.material.scores("score_alerts.py", "--labels", items, "--pred", path)
    return Outcome(
        measured=[
            Measured(set=name, figure=f"{row['alert'].lower()} F1", ours=row["f1"])
            for row in scores
            if row["alert"] in (*_SECTIONS, "MACRO")
        ]
    )


def _filled(ground: Ground, name: str, path: Path) -> Newsdesk:
    """The archive of the set; topics do not ask for vectors, which would take an hour."""
    newsdesk = Newsdesk(data=ground.archives / name, words_only=True)
    ground.say(f"adding to {name}")
    newsdesk.add(path)
    return newsdesk


def _scored(ground: Ground, name: str, matched: Sequence[Row]) -> list[Row]:
    folder = ground.material.folder / _ALERTS
    path = ground.material.write(f"{name}.jsonl", _predictions(matched))
    gold = ("--docs", folder / "docs.jsonl.gz", "--alerts", folder / "alerts.jsonl")
    return ground.material.scores("score_alerts.py", *gold, "--pred", path)


def _predictions(matched: Sequence[Row]) -> Iterator[Row]:
    for row in matched:
        names = (int(name) if name.isdigit() else name for name in row["articles"])
        yield {"alert": row["id"], "docs": list(names)}


def _macro(scores: Sequence[Row]) -> float:
    return float(next(row["f1"] for row in scores if row["alert"] == "MACRO"))


@dataclass(kw_only=True, slots=True)
class _Reader:
    """Whoever reads what a watch brings, and says of the first of it whether it is on the topic."""

    alert: str
    topic: Topic
    wanted: frozenset[int]
    judged: frozenset[int]
    said: list[Opinion] = field(default_factory=list)
    brought: list[str] = field(default_factory=list)

    def read(self, article: Article, subject: Subject) -> None:
        """The article comes; only what the collection has judged can be clicked, and counts."""
        number = int(article.name)
        if number not in self.judged or not self.topic.meets(subject):
            return
        self.brought.append(article.name)
        if len(self.said) < _CLICKS:
            margin = self.topic.margin(subject)
            self.said.append(Opinion(subject=subject, margin=margin, helpful=number in self.wanted))
            self.topic = replace(self.topic, taste=learn_taste(self.said))


def _taught(data: Path, alerts: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
    """What each watch brings over the whole stream, from the first article on, while its readers click."""
    everything = frozenset(row["id"] for row in rows)
    indexed = frozenset(row["id"] for row in rows if row["topics_attr"] == "YES")
    readers = [
        _Reader(
            alert=alert["alert"],
            topic=read_topic(alert["description"]),
            wanted=frozenset(alert["docs"]),
            judged=everything if alert["pool"] == "all" else indexed,
        )
        for alert in alerts
    ]
    for article in _stream(data):
        subject = Subject(article)
        for reader in readers:
            reader.read(article, subject)
    return [{"id": reader.alert, "articles": reader.brought} for reader in readers]


def _stream(data: Path) -> Iterator[Article]:
    with Archive.open(data, None, write=False) as archive:
        last = ArticleId(0)
        while articles := archive.read_now(articles_after, LOCAL, last, defaults.MATCHED_AT_ONCE):
            yield from articles
            last = articles[-1].id
