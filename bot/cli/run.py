"""The command that runs the desk."""

from collections.abc import Sequence
from contextlib import ExitStack

import typer

from bot import app
from bot.archive.sources import list_sources
from bot.cli.said import DONE, notify, put
from bot.cli.typed import settings_of
from bot.clock import now
from bot.news.saying.counting import counted
from bot.running import run_desk
from handlers.console.progress import Progress

group = typer.Typer(add_completion=False, rich_markup_mode=None)


@group.command()
def run(ctx: typer.Context) -> int:
    """Read what is followed, until stopped (Ctrl-C).

    Again and again, as often as each source is worth it, and make what is new findable. Meanwhile it takes the orders
    of `newsdesk source`, and tells how it does at NEWSDESK_LISTEN (/healthz, /metrics).
    """
    settings = settings_of(ctx)
    app.require_sound(settings)
    with ExitStack() as closing:
        with Progress() as progress:
            room = closing.enter_context(app.open_to_change(settings, notify, progress.show))
            room.catch_up(vectors=False)
        followed = len(room.desk.archive.read_now(list_sources, room.desk.space))

        def ready(place: str, platforms: Sequence[str]) -> None:
            for sentence in platforms:
                put(sentence)
            reading = f"Reading {counted(followed, 'source')}" if followed else "Nothing is followed yet"
            put(f"{reading}; Ctrl-C stops it.{f' How it does: {place}' if place else ''}")
            if not followed:
                put("`newsdesk source add ADDRESS` in another terminal follows a feed, a site or a page.")

        room.wait(run_desk(settings, room.desk, app.posters_of(settings.data_dir), now, ready))
    return DONE
