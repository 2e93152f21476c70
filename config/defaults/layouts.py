"""Numbers of layouts: how much of a text from outside a reader is shown."""

SHOWN_HEADLINE = 180
"""Characters of a headline: longer ones are whole paragraphs, and the link leads to the rest."""

SHOWN_NAME = 80
"""Characters of a name of a publisher, source or topic in a line."""

SHOWN_SENTENCE = 900
"""Characters of a sentence: a screen of a telephone. Quotations that prove something are shown whole."""

SHOWN_PUBLISHERS = 300
"""Characters in which the publishers of a story are named: they are counted before, and all are in the sources."""

SHOWN_SUMMARY = 150
"""Characters of what a notification says of a message: telephones show no more."""

SHOWN_LISTED = 50
"""Lines of a list, so that one with hundreds of sources stays one or two messages."""

SHOWN_IN_OVERVIEW = 10
"""Lines of each list in an overview, which is read at one look; the lists by themselves show more."""

MUTE_BUTTON_DAYS = 3
"""Days for which a watch is muted by its button: over a weekend. Other times are typed."""
