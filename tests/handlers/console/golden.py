"""What each thing looks like at each width, kept as files to read and compare.

`python -m tests.handlers.console.golden` writes the files anew; look at the difference before keeping it.
"""

from collections.abc import Callable
from pathlib import Path

from handlers.console.dispatch_sheet import show_dispatch
from handlers.console.render import show_answer, show_brief, show_passages, show_publishers
from handlers.console.report import show_intake
from handlers.console.sheet import Sheet
from tests.handlers.console.dispatch_makes import make_alert, make_batch, make_correction, make_digest
from tests.handlers.console.makes import make_answer, make_brief, make_intake, make_passages, make_sheet
from tests.handlers.console.source_makes import (
    show_added,
    show_list,
    show_list_taken_in,
    show_readings,
    show_several,
)

WIDTHS = (40, 80, 200)
FOLDER = Path(__file__).parent / "pictures"
SHOWN: dict[str, Callable[[Sheet], None]] = {
    "answer": lambda sheet: show_answer(sheet, make_answer()),
    "nothing-found": lambda sheet: show_answer(sheet, make_answer(status="nothing_found")),
    "brief": lambda sheet: show_brief(sheet, make_brief()),
    "passages": lambda sheet: show_passages(sheet, "tariffs", make_passages()),
    "sources": lambda sheet: show_publishers(sheet, {"Harbour Wire": 1200, "日経": 3}),
    "intake": lambda sheet: show_intake(sheet, make_intake()),
    "digest": lambda sheet: show_dispatch(sheet, make_digest()),
    "alert": lambda sheet: show_dispatch(sheet, make_alert()),
    "batch": lambda sheet: show_dispatch(sheet, make_batch()),
    "correction": lambda sheet: show_dispatch(sheet, make_correction()),
    "source-list": show_list,
    "source-added": show_added,
    "source-choice": show_several,
    "source-checked": show_readings,
    "source-imported": show_list_taken_in,
}


def rendered(name: str, width: int) -> str:
    """The named thing as it is shown at that width."""
    sheet, file = make_sheet(width)
    SHOWN[name](sheet)
    return file.getvalue()


def golden_file(name: str, width: int) -> Path:
    """Where the kept picture of it is."""
    return FOLDER / f"{name}-{width}.txt"


if __name__ == "__main__":
    for each in SHOWN:
        for columns in WIDTHS:
            FOLDER.mkdir(exist_ok=True)
            golden_file(each, columns).write_text(rendered(each, columns), encoding="utf-8")
