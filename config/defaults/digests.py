"""Numbers of digests: how stories are ranked, how many there are, and how they are told."""

DIGEST_TOLD_BY_ONE = 3
"""Stories of one publisher in a digest at most, so that no source fills it."""

DIGEST_STORIES = {"short": 5, "normal": 10, "long": 20}
"""Stories of a digest at most, by its length: five are read standing, twenty with a coffee."""

DIGEST_SENTENCES = {"short": 1, "normal": 2, "long": 3}
"""Sentences in which each is told, by the same; for an update, what changed is the first."""

DIGEST_NEW = 0.5
"""Weight of a story that the channel has not heard of, where a second publisher weighs 0.58."""

DIGEST_MOVED = 0.4
"""Weight of a story that has moved since."""

DIGEST_FRESH = 0.8
"""Weight of news that has just come: it makes up for one publisher less, and not for two."""

DIGEST_FRESH_HOURS = 12
"""Hours after which half of that is left."""

DIGEST_TOPIC = 1.0
"""Weight of a story that fits the topic entirely."""

DIGEST_FEEDBACK = 1.0
"""Weight of what readers called helpful, and against what they did not."""

DIGEST_LOOKED_AT = 5000
"""Stories that a digest chooses from at most, the newest: after a long outage nobody wants the rest."""

DIGEST_OLD_HOURS = 24
"""Hours by which news that a source listed at first may be older than what the digest covers, and is still told."""

DIGEST_FIT_ARTICLES = 3
"""Newest articles of a story that are held against the topic of a digest: they say what it is about by now."""

DIGEST_FIT_CHARACTERS = 1000
"""Characters of each in which the topic has to be met: what is only mentioned further down is about something else."""

DIGEST_ENDED = 5
"""Ended stories that a digest names at most."""

DIGESTS_AT_ONCE = 4
"""Channels whose digests are prepared at the same time: while one waits for the archive, another is written."""

DIGESTS_LOOKED_FOR = 500
"""Digests to be written that are begun with one look, the longest due first."""

DIGEST_AGAIN_SECONDS = 60
"""Seconds after which a digest that could not even be told in headlines is tried again."""

DEVELOPMENT_SENTENCES = 5
"""First sentences of an article in which a change of its story is looked for: news stands at the top."""

DEVELOPMENT_OPENING = 3000
"""Characters of an article in which those first sentences stand."""

DEVELOPMENT_CHARACTERS = 8000
"""Characters of an article that are read for what it tells: what comes later is background."""

DEVELOPMENT_LEAD_WORDS = 10
"""Words before what happened in a first sentence that tells it: later it is only mentioned."""

DEVELOPMENT_ARTICLES = 40
"""Newest articles of a story with which a further one is compared."""

DEVELOPMENT_ARTICLES_KEPT = 4096
"""Articles whose reading is remembered: those of stories that still move."""

VOICES_HEARD = 12
"""Publishers that are heard when a story is told, those with the newest articles: more say nothing else."""

VOICE_CHARACTERS = 4000
"""Characters of an article in which its first sentences are looked for."""

VOICE_SENTENCES = 8
"""First sentences of an article of which one may tell the story."""

WORTH_OF_PAIR = 0.5
"""Worth of a pair of words that others say as well, of 1 for a word: the same words in the same order are the same
thing."""

WORTH_OF_HEADLINE = 0.75
"""Worth of a word that stands in every headline, of 1 for one that everybody says."""

WORTH_OF_NEW = 0.05
"""Worth of a word that nobody else says, of 1 for one that everybody says: what is told stays neutral."""

COST_OF_WORD = 0.075
"""What each word of a sentence takes off its worth: one of two lines is read, one of five is not."""

STORIES_TOLD_KEPT = 1024
"""Stories whose telling is remembered: one story is told to many channels."""

TREND_DAYS = 14
"""Whole days that a trend shows: two weeks, so that weekends are seen for what they are."""

TREND_DAYS_AT_LEAST = 7
"""Days from which on there is a trend: with fewer, a weekend looks like one."""

TREND_STORIES_AT_LEAST = 10
"""Stories from which on a trend is shown: what one or two a week do is chance."""

TREND_LOOKED_AT = 1_500
"""Stories that are held against a topic for one trend at most: less work than choosing the digest is, and a week of
most desks."""

TREND_CHARACTERS = 300
"""Characters of each in which the topic has to be met: what a story is about stands in its headline and first lines."""

TREND_COUNTS_KEPT = 50_000
"""Counts of days that are remembered: three thousand digests' topics over two weeks, in a few megabytes."""
