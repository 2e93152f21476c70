"""Numbers of digests: how stories are ranked, how many there are, and how they are told."""

DIGEST_TOLD_BY_ONE = 3
"""Stories of one publisher in a digest at most, so that no source fills it."""

DEVELOPMENT_SENTENCES = 5
"""First sentences of an article in which a change of its story is looked for: news stands at the top."""

DEVELOPMENT_CHARACTERS = 8000
"""Characters of an article that are read for what it tells: what comes later is background."""

DEVELOPMENT_LEAD_WORDS = 10
"""Words before what happened in a first sentence that tells it: later it is only mentioned."""

DEVELOPMENT_ARTICLES = 40
"""Newest articles of a story with which a further one is compared."""

DEVELOPMENT_ARTICLES_KEPT = 4096
"""Articles whose reading is remembered: those of stories that still move."""
