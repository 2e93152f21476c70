"""Numbers of watches: what a topic may be, when it is met, and how much a channel is told."""

TOPIC_CHARACTERS = 200
"""Characters that a topic may have: longer ones are texts, not topics."""
