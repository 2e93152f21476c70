"""What every command does alike that asks: whose moment and zone are meant, and the newsroom opened to read."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Annotated

import typer

from bot import app
from bot.cli.said import notify
from bot.clock import now as look_at_clock
from bot.errors import RequestError
from bot.news.since import read_moment
from bot.news.zones import read_zone, say_correction
from config.settings import Settings
from handlers.console.asking import Asker
from handlers.console.progress import Progress

Now = Annotated[str | None, typer.Option("--now", metavar="ISO", help="Look back: answer as at that moment.")]
Zone = Annotated[
    str | None, typer.Option("--zone", metavar="NAME", help="The asker's time zone, such as Europe/Paris.")
]


@contextmanager
def reading_room(settings: Settings, *, meaning: bool = True) -> Iterator[app.Newsroom]:
    """The newsroom opened to read, with progress shown while it gets ready."""
    with ExitStack() as closing:
        with Progress() as progress:
            room = closing.enter_context(app.open_to_read(settings, notify, progress.show, meaning=meaning))
        yield room


def asker_of(settings: Settings, now: str | None, zone: str | None) -> Asker:
    """Whoever asks, at the moment and in the zone that were typed."""
    try:
        own = read_zone(zone) if zone is not None else settings.zone
        if zone is not None and (correction := say_correction(zone, own)):
            notify(correction)
        if now is None:
            return Asker(zone=own, clock=look_at_clock)
        moment = read_moment(now, own)
        return Asker(zone=own, clock=lambda: moment)
    except RequestError as fault:
        raise typer.BadParameter(str(fault)) from fault
