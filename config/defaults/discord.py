"""Numbers of Discord: its limits, and how far we stay away from them."""

# --- messages -----------------------------------------------------------------------------------------------------
DISCORD_TEXT = 3_900
"""Characters of text in one message, of which Discord takes 4,000; the mention of a role comes on top."""

DISCORD_COMPONENTS = 34
"""Components in one message, nested ones counted too: Discord takes 40, the row that turns pages has six, and
where nothing is turned the mention of a role is one."""

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

DISCORD_THREAD_NAME = 100
"""Characters of the name of a post in a forum, which is all that Discord takes."""

DISCORD_FIELD = 1_000
"""Characters of what is filled in: far more than any command is read with, so that it is told what is wrong."""

# --- posting ------------------------------------------------------------------------------------------------------
DISCORD_NONCE_SECONDS = 60.0
"""Seconds after which a post is not sent again with its nonce: Discord says that it knows one for a few minutes."""

DISCORD_CHANNEL_SECONDS = 1.0
"""Seconds between two posts in a channel: five are taken in five seconds."""

DISCORD_REQUESTS_A_SECOND = 40.0
"""Requests that begin in a second: Discord takes 50, and some of one second may arrive in the next."""

DISCORD_POSTS_A_SECOND = 35.0
"""Posts a second in all, so that looking up and answering have their part of the requests."""

DISCORD_FORUM_MINUTES = 1_440
"""Minutes without a message after which a post in a forum is put away: a day, as it is the post of a day."""

DISCORD_REQUEST_SECONDS = 30
"""Seconds that one request may take; a post is given up before that."""

DISCORD_LIMITED_SECONDS = 60
"""Seconds to leave Discord alone where it does not say for how long."""

DISCORD_PATIENCE_SECONDS = 5
"""Seconds that a look-up waits for its turn; its delivery is looked up later otherwise."""

DISCORD_REFUSALS = 2_000
DISCORD_REFUSALS_SECONDS = 600
"""Refused requests in ten minutes after which nothing is asked: Discord bans an address after 10,000, and others may
ask from the same one."""

# --- talking ------------------------------------------------------------------------------------------------------
DISCORD_RETRIES = (0.3, 1.0)
"""Seconds before what may be said twice is said again, where Discord has a fault of its own; then it is given up."""

DISCORD_TOKEN_SECONDS = 870
"""Seconds for which an interaction can be answered: Discord takes fifteen minutes, and an answer takes some seconds."""

DISCORD_THREAD_MINUTES = 1_440
"""Minutes without a message after which the thread of a conversation is put away."""

DISCORD_NAME = 100
"""Characters of a button's name, which is all that Discord takes."""

DISCORD_HOMES = 20
"""Servers in which somebody is looked for who writes to the desk alone; each takes a request."""

DISCORD_KNOWN = 10_000
DISCORD_KNOWN_SECONDS = 600
"""How many people are remembered, and for how long, with whether they are in a server."""

DISCORD_SUGGEST_SECONDS = 2.0
"""Seconds after which nothing is suggested to whoever types: Discord waits for three."""

# --- the connection -----------------------------------------------------------------------------------------------
DISCORD_IDENTIFIES = 450
DISCORD_IDENTIFIES_HOURS = 24
"""How often the desk introduces itself in so many hours at most: Discord takes back the token of a bot that does so
1,000 times in a day, and two such days may meet."""

DISCORD_CONNECT_SECONDS = 30
"""Seconds for which the start of the desk waits for the connection; it goes on trying behind it."""

DISCORD_RECONNECT_SECONDS = (1, 5, 30, 120, 300)
"""Seconds before the connection is built anew after it has failed once, twice and so on."""

DISCORD_IDENTIFIES_LEFT = 100
"""Connections that Discord still grants today, below which the doctor warns: it grants 1,000 in a day."""

DISCORD_STOP_SECONDS = 3.0
"""Seconds for which what is being answered, and what was asked of Discord, is waited for at the end: containers are
killed after ten. What has not ended goes on after the next start."""

DISCORD_OPTIONS = 25
DISCORD_OPTION = 100
"""Choices in a list, and characters of each, which is all that Discord takes."""
