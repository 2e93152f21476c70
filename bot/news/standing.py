"""Where a watch stands: what it has met, and so what it is still told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.news.development import Development
from bot.news.match import Fate, MatchState, decide, hour_start
from bot.news.story import StoryId
from bot.news.watch import Watch


@dataclass(kw_only=True, slots=True)
class Standing:
    """A watch, what became of each story that it met after which developments, and how much it told in which hour."""

    watch: Watch
    met: dict[StoryId, dict[int, MatchState]] = field(default_factory=dict)
    told: dict[datetime, int] = field(default_factory=dict)

    def hears(self, story: StoryId, change: Development | None, last: int) -> int | None:
        """After which development the watch hears of the story now; None where it has heard of it.

        It hears of a story once, and again of every change. `last` is how far the story had come without this one.
        """
        met = self.met.get(story, {})
        if change is None:
            return None if met else last
        return None if change.number in met else change.number

    def has_told(self, story: StoryId) -> bool:
        """Whether the channel knows of the story by this watch."""
        return _is_told(self.met.get(story, {}))

    def merge(self, gone: StoryId, into: StoryId, come_to: int) -> None:
        """Who met a story that went on as another, which had come so far by then, has met that one as well."""
        if met := self.met.get(gone):
            known = self.met.setdefault(into, {})
            known[come_to] = "told" if _is_told(met) else known.get(come_to, "muted")

    def meet(
        self, story: StoryId, development: int, now: datetime, *, is_severe: bool = False, is_muted: bool = False
    ) -> Fate:
        """What becomes of its meeting the story now; from then on it has met it."""
        hour = hour_start(self.watch.zone, now)
        this_hour = self.told.get(hour, 0)
        fate = decide(self.watch, now, told_this_hour=this_hour, is_severe=is_severe, story_muted=is_muted)
        self.met.setdefault(story, {})[development] = fate.state
        if fate.state == "told":
            self.told[hour] = this_hour + 1
        return fate


def _is_told(met: Mapping[int, MatchState]) -> bool:
    return not {"told", "named"}.isdisjoint(met.values())
