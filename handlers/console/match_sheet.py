"""Articles that meet a topic on a sheet."""

from collections.abc import Sequence

from rich.text import Text

from bot.news.saying.counting import counted
from config import defaults
from handlers.console.plain import plain
from handlers.console.sheet import BOLD, DIM, Sheet


def show_matches(sheet: Sheet, topic: str, articles: Sequence[str]) -> None:
    """The topic and the names of the articles that meet it, the newest first."""
    sheet.write(Text(f"{plain(topic)}: {counted(len(articles), 'article')}", BOLD))
    for name in articles[: -defaults.SHOWN_MATCHES - 1 : -1]:
        sheet.write(Text(plain(name)), indent=2)
    if len(articles) > defaults.SHOWN_MATCHES:
        sheet.write(Text(f"and {len(articles) - defaults.SHOWN_MATCHES:,} older; --json lists them all", DIM), indent=2)
