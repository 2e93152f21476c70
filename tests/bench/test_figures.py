from datetime import date
from pathlib import Path

from bench.figures import Line, Measured, make_lines, write_page

DAY = date(2025, 4, 16)


def lines_for(name: str, ours: float, wanted: str = "") -> list[Line]:
    measured = Measured(set=name, figure="right", ours=ours, wanted=wanted)
    return make_lines([measured], code="abc1234", day=DAY, seconds=2)


def test_a_figure_is_met_or_missed_by_its_mark_and_neither_without_one() -> None:
    verdicts = [lines_for("a", ours, wanted)[0].cells[6] for ours, wanted in ((0.9, "≥ 0.90"), (2, "≤ 1"), (0.5, ""))]
    assert verdicts == ["met", "missed", ""]


def test_counts_are_shown_whole_and_shares_with_three_places() -> None:
    assert [lines_for("a", ours)[0].cells[2] for ours in (7, 0.5, 1.0)] == ["7", "0.500", "1.000"]


def test_measuring_one_set_again_keeps_the_rows_of_the_others(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    write_page(page, "# Quality\n", [*lines_for("first", 0.1), *lines_for("second", 0.2)], ["first", "second"])
    write_page(page, "# Quality\n", lines_for("first", 0.3), ["first", "second"])
    rows = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert [row.split(" | ")[2] for row in rows] == ["ours", "0.300", "0.200"]
