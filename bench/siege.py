"""Kill desks while they do everything at once, and their database as well; then count what was due.

    python -m bench.siege [--kills 600] [--server-kills 50] [--seed 1] [--longest 0.6] [--quick]

Prints what was lost, doubled, early or foreign, and writes the figures to docs/load.md. It can be done in pieces, each
with a seed of its own. PostgreSQL is left out where its server is not installed.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bench.figures import Line, Measured, show_lines
from bench.killing import Havoc, Siege, Survived
from bench.load_page import PAGE, lines_of, write_figures
from bench.platform.tally import FAULTS
from tests.postgres import PostgresServer, server_program

QUICK_KILLS, QUICK_SERVER_KILLS = 30, 3

_DESKS = 3  # on one PostgreSQL server
_KINDS = ("slack", "discord", "forgetful")
_SHOWN = 5

program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@program.command()
def main(
    kills: Annotated[int, typer.Option(help="Desks that are killed on each database.")] = 600,
    server_kills: Annotated[int, typer.Option(help="PostgreSQL servers that are killed meanwhile.")] = 50,
    seed: Annotated[int, typer.Option(help="Of the news, the faults and the kills.")] = 1,
    longest: Annotated[float, typer.Option(help="Seconds after which a desk at work is killed at most.")] = 0.6,
    quick: Annotated[bool, typer.Option("--quick", help="30 kills and 3 of the server; no page is written.")] = False,
    page: Annotated[Path, typer.Option(help="The page to write.")] = PAGE,
) -> None:
    """Kill, print the figures, write the page. Exit status 1 where anything went wrong."""
    console = Console()
    kills, server_kills = (QUICK_KILLS, QUICK_SERVER_KILLS) if quick else (kills, server_kills)
    havoc = Havoc(kills=kills, desks=1, seed=seed, longest=longest)
    lines = besiege(havoc, console)
    if server_program("initdb"):
        lines += besiege(replace(havoc, desks=_DESKS, server_kills=server_kills), console)
    show_lines(console, lines)
    if not quick:
        write_figures(lines, page)
    if any(line.cells[6] == "missed" for line in lines):
        raise typer.Exit(1)


def besiege(havoc: Havoc, console: Console) -> list[Line]:
    """Kill that many desks, some on each kind of platform; on PostgreSQL where more than one desk is at work."""
    database = "PostgreSQL" if havoc.desks > 1 else "SQLite"
    name, started, all_survived = f"killed delivering, {database}", time.monotonic(), list[Survived]()
    with console.status(name) as status:
        for number, kind in enumerate(_KINDS):
            part = replace(
                havoc,
                kills=_part(havoc.kills, number),
                server_kills=_part(havoc.server_kills, number),
                seed=havoc.seed + number,
            )
            doing = f"{name}, {kind}"
            with tempfile.TemporaryDirectory() as folder, _server(database) as server:
                siege = Siege(part, kind, Path(folder), server)
                survived = siege.endure(lambda said, doing=doing: status.update(f"{doing}: {said}"))  # type: ignore[misc]
            all_survived.append(survived)
            for wrong in _what_is_wrong(survived):
                console.print(f"seed {part.seed}, {kind} on {database}: {wrong}")
    return lines_of(name, _measure(name, all_survived), time.monotonic() - started)


def _part(whole: int, number: int) -> int:
    """What falls to that kind of platform."""
    return whole // len(_KINDS) + (number < whole % len(_KINDS))


def _what_is_wrong(survived: Survived) -> Iterator[str]:
    if not survived.posts.is_sound:
        yield survived.posts.said()
    for what in ("unread", "reread", "untold", "retold", "left"):
        found = getattr(survived, what)
        if found:
            yield f"{len(found)} {what}: {', '.join(found[:_SHOWN])}"


def _measure(name: str, all_survived: Sequence[Survived]) -> list[Measured]:
    posts = [survived.posts for survived in all_survived]
    measured = [
        Measured(set=name, figure="desks killed", ours=sum(one.kills for one in all_survived)),
        Measured(set=name, figure="servers killed", ours=sum(one.server_kills for one in all_survived)),
        Measured(set=name, figure="deliveries", ours=sum(one.owed for one in posts)),
        Measured(set=name, figure="pieces sent", ours=sum(one.pieces for one in all_survived)),
        *(
            Measured(set=name, figure=fault, ours=sum(len(getattr(one, fault)) for one in posts), wanted="= 0")
            for fault in FAULTS
        ),
        Measured(set=name, figure="pieces lost", ours=sum(len(one.unread) for one in all_survived), wanted="= 0"),
        Measured(set=name, figure="pieces doubled", ours=sum(len(one.reread) for one in all_survived), wanted="= 0"),
        Measured(set=name, figure="alerts due", ours=sum(one.alerts for one in all_survived)),
        Measured(set=name, figure="alerts lost", ours=sum(len(one.untold) for one in all_survived), wanted="= 0"),
        Measured(set=name, figure="alerts doubled", ours=sum(len(one.retold) for one in all_survived), wanted="= 0"),
        Measured(set=name, figure="left to do", ours=sum(len(one.left) for one in all_survived), wanted="= 0"),
        Measured(
            set=name, figure="seconds until nothing was owed", ours=max(one.drained_seconds for one in all_survived)
        ),
    ]
    return [one for one in measured if one.figure != "servers killed" or one.ours]


@contextmanager
def _server(database: str) -> Iterator[PostgresServer | None]:
    """A server that writes everything down, as one in use would; none for SQLite."""
    if database == "SQLite":
        yield None
        return
    server = PostgresServer(fsync=True)
    try:
        server.start()
        yield server
    finally:
        server.stop()


if __name__ == "__main__":
    program()
