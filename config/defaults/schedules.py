"""Numbers of schedules: the shortest and the longest interval, and how far ahead is looked."""

SCHEDULE_SHORTEST_MINUTES = 15
"""Minutes between two digests at least: more often is a stream, which a watch is for."""

SCHEDULE_LONGEST_DAYS = 31
"""Days between two digests at most: once a month."""

SCHEDULE_CHARACTERS = 300
"""Characters of a schedule in words: room for every weekday with times of its own."""

SCHEDULE_SEEN_AHEAD_DAYS = 366
"""Days within which the next date of a schedule, and the next clock change that touches it, are looked for."""

RENDER_AHEAD_SECONDS = 60
"""Seconds before its time at which a digest is written, so that writing does not make it late."""

NEWS_AWAITED_BEFORE_SECONDS = 15
"""Seconds before its time until which a digest may wait for sources that are still to be read: then it is written."""

NEWS_AWAITED_WHEN_LATE_SECONDS = 60
"""Seconds that a late digest may wait for them: after an outage, what came meanwhile is still to be read."""

NEWS_AWAITED_BY_DIGESTS = 100
"""Digests at most that wait for sources: those that are on time are then written in the seconds that are left."""

FIRST_DIGEST_HOURS = 24
"""Hours that a first digest covers where its schedule was never due before."""

LATE_AFTER_SECONDS = 300
"""Seconds after its time from which on a digest says that it is late: nobody takes a restart for an outage."""

TICK_SECONDS = 1.0
"""Seconds between two looks at what is due: half of what a digest may be late."""

TICK_AT_ONCE = 500
"""Subscriptions whose occurrences are noted in one transaction, so that other writers get their turn."""

CLOCK_STEP_SECONDS = 300
"""Seconds by which the clock may run away from the time that has passed, before the log says so."""

TYPED_CHARACTERS_SHOWN = 40
"""Characters of what was typed that an error shows again: enough to find the place."""
