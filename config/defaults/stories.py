"""Numbers of stories: when two articles tell of one event, and when a story has ended."""

STORY_OPEN_HOURS = 96
"""Hours after its newest article for which a story takes further ones: news of an event ebbs within days."""

STORY_BATCH_ARTICLES = 50
"""Articles placed in one transaction: many at a time are quicker, and a kill repeats no more than these."""

STORY_MEMBERS_KEPT = 200_000
"""Articles of open stories that new ones are compared with, the newest; they take about 300 MB."""

STORY_LOOKED_UP = 30
"""Rarest stems of an article by which stories are looked up that it may belong to."""

STORY_CANDIDATES = 50
"""Articles most like a new one by those stems, with whose stories it is compared in full."""

STORY_JOINS = 0.32
"""Likeness (cosine of weighted stems) of its nearest articles from which a story takes an article in."""

STORY_NEAREST = 1
"""Articles of a story that are compared: with more, made-up stories that share their words were taken for one."""

STORY_TOLD_ARTICLES = 30
"""Newest articles of a story in which a further one must say something new to be a development."""

STORY_TEXT_MOVED = 0.5
"""Share of the stems of its opening that a changed article must keep to stay where it was placed."""

PLACE_TICK_SECONDS = 1
"""Seconds between two looks for news to be placed: an alert "at once" waits for no more than this."""
