"""The thirty points at which a desk is ended."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A step at which a desk is ended, by its name here; which time it is passed is drawn from so many.

    `faults` is the share of requests to the platform that go wrong, where the step needs many of them.
    """

    name: str
    step: str
    times: int = 1
    faults: float = 0.2

    @property
    def is_of_upkeep(self) -> bool:
        """Whether it is one of what is done to the database beside the work."""
        return self.step in ("mid backup", "mid checkpoint")


def _points(group: str, *steps: tuple[str, str, int], faults: float = 0.2) -> list[Point]:
    return [Point(name=f"{group}: {name}", step=step, times=times, faults=faults) for name, step, times in steps]


MIGRATION = Point(name="upkeep: mid migration", step="mid bring_up_to_date")

POINTS = [
    *_points(
        "ingest",
        ("before fetch", "before fetch", 4),
        ("after fetch", "after fetch", 4),
        ("after parse", "after parse", 4),
        ("mid transaction", "mid transaction", 2),
        ("after commit", "after commit", 4),
    ),
    *_points(
        "inbound",
        ("before it is kept", "before take_event", 1),
        ("kept, not acknowledged", "after take_event", 1),
        ("acknowledged", "acknowledged", 1),
        ("mid command", "mid add_watch", 1),
        ("done, not answered", "after close_event", 1),
    ),
    *_points(
        "schedule",
        ("before tick", "before note_due", 6),
        ("mid tick", "mid note_due", 2),
        ("after", "after note_due", 2),
    ),
    *_points(
        "render",
        ("before writing", "digest chosen", 2),
        ("written, not frozen", "digest written", 2),
        ("frozen", "digest owed", 2),
    ),
    *_points(
        "send",
        ("claimed", "after claim_due", 5),
        ("before connect", "before connect", 5),
        ("request half written", "half written", 5),
        ("request written", "written", 5),
        ("accepted, reply not read", "replied", 5),
        ("reply read, not settled", "reply read", 5),
        ("mid settle", "mid settle", 5),
        ("settled", "settled", 5),
    ),
    *_points(
        "recovery",
        ("before lookup", "before lookup", 1),
        ("after lookup", "after lookup", 1),
        ("posted again", "posted again", 1),
        faults=0.5,
    ),
    MIGRATION,
    *_points("upkeep", ("mid backup", "mid backup", 3), ("mid checkpoint", "mid checkpoint", 3)),
]
