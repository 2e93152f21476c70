"""What every command does alike: settings, the newsroom, and what is said to whoever sits at the terminal."""

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot import app
from bot.errors import ConfigError, RequestError
from bot.news.since import read_moment
from bot.news.zones import read_zone, say_correction
from config.settings import Settings, load_settings
from handlers.console.asking import Asker
from handlers.console.plain import plain
from handlers.console.progress import Progress
from handlers.console.sheet import ReaderLeft, Sheet, open_sheet

DONE, SOME_REFUSED, WRONG_USE, OUR_FAULT, INTERRUPTED = 0, 1, 2, 70, 130
"""Exit statuses."""

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON, one object a line.")]
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


def notify(sentence: str) -> None:
    """Say something to whoever sits at the terminal that is no fault."""
    say(sentence, DONE)


def settings_of(ctx: typer.Context) -> Settings:
    """The settings, with the data folder that was typed."""
    settings, folder = load_settings(), ctx.obj
    if folder is None:
        return settings
    if folder.exists() and not folder.is_dir():
        raise ConfigError([f"--data names {folder}, which is a file; name a folder."])
    return settings.model_copy(update={"data_dir": folder})


def asker_of(settings: Settings, now: str | None, zone: str | None) -> Asker:
    """Whoever asks, at the moment and in the zone that were typed."""
    try:
        own = read_zone(zone) if zone is not None else settings.zone
        if zone is not None and (correction := say_correction(zone, own)):
            notify(correction)
        if now is None:
            return Asker(zone=own, clock=app.now)
        moment = read_moment(now, own)
        return Asker(zone=own, clock=lambda: moment)
    except RequestError as fault:
        raise typer.BadParameter(str(fault)) from fault


def sheet_in(zone: ZoneInfo) -> Sheet:
    """The sheet on which the answer is written, with times in that zone."""
    return open_sheet(sys.stdout, zone)


def ms_since(began: float) -> float:
    """Milliseconds since that reading of the clock."""
    return (time.perf_counter() - began) * 1000


def put(line: str) -> None:
    """Write one line of the result; ReaderLeft when nobody reads it any more."""
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError as fault:
        raise ReaderLeft from fault


def say(sentence: str, status: int, *, after: str = "") -> int:
    """The status, after the sentence was said to whoever sits at the terminal."""
    with suppress(OSError):
        sys.stderr.write(f"{after}newsdesk: {plain(sentence)}\n")
    return status
