"""The sets on texts: repeats, summaries, and strings that break programs."""

import asyncio
import html
import json
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from bench.commands import CommandFailed, Newsdesk, Row
from bench.figures import Measured
from bench.making import open_desk
from bench.scoring import Material, naive_sentences
from bench.sets import Ground, Outcome
from bot.desk.brief import write_brief
from bot.desk.desk import Desk
from bot.errors import RequestError
from bot.news.briefing import Brief
from handlers.console.as_json import brief_line

_AT = 0.8
_ANSWER_KEYS = {
    "id",
    "question",
    "status",
    "as_of",
    "points",
    "figures",
    "conflicts",
    "citations",
    "searched",
    "nearest",
}
_BRIEF_KEYS = {"as_of", "points", "stories", "citations", "searched"}
_MARKER = "quoll{}"
_CANARY = (
    "The lighthouse at Cape Verity was sold for 4,100 dollars on 3 March 2025. "
    "Its keeper, Amos Tolliver, moved to the mainland."
)


def measure_repeats(ground: Ground) -> Outcome:
    """Pairs of items that repeat each other, as taking in reports them."""
    material = ground.material
    gold = material.folder / "near-duplicates" / "pairs.jsonl"
    pairs = material.rows("near-duplicates/pairs.jsonl")
    measured, failures = [], []
    for name, file in (("reuters-21578", "reuters-21578/docs.jsonl.gz"), ("bbc-news", "bbc-news/items.jsonl.gz")):
        ids = {str(row["id"]): row["id"] for row in material.rows(file)}
        ground.say(f"adding {len(ids)} items of {name}")
        newsdesk = Newsdesk(data=ground.archives / f"repeats-{name}", words_only=True)
        repeated = newsdesk.add(material.folder / file)["repeated"]
        found = [{"a": ids[str(r["article"])], "b": ids[str(r["of"])]} for r in repeated if r["likeness"] >= _AT]
        path = material.write(f"repeats-{name}.jsonl", found)
        scores = material.scores("score_clusters.py", "--pairs", gold, "--set", name, "--pred", path, "--at", str(_AT))[
            0
        ]
        measured += [
            Measured(
                set="near-duplicates", figure=f"{name}, pair F1", ours=scores["f1"], wanted="≥ 0.97", published="0.952"
            ),
            Measured(set="near-duplicates", figure=f"{name}, precision", ours=scores["precision"]),
            Measured(set="near-duplicates", figure=f"{name}, recall", ours=scores["recall"]),
        ]
        failures += list(_wrong_pairs([p for p in pairs if p["set"] == name], found))
    return Outcome(measured=measured, failures=failures)


def measure_one_article(ground: Ground) -> Outcome:
    """The brief of an archive that holds one article, against its highlights and against its first three sentences."""
    published = {"rouge1": "0.442", "rouge2": "0.215", "rougeLsum": "0.411"}
    return _measure_briefs(ground, "cnndm-100", "text", published, with_stories=False)


def measure_several_articles(ground: Ground) -> Outcome:
    """The brief of several articles that were run together, against an editor's summary and the first sentences."""
    published = {"rouge1": "0.499", "rouge2": "0.211", "rougeLsum": "0.259"}
    return _measure_briefs(ground, "multinews-11", "documents", published, with_stories=True)


def measure_naughty(ground: Ground) -> Outcome:
    """Strings that break programs, as question, as title and text of an article, and as topic of a brief."""
    material = ground.material
    strings = [row["text"] for row in material.rows("naughty-strings/strings.jsonl")]
    canary = material.write(
        "canary.jsonl", [{"id": "canary", "title": "Lighthouse sold", "text": _CANARY, "source": "Test"}]
    )
    newsdesk = ground.filled("naughty", canary)
    failures = list(_ask_strings(newsdesk, strings))
    failures += _brief_strings(newsdesk, strings)
    articles = [
        {"id": f"string-{n}", "title": text, "text": f"A note that begins with {_MARKER.format(n)} ends so: {text}"}
        for n, text in enumerate(strings)
    ]
    fed = ground.filled("naughty-fed", material.write("naughty.jsonl", articles), canary)
    failures += _find_strings(fed, strings)
    return Outcome(
        measured=[Measured(set="naughty-strings", figure="faults", ours=len(failures), wanted="= 0")], failures=failures
    )


def _measure_briefs(ground: Ground, name: str, key: str, published: dict[str, str], *, with_stories: bool) -> Outcome:
    material = ground.material
    items = material.rows(f"{name}/items.jsonl.gz")
    ours, leads = [], []
    for item in items:
        ground.say(f"{name}: {item['id']}")
        sentences = naive_sentences(item[key])
        leads.append({"id": item["id"], "summary": "\n".join(sentences[:3])})
        ours.append({"id": item["id"], "summary": _brief_of(ground, name, item["id"], item[key], with_stories)})
    scored = [_rouge(material, name, summaries, kind) for kind, summaries in (("ours", ours), ("lead", leads))]
    measured = [
        Measured(
            set=name, figure=kind.replace("rouge", "ROUGE-"), ours=scored[0][kind],
            floor=f"{scored[1][kind]:.3f}", wanted=f"> {scored[1][kind]:.3f}", published=published[kind],
        )
        for kind in ("rouge1", "rouge2", "rougeLsum")
    ]  # fmt: skip
    measured.append(Measured(set=name, figure="words, mean", ours=round(scored[0]["mean_words"])))
    failures = [f"{o['id']}\n{o['summary']}\n  wanted:\n{i['summary']}" for o, i in zip(ours, items, strict=True)]
    return Outcome(measured=measured, failures=failures)


def _brief_of(ground: Ground, name: str, item_id: str, text: str, with_stories: bool) -> str:
    """The brief's sentences, one a line: its first lines, and those of its stories where they are wanted too."""
    newsdesk = Newsdesk(data=ground.archives / name / item_id, words_only=True)  # a brief does not ask for meaning
    newsdesk.add(ground.material.write(f"{name}/{item_id}.jsonl", [{"id": item_id, "text": text}]))
    brief = newsdesk.brief()
    lines = [point["text"] for point in brief["points"]]
    if with_stories or not lines:
        lines += [point["text"] for story in brief["stories"] for point in story["points"]]
    return "\n".join(dict.fromkeys(lines))


def _rouge(material: Material, name: str, summaries: list[Row], kind: str) -> Row:
    path = material.write(f"{name}-{kind}.jsonl", summaries)
    return material.scores("score_rouge.py", "--gold", material.folder / name / "items.jsonl.gz", "--pred", path)[0]


def _wrong_pairs(pairs: list[Row], found: list[Row]) -> Iterable[str]:
    alike = {frozenset((p["a"], p["b"])): p["jaccard"] for p in pairs}
    mine = {frozenset((p["a"], p["b"])) for p in found}
    yield from (
        f"missed {sorted(pair)}, alike {likeness}"
        for pair, likeness in alike.items()
        if likeness >= _AT and pair not in mine
    )
    yield from (f"not a repeat: {sorted(pair)}" for pair in mine if pair not in alike)


def _ask_strings(newsdesk: Newsdesk, strings: list[str]) -> Iterable[str]:
    """Faults of asking each string. Each line must come back as an answer or as a fault in a sentence."""
    known = [{"id": "known", "question": "Who was the keeper of the lighthouse at Cape Verity?"}]
    before = newsdesk.ask(known)[0]
    try:
        rows = newsdesk.ask({"id": n, "question": text} for n, text in enumerate(strings))
    except (CommandFailed, json.JSONDecodeError) as fault:
        yield f"asking: {fault}"
        return
    for n, row in enumerate(rows):
        refused = row.get("status") == "error" and bool(row.get("error"))
        if row.get("id") != n or not (refused or row.keys() >= _ANSWER_KEYS):
            yield f"question {strings[n]!r}: {json.dumps(row)[:200]}"
    after = newsdesk.ask(known)[0]
    if {**before, "took_ms": 0} != {**after, "took_ms": 0}:
        yield "the archive answers differently after the strings were asked"


def _brief_strings(newsdesk: Newsdesk, strings: list[str]) -> Iterable[str]:
    """Faults of briefs on each string, in this process: a program started for each would take minutes."""

    async def brief_all(desk: Desk) -> list[Brief | BaseException]:
        now, zone = datetime.now(UTC), ZoneInfo("UTC")
        briefs = (write_brief(desk, topic, since=None, now=now, zone=zone) for topic in strings)
        return await asyncio.gather(*briefs, return_exceptions=True)

    with open_desk(newsdesk.data, write=False, encoder=None) as desk:
        told = asyncio.run(brief_all(desk))
    for topic, brief in zip(strings, told, strict=True):
        if isinstance(brief, RequestError):
            continue  # it says why in a sentence
        if isinstance(brief, BaseException):
            yield f"topic {topic!r}: {brief!r}"
        elif not json.loads(brief_line(brief, took_ms=0)).keys() >= _BRIEF_KEYS:
            yield f"topic {topic!r}: {brief}"


def _find_strings(newsdesk: Newsdesk, strings: list[str]) -> Iterable[str]:
    """Strings that were taken in as articles and whose letters and digits cannot be found again."""
    queries = ({"id": n, "query": _MARKER.format(n)} for n in range(len(strings)))
    for row in newsdesk.search(queries, 3):
        wanted = _plain(strings[row["id"]])
        texts = [_plain(p["text"]) for p in islice(row["passages"], 3) if p["article"] == f"string-{row['id']}"]
        if not any(wanted in text for text in texts):
            yield f"article {strings[row['id']]!r}: kept as {texts or 'nothing'}"


def _plain(text: str) -> str:
    """The letters and digits of the text, all that must come back: markup may be read as markup."""
    unpacked = re.sub(r"<[^>]*>", " ", html.unescape(text))
    decomposed = unicodedata.normalize("NFKD", unpacked)
    return "".join(c for c in decomposed if c.isalnum() and unicodedata.category(c) != "Mn")
