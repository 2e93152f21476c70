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

LEFT_OUT = 1.5
"""How much less an article must be on what a description leaves out: whoever leaves something out wants none of it."""

SUBJECTS_REMEMBERED = 8
"""Articles of which it is remembered what they name and speak of: every thread judges one for all watches in a row."""

TIES_REMEMBERED = 65_536
"""Pairs of a name and a thing of which it is remembered what they have to do with each other: those of some hundred
articles and topics.
"""

VOCABULARIES_REMEMBERED = 4_096
"""Vocabularies of fields with the words that a description adds, of those that articles have had of late: some 10 kB
each.
"""

MATCHED_AT_ONCE = 250
"""Articles that are read from the archive at once to be held against topics: some 2 MB of text."""

SHOWN_MATCHES = 10
"""Articles that are named on a terminal for one topic."""

# --- taste --------------------------------------------------------------------------------------------------------
TASTE_OF_WORDS = 8.0
"""How readily words and names are believed to matter to readers (variance of their weight): one opinion moves the
nearest articles by some 4, and others by little.
"""

TASTE_OF_ALL = 0.5
"""How readily all articles are believed to be more or less wanted: one opinion moves them by less than 0.5."""

TASTE_OF_NAMES = 4.0
"""How much a name tells, beside words that tell about as much."""

TASTE_ROUNDS = 12
"""How often the opinions are gone through to learn from them: more change nothing that could be seen."""

TASTE_OPINIONS = 200
"""Newest opinions that are learnt from: what was wanted before may not be wanted any more."""

TASTE_CHARACTERS = 150
"""How much of a story's text is looked at beside its headline when a digest is chosen: 2,000 stories take 0.5 s."""

RULE_MARGIN = 1.5
"""How far an article that a rule finds counts as beyond what is needed: readers call four in five of them helpful."""
