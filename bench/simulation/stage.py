"""Where runs take place: templates that are made once, and a ground from one of them for each run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from os import getpid
from pathlib import Path

import psycopg
from psycopg import sql

from bench.platform.rules import KINDS
from bench.simulation.ground import Ground, PostgresGround, SqliteGround
from bench.simulation.points import MIGRATION, Point
from bench.simulation.templates import make_earlier, make_settled
from bench.simulation.town import town_wire

_EARLIER = "earlier"
_NUMBERS = count(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """The folder of the templates; where they are on PostgreSQL, the server's address, which ends before the name."""

    folder: Path
    server: str | None

    def build(self) -> None:
        """Make the templates."""
        wire = town_wire()
        for name in sorted({rules.name for rules in KINDS.values()}):
            make_settled(self.folder / name, self.add(name) if self.server else None, name, wire)
        make_earlier(self.folder / _EARLIER, self.add(_EARLIER) if self.server else None)

    @contextmanager
    def ground(self, kind: str, point: Point) -> Iterator[Ground]:
        """A ground for one run with a platform of that kind."""
        as_new = point == MIGRATION or point.is_of_upkeep
        template = _EARLIER if point == MIGRATION else KINDS[kind].name
        if self.server is None:
            file = self.folder / template / "newsdesk.db"
            yield SqliteGround(self.folder / f"here-{getpid()}", file, as_new=as_new)
        elif template == _EARLIER:
            name = f"{template}_{getpid()}_{next(_NUMBERS)}"
            yield PostgresGround(self.folder / "files", self.add(name, template))
            self._do("DROP DATABASE {}", name)
        else:
            ground = _own_ground(self, template)
            ground.as_new = as_new
            ground.lay_out()
            yield ground

    def add(self, name: str, template: str = "template1") -> str:
        """The address of a new database of that name, a copy of the template."""
        self._do("CREATE DATABASE {} TEMPLATE {}", name, template)
        return f"{self.server}{name}"

    def _do(self, statement: str, *names: str) -> None:
        with psycopg.connect(f"{self.server}postgres", autocommit=True) as db:
            db.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@cache
def _own_ground(stage: Stage, template: str) -> PostgresGround:
    """The database of this process."""
    return PostgresGround(stage.folder / "files", stage.add(f"{template}_{getpid()}", template))
