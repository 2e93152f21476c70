"""A desk that is ended at any of thirty points: another one goes on, and what is due arrives once.

`python -m bench.simulate` does the same with as many seeds as one likes; a failure says how it is repeated.
"""

import os
from datetime import datetime
from pathlib import Path

import pytest

from bench.platform.poster import FakePoster
from bench.platform.tally import PostTally
from bench.simulate import DATABASES, PLATFORMS, choose, run_all
from bench.simulation.points import POINTS
from bench.simulation.run import Run
from bench.simulation.stage import Stage
from bench.simulation.town import town_wire
from bot.errors import MaybePosted, NotPosted
from bot.news.place import Place
from tests.postgres import PostgresServer

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    made = Stage(folder=tmp_path_factory.mktemp("stage"), server=None)
    made.build()
    return made


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory, postgres_server: PostgresServer) -> Stage:
    made = Stage(folder=tmp_path_factory.mktemp("stage"), server=postgres_server.url(""))
    made.build()
    return made


@pytest.fixture(params=DATABASES)
def stage(request: pytest.FixtureRequest) -> Stage:
    made: Stage = request.getfixturevalue(f"on_{request.param}")
    return made


def test_there_are_thirty_points_and_each_has_a_name() -> None:
    assert len({point.name for point in POINTS}) == len(POINTS) == 30


@pytest.mark.timeout(400)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_whatever_is_due_arrives_once_wherever_a_desk_is_ended(stage: Stage, platform: str) -> None:
    database = "postgresql" if stage.server else "sqlite"
    outcomes = list(run_all(stage, choose(database, platform, SEEDS), os.cpu_count() or 1))
    assert len(outcomes) == len(POINTS) * len(SEEDS)
    wrong = [f"{one.chosen.command()}\n    {one.said}" for one in outcomes if not one.is_sound]
    assert not wrong, "\n".join(["", *wrong])
    reached = {one.chosen.point for one in outcomes if one.was_ended}
    # A server's own pace decides on PostgreSQL whether the rarest of them comes about.
    assert reached == set(POINTS) if stage.server is None else len(reached) >= len(POINTS) - 1


class Insistent(FakePoster):
    """Posts that may have arrived are said not to have."""

    async def post(self, place: Place, payload: str, marker: str) -> str:
        try:
            return await super().post(place, payload, marker)
        except MaybePosted as fault:
            raise NotPosted(str(fault)) from None


class Trusting(FakePoster):
    """Whatever is looked for is said to be there."""

    async def find(self, place: Place, marker: str, since: datetime) -> str | None:
        return "somewhere"


def run_with(poster: type[FakePoster], folder: Path, stage: Stage) -> list[PostTally]:
    point = next(point for point in POINTS if point.step == "written")
    tallies = []
    for seed in range(1, 5):
        with stage.ground("slack", point) as ground:
            tallies.append(Run(point, "slack", seed, town_wire(), folder, poster).go(ground).posts)
    return tallies


def test_a_desk_that_posts_again_what_may_have_arrived_is_found_out(tmp_path: Path, on_sqlite: Stage) -> None:
    assert any(tally.doubled for tally in run_with(Insistent, tmp_path, on_sqlite))


def test_a_desk_that_takes_for_sent_what_may_have_arrived_is_found_out(tmp_path: Path, on_sqlite: Stage) -> None:
    assert any(tally.lost for tally in run_with(Trusting, tmp_path, on_sqlite))
