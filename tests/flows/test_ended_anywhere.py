"""A desk that is ended at any of thirty points: another one goes on, and what is due arrives once.

`python -m bench.simulate` does the same with as many seeds as one likes; a failure says how it is repeated.
"""

import os

import pytest

from bench.simulate import DATABASES, PLATFORMS, choose, run_all
from bench.simulation.points import POINTS
from bench.simulation.stage import Stage

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module", params=DATABASES)
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    server = request.getfixturevalue("postgres_server").url("") if request.param == "postgresql" else None
    made = Stage(folder=tmp_path_factory.mktemp("stage"), server=server)
    made.build()
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
    assert [one.chosen.command() for one in outcomes if not one.was_ended] == []
