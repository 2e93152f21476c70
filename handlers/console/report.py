"""What an `add` did, on a sheet."""

from rich.style import Style
from rich.text import Text

from bot.news.briefing import Intake
from bot.news.saying.counting import counted
from config import defaults
from handlers.console.plain import plain
from handlers.console.sheet import BOLD, DIM, Sheet

_BAD = Style(color="red")


def show_intake(sheet: Sheet, intake: Intake) -> None:
    """Counts first; then changed and repeated articles by example, and every refusal with its reason."""
    sheet.write(Text(_counts(intake), BOLD))
    if intake.changed:
        sheet.heading("Changed (the old text is kept for proof)")
        _show_examples(sheet, [plain(name) for name in intake.changed])
    if intake.repeated:
        sheet.heading("Repeats (kept as copies of one article)")
        repeats = (f"{plain(r.article)} repeats {plain(r.of)}, {_percent(r.likeness)} alike" for r in intake.repeated)
        _show_examples(sheet, list(repeats))
    if intake.sources:
        sheet.heading("Sources noted")
        _show_examples(sheet, [plain(name) for name in intake.sources])
    if intake.refused:
        sheet.heading("Refused")
        for refusal in intake.refused:
            sheet.write(Text.assemble((plain(refusal.where), _BAD), f": {plain(refusal.reason)}"), lead=Text("  "))


def _counts(intake: Intake) -> str:
    named = {
        "changed": len(intake.changed),
        "already here": len(intake.unchanged),
        "repeated": len(intake.repeated),
        "refused": len(intake.refused),
    }
    parts = [f"{counted(len(intake.added), 'article')} added", *(f"{n:,} {name}" for name, n in named.items() if n)]
    return ", ".join(parts) + "."


def _show_examples(sheet: Sheet, lines: list[str]) -> None:
    for line in lines[: defaults.SHOWN_EXAMPLES]:
        sheet.write(Text(line), lead=Text("  "))
    left = len(lines) - defaults.SHOWN_EXAMPLES
    if left > 0:
        sheet.write(Text(f"and {left:,} more", DIM), lead=Text("  "))


def _percent(likeness: float) -> str:
    return f"{int(likeness * 100)} %"
