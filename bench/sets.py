"""The sets on questions: what is put in, what is asked, and how the answers are scored."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bench.choices import choose
from bench.commands import Newsdesk, Row
from bench.figures import Measured
from bench.scoring import Material


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """What a set is measured with: the material, a folder for archives, and a place to say what goes on."""

    material: Material
    archives: Path
    say: Callable[[str], None]

    def filled(self, name: str, *paths: Path) -> Newsdesk:
        """The archive of that name with the paths taken in. One kept from an earlier run is used again."""
        newsdesk = Newsdesk(data=self.archives / name)
        self.say(f"adding to {name}")
        refused = newsdesk.add(*paths)["refused"]
        if refused:
            self.say(f"{len(refused)} refused, first: {refused[0]['where']}: {refused[0]['reason']}")
        return newsdesk


@dataclass(kw_only=True, slots=True)
class Outcome:
    """The figures of a set, and its failures one by one, for reading."""

    measured: list[Measured]
    failures: list[str] = field(default_factory=list)


def measure_seed(ground: Ground) -> Outcome:
    """The questions on the two articles: right answers, right refusals, quotes word for word."""
    material = ground.material
    articles = material.folder.parent / "articles"
    gold = material.rows("seed-questions/dev.jsonl")
    newsdesk = ground.filled("seed", articles)
    answers = material.write("seed.jsonl", newsdesk.ask(gold))
    path = material.folder / "seed-questions" / "dev.jsonl"
    printed = material.score("score_seed.py", "--gold", path, "--answers", answers, "--articles", articles, "-v")
    *failures, totals = printed.splitlines()
    counts = re.search(r"answered (\d+)/(\d+)  refused (\d+)/(\d+)  right ([\d.]+)", totals)
    if counts is None:
        raise ValueError(f"the scoring program printed {totals!r}")
    wrongly_answered = int(counts[4]) - int(counts[3])
    bad_quotes = sum("quote not in" in line for line in failures)
    name = "seed-questions"
    return Outcome(
        measured=[
            Measured(set=name, figure="right", ours=float(counts[5]), wanted="≥ 0.90"),
            Measured(set=name, figure="refusals missed", ours=wrongly_answered, wanted="≤ 1"),
            Measured(set=name, figure="quotes not verbatim", ours=bad_quotes, wanted="= 0"),
        ],
        failures=failures,
    )


def measure_multihop_search(ground: Ground) -> Outcome:
    """Passages found for questions that need several articles."""
    material, name = ground.material, "multihop-search"
    newsdesk = ground.filled("multihop", material.folder / "multihop-rag" / "corpus.jsonl.gz")
    queries = material.rows("multihop-rag/queries.jsonl")
    ground.say(f"searching for {len(queries)} queries")
    found = newsdesk.search(({"id": q["id"], "query": q["query"]} for q in queries), 10)
    ranked = [
        {"id": row["id"], "hits": [{"doc": p["article"], "text": p["text"]} for p in row["passages"]]} for row in found
    ]
    path = material.write("multihop-search.jsonl", ranked)
    gold = material.folder / "multihop-rag" / "queries.jsonl"
    scores = material.scores("score_retrieval.py", "--queries", gold, "--ranked", path)[0]
    return Outcome(
        measured=[
            Measured(
                set=name, figure="Hits@10", ours=scores["Hits@10"], floor="0.904", wanted="≥ 0.94", published="0.747"
            ),
            Measured(
                set=name, figure="Hits@4", ours=scores["Hits@4"], floor="0.763", wanted="≥ 0.84", published="0.664"
            ),
            Measured(
                set=name, figure="MRR@10", ours=scores["MRR@10"], floor="0.608", wanted="≥ 0.70", published="0.586"
            ),
            Measured(set=name, figure="AllFacts@10", ours=scores["AllFacts@10"], floor="0.306", wanted="≥ 0.42"),
            Measured(set=name, figure="DocRecall@10", ours=scores["DocRecall@10"], floor="0.753"),
        ],
        failures=list(_unfound(queries, ranked)),
    )


def measure_multihop_refusal(ground: Ground) -> Outcome:
    """Refusing what the articles do not hold: queries without an answer, and queries on half of the articles."""
    material = ground.material
    folder = material.folder / "multihop-rag"
    queries = material.rows("multihop-rag/queries.jsonl")
    half = {row["id"]: row["expect"] == "refuse" for row in material.rows("multihop-rag/half_queries.jsonl")}
    kept = {row["doc"] for row in material.rows("multihop-rag/half_corpus.jsonl")}
    half_corpus = material.write(
        "half-corpus.jsonl", (row for row in material.rows("multihop-rag/corpus.jsonl.gz") if row["doc"] in kept)
    )
    null = {q["id"]: q["type"] == "null_query" for q in queries}
    whole = _refusals(ground, ground.filled("multihop", folder / "corpus.jsonl.gz"), queries, "refusal-whole.jsonl")
    asked = [q for q in queries if q["id"] in half]
    part = _refusals(ground, ground.filled("multihop-half", half_corpus), asked, "refusal-half.jsonl")
    gold = ("--queries", folder / "queries.jsonl", "--answers")
    on_null = material.scores("score_refusal.py", *gold, material.results / "refusal-whole.jsonl")[0]
    on_half = material.scores(
        "score_refusal.py", *gold, material.results / "refusal-half.jsonl", "--half", folder / "half_queries.jsonl"
    )[0]
    rows = [("null queries", on_null, "0.90", "≥ 0.93"), ("half corpus", on_half, "0.745", "≥ 0.82")]
    measured = []
    for name, scores, floor, wanted in rows:
        balanced = scores["balanced_accuracy"]
        measured.append(
            Measured(set="multihop-refusal", figure=f"{name}, balanced", ours=balanced, floor=floor, wanted=wanted)
        )
        measured.append(Measured(set="multihop-refusal", figure=f"{name}, refused", ours=scores["recall"]))
        measured.append(Measured(set="multihop-refusal", figure=f"{name}, wrongly", ours=scores["false_refusals"]))
    failures = [*_misjudged("null", whole, null, queries), *_misjudged("half", part, half, asked)]
    return Outcome(measured=measured, failures=failures)


def measure_realtimeqa(ground: Ground) -> Outcome:
    """Quiz questions asked on their day; the answer is mapped onto a choice as bench/choices.py says."""
    material, name = ground.material, "realtimeqa"
    newsdesk = ground.filled(name, material.folder / name / "corpus.jsonl.gz")
    questions = material.rows("realtimeqa/questions.jsonl")
    ground.say(f"asking {len(questions)} questions")
    answers = newsdesk.ask({"id": q["id"], "question": q["question"], "now": q["date"]} for q in questions)
    chosen = [choose(answer, question["choices"]) for answer, question in zip(answers, questions, strict=True)]
    path = material.write(
        "realtimeqa.jsonl", ({"id": q["id"], "answer": n} for q, n in zip(questions, chosen, strict=True))
    )
    material.write("realtimeqa-answers.jsonl", answers)
    gold = material.folder / name / "questions.jsonl"
    groups = {g["group"]: g for g in material.scores("score_answers.py", "--choices", gold, "--answers", path)}
    held, trade = groups["answer in articles"]["accuracy"], groups["trade"]["accuracy"]
    refused = sum(answer["status"] == "nothing_found" for answer in answers)
    failures = [
        f"{q['id']} {q['question']}\n  right: {q['choices'][q['answer']]}\n  chosen: {q['choices'][n]}\n  "
        + ("said: " + " / ".join(p["text"] for p in a["points"]) if a["points"] else "nothing found")
        for q, n, a in zip(questions, chosen, answers, strict=True)
        if n != q["answer"]
    ]
    all_right = groups["all"]["accuracy"]
    return Outcome(
        measured=[
            Measured(set=name, figure="accuracy", ours=all_right, floor="0.437", wanted="≥ 0.55", published="0.641"),
            Measured(set=name, figure="answer in articles", ours=held, floor="0.530"),
            Measured(set=name, figure="trade", ours=trade),
            Measured(set=name, figure="nothing found", ours=refused),
        ],
        failures=failures,
    )


def _refusals(ground: Ground, newsdesk: Newsdesk, queries: list[Row], name: str) -> dict[str, bool]:
    ground.say(f"asking {len(queries)} queries")
    answers = newsdesk.ask({"id": q["id"], "question": q["query"]} for q in queries)
    refused = {answer["id"]: answer["status"] == "nothing_found" for answer in answers}
    ground.material.write(name, ({"id": key, "refused": value} for key, value in refused.items()))
    return refused


def _misjudged(part: str, refused: dict[str, bool], wanted: dict[str, bool], queries: list[Row]) -> Iterable[str]:
    for query in queries:
        if refused[query["id"]] != wanted[query["id"]]:
            did = "refused" if refused[query["id"]] else "answered"
            yield f"{part} {query['id']} {did} ({query['type']}): {query['query']}"


def _unfound(queries: list[Row], ranked: list[Row]) -> Iterable[str]:
    for query, row in zip(queries, ranked, strict=True):
        facts = {"".join(e["fact"].split()) for e in query["evidence"]}
        texts = ["".join(hit["text"].split()) for hit in row["hits"]]
        found = sum(any(fact in text for text in texts) for fact in facts)
        if found < len(facts):
            yield f"{query['id']} {found} of {len(facts)} facts ({query['type']}): {query['query']}"
