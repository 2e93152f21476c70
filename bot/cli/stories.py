"""The command that shows stories."""

from contextlib import ExitStack
from typing import Annotated

import typer

from bot import app
from bot.archive.stories import find_stories, names_by_story, stories_since
from bot.cli.asked import Now, Zone, asker_of
from bot.cli.said import DONE, notify, put
from bot.cli.typed import AsJson, settings_of, sheet_in
from bot.news.since import read_since
from config import defaults
from handlers.console.as_json import stories_line
from handlers.console.progress import Progress
from handlers.console.story_sheet import show_stories

group = typer.Typer(add_completion=False, rich_markup_mode=None)


@group.command()
def stories(
    ctx: typer.Context,
    since: Annotated[
        str | None, typer.Option("--since", metavar="TIME", help='Only what moved since: "3 days ago", 2025-04-03.')
    ] = None,
    json: AsJson = False,
    now: Now = None,
    zone: Zone = None,
) -> int:
    """List the stories, the newest first: who tells each, when, and where to read it."""
    settings = settings_of(ctx)
    asker = asker_of(settings, now, zone)
    start = None if since is None else read_since(since, asker.now, asker.zone)
    with ExitStack() as closing:
        with Progress() as progress:
            room = closing.enter_context(app.open_with_stories(settings, notify, progress.show))
        archive, space = room.desk.archive, room.desk.space
        named = archive.read_now(names_by_story, space, start)
        if json:
            put(stories_line(named))
            return DONE
        shown = archive.read_now(stories_since, space, start, limit=defaults.SHOWN_STORIES)
        earlier = archive.read_now(find_stories, space, [one.follows for one in shown if one.follows])
    show_stories(sheet_in(asker.zone), shown, earlier, len(named))
    return DONE
