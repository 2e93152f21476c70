"""Where a watch stands: what it has met, and so what it is still told."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.news.development import Development
from bot.news.match import Fate, decide, hour_start
from bot.news.story import StoryId
from bot.news.watch import Watch


@dataclass(kw_only=True, slots=True)
class Standing:
    """A watch, the developments after which it has met each story, and how much it told in which hour."""

    watch: Watch
    met: dict[StoryId, set[int]] = field(default_factory=dict)
    told: dict[datetime, int] = field(default_factory=dict)

    def hears(self, story: StoryId, change: Development | None, last: int) -> int | None:
        """After which development the watch hears of the story now; None where it has heard of it.

        It hears of a story once, and again of every change. `last` is how far the story had come without this one.
        """
        met = self.met.get(story, ())
        if change is None:
            return None if met else last
        return None if change.number in met else change.number

    def meet(
        self, story: StoryId, development: int, now: datetime, *, is_severe: bool = False, is_muted: bool = False
    ) -> Fate:
        """What becomes of its meeting the story now; from then on it has met it."""
        this_hour = self.told.get(hour_start(self.watch.zone, now), 0)
        fate = decide(self.watch, now, told_this_hour=this_hour, is_severe=is_severe, story_muted=is_muted)
        self.met.setdefault(story, set()).add(development)
        if fate.state == "told":
            self.tell(now)
        return fate

    def tell(self, now: datetime) -> None:
        """Count one that is told now."""
        hour = hour_start(self.watch.zone, now)
        self.told[hour] = self.told.get(hour, 0) + 1
