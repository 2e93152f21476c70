"""Measure speed, size and memory on made-up archives.

    python -m bench.speed [--sizes 5000,50000,500000] [--quick] [--keep DIR]

Sizes are in passages. Prints one table and writes it to docs/speed.md. Compare figures of one run on one machine only.
"""

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bench.archives import PASSAGES_AN_ARTICLE, draw_questions, write_articles
from bench.commands import ROOT, CommandFailed, Newsdesk, Row
from bench.figures import code_version
from bench.making import Made, make_archive
from bench.timing import Latency, weigh_folder

PAGE = ROOT / "docs" / "speed.md"
SEED = 20250416
QUESTIONS = 300
COLD_RUNS = 5
QUICK = 5_000
LEAD = """# Speed

Written by `make bench`. Archives are made up from a seed (`bench/archives.py`), about four passages an article.
Each size is asked {questions} questions in one warm process that does nothing else; memory is that process's own,
files mapped into it apart. Vectors are made in earnest for {seconds} seconds at each size, which gives their
rate; the rest are drawn at random, because half a million passages take most of a day and a question costs the
same either way. Compare figures of one run only.

{machine}, {day}, code {code}.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One line of the table: what was measured, its mark where there is one, and how it is written."""

    name: str
    values: tuple[float, ...]
    unit: str
    wanted: str = ""

    @property
    def cells(self) -> list[str]:
        """The line as text: a value for each size, and the last as a multiple of the first."""
        ratio = f"× {self.values[-1] / self.values[0]:.1f}" if len(self.values) > 1 and self.values[0] else ""
        name = f"{self.name}, {self.unit}" if self.unit else self.name
        return [name, *map(_number, self.values), ratio, self.wanted]


@dataclass(frozen=True, kw_only=True, slots=True)
class Size:
    """What was measured at one size."""

    made: Made
    archive_bytes: int
    words_bytes: int
    vectors_bytes: int
    alone: Row
    busy: Row
    cold_seconds: float


program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@program.command()
def main(
    sizes: Annotated[str, typer.Option(help="Passages of each archive, separated by commas.")] = "5000,50000,500000",
    quick: Annotated[bool, typer.Option("--quick", help="Only the smallest size; for every day.")] = False,
    keep: Annotated[
        Path | None, typer.Option(help="Keep the archives here, and use those of an earlier run again.")
    ] = None,
    vector_seconds: Annotated[float, typer.Option(help="How long vectors are made in earnest at each size.")] = 40.0,
    page: Annotated[Path, typer.Option(help="The page to write; not written with --quick.")] = PAGE,
) -> None:
    """Measure each size, print the table, write the page."""
    console = Console()
    counts = [QUICK] if quick else [int(size) for size in sizes.split(",")]
    with tempfile.TemporaryDirectory() as temporary:
        folder = keep or Path(temporary)
        measured = [_measure(count, folder / str(count), vector_seconds, console) for count in counts]
    figures = _figures(measured)
    heads = ["", *(f"{one.made.passages:,} passages" for one in measured), "growth", "wanted"]
    _show(console, heads, figures)
    if not quick:
        lead = LEAD.format(
            questions=QUESTIONS,
            seconds=round(vector_seconds),
            machine=_machine(),
            day=datetime.now(UTC).date(),
            code=code_version(),
        )
        page.write_text(lead + "\n" + _markdown(heads, figures), encoding="utf-8")


def _measure(passages: int, folder: Path, vector_seconds: float, console: Console) -> Size:
    data = folder / "data"
    with console.status(f"{passages:,} passages: making the archive") as status:
        made = _make(passages, folder, vector_seconds)
        status.update(f"{passages:,} passages: asking")
        alone = _ask_warm(data)
        status.update(f"{passages:,} passages: asking while vectors are made")
        busy = _ask_while_busy(data, folder)
        status.update(f"{passages:,} passages: starting cold")
        cold = statistics.median(_time_cold(data) for _ in range(COLD_RUNS))
    words = sum(map(weigh_folder, data.glob("index/*/words")))
    archive = sum(path.stat().st_size for path in data.glob("newsdesk.db*"))
    return Size(
        made=made,
        archive_bytes=archive,
        words_bytes=words,
        vectors_bytes=weigh_folder(data / "index") - words,
        alone=alone,
        busy=busy,
        cold_seconds=cold,
    )


def _make(passages: int, folder: Path, vector_seconds: float) -> Made:
    """The archive of that size in the folder; one that an earlier run kept there is taken as it is."""
    record = folder / "made.json"
    if record.exists():
        return Made(**json.loads(record.read_text(encoding="utf-8")))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    articles = folder / "articles.jsonl"
    write_articles(SEED, passages // PASSAGES_AN_ARTICLE, articles)
    made = make_archive(folder / "data", articles, vector_seconds)
    articles.unlink()
    record.write_text(json.dumps(asdict(made)), encoding="utf-8")
    return made


def _ask_warm(data: Path) -> Row:
    command = [sys.executable, "-m", "bench.warm", str(data), str(SEED), str(QUESTIONS)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if ran.returncode:
        raise CommandFailed(ran.stderr[-2000:])
    row: Row = json.loads(ran.stdout)
    return row


def _ask_while_busy(data: Path, folder: Path) -> Row:
    """The same while another process makes vectors for an archive of its own."""
    command = [sys.executable, "-m", "bench.making", str(folder / "busy"), str(SEED)]
    busy = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert busy.stdout is not None
        busy.stdout.readline()  # says so when the first vectors are made
        row = _ask_warm(data)
        if busy.poll() is not None:
            raise CommandFailed("the process that makes vectors ended before the questions did")
        return row
    finally:
        busy.kill()
        busy.wait()


def _time_cold(data: Path) -> float:
    question = draw_questions(SEED, 1)[0].question
    started = time.monotonic()
    ran = Newsdesk(data=data).run(["ask", "--json", question])
    if ran.returncode:
        raise CommandFailed(ran.stderr[-2000:])
    return time.monotonic() - started


def _figures(sizes: Sequence[Size]) -> list[Figure]:
    def line(name: str, unit: str, wanted: str, *values: float) -> Figure:
        return Figure(name=name, values=values, unit=unit, wanted=wanted)

    def latency(name: str, key: str, wanted: str) -> list[Figure]:
        found = [Latency(**one.alone[key]) for one in sizes]
        return [
            line(f"{name}, p50", "ms", wanted, *(one.p50 for one in found)),
            line(f"{name}, p99", "ms", "", *(one.p99 for one in found)),
        ]

    mega = 1e6
    return [
        line("articles", "", "", *(one.made.articles for one in sizes)),
        line("adding, until found by words", "articles/s", "≥ 400", *(one.made.articles_a_second for one in sizes)),
        line("vectors", "sentences/s", "", *(one.made.sentences_a_second for one in sizes)),
        line("vectors", "articles/s", "≥ 2.5", *(one.made.embedded_a_second for one in sizes)),
        line("archive on disk", "MB", "", *(one.archive_bytes / mega for one in sizes)),
        line("index of words on disk", "MB", "", *(one.words_bytes / mega for one in sizes)),
        line("vectors on disk", "MB", "", *(one.vectors_bytes / mega for one in sizes)),
        *latency("ask", "ask", "≤ 40 at 5,000, × 3"),
        *latency("search by words alone", "search_words", "≤ 15 at 500,000"),
        *latency("search with meaning", "search_meaning", "≤ 30 at 500,000"),
        line(
            "ask while vectors are made, p50", "times", "≤ 1.33",
            *(one.busy["ask"]["p50"] / one.alone["ask"]["p50"] for one in sizes),
        ),
        line("ask from a cold start", "s", "≤ 1.5 at 5,000", *(one.cold_seconds for one in sizes)),
        line("memory of its own", "MB", "≤ 700 at 500,000", *(one.alone["memory"]["own"] / mega for one in sizes)),
        line("files mapped into memory", "MB", "", *(one.alone["memory"]["mapped"] / mega for one in sizes)),
    ]  # fmt: skip


def _show(console: Console, heads: Sequence[str], figures: Sequence[Figure]) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for n, head in enumerate(heads):
        table.add_column(
            head.removesuffix(" passages") if n > 1 else head,
            justify="right" if 0 < n < len(heads) - 1 else "left",
            no_wrap=True,
        )
    for figure in figures:
        table.add_row(*figure.cells)
    console.print(table)


def _markdown(heads: Sequence[str], figures: Sequence[Figure]) -> str:
    rule = "|---|" + "---:|" * (len(heads) - 2) + "---|"
    rows = ["| " + " | ".join(cells) + " |" for cells in [heads, *(figure.cells for figure in figures)]]
    return "\n".join([rows[0], rule, *rows[1:]]) + "\n"


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB of memory, Python {platform.python_version()}"


if __name__ == "__main__":
    program()
