"""The clock. Only the wiring and the commands look at it; every other part is told the moment."""

from datetime import UTC, datetime


def now() -> datetime:
    """The moment, in UTC. Nothing else in the house looks at the clock."""
    return datetime.now(UTC)
