"""Numbers of asking: passages, questions, finding, writing, refusing, figures, conversations, briefs."""

# --- passages -----------------------------------------------------------------------------------------------------
PASSAGE_WORDS = 170
"""Words a passage, about 256 word pieces: long enough to hold a fact and its context, short enough to rank sharply."""

# --- questions ----------------------------------------------------------------------------------------------------
QUESTION_CHARACTERS = 1000
"""Characters a question may have: longer than anybody types, short enough to answer at once."""

CLAUSE_WORDS = 3
"""Content words a part of a question needs to be searched for by itself; fewer find anything and everything."""

# --- finding ------------------------------------------------------------------------------------------------------
PASSAGES_BY_WORDS = 100
"""Passages taken from the word search of a whole question; a fact stood in the first 100 for every question
measured."""

PASSAGES_BY_CLAUSE = 30
"""Passages taken for each part of a question."""

PASSAGES_BY_MEANING = 60
"""Passages taken from the search by meaning."""

PASSAGES_RANKED = 60
"""Passages looked at word by word: more changed no figure, and each costs about 0.1 ms."""

FRESHNESS = 1.2
"""Score that a brand-new article gets for a question about now, about what naming its publisher is worth."""

FRESHNESS_HALF_DAYS = 2.0
"""Days after which half of that is left: news is told again for two days, then it is background."""

# --- writing ------------------------------------------------------------------------------------------------------
PASSAGES_QUOTED = 12
"""Best passages whose sentences are weighed for an answer."""

SENTENCE_CHARACTERS = 24
"""Characters below which a line is a heading or a scrap, not a sentence; a third of that in other scripts."""

SENTENCE_LONGEST = 1_200
"""Characters beyond which a sentence is text without full stops; the longest of real news have about 700."""

CITATIONS_A_POINT = 4
"""Citations that one point shows: enough to see that independent publishers agree."""

SAME_FACT_SHARE = 0.55
"""Shared part of two sentences' content words from which they say the same."""

SAME_FACT_INSIDE = 0.8
"""Part of the shorter sentence's content words found in the longer one from which it adds nothing."""

SAME_FACT_WORDS = 4
"""Content words that a sentence inside another must share, so that scraps are not swallowed."""

POINT_CHARACTERS = 600
"""Characters beyond which a point is not widened by a neighbouring sentence."""

# --- refusing -----------------------------------------------------------------------------------------------------
CONFIDENCE = 0.5
"""Confidence from which an answer is given; its curve over the development questions stands in docs/refusal.md."""

NO_SCORE = -5.0
"""What a publisher counts for of whom nothing was found, about the score of a passage that shares one common word."""

CLAUSE_EVIDENCE = 6
"""Passages looked at for each part of a question when its support is weighed."""

QUOTES_WEIGHED = 12
"""Best sentences looked at when the support of a question is weighed."""

QUOTES_READ_FOR_FIGURES = 80
"""Best sentences among which those with numbers are picked."""

QUOTES_FOR_FIGURES = 24
"""Best sentences with numbers in which figures are looked for: each costs about 0.6 ms."""

POINTS = 5
"""Facts an answer shows before those behind its figures and parts are added."""

POINTS_AT_MOST = 7
"""Facts an answer shows at most: more is a reading list, not an answer."""

POINTS_BESIDE_FIGURES = 2
"""Facts shown beside those behind figures when a question of one part is answered with figures."""

SCORE_DROP = 3.0
"""How far below the best sentence another may score and still be shown."""

NEAREST_SHOWN = 3
"""Articles named as the nearest coverage when nothing was found."""

# --- figures ------------------------------------------------------------------------------------------------------
REPLACED_AFTER_HOURS = 6
"""Hours by which a value must be younger to replace one of another publisher without saying so: less is the same
news."""

FIGURES_AT_MOST = 8
"""Figures an answer shows at most: a longer table is not read."""

ROUGH_SHARE = "0.06"
"""Share by which values differ at most when one is rough ("about a third", 35%) and both can be true."""

ROUNDED_SHARE = "0.035"
"""Share by which a value differs at most from its rounding: $1.24 billion is $1.2 billion, 12.50 is not 13."""

# --- conversations ------------------------------------------------------------------------------------------------
TURNS_KEPT = 6
"""Questions and answers that a conversation remembers: follow-ups refer to the last few."""

# --- briefs -------------------------------------------------------------------------------------------------------
SAME_STORY = 0.32
"""Likeness of headline and opening (cosine) from which two articles tell one story."""

STORY_OPENING_CHARACTERS = 1200
"""Characters of an article's opening that say what its story is: about its first passage."""

BRIEF_ARTICLES = 400
"""Newest articles that a brief looks at."""

BRIEF_DAYS = 7
"""Days before the newest article that a brief covers when nobody says since when."""

BRIEF_LINES = 3
"""Lines that matter at the head of a brief."""

BRIEF_STORIES = 8
"""Stories of a brief."""

STORY_POINTS = 2
"""Sentences that a story of a brief is told in."""

SALIENCE_LEAD = 1.0
"""What opening an article is worth to a sentence; the other weights are relative to it."""

SALIENCE_LEAD_SENTENCES = 4.0
"""Sentences after which half of that is left."""

SALIENCE_SHARED = 0.6
"""What it is worth that other sentences speak of the same things."""

SALIENCE_HEADLINE = 0.2
"""What it is worth to speak of what the headline speaks of."""

SALIENCE_PRONOUN = 0.25
"""What beginning with a pronoun costs."""

SALIENCE_LENGTH = 0.3
"""What each doubling away from the usual length costs, times log 2."""

SALIENCE_WORDS = 24
"""Usual words of a news sentence."""
