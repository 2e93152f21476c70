"""Numbers of schedules: the shortest and the longest interval, and how far ahead is looked."""

SCHEDULE_SHORTEST_MINUTES = 15
"""Minutes between two digests at least: more often is a stream, which a watch is for."""

SCHEDULE_LONGEST_DAYS = 31
"""Days between two digests at most: once a month."""

RENDER_AHEAD_SECONDS = 60
"""Seconds before its time at which a digest is written, so that writing does not make it late."""
