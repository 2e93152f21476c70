"""Numbers of watches: what a topic may be, when it is met, and how much a channel is told."""

TOPIC_CHARACTERS = 200
"""Characters that a topic may have: longer ones are texts, not topics."""

WORD_LETTERS = 60
"""Letters that a word of a topic may have: no language has longer ones in news."""

RULE_WORDS = 3
"""Words up to which a topic without operators is a rule, all of whose words must be there; a longer one describes."""

PATTERN_CHARACTERS = 200
"""Characters that a pattern may have: more is a program."""

PATTERN_BYTES = 1_000_000
"""Memory that a pattern may take, of which RE2 gives two thirds to its program: a tenth of what it takes by itself."""

LITERAL_LETTERS = 3
"""Letters in a row in a pattern from which texts without them are passed over: fewer stand in every text."""

SIEVE_BYTES = 64_000_000
"""Memory for looking for the letters of all patterns at once: a tenth of it does for 10,000 patterns."""

BOOK_PAIRS = 16
"""Places at which a topic may stand in the watch book, under each two marks that an article may have for it: with more,
finding it costs less than keeping it.
"""

WATCHES_A_SPACE = 50
"""Topics that a Space may watch: more are a stream, and each is looked at for every article."""

ALERTS_AN_HOUR = 20
"""Alerts that one watch may bring in an hour; the others are named in a summary, so that nothing is lost."""

ALERT_OLD_DAYS = 3
"""Days between an article's date and now beyond which it raises no alert: feeds list old pieces again."""

WATCH_DAILY_AT = "09:00"
"""Local time at which a watch that is told daily is told."""

WATCH_TIMES_KEPT = 4_096
"""Moments at which quiet hours end and batches are due that are remembered: one a zone and a pair of times."""

WATCHES_REMEMBERED = 10_000
"""Watches remembered by their rows, about 1 kB each: whoever tells a story reads those that it meets twice, before the
transaction and in it."""

SEVERE_PUBLISHERS = 4
"""Independent publishers within an hour that make a story severe: a scoop has one, a routine agency report few."""

MUTE_DAYS = 1
"""Days for which a watch is muted when nothing else is said."""

ALERT_SENTENCES_KEPT = 256
"""Sentences of alerts that are remembered as they were told: those of the stories that are told right now."""

BATCHES_A_TRANSACTION = 50
"""Watches whose held alerts are told in one transaction, so that other writers get their turn."""

CORRECTED_DAYS = 7
"""Days after which what was shown is not corrected any more when newer articles contradict it: it is history then."""

CORRECTIONS_A_TRANSACTION = 50
"""Corrections that are owed in one transaction, so that other writers get their turn."""

BACKTEST_DAYS = 7
"""Days that are replayed to a topic before it is watched: a week has every weekday once."""

BACKTEST_ARTICLES = 20_000
"""Newest articles that are replayed at most, so that nobody waits for long."""

BACKTEST_EXAMPLES = 3
"""Alerts that are shown of a back-test."""

RELEASE_TICK_SECONDS = 5
"""Seconds between two looks for what was held, and for corrections: neither is awaited to the second."""

TASTE_WORDS_SHOWN = 6
"""Words that are shown for and against, of what readers have taught a watch."""
