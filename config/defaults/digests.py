"""Numbers of digests: how stories are ranked, how many there are, and how they are told."""

DIGEST_TOLD_BY_ONE = 3
"""Stories of one publisher in a digest at most, so that no source fills it."""
