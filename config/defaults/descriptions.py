"""Numbers of descriptions: how an article is heard to speak of a topic in plain language.

The weights of the signs are fitted and stand in config/weights.py.
"""

FELLOW_WEIGHT = 0.3
"""Weight of a word that goes with a field beside one that tells of it: three of them are about as much."""

HEADLINE_WEIGHT = 2.5
LEAD_WEIGHT = 1.5
"""How much more loudly headline and lead speak than the rest: that is where an article says what it is about."""

LEAD_STEMS = 50
LEAD_CHARACTERS = 300
"""Where a lead ends at the latest, which is the first paragraph otherwise: leads have some 30 words."""

HEARD_MOST = 4
"""Different runs in a headline or lead that are counted: more are a list."""

HEARD_DENSE = 0.3
"""Share of an article's words beyond which more of them say nothing new."""

COULD_TELL_MOST = 30
"""Runs of a vocabulary that are counted: of a larger one no article has a larger part."""

SHORT_STEMS = 40
"""Words that an article counts as having at least: one word of a headline alone is not a fortieth of an article."""

RIVALS = 3
"""Fields that an article speaks of most, besides the topic's own, whose mean loudness the topic must stand against."""

OWN_SHARE = 0.6
"""Part of the weight of a description's words that an article must have where they name no field: two words of two,
two of three, three of five.
"""

BESIDE = 0.5
"""How much less an article must concern a name that stands beside something else: "oil news about Iran"."""

SUBJECTS_REMEMBERED = 8
"""Articles of which it is remembered what they name and speak of: every thread judges one for all watches in a row."""

MATCHED_AT_ONCE = 250
"""Articles that are read from the archive at once to be held against topics: some 2 MB of text."""

SHOWN_MATCHES = 10
"""Articles that are named on a terminal for one topic."""
