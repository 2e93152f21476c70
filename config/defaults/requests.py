"""Numbers of requests: what a person may type, and how long it is remembered."""

INBOX_HOURS = 24
"""Hours for which an event is known again: Slack and Discord repeat theirs for minutes, after outages for hours."""

NEXT_TIMES_SHOWN = 3
"""Next times of a digest that are told when it is made: enough to see that the days and the zone are as meant."""
