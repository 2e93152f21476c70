"""Fit the weights of passages and grounds on public questions with known evidence, and write config/weights.py.

    python -m bench.fit --data ../shared/eval

Each weight vector is fitted on what the product itself computes. Prints held-out figures (five folds by question).
Refusal is learnt from questions without an answer, and from questions whose articles were left out of the archive.
"""

import asyncio
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bench.commands import ROOT, Row
from bench.fitting import Choice, fit_choice, fit_ranking, held_out_sums, write_curve, write_weights
from bench.scoring import Material
from bot.archive.archive import Archive
from bot.archive.articles import file_drafts, list_publishers
from bot.desk.catch_up import catch_up
from bot.desk.desk import Desk
from bot.desk.find import find_evidence, gather_candidates
from bot.index.encoder import Encoder, Vector
from bot.index.index import Index
from bot.index.models import load_encoder
from bot.index.rank import weigh_passages
from bot.news.article import LOCAL, Draft
from bot.news.findings import Findings
from bot.news.question import Question, read_question
from bot.news.text import words
from bot.writer.grounds import Signs, weigh_grounds
from bot.writer.sentences import rank_sentences
from config import weights

_NOW = datetime(2026, 11, 24, tzinfo=UTC)
_ZONE = ZoneInfo("UTC")
_SEED = 20250416
_BATCH = 200
_PARTS = 3
_AGAINST = {"absent", "outlet_missing", "date_missed"}
_EITHER = {"outlet_named", "reports_length", "yes_no"}
_SENSES = [-1 if name in _AGAINST else 0 if name in _EITHER else 1 for name in Signs._fields]


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A question, whether this world's articles answer it, and what marks a passage or sentence that does."""

    id: str
    text: str
    answerable: bool
    proves: Callable[[str, str], bool] = lambda article, text: False


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """An archive with the questions put to it; `group` is weighed as one."""

    group: str
    desk: Desk
    cases: Sequence[Case]


class Remembering(Encoder):
    """An encoder that encodes no text twice: the worlds share most of their sentences."""

    def __init__(self, encoder: Encoder) -> None:
        self.model_id, self.size = encoder.model_id, encoder.size
        self._encoder = encoder
        self._known: dict[str, Vector] = {}

    def encode(self, text: str) -> Vector:
        """The vector of the text."""
        if text not in self._known:
            self._known[text] = self._encoder.encode(text)
        return self._known[text]


def main(data: Annotated[Path, typer.Option()], write: bool = True) -> None:
    """Fit the weights of passages, then those of the grounds, which rest on them."""
    with tempfile.TemporaryDirectory() as scratch:
        encoder = Remembering(load_encoder("minilm", Path(scratch) / "models"))
        material = Material(folder=data, results=Path(scratch))
        worlds = list(_make_worlds(material, Path(scratch), encoder))
        weights.PASSAGE = fit_ranking("passages", list(_passage_rows(worlds[0])))
        grounds = [row for world in worlds for row in _ground_rows(world)]
        weights.GROUNDS = fit_choice("grounds", grounds, _SENSES)
        by_words = [replace(world, desk=_without_meaning(world.desk)) for world in worlds]
        weights.GROUNDS_BY_WORDS = fit_choice(
            "by words", [row for world in by_words for row in _ground_rows(world)], _SENSES
        )
        for world in worlds:
            world.desk.archive.close()
    if write:
        write_weights()
        write_curve(grounds, held_out_sums(grounds, _SENSES), ROOT / "docs" / "refusal.md")


def _make_worlds(material: Material, scratch: Path, encoder: Encoder) -> Iterator[World]:
    articles = material.rows("multihop-rag/corpus.jsonl.gz")
    queries = material.rows("multihop-rag/queries.jsonl")
    yield World(
        group="reports",
        desk=_file(articles, scratch / "reports", encoder),
        cases=[_report_case(query, bool(query["evidence"])) for query in queries],
    )
    kept = {row["doc"] for row in material.rows("multihop-rag/half_corpus.jsonl")}
    expected = {row["id"]: row["expect"] == "answer" for row in material.rows("multihop-rag/half_queries.jsonl")}
    yield World(
        group="half",
        desk=_file([a for a in articles if a["doc"] in kept], scratch / "half", encoder),
        cases=[_report_case(query, expected[query["id"]]) for query in queries if query["id"] in expected],
    )
    chance = random.Random(_SEED)
    for number in range(3):
        kept = {article["doc"] for article in articles if chance.random() < 0.45}
        yield World(
            group="other halves",
            desk=_file([a for a in articles if a["doc"] in kept], scratch / f"half{number}", encoder),
            cases=list(_decided(queries, kept)),
        )
    yield from _quiz_worlds(material, scratch, encoder)


def _decided(queries: Sequence[Row], kept: set[str]) -> Iterator[Case]:
    """The queries of which all or none of the evidence is kept."""
    for query in queries:
        inside = [proof["doc"] in kept for proof in query["evidence"]]
        if inside and (all(inside) or not any(inside)):
            yield _report_case(query, all(inside))


def _quiz_worlds(material: Material, scratch: Path, encoder: Encoder) -> Iterator[World]:
    """Quiz questions with all articles, and in parts without the articles found for them."""
    articles = material.rows("realtimeqa/corpus.jsonl.gz")
    questions = material.rows("realtimeqa/questions.jsonl")
    answered = [_quiz_case(question, True) for question in questions if question["answer_in_docs"]]
    yield World(group="quiz", desk=_file(articles, scratch / "quiz", encoder), cases=answered)
    for part in range(_PARTS):
        mine = questions[part::_PARTS]
        gone = {doc for question in mine for doc in question["docs"]}
        desk = _file([a for a in articles if a["doc"] not in gone], scratch / f"quiz{part}", encoder)
        yield World(
            group="quiz",
            desk=desk,
            cases=[
                case
                for case in (_quiz_case(question, False) for question in mine)
                if not any(case.proves("", quote.text) for quote in rank_sentences(_find(desk, case))[:40])
            ],
        )


def _report_case(query: Row, answerable: bool) -> Case:
    facts = [(proof["doc"], _squeezed(proof["fact"])) for proof in query["evidence"]]

    def proves(article: str, text: str) -> bool:
        held = _squeezed(text)
        return any(doc == article and (fact in held or (len(held) > 40 and held in fact)) for doc, fact in facts)

    return Case(id=query["id"], text=query["query"], answerable=answerable, proves=proves)


def _quiz_case(question: Row, answerable: bool) -> Case:
    answer = f" {' '.join(words(question['choices'][int(question['answer'])]))} "

    def proves(article: str, text: str) -> bool:
        return answer in f" {' '.join(words(text))} " and (not article or article in question["docs"])

    return Case(id=question["id"], text=question["question"], answerable=answerable, proves=proves)


def _file(articles: Sequence[Row], folder: Path, encoder: Encoder) -> Desk:
    archive = Archive.open(folder, None)
    for first in range(0, len(articles), _BATCH):
        archive.write_now(file_drafts, LOCAL, [_draft(a) for a in articles[first : first + _BATCH]], _NOW)
    desk = Desk(archive=archive, index=Index.open(folder / "index", encoder), space=LOCAL)
    asyncio.run(catch_up(desk, progress=lambda doing, done, total=None: None))
    return desk


def _draft(article: Row) -> Draft:
    published = datetime.fromisoformat(article["published"].replace("Z", "+00:00"))
    return Draft(
        name=article["doc"],
        identity=article["doc"],
        title=article["title"],
        text=article["text"],
        publisher=article.get("source"),
        published=published if published.tzinfo else published.replace(tzinfo=UTC),
    )


def _without_meaning(desk: Desk) -> Desk:
    return replace(desk, index=Index.open(desk.index.folder, None))


def _read(desk: Desk, case: Case) -> Question:
    publishers = desk.archive.read_now(list_publishers, LOCAL)
    return read_question(case.text, now=_NOW, zone=_ZONE, publishers=publishers)


def _find(desk: Desk, case: Case) -> Findings:
    return desk.archive.read_now(find_evidence, desk, _read(desk, case))


def _passage_rows(world: World) -> Iterator[Choice]:
    for case in world.cases:
        if case.answerable:
            question = _read(world.desk, case)
            gathered = world.desk.archive.read_now(gather_candidates, world.desk, question)
            weighed = list(weigh_passages(question, gathered.candidates, gathered.rarity))
            right = [case.proves(c.article.name, c.text) for c, _ in weighed]
            yield Choice(group=world.group, id=case.id, signs=[signs for _, signs in weighed], right=right)


def _ground_rows(world: World) -> Iterator[Choice]:
    for case in world.cases:
        found = _find(world.desk, case).told_by_those_named()
        grounds = weigh_grounds(found, rank_sentences(found))
        if found.evidence:
            yield Choice(group=world.group, id=case.id, signs=[grounds.signs], right=[case.answerable])


def _squeezed(text: str) -> str:
    return "".join(text.split())


if __name__ == "__main__":
    typer.run(main)
