"""Numbers of stories: when two articles tell of one event, and when a story has ended."""

# --- placing ------------------------------------------------------------------------------------------------------
STORY_OPEN_HOURS = 96
"""Hours after its newest article for which a story takes further ones: news of an event ebbs within days."""

STORY_REMEMBERED_HOURS = 336
"""Hours after its newest article for which a story is kept in mind, so that a later one can take it up: two weeks."""

STORY_BATCH_ARTICLES = 100
"""Articles placed in one transaction when some of them came as news: whoever is told at once waits for no more."""

STORY_BATCH_ADDED = 5000
"""The same when none did, after files were added or at the first reading of sources: the more are looked at together,
the better they are told apart. Takes some minutes, mostly for their meaning."""

STORY_MEMBERS_KEPT = 200_000
"""Articles of stories that new ones are compared with, the newest; they take about 500 MB."""

STORY_TOLD_ARTICLES = 30
"""Newest articles of a story in which a further one must say something new to be a development."""

STORY_TEXT_MOVED = 0.5
"""Share of the stems of its opening that a changed article must keep to stay where it was placed."""

PLACE_TICK_SECONDS = 1
"""Seconds between two looks for news to be placed: an alert "at once" waits for no more than this."""

# --- looking around -----------------------------------------------------------------------------------------------
STORY_LOOKED_UP = 30
"""Rarest stems of an article by which others are looked up that may be like it."""

STORY_LOOKED_THROUGH = 60_000
"""Articles looked through at most, those of the rarest stems first, when a new one is placed: takes about 2 ms."""

STORY_LOOKED_AHEAD = 50
"""Articles looked around for whenever there is nothing to place, after a start: takes up to a fifth of a second."""

STORY_CANDIDATES = 160
"""Articles that share most of those stems, whose likeness is worked out in full."""

STORY_PRIOR_ARTICLES = 3000
"""Articles of ordinary news that are counted as if they were there, so that stems weigh rightly from the first on."""

STORY_SHARE_EVERYDAY = 0.12
"""Share of those articles that hold an everyday stem."""

STORY_SHARE_ORDINARY = 0.01
"""Share of those articles that hold one of another ordinary word."""

STORY_SHARE_OTHER = 0.0006
"""Share of those articles that hold any other stem."""

STORY_WORDS_ALONE = 1.35
"""By what a likeness of words is multiplied where there is no meaning to go with it: words alone are less alike."""

STORY_DAYS_CHARACTERS = 700
"""Characters of a text in which a weekday that it names is that of its event: later ones are of what was before."""

STORY_NEIGHBOURS = 30
"""Nearest articles by which it is judged how crowded an article's news is."""

STORY_NEAR_LEAST = 0.2
"""Likeness of neighbours that is taken for granted in a large archive."""

STORY_NEAR_DATED = 0.45
"""The same of dated articles where there is nothing else to compare with; in between by how many articles there are."""

STORY_NEAR_UNDATED = 0.68
"""The same of undated ones, which may be of any time: only strong likeness proves anything."""

STORY_USUAL_ARTICLES = 150
"""Articles with which an archive stands halfway between the two."""

# --- weighing -----------------------------------------------------------------------------------------------------
STORY_COMPARED = 40
"""Nearest articles with which a new one is weighed, and with whose stories."""

STORY_COMPARED_AGAIN = 5
"""Nearest articles of one that has changed with whose stories its own is compared again."""

STORY_MEMBERS_COMPARED = 30
"""Newest articles of a story by which it is compared: an affair that goes on is known by its last days."""

STORY_LEAST_ALIKE = -6.0
"""The most that a pair of articles can speak against two stories being one (logarithm of odds), so that no pair decides
alone; also what is said of pairs that were not compared, because they had nothing in common."""

STORY_MOST_ALIKE = 8.0
"""The most that a pair of articles can speak for two stories being one."""

STORY_SAME_DAY = 1.5
"""What a common date speaks for two articles telling of one event. Undated ones are judged without."""

STORY_DAY_APART = 0.3
"""What each day between the dates of two articles takes off that: news of an event ebbs within days."""

STORY_LOOKED_AROUND = -2.0
"""What must speak for two articles telling of one event for it to be looked at how crowded the news around the other is
(logarithm of odds): below, they are in no danger of becoming one, and looking takes longest of all. On sets of grouped
news any bar from -6 to -2 tells stories apart as well.
"""

STORY_SURER = 0.35
"""By how much more pairs that agree are surer, for each time that there are e times as many."""

STORY_JOINS = -0.7
"""What must speak on average for two groups of articles telling of one event for them to become one story (logarithm of
odds); where it lies was tried on several sets of grouped news."""

STORY_WORTH_COMPARING = 1.0
"""How far below the bar what ties two old stories may be for them to be compared in full."""

STORY_HOLDS = 1.0
"""How far below the bar a story must fall to be taken apart again: it shall not come and go with every article."""

STORY_LOOKED_APART = 40
"""Articles of a story up to which it is looked at whether it falls apart: a larger one is told by too many for that."""

STORY_FOLLOWS = -2.5
"""What must speak for a story taking up an earlier one, as for two being one, but whatever time lies between."""
