"""Back-tests: what a watch would have told in the days before it was made."""

from dataclasses import dataclass
from datetime import datetime

from bot.news.digest import Alert


@dataclass(frozen=True, kw_only=True, slots=True)
class Backtest:
    """What a topic, watched in that manner, would have sent since then.

    `messages` is how many would have been posted, batches and summaries as one each, and `stories` how many stories
    they would have told. `examples` are the newest of the alerts. `unannounced` are further stories that it would not
    have told, because they came with the first reading of a source, were added by hand, or were old when they came.
    """

    topic: str
    since: datetime
    messages: int
    stories: int
    examples: tuple[Alert, ...]
    unannounced: int
