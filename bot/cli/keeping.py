"""The commands that keep house: add, sources, reindex, doctor, check."""

import logging
import time
from typing import Annotated

import typer

from bot import app
from bot.cli.asked import reading_room
from bot.cli.said import DONE, SOME_REFUSED, notify, put
from bot.cli.typed import AsJson, ms_since, settings_of, sheet_in
from bot.clock import now
from bot.desk.catch_up import reindex as make_anew
from bot.desk.take_in import take_in
from bot.news.diagnosis import is_well
from bot.news.saying.counting import counted
from handlers.console import as_json
from handlers.console.asking import well_formed
from handlers.console.doctor import show_diagnoses
from handlers.console.progress import Progress
from handlers.console.render import show_publishers
from handlers.console.report import show_intake

group = typer.Typer(add_completion=False, rich_markup_mode=None)


@group.command()
def add(
    ctx: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH", hidden=True)],
    json: AsJson = False,
    later: Annotated[
        bool, typer.Option("--later", help="Leave the vectors for later: `newsdesk reindex --missing`.")
    ] = False,
) -> int:
    """Take in articles: .txt .md .html .jsonl[.gz] .xml .rss .atom .opml, folders of them, and patterns."""
    settings = settings_of(ctx)
    began = time.perf_counter()
    with Progress() as progress, app.open_to_change(settings, notify, progress.show, meaning=not later) as room:
        work = take_in(room.desk, list(map(well_formed, paths)), now=now(), progress=progress.show)
        intake = room.wait(work)
        room.catch_up(vectors=not later)
    counts = {"added": len(intake.added), "changed": len(intake.changed), "refused": len(intake.refused)}
    logging.getLogger(__name__).info("taken in", extra=counts | {"took_ms": round(ms_since(began))})
    if json:
        put(as_json.intake_line(intake, took_ms=ms_since(began)))
    else:
        show_intake(sheet_in(settings.zone), intake)
    return SOME_REFUSED if intake.refused else DONE


@group.command()
def sources(ctx: typer.Context, json: AsJson = False) -> int:
    """List the publishers whose articles are kept; `newsdesk source list` has what is followed."""
    settings = settings_of(ctx)
    with reading_room(settings, meaning=False) as room:
        if json:
            put(as_json.publishers_line(room.publishers()))
        else:
            show_publishers(sheet_in(settings.zone), room.publishers())
    return DONE


@group.command()
def reindex(
    ctx: typer.Context,
    missing: Annotated[bool, typer.Option("--missing", help="Only what the index lacks, words and vectors.")] = False,
) -> int:
    """Make the index anew from the archive, words first."""
    settings = settings_of(ctx)
    with Progress() as progress, app.open_to_change(settings, notify, progress.show) as room:
        if missing:
            done = room.catch_up(vectors=True)
        else:
            done = room.wait(make_anew(room.desk, progress=progress.show))
    put(f"{counted(done.articles, 'article')} and the meaning of {counted(done.passages, 'passage')} indexed.")
    return DONE


@group.command()
def doctor(
    ctx: typer.Context,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing; the exit status tells.")] = False,
    json: AsJson = False,
) -> int:
    """Look at everything: settings, data folder, archive, index, meaning, disk. Exit status 1 when something is bad."""
    settings = settings_of(ctx)
    diagnoses = list(app.examine(settings))
    if json:
        put(as_json.diagnoses_line(diagnoses))
    elif not quiet:
        show_diagnoses(sheet_in(settings.zone), diagnoses)
    return DONE if is_well(diagnoses) else SOME_REFUSED


@group.command()
def check(ctx: typer.Context) -> int:
    """Look at the settings only. Exit status 2 when one is wrong."""
    app.require_sound(settings_of(ctx))
    put("The settings are in order.")
    return DONE
