"""The sheet a reader reads: paragraphs, columns, links and dates on a terminal of any width."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest
from typing import IO, Any, ClassVar, Literal, cast
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.news.saying.counting import counted
from bot.news.saying.footnotes import without_footnotes
from config import defaults
from handlers.console.plain import may_be_opened, plain, plain_link
from handlers.console.streams import ReaderLeft

_MINUTE_SECONDS, _HOUR_SECONDS, _DAY_SECONDS = 60, 3_600, 86_400

GLUE = "\ue000"
"""Stands for a space at which no line may end. plain() leaves none in text from outside."""

DIM = Style(dim=True)
BOLD = Style(bold=True)
MARK = Style(color="cyan")
CHANGED = Style(color="magenta")


class _Terminal(Console):
    """A console that lets the caller hear that the reader left."""

    def on_broken_pipe(self) -> None:
        raise ReaderLeft


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a reader's sheet looks, so that it can be written elsewhere and look the same.

    `colours` is rich's name for those that the terminal has; None where it has none.
    """

    width: int
    height: int
    colours: Literal["standard", "256", "truecolor"] | None
    is_terminal: bool
    no_color: bool
    zone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """Where a reader reads: the console, and the zone in which times of day are shown."""

    console: Console
    zone: ZoneInfo

    NARROWEST: ClassVar[int] = 12

    @property
    def look(self) -> Look:
        """How it looks."""
        return Look(
            width=self.console.width,
            height=self.console.height,
            colours=cast(Any, self.console.color_system),
            is_terminal=self.console.is_terminal,
            no_color=self.console.no_color,
            zone=self.zone.key,
        )

    @property
    def measure(self) -> int:
        """Columns a line of text may have."""
        return max(min(self.console.width, defaults.TERMINAL_MEASURE), 2 * self.NARROWEST)

    @property
    def is_narrow(self) -> bool:
        """Whether columns are better set as paragraphs."""
        return self.measure < defaults.TERMINAL_NARROW

    def write(self, text: Text, *, indent: int = 0, hang: int = 0, lead: Text | None = None) -> None:
        """The text as a paragraph, the lines after the first one further in by hang.

        `lead` stands to the left of it, and the following lines stand below the first.
        """
        further = indent + hang + (cell_len(lead.plain) if lead else 0)
        for number, line in enumerate(self.wrap(text, self.measure - further)):
            start = Text(" " * (further if number else indent))
            self.print(start + lead + line if lead is not None and number == 0 else start + line)

    def write_columns(self, rows: Sequence[Sequence[Text]], *, stretch: int, indent: int = 0) -> None:
        """Rows of cells set below each other; the cell at index stretch is wrapped so that the row fits the measure."""
        widths = [max(cell_len(cell.plain) for cell in column) for column in zip(*rows, strict=True)]
        others = sum(widths) - widths[stretch] + 2 * (len(widths) - 1)
        widths[stretch] = max(min(widths[stretch], self.measure - indent - others), self.NARROWEST)
        for row in rows:
            cells = [self.wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
            for lines in zip_longest(*cells, fillvalue=Text()):
                line = Text(" " * indent)
                for cell, width in zip(lines, widths, strict=True):
                    line = line + cell + Text(" " * (width - cell_len(cell.plain) + 2))
                line.rstrip()
                self.print(line)

    def write_link(self, url: str | None, *, indent: int) -> None:
        """The address on a line of its own, never broken, so that it can be copied."""
        shown = plain_link(url)
        if shown is None:
            return
        style = Style(dim=True, link=shown) if may_be_opened(shown) else DIM
        self.print(Text(" " * indent) + Text(shown, style))

    def heading(self, text: str) -> None:
        """An empty line and a heading."""
        self.print(Text())
        self.write(Text(text, BOLD))

    def print(self, line: Text) -> None:
        """One line as it is: neither wrapped nor read as markup."""
        self.console.print(line, soft_wrap=True, markup=False, highlight=False, emoji=False)

    def wrap(self, text: Text, width: int) -> list[Text]:
        """The text cut into lines of at most width columns, at least one."""
        lines = list(text.wrap(self.console, max(width, self.NARROWEST), tab_size=1))
        for line in lines:
            line.plain = line.plain.replace(GLUE, " ")
            line.rstrip()
        return lines or [Text()]

    def day(self, moment: datetime, *, day_only: bool = False) -> str:
        """The date, as the source gave it or in the reader's zone: 16 April 2025. No line ends within it."""
        local = moment.astimezone(UTC if day_only else self.zone)
        return GLUE.join((str(local.day), f"{local:%B}", str(local.year)))

    def since(self, moment: datetime, now: datetime) -> str:
        """How long ago it was, or how long it is until then: 5 minutes ago, in 2 hours. Beyond a day, the date."""
        seconds = int((moment - now).total_seconds())
        if abs(seconds) >= _DAY_SECONDS:
            return self.day(moment)
        if abs(seconds) < _MINUTE_SECONDS:
            return f"just{GLUE}now" if seconds <= 0 else f"in{GLUE}a{GLUE}minute"
        minutes = round(abs(seconds) / _MINUTE_SECONDS)
        is_short = minutes < _HOUR_SECONDS / _MINUTE_SECONDS
        long = counted(minutes, "minute") if is_short else counted(round(abs(seconds) / _HOUR_SECONDS), "hour")
        long = long.replace(" ", GLUE)
        return f"{long}{GLUE}ago" if seconds < 0 else f"in{GLUE}{long}"

    def date(self, moment: datetime | None, *, day_only: bool) -> str:
        """The date with its time of day where the source gave one: 16 April 2025, 10:30 EDT."""
        if moment is None:
            return "undated"
        if day_only:
            return self.day(moment, day_only=True)
        local = moment.astimezone(self.zone)
        name = local.tzname() or "UTC"
        return GLUE.join((f"{self.day(moment)},", f"{local:%H:%M}", name if name.isalpha() else f"UTC{name}"))


def open_sheet(file: IO[str], zone: ZoneInfo, *, width: int | None = None, coloured: bool = False) -> Sheet:
    """A sheet on the file: colours on a terminal that has them unless NO_COLOR is set, or anywhere when coloured."""
    console = _Terminal(
        file=file,
        width=width,
        color_system="standard" if coloured else "auto",
        force_terminal=coloured or None,
        markup=False,
        highlight=False,
        emoji=False,
    )
    return Sheet(console=console, zone=zone)


def open_sheet_like(look: Look, file: IO[str]) -> Sheet:
    """A sheet on the file that looks like this, whatever the terminal of this process is."""
    console = _Terminal(
        file=file,
        width=look.width,
        height=look.height,
        color_system=look.colours,
        force_terminal=look.is_terminal,
        no_color=look.no_color,
        markup=False,
        highlight=False,
        emoji=False,
    )
    return Sheet(console=console, zone=ZoneInfo(look.zone))


def marked(text: str, citations: Sequence[int]) -> Text:
    """The text with the numbers of its citations after it, which never start a line.

    Numbers in square brackets that the source itself has, be they footnotes or forged, are shown in round ones.
    """
    shown = without_footnotes(plain(text))
    return Text(shown) + (Text(GLUE) + marks(citations) if citations else Text())


def marks(citations: Sequence[int]) -> Text:
    """The numbers of citations as a reader sees them: [1][2]."""
    return Text("".join(f"[{number}]" for number in citations), MARK)
