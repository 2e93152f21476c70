"""A desk that is ended at any point of sending or recovering: with the real client, all arrives in Slack, and once.

`python -m bench.slack_crashes` does the same with as many seeds as one likes; a failure says how it is repeated.
"""

from pathlib import Path

import pytest

from bench.endings import POINTS
from bench.slack_crashes import Run


@pytest.mark.parametrize("point", POINTS)
async def test_nothing_is_lost_and_nothing_arrives_twice(point: str, tmp_path: Path) -> None:
    outcome = await Run(point, 1, tmp_path).go()
    assert outcome.is_sound, f'{outcome}: python -m bench.slack_crashes --point "{point}" --seeds 1'
