"""Numbers of sources: when they are read, followed, completed and corrected, and what is stuck."""

# --- polling ------------------------------------------------------------------------------------------------------
POLL_FASTEST_MINUTES = 15
"""Minutes between two readings of one feed at least, unless the operator sets another: news desks read so, and sites
put up with it."""

POLL_SLOWEST_MINUTES = 240
"""Minutes between two readings of a quiet feed at most, unless its site asks for more."""

POLL_LONGEST_HOURS = 24
"""Hours that a site's wish to be left alone, or doubling after failures, may add up to."""

POLL_READINGS_A_GAP = 4
"""Readings between two new entries: news is then an eighth of a gap old on average when it is read."""

POLL_JITTER = 0.1
"""Share by which waits are drawn longer or shorter, so that feeds added together are not read together for ever."""

POLL_GAP_ENTRIES = 10
"""Newest entries whose dates tell how often a new source publishes."""

POLL_GAP_LEARNT = 0.2
"""Weight of the newest gap in the moving mean: about five new entries are remembered."""

POLL_FAILING_DAYS = 14
"""Days of failures without a break after which a feed is no longer read, and whoever added it is told."""

POLL_GONE_DAYS = 7
"""The same for a feed whose site says that it is gone for good (410)."""

POLL_LEASE_SECONDS = 120
"""Seconds for which a feed belongs to whoever reads it: longer than a reading takes, so that a kill delays it by no
more than this."""

POLL_AT_ONCE = 48
"""Feeds read at the same time: most of their time is waiting."""

POLL_TICK_SECONDS = 1
"""Seconds between two looks at what is due."""

POLL_CLAIMED_AT_LEAST = 8
"""Feeds claimed in one transaction, unless nothing is being read: a commit costs milliseconds whatever is in it."""

# --- hosts --------------------------------------------------------------------------------------------------------
HOST_GAP_SECONDS = 1.0
"""Seconds between two requests to one host, as robots.txt files that say so ask for most often."""

HOST_QUEUE_SECONDS = 30.0
"""Longest queue before one host; what would have to wait longer is put off until then."""

# --- what a feed listed, and where it moved -----------------------------------------------------------------------
MOVE_READINGS = 3
MOVE_HOURS = 24
"""Readings and hours over which a permanent redirect must stand before the new address is taken as the feed's own: a
hijacked or mistaken one rarely stands that long."""

ENTRIES_KEPT_DAYS = 30
"""Days that an entry is remembered after its feed last listed it: what vanished comes back within weeks, if at all."""

# --- full text ----------------------------------------------------------------------------------------------------
TEASER_WORDS = 150
"""Words under which an entry of a feed is taken for a teaser, and its page is read for the whole article."""

FULL_TEXT_TRIES = 4
"""Times that a page is tried for its full text, over about a day; then the teaser stays."""

FULL_TEXT_AT_FIRST = 30
"""Pages read for the full text of what a new source lists at first, newest first: the rest keeps its teasers."""

FULL_TEXT_RETRY_MINUTES = 15
"""Minutes before a page that could not be read is tried again, four times as long after every further try."""

PAGES_AT_ONCE = 16
"""Pages read for their full text at the same time: fewer than feeds, which go first."""

# --- following ----------------------------------------------------------------------------------------------------
FEED_SEARCH_SECONDS = 30.0
"""Seconds for which the feed of a page is looked for at all the usual places together; somebody may be waiting."""

QUERY_SHOWN = 200
"""Characters of a query that are shown of an address: longer ones carry something out rather than name a page."""

SOURCE_NAME_CHARACTERS = 80
"""Characters of a source's name: longer titles of feeds are slogans."""

IMPORTED_AT_ONCE = 16
"""Sources of a list that are tried at the same time: a list of 400 takes a minute or two."""

# --- the same and the changed -------------------------------------------------------------------------------------
CORRECTION_SHARE = 0.5
"""Shared part of two sentences' words from which the one is told as standing instead of the other."""

SAME_ENTRY_SHARE = 0.5
"""Shared part of two headlines' words, or of two texts' runs, from which a feed's repeated id means one article."""

# --- running ------------------------------------------------------------------------------------------------------
STUCK_WORK_SECONDS = 180
"""Seconds after which work that should begin every few seconds counts as stuck: longer than its slowest turn."""

STUCK_FEED_MINUTES = 30
"""Minutes after which a feed that is due counts as stuck: twice the usual wait between readings."""

INDEX_TICK_SECONDS = 2
"""Seconds between two looks at whether the index lacks something: news can be asked about that soon."""

PAGES_TICK_SECONDS = 2
"""Seconds between two looks at which pages are owed."""

TIDY_SECONDS = 3_600
"""Seconds between two looks at what can be forgotten."""

STOP_SECONDS = 8.0
"""Seconds that readings have to end when the desk stops; containers are killed after ten."""

SOURCES_A_SPACE = 200
"""Sources that the members of a Space may follow; the operator may follow more."""

NEW_SOURCES_AN_HOUR = 30
"""Sources that they may add within an hour: enough for a list typed by hand, too few to look for open doors with."""
