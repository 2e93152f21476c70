"""Numbers of stories: when two articles tell of one event, and when a story has ended."""

STORY_OPEN_HOURS = 96
"""Hours after its newest article for which a story takes further ones: news of an event ebbs within days."""
