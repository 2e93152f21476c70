"""Numbers of the index."""

# --- index --------------------------------------------------------------------------------------------------------
INDEX_WRITER_BYTES = 50_000_000
"""Memory for one batch of words before it is written out: room for some 20,000 passages."""

INDEX_WRITER_THREADS = 1
"""Threads that index words: one keeps the order of changes and is faster than the rest of taking in."""

INDEX_BATCH_ARTICLES = 500
"""Articles in one commit of the word index: a commit costs about 30 ms whatever is in it."""

INDEX_INSPECTED_BYTES = 50_000_000
"""Bytes of a word index that is read through whenever it is opened, in 30 ms: some 200,000 passages."""

EMBED_BATCH_ARTICLES = 16
"""Articles embedded between two writes: a few seconds' work, which is what a kill loses."""

EMBED_THREADS = 2
"""Threads that embed: as many as the smallest machine has processors."""

ENCODER_THREADS = 1
"""Threads of one encoding: a sentence is too short to share out."""

ENCODER_PIECES = 128
"""Pieces of words of a sentence that the encoder looks at: all but one sentence in a thousand."""

ENCODER_LANGUAGES = frozenset({"en"})
"""Languages that the encoder knows; in others it ranks worse than words do."""

MODEL_DIGEST_BYTES = 65_536
"""Bytes at the end of a model file that tell it from another of the same size."""

MEANING_SHARE = 0.05
MEANING_PASSAGES = 4_000
"""Passages that pass the first sieve, as a share of all but at least so many."""

MEANING_SENTENCES = 2_500
"""Sentences that pass the second sieve and are compared exactly. Of 500,000 passages the two let through 97 in 100
of the five nearest and 96 of the ten nearest, in 10 ms."""

EMBED_NICENESS = 10
"""How far embedding gives way to everything else (Unix nice)."""

TOPIC_COVERED = 0.6
"""Weight of a topic's words that a passage must hold to be of it."""

COVERED_WHOLLY = 0.95
"""Part of a question's weight from which one sentence is said to cover all of it."""
