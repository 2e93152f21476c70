"""The command that tells the news."""

import time
from typing import Annotated

import typer

from bot.cli.asked import Now, Zone, asker_of, reading_room
from bot.cli.said import DONE, put
from bot.cli.typed import AsJson, ms_since, settings_of, sheet_in
from bot.desk.brief import write_brief
from bot.news.since import read_since, split_topic
from handlers.console import as_json
from handlers.console.asking import well_formed
from handlers.console.render import show_brief

group = typer.Typer(add_completion=False, rich_markup_mode=None)


@group.command()
def brief(
    ctx: typer.Context,
    topic: Annotated[list[str] | None, typer.Argument(metavar="TOPIC", hidden=True)] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="TIME", help='From when: "3 days ago", 2025-04-03.')
    ] = None,
    json: AsJson = False,
    now: Now = None,
    zone: Zone = None,
) -> int:
    """Tell the news, of a topic or all of it: the lines that matter, then the stories with their sources."""
    settings = settings_of(ctx)
    asker = asker_of(settings, now, zone)
    moment, began = asker.now, time.perf_counter()
    about, start = split_topic(well_formed(" ".join(topic or ())), moment, asker.zone)
    start = start if since is None else read_since(since, moment, asker.zone)
    with reading_room(settings) as room:
        told = room.find(lambda: write_brief(room.desk, about, since=start, now=moment, zone=asker.zone))
    if json:
        put(as_json.brief_line(told, took_ms=ms_since(began)))
    else:
        show_brief(sheet_in(asker.zone), told)
    return DONE
