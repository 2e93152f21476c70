"""Trends: how many stories a day there were on a topic."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Trend:
    """Stories a day, oldest first, days without any among them. Without a topic it counts all."""

    topic: str | None
    days: tuple[tuple[date, int], ...]

    def in_words(self) -> str:
        """What the picture shows, for whoever cannot see it."""
        most, busiest = max((count, day) for day, count in self.days)
        first, last = self.days[0][0], self.days[-1][0]
        about = f" on {self.topic}" if self.topic else ""
        total = sum(count for _, count in self.days)
        return (
            f"Stories a day{about} from {first.day} {first:%b} to {last.day} {last:%b}: {total} in all, "
            f"most on {busiest.day} {busiest:%b} ({most}), {self.days[-1][1]} on the last day."
        )

    def frozen(self) -> dict[str, Any]:
        """It as JSON holds it; thaw_trend gives an equal one."""
        return {"topic": self.topic, "days": [[day.isoformat(), count] for day, count in self.days]}


def thaw_trend(frozen: Mapping[str, Any]) -> Trend:
    """The trend that was frozen so."""
    return Trend(topic=frozen["topic"], days=tuple((date.fromisoformat(day), count) for day, count in frozen["days"]))
