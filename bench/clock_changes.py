"""Try every quarter hour at every clock change of every zone, 2024 to 2037, against clocks read minute by minute.

    python -m bench.clock_changes [--zones 40]

Nothing is taken together: each zone of the tzdata package is tried by its name. Exit status 1 where anything was
missed, doubled or early.
"""

import time as stopwatch
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from bench.figures import Measured, code_version, make_lines, show_lines
from bot.news.days import EVERY_DAY, Days
from bot.news.schedule import Rule, Schedule, next_occurrences
from tests.news.clock_changes import FIRST, LAST, QUARTER_HOURS, ClockChange, clock_changes, read_zones, unlike_zones

_MINUTE = timedelta(minutes=1)
_AROUND = timedelta(days=3)
_WALKED_SLOTS = (time(0), time(2, 30), time(23, 45))

program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@program.command()
def main(zones: Annotated[int | None, typer.Option(help="Only so many zones.")] = None) -> None:
    """Try them, and print how many were tried and what went wrong."""
    console, began, tally = Console(), stopwatch.monotonic(), Counter[str]()
    named = list(islice(read_zones().values(), zones))
    with console.status("zones") as status:
        for number, zone in enumerate(named):
            status.update(f"{zone.key}: {number} of {len(named)} zones, {tally['changes']:,} clock changes")
            for change in clock_changes(zone, timedelta(days=1)):
                tally["changes"] += 1
                _try_change(change, tally)
        for zone in islice(unlike_zones(), zones):
            status.update(f"{zone.key}: walking from 2024 to 2037")
            for slot in _WALKED_SLOTS:
                _walk(zone, slot, tally)
    name = "clock changes"
    measured = [
        Measured(set=name, figure="zones", ours=len(named)),
        Measured(set=name, figure="clock changes", ours=tally["changes"]),
        Measured(set=name, figure="due moments compared", ours=tally["compared"]),
        *(
            Measured(set=name, figure=fault, ours=tally[fault], wanted="= 0")
            for fault in ("missed", "doubled", "early")
        ),
        Measured(set=name, figure="otherwise wrong", ours=tally["wrong"], wanted="= 0"),
    ]
    seconds = stopwatch.monotonic() - began
    show_lines(console, make_lines(measured, code=code_version(), day=datetime.now(UTC).date(), seconds=seconds))
    if any(one.met is False for one in measured):
        raise typer.Exit(1)


def _try_change(change: ClockChange, tally: Counter[str]) -> None:
    """Compare the dates around the change, for every quarter hour, with what the clocks show minute by minute."""
    shown = _first_minutes(change)
    middle = change.wall.date()
    for slot in QUARTER_HOURS:
        wanted = {day: shown[day, slot] for day in (middle + timedelta(days=n) for n in (-1, 0, 1))}
        schedule = Schedule(rules=(Rule(days=Days(weekdays=EVERY_DAY), times=(slot,)),), zone=change.zone)
        first, last = min(wanted.values()), max(wanted.values())
        found = [one for one in next_occurrences(schedule, first - _MINUTE, 5) if one.due <= last]
        days = Counter(one.local_date for one in found)
        tally["missed"] += len(wanted.keys() - days.keys())
        tally["doubled"] += sum(count - 1 for count in days.values())
        for one in found:
            due = wanted.get(one.local_date)
            tally["compared"] += 1
            tally["early"] += due is not None and one.due < due
            tally["wrong"] += due is None or one.due > due


def _first_minutes(change: ClockChange) -> dict[tuple[date, time], datetime]:
    """When the clocks first showed each quarter hour or a later time, found by looking at them every minute."""
    found: dict[tuple[date, time], datetime] = {}
    moment = change.at.replace(second=0, microsecond=0) - _AROUND
    furthest = moment.astimezone(change.zone).replace(tzinfo=None)
    while moment <= change.at + _AROUND:
        wall = moment.astimezone(change.zone).replace(tzinfo=None)
        while furthest < wall:
            furthest += _MINUTE
            if furthest.minute % 15 == 0:
                found[furthest.date(), furthest.time()] = moment
        moment += _MINUTE
    return found


def _walk(zone: ZoneInfo, slot: time, tally: Counter[str]) -> None:
    """Go from date to date through all the years."""
    schedule = Schedule(rules=(Rule(days=Days(weekdays=EVERY_DAY), times=(slot,)),), zone=zone)
    walked = next_occurrences(schedule, FIRST, (LAST - FIRST).days)
    for before, one in pairwise(walked):
        days = (one.local_date - before.local_date).days
        tally["compared"] += 1
        tally["missed"] += max(days - 1, 0)
        tally["doubled"] += days < 1
        tally["early"] += one.due.astimezone(zone).replace(tzinfo=None) < datetime.combine(one.local_date, slot)


if __name__ == "__main__":
    program()
