"""Numbers of requests: what a person may type, and how long it is remembered."""

INBOX_HOURS = 24
"""Hours for which an event is known again: Slack and Discord repeat theirs for minutes, after outages for hours."""

NEXT_TIMES_SHOWN = 3
"""Next times of a digest that are told when it is made: enough to see that the days and the zone are as meant."""

ANSWERS_KEPT_DAYS = 30
"""Days for which an answer is kept: so long its buttons work, its thread is understood, and it can be corrected."""

INSTALLING_MINUTES = 10
"""Minutes within which whoever set out to install the desk has to come back: Slack's codes last as long."""

EVENTS_RESUMED = 1000
"""Events that are taken up again after a restart: more were never seen open, and a flood shall not fill the memory."""

SUGGESTIONS = 25
"""Suggestions while something is typed: Discord shows no more."""

NOTICES_TICK_SECONDS = 20
"""Seconds between two looks for what owners have to be told: nobody waits for it, and none comes much later."""

NOTICES_A_LOOK = 50
"""Notices told at one look: a server that was lost has many channels, and their owners are told in peace."""

SWITCH_SECONDS = 0.001
"""Seconds after which a thread that calculates lets another one on. With Python's own 0.005, whatever platforms hand in
waits behind up to five such threads each time the loop wants its turn, in a flood for over a second."""
