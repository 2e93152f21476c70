"""Fit the weights of topics in plain language on a public collection, and write config/weights.py.

    python -m bench.fit_topics --data ../shared/eval

Nothing that is fitted knows a topic: the signs are how much an article speaks of whatever is described, and where it
names it. Prints F1 for topics that the weights were not fitted on (eight folds by topic), and for countries others than
those fitted on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import typer

from bench.commands import Row
from bench.fitting import fit_odds, write_weights
from bench.scoring import Material
from bench.topic_cases import COUNTRIES, TOPICS
from bot.news.article import LOCAL, Article, ArticleId
from bot.news.concern import concern_signs
from bot.news.description import strand_signs
from bot.news.description_words import read_description
from bot.news.subject import Subject
from config import weights

Matrix = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]

_SET = "reuters-21578"
_FOLDS = 8
_KEEP_SMALL = 1e-3
_CUTS = np.arange(-2.0, 1.0, 0.1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A topic with the signs of every article that has any, whether it is on it, and how many articles are."""

    name: str
    signs: Matrix
    right: Truths
    wanted: int


def main(data: Annotated[Path, typer.Option(help="Folder of the test sets.", exists=True)]) -> None:
    """Fit, print the held-out figures, write."""
    material = Material(folder=data.resolve(), results=data)
    alerts = material.rows(f"{_SET}/alerts.jsonl")
    rows = material.rows(f"{_SET}/docs.jsonl.gz")
    topics = {
        row["all"][0]: row["description"] for row in alerts if row["all"][0][:6] == "topic:" == row["all"][-1][:6]
    }
    places = {row["all"][0]: row["description"] for row in alerts if row["all"][0].startswith("place:")}
    described = _described(rows, topics | {f"topic:{label}": text for label, text in TOPICS.items()})
    held_out: dict[str, float] = {}
    for fold in range(_FOLDS):
        fitted = _fit([case for number, case in enumerate(described) if number % _FOLDS != fold])
        held_out |= {case.name: _f1(case, fitted) for number, case in enumerate(described) if number % _FOLDS == fold}
    print(f"alerts  {np.mean([held_out[name] for name in topics]):.3f} of {len(topics)}")
    print(f"topics  {np.mean([f1 for name, f1 in held_out.items() if name not in topics]):.3f} of {len(TOPICS)}")
    weights.DESCRIBED = _fit(described)
    concerned = _concerned(rows, {f"place:{label}": f"Any news about {name}" for label, name in COUNTRIES.items()})
    weights.CONCERNED = _fit(concerned)
    others = _concerned(rows, places)
    print(f"countries {np.mean([_f1(case, weights.CONCERNED) for case in others]):.3f} of {len(places)} others")
    write_weights()


def _described(rows: Sequence[Row], topics: Mapping[str, str]) -> list[Case]:
    """The cases of topics that are one strand, on the articles that were read for topics."""
    strands = {}
    for label, text in topics.items():
        ways = read_description(text).ways
        if len(ways) == len(ways[0]) == 1:
            strands[label] = ways[0][0]
    judged = [row for row in rows if row["topics_attr"] == "YES"]
    signs: dict[str, list[tuple[float, ...]]] = {label: [] for label in strands}
    right: dict[str, list[bool]] = {label: [] for label in strands}
    for row in judged:
        subject = _subject(row, row["dateline"])
        for label, strand in strands.items():
            if found := strand_signs(strand, subject):
                signs[label].append(found)
                right[label].append(label in row["labels"])
    return list(_cases(signs, right, judged, 1))


def _concerned(rows: Sequence[Row], places: Mapping[str, str]) -> list[Case]:
    """The cases of countries, on all articles, each as it is and without its dateline."""
    keys = {label: next(iter(read_description(text).wanted[0])) for label, text in places.items()}
    signs: dict[str, list[tuple[float, ...]]] = {label: [] for label in keys}
    right: dict[str, list[bool]] = {label: [] for label in keys}
    for row in rows:
        for dateline in (row["dateline"], None):
            subject = _subject(row, dateline)
            for label, key in keys.items():
                if found := concern_signs(key, subject):
                    signs[label].append(found)
                    right[label].append(label in row["labels"])
    return list(_cases(signs, right, rows, 2))


def _cases(
    signs: Mapping[str, Sequence[tuple[float, ...]]],
    right: Mapping[str, Sequence[bool]],
    rows: Sequence[Row],
    times: int,
) -> Iterator[Case]:
    for label in signs:
        if any(right[label]):
            wanted = times * sum(label in row["labels"] for row in rows)
            yield Case(name=label, signs=np.array(signs[label]), right=np.array(right[label]), wanted=wanted)


def _subject(row: Row, dateline: str | None) -> Subject:
    paragraphs = (line.strip() for line in f"{dateline or ''} {row['text']}".split("\n"))
    when = datetime(1987, 1, 1, tzinfo=UTC)
    article = Article(
        space=LOCAL,
        id=ArticleId(1),
        version=1,
        name=str(row["id"]),
        title=row["title"] or "",
        text="\n".join(line for line in paragraphs if line),
        dek_end=0,
        url=None,
        publisher="",
        origin=None,
        author=None,
        published=when,
        published_day_only=False,
        language="en",
        seen=when,
        copy_of=None,
    )
    return Subject(article)


def _fit(cases: Sequence[Case]) -> tuple[float, ...]:
    """The weights, the constant last, with which the mean F1 of the cases is highest from zero on."""
    signs = np.concatenate([case.signs for case in cases])
    right = np.concatenate([case.right for case in cases]).astype(np.float64)
    each = np.concatenate([np.full(len(case.right), case.right.sum() ** -0.5) for case in cases])
    *found, constant = fit_odds(signs, right, each, _KEEP_SMALL).tolist()
    cut = max(_CUTS, key=lambda cut: np.mean([_f1(case, (*found, constant - cut)) for case in cases]))
    return tuple(round(float(value), 3) for value in (*found, constant - cut))


def _f1(case: Case, fitted: Sequence[float]) -> float:
    said = case.signs @ np.array(fitted[:-1]) + fitted[-1] >= 0
    return float(2 * (said & case.right).sum() / (said.sum() + case.wanted))


if __name__ == "__main__":
    typer.run(main)
