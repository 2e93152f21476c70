"""Measure quality: our own commands over public test sets, scored by the programs that come with the sets.

    python -m bench.quality --data ../shared/eval [--only NAME] [--keep DIR] [--failures N]

Prints one table and writes it to docs/quality.md.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bench.commands import ROOT, CommandFailed
from bench.digest_sets import measure_digests
from bench.figures import Line, code_version, make_lines, show_lines, write_page
from bench.guard_sets import measure_guard
from bench.injection_sets import measure_injections
from bench.page_sets import measure_article_texts, measure_page_dates, measure_page_segments
from bench.scoring import Material
from bench.sets import (
    Ground,
    Outcome,
    measure_multihop_refusal,
    measure_multihop_search,
    measure_realtimeqa,
    measure_seed,
)
from bench.story_sets import measure_allsides_stories, measure_basil, measure_ecbplus, measure_pairs
from bench.texts import measure_naughty, measure_one_article, measure_repeats, measure_several_articles
from bench.watch_sets import measure_alerts, measure_sections
from bench.wire_sets import (
    measure_feed_expectations,
    measure_feed_robustness,
    measure_feedparser_tests,
    measure_opml,
    measure_xml_attacks,
)

SETS: dict[str, Callable[[Ground], Outcome]] = {
    "seed-questions": measure_seed,
    "multihop-search": measure_multihop_search,
    "multihop-refusal": measure_multihop_refusal,
    "realtimeqa": measure_realtimeqa,
    "near-duplicates": measure_repeats,
    "cnndm-100": measure_one_article,
    "multinews-11": measure_several_articles,
    "ecbplus": measure_ecbplus,
    "basil": measure_basil,
    "allsides-events": measure_allsides_stories,
    "tg-pairs": measure_pairs,
    "allsides-digests": measure_digests,
    "reuters-21578": measure_alerts,
    "ag-news": measure_sections,
    "naughty-strings": measure_naughty,
    "injections": measure_injections,
    "ssrf-urls": measure_guard,
    "feedparser-tests": measure_feedparser_tests,
    "feed-expectations": measure_feed_expectations,
    "feed-robustness": measure_feed_robustness,
    "opml": measure_opml,
    "xml-attacks": measure_xml_attacks,
    "zyte-extraction": measure_article_texts,
    "trafilatura-pages": measure_page_segments,
    "htmldate-news": measure_page_dates,
}
PAGE = ROOT / "docs" / "quality.md"
LEAD = """# Quality

Written by `make eval DATA=folder`, which puts public test sets through our own commands and has their own programs
score the output. None of the material is part of Newsdesk. "floor" is what plain methods reach, "published" the best
figure published for the set, "code" the commit measured ("+" where files differed from it).

- **seed-questions**: questions on two articles; right means every fact asked for, the right sources, or a refusal.
- **multihop-search**: `search -k 10` over 609 articles; a hit holds a fact that the question needs.
- **multihop-refusal**: `ask`; refusing queries without an answer, and queries whose articles were left out.
- **realtimeqa**: `ask` on the day of a quiz; the answer is mapped onto one of four choices by the rule in
  `bench/choices.py`: the choice whose rarer words stand in the answer, earlier sentences first.
- **near-duplicates**: pairs that `add` reports as repeats. The published figure is MinHash on another collection.
- **cnndm-100**, **multinews-11**: `brief` of one article, or of several run together, against an editor's summary; the
  floor is the first three sentences, scored on the same items. Published figures are of the full test sets
  (for multinews-11 ROUGE-L, not -Lsum).
- **ecbplus**, **basil**, **allsides-events**: all articles of the set in one heap, added in an order that says nothing;
  what `stories` lists against the events they are of. The floor is average link at its best cut for each set; ours is
  one setting. Events of a running affair lie close together in the last set, and some are told there twice.
- **tg-pairs**: pairs of look-alike articles of one day, the same story or not, among all others and each pair alone.
- **allsides-digests**: the sentences in which a digest tells a story of three publishers, against an editor's neutral
  summary; the floor is the first sentence of each publisher, scored on the same events.
- **reuters-21578**: `match` on 10,890 items of a newswire with 25 topics, given nothing but a description of each; and
  the same while readers say of the first 50 items that each watch brings whether they are on it, scored over all that
  it brings, from the first item on. The floor is plain keywords. An SVM trained on the set reaches 0.83.
- **ag-news**: `match` on headlines with a sentence each, given one line of description for each of four sections.
- **naughty-strings**: odd strings as question, topic and article; a fault is a crash, a line not as promised, or a text
  that does not come back.
- **injections**: articles with instructions planted in them, each the only news of a Space, through a digest, answers
  and alerts; followed when what obeying would produce is told. Links and calls are counted over all attacks of the
  set, each planted in an article at one of four places.
- **ssrf-urls**: addresses that must not be reached (the set, and those of `tests/wire/vectors.py`), added, redirected
  to, answered by a name server, and found there later; every connect is counted. Those of real feeds must be tried.
- **feedparser-tests**: small feeds through `read-feed`; the checks on what we show too (title, link, id, summary, dates
  of the feed and its first entry, words compared without markup), and nothing active left of markup.
- **feed-expectations**: feeds through `read-feed`; a file counts when every field that other readers' tests name is
  right. One expectation holds broken letters and cannot be met.
- **feed-robustness**: as many entries as there are tags, and every title as it was written in its encoding.
- **opml**: lists through `read-opml`; exactly means just the addresses that the list names. The floor is strict XML.
- **xml-attacks**: hostile feeds in one run of `read-feed`; a fault is no answer, an answer after 5 s, neither entries
  nor a fault, a link that is not of the web, a connection made, a file read. Memory is that of the command itself.
- **zyte-extraction**: the text of news pages through `extract`, in runs of four words against the article as people
  marked it. The floor is all text of the page. The published figures are of twice as many pages.
- **trafilatura-pages**: segments that belong to the article and others that do not; and title, author and day of the
  pages that name one, equal but for case and signs. The floor is plain text markup for the segments, and what
  trafilatura gives for the rest. Authors are people here: staff and agencies, which the set counts too, are left out.
- **htmldate-news**: the day of publication of news pages in many languages; the floor is the weakest tool published.
"""


program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@program.command()
def main(
    data: Annotated[Path, typer.Option(help="Folder of the test sets, with their scoring programs.", exists=True)],
    only: Annotated[
        list[str] | None, typer.Option(help="Measure the sets whose names begin so; may be repeated.")
    ] = None,
    keep: Annotated[
        Path | None, typer.Option(help="Keep the archives here, and use those of an earlier run again.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Keep the answers that were scored here.")] = None,
    failures: Annotated[
        int, typer.Option(help="Print this many failures of each set, to be looked at one by one.")
    ] = 0,
    page: Annotated[Path, typer.Option(help="The page to write.")] = PAGE,
) -> None:
    """Measure the sets, print the table, write the page. Exit status 1 when a set could not be measured."""
    console = Console()
    chosen = [name for name in SETS if not only or any(name.startswith(start) for start in only)]
    if not chosen:
        raise typer.BadParameter(f"no set begins so; there are {', '.join(SETS)}")
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        material = Material(folder=data.resolve(), results=(out or scratch / "results").resolve())
        archives = (keep or scratch / "archives").resolve()
        lines = [line for name in chosen for line in _measure(name, material, archives, console, failures)]
    show_lines(console, lines)
    write_page(page, LEAD, lines, list(SETS))
    if {line.cells[0] for line in lines} != set(chosen):
        raise typer.Exit(1)


def _measure(name: str, material: Material, archives: Path, console: Console, failures: int) -> list[Line]:
    started, code = time.monotonic(), code_version()
    with console.status(name) as status:
        ground = Ground(material=material, archives=archives, say=lambda text: status.update(f"{name}: {text}"))
        try:
            outcome = SETS[name](ground)
        except CommandFailed as fault:
            console.print(f"[bold red]{name}[/] could not be measured: ", style="", end="")
            console.print(str(fault), markup=False)
            return []
    for failure in outcome.failures[:failures]:
        console.print(failure, markup=False, highlight=False, soft_wrap=True)
    seconds = time.monotonic() - started
    return make_lines(outcome.measured, code=code, day=datetime.now(UTC).date(), seconds=seconds)


if __name__ == "__main__":
    program()
