"""Numbers of the archive, and of taking in."""

# --- archive ------------------------------------------------------------------------------------------------------
ARCHIVE_READERS = 4
"""Reading threads, each with its own connection: more than the two cores they share gains nothing."""
ARCHIVE_BUSY_MS = 5_000
"""Milliseconds a SQLite statement waits for a lock: longer than any batch takes, shorter than a person waits."""
ARCHIVE_CACHE_KIB = 32_768
"""KiB of pages the SQLite writer keeps: holds the inner pages of every index at 500,000 passages."""
ARCHIVE_KEYS_A_STATEMENT = 500
"""Ids or keys in one statement: large enough to save round trips, far below the limits of both databases."""
ARCHIVE_BANDS_A_STATEMENT = 20
"""Bands in one statement: asked for more, PostgreSQL reads the whole table until it has once been analysed."""
ARCHIVE_KEY_CHARACTERS = 500
"""Characters of a text key: 2,000 bytes at worst, below the 2,704 that PostgreSQL can index."""
ARCHIVE_TRIES = 5
"""Times a PostgreSQL transaction is run when others stand in its way: 15 seconds of waiting at worst."""
ARCHIVE_WRITES_TOGETHER = 16
"""Waiting writes that share one commit: it costs as much as several small writes, and nobody waits long for it."""
POSTGRESQL_OLDEST = 15
"""Oldest PostgreSQL release served; the tests run on it."""
POSTGRESQL_STATEMENT_SECONDS = 15
POSTGRESQL_LOCK_SECONDS = 3
POSTGRESQL_IDLE_SECONDS = 30
POSTGRESQL_CONNECT_SECONDS = 10
"""Seconds before a statement, a wait for a row, an idle transaction or a connection attempt is given up."""
SQLITE_SAFE = (3, 51, 3)
"""Before this release a rare fault can lose the write-ahead log when several connections checkpoint; ours never do."""

UNKNOWN_PUBLISHER = "unknown publisher"
"""The publisher of an article that came without one and without an address."""
REPEAT_LIKENESS = 0.8
"""Shared part of two articles' three-word runs from which one repeats the other: corrected and updated takes, not
rewrites."""
REPEAT_WORDS = 40
"""Words below which a text is too short to be compared by runs; it then repeats only what is equal in every word."""
REPEAT_BANDS = 8
REPEAT_BAND_VALUES = 3
"""Bands of a text's signature and values in each: misses 0.3 % of pairs at likeness 0.8, 0.02 % at 0.9, in eight
slim rows."""
REPEAT_CANDIDATES = 64
"""Articles compared with a new one, most shared bands first: bounds the work where thousands share a template."""
REPEATS_LISTED = 100
"""Repeats reported of one article: the thousandth copy need not list the others."""

# --- taking in ----------------------------------------------------------------------------------------------------
BATCH_ARTICLES = 100
"""Articles filed in one transaction: a kill loses at most these, and more make adding no faster."""
BATCH_CHARACTERS = 2_000_000
"""Text filed in one transaction, to bound memory where articles are long."""

WORDINGS_KEPT = 2048
"""Passages whose stems are remembered between questions: about 20 KB each, 40 MB in all."""

PRIOR_PASSAGES = 1000
"""Passages of ordinary news that every archive counts as having, so that two articles do not make every word rare."""

PRIOR_COMMON = 0.12
"""Share of those passages that hold an everyday word such as "make" or "official"."""

PRIOR_RARE = 0.002
"""Share of those passages that hold any other word."""

ARCHIVE_INSTANTS_KEPT = 1_024
"""Moments whose text is remembered while they are written: a batch of rows has few."""

ARCHIVE_INSERTIONS_KEPT = 64
"""Insertions whose statements are remembered: one a table that is written by the thousand, columns and database."""
