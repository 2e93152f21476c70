"""What every command does alike: the settings, the sheet it writes on, and how long it took."""

import sys
import time
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.errors import ConfigError
from config.settings import Settings, load_settings
from handlers.console.sheet import Sheet, open_sheet

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON, one object a line.")]


def settings_of(ctx: typer.Context) -> Settings:
    """The settings, with the data folder that was typed."""
    settings, folder = load_settings(), ctx.obj
    if folder is None:
        return settings
    if folder.exists() and not folder.is_dir():
        raise ConfigError([f"--data names {folder}, which is a file; name a folder."])
    return settings.model_copy(update={"data_dir": folder})


def sheet_in(zone: ZoneInfo) -> Sheet:
    """The sheet on which the answer is written, with times in that zone."""
    return open_sheet(sys.stdout, zone)


def ms_since(began: float) -> float:
    """Milliseconds since that reading of the clock."""
    return (time.perf_counter() - began) * 1000
