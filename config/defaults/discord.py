"""Numbers of Discord: its limits, and how far we stay away from them."""

# --- messages -----------------------------------------------------------------------------------------------------
DISCORD_TEXT = 3_900
"""Characters of text in one message: Discord takes 4,000 and may count a few characters as two."""

DISCORD_COMPONENTS = 36
"""Components in one message, nested ones counted too: Discord takes 40, and the row that turns pages needs four."""

DISCORD_LINE = 1_500
"""Characters of one line; a longer one goes on in the next, so that a message can be cut between lines."""

DISCORD_PART = 400
"""Characters of a run that are set at once, and of the words of a link: with all of them escaped, two fill a line."""

DISCORD_LINK = 1_000
"""Characters of an address behind words; a longer one is left out, since four of them would fill a message."""

DISCORD_TABLE_WIDTH = 34
"""Columns of a table in fixed width that a phone shows without breaking lines."""

DISCORD_TABLE_ROWS = 40
"""Rows of a table in one piece, between which a message may be cut."""

DISCORD_LABEL = 38
"""Characters on a button: Discord takes 80, and a phone shows about this many."""

DISCORD_ROW = 5
"""Buttons side by side, which is all that Discord takes."""

DISCORD_DESCRIPTION = 1_024
"""Characters of the words that describe a picture, which is all that Discord takes."""

DISCORD_COLOUR = 0x2F6F8F
"""The colour of the edge of what the desk says: calm on dark and on light."""
