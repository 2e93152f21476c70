"""Every number, with its unit and its reason. Imports nothing."""

# --- passages ---------------------------------------------------------------------------------------------------
PASSAGE_WORDS = 170
"""Words a passage, about 256 word pieces: long enough to hold a fact and its context, short enough to rank sharply."""
