"""Run a farm until somebody ends this process.

    python -m bench.farm --feeds 5000 --seed 1 [--port 0] [--rates '{"hostile": 0}']

Prints its port. /clock?minute=N sets the virtual minute, with &pace=P it goes on from there; /served?since=N lists what
was answered, one a line; /rates?hostile=0.01 changes how many answers are troublesome.
"""

import asyncio
import json
from datetime import datetime
from typing import Annotated

import typer

from bench.clock import Clock
from bench.farm.farm import START, Farm
from bench.farm.feeds import Rates
from bench.farm.server import serving

program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@program.command()
def main(
    feeds: Annotated[int, typer.Option(help="How many feeds.")] = 5_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same feeds.")] = 1,
    port: Annotated[int, typer.Option(help="0 takes a free one.")] = 0,
    start: Annotated[str, typer.Option(help="The moment of minute 0.")] = START.isoformat(),
    rates: Annotated[str, typer.Option(help="Rates that differ from the usual ones, as JSON.")] = "{}",
) -> None:
    """Serve, and print the port once the farm answers."""
    clock = Clock()
    farm = Farm(
        seed=seed, feeds=feeds, clock=clock, rates=Rates(**json.loads(rates)), start=datetime.fromisoformat(start)
    )
    asyncio.run(_serve(farm, clock, port))


async def _serve(farm: Farm, clock: Clock, port: int) -> None:
    async with serving(farm, clock, port):
        print(farm.port, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    program()
