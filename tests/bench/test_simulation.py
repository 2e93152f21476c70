"""The made-up world in which desks are ended: its time, its lives, and what a kill leaves."""

import asyncio
from pathlib import Path
from time import monotonic

import pytest

from bench.haste import HastyLoop
from bench.simulation.ground import PostgresGround, SqliteGround
from bench.simulation.life import Fate, Killed, Life, Over
from bench.simulation.loop import MadeUpLoop, Stuck
from bot.archive.archive import Archive
from bot.archive.articles import newest_change
from bot.archive.filing import file_drafts
from bot.news.article import LOCAL
from tests.archive.drafts import NOW, make_draft


async def wait_in_vain(seconds: float) -> None:
    await asyncio.wait([asyncio.get_running_loop().create_future()], timeout=seconds)


def test_where_everybody_waits_time_goes_on_at_once() -> None:
    loop, began = MadeUpLoop(), monotonic()
    order: list[str] = []

    async def wait(seconds: float, name: str) -> None:
        await wait_in_vain(seconds)
        order.append(name)

    async def all_of_them() -> None:
        await asyncio.gather(wait(7200, "last"), wait(30, "first"), asyncio.to_thread(order.append, "thread"))

    loop.run_until_complete(all_of_them())
    assert order == ["thread", "first", "last"]
    assert loop.time() == pytest.approx(7200)
    assert monotonic() - began < 5
    with pytest.raises(Stuck):
        loop.run_until_complete(loop.create_future())
    loop.close()


def test_a_hasty_loop_waits_as_much_shorter() -> None:
    began = monotonic()
    with asyncio.Runner(loop_factory=lambda: HastyLoop(1_000)) as runner:
        runner.run(wait_in_vain(60))
    assert 0.06 <= monotonic() - began < 5


def test_a_life_ends_at_its_step_and_nothing_counts_any_more() -> None:
    life = Life(Fate(step="here", time=2))
    life.passed("here")
    life.passed("elsewhere")
    with pytest.raises(Killed):
        life.passed("here")
    with pytest.raises(Over):
        life.passed("elsewhere")
    assert life.steps == {"here": 2, "elsewhere": 1}


@pytest.fixture(params=["sqlite", "postgresql"])
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> SqliteGround | PostgresGround:
    if request.param == "sqlite":
        return SqliteGround(tmp_path / "ground", request.getfixturevalue("migrated_file"))
    return PostgresGround(tmp_path, request.getfixturevalue("postgres_url"))


@pytest.mark.parametrize(("step", "kept"), [("before", 1), ("mid", 1), ("after", 2)])
def test_a_kill_leaves_what_was_committed_and_no_more(
    ground: SqliteGround | PostgresGround, step: str, kept: int
) -> None:
    life = Life(Fate(step=f"{step} file_drafts", time=2))
    archive = ground.open(life)
    archive.write_now(file_drafts, LOCAL, [make_draft("one")], NOW)
    with pytest.raises(Killed):
        archive.write_now(file_drafts, LOCAL, [make_draft("two")], NOW)
    with pytest.raises(Over):
        archive.write_now(file_drafts, LOCAL, [make_draft("three")], NOW)
    with pytest.raises(Over):
        archive.read_now(newest_change, LOCAL)
    ground.end(archive, killed=True)
    assert count_kept(ground) == kept


def count_kept(ground: SqliteGround | PostgresGround) -> int:
    archive = ground.open(Life())
    kept = archive.read_now(newest_change, LOCAL)
    ground.end(archive, killed=False)
    return kept


def test_a_database_is_laid_out_as_it_was_at_first(tmp_path: Path, postgres_url: str) -> None:
    with Archive.open(tmp_path, postgres_url) as archive:
        archive.write_now(file_drafts, LOCAL, [make_draft("one")], NOW)
    ground = PostgresGround(tmp_path, postgres_url)
    archive = ground.open(Life())
    archive.write_now(file_drafts, LOCAL, [make_draft("two")], NOW)
    ground.end(archive, killed=False)
    assert count_kept(ground) == 2
    ground.lay_out()
    assert count_kept(ground) == 1
