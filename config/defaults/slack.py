"""Numbers of Slack: what a message, a view and a workspace can hold, and how patient we are with it."""

# --- messages -----------------------------------------------------------------------------------------------------
SLACK_MESSAGE_BLOCKS = 48
"""Blocks of a message: Slack takes 50, and two are left for what is added when it is posted."""

SLACK_MESSAGE_CHARACTERS = 10_000
"""Characters of all blocks of a message as JSON. Slack names no limit and refuses from about 11,300 to 13,200 on."""

SLACK_VIEW_BLOCKS = 96
"""Blocks of a form or of App Home: Slack takes 100, and some are left for a closing line."""

SLACK_SECTION = 2_900
"""Characters of a section or of one element of a context: Slack takes 3,000, as it counts them."""

SLACK_HEADER = 150
SLACK_BUTTON = 75
SLACK_ALT = 1_900
SLACK_URL = 2_000
"""Characters of a header, of what stands on a button, of the words of a picture, and of an address, beyond which it is
shown without a link. Slack takes 150, 75, 2,000 and 3,000."""

SLACK_ROW_KEYS = 5
"""Buttons side by side: Slack takes 25, and more than five make a second line on any screen."""

SLACK_TABLE_ROWS = 100
SLACK_TABLE_COLUMNS = 20
SLACK_TABLE_CHARACTERS = 6_000
"""Rows, with the one of the names, and columns of a table, as Slack takes them; and characters as JSON, so that the
text beside it fits into the same message. What is larger is shown in lines."""

SLACK_SUMMARY = 300
"""Characters of what a notification says: more is cut by every telephone."""

# --- views --------------------------------------------------------------------------------------------------------
SLACK_TITLE = 24
SLACK_LABEL = 2_000
SLACK_OPTION = 75
SLACK_OPTIONS = 100
SLACK_TYPED = 3_000
SLACK_ERROR = 200
"""Characters of a form's title and buttons, of a label, of a choice, how many choices, and characters of what is typed,
as Slack takes them; and of what is said below a field, which is one line or two."""

SLACK_HOME_ITEMS = 25
SLACK_HOME_NOTICES = 5
"""Digests, watches, sources and closed channels shown in App Home, of each so many, and notices: with their titles
they stay below the blocks of a view."""

# --- asking Slack -------------------------------------------------------------------------------------------------
SLACK_CALL_SECONDS = 12
"""Seconds that one call may take: less than a post may take with its pictures, so that the outcome is Slack's."""

SLACK_PICTURE_SECONDS = 4
"""Seconds that all of drawing and uploading a picture may take: then the words that describe it go out instead."""

SLACK_WAIT_SECONDS = 2.0
"""Seconds for which a call waits for its turn; where it would have to wait for longer, it is put off."""

SLACK_CHANNEL_SECONDS = 1.0
"""Seconds between two posts in a channel: one a second, as Slack asks."""

SLACK_POSTS_A_SECOND = 50
"""Posts a second over all workspaces: what two cores render and settle beside everything else."""

SLACK_WORKSPACE_POSTS_A_MINUTE = 600
SLACK_SIGNS_A_MINUTE = 480
SLACK_LOOKUPS_A_MINUTE = 40
SLACK_OTHER_CALLS_A_MINUTE = 80
"""Calls of one method a minute in one workspace: Slack takes "several hundred" posts, 600 signs that somebody was
heard, 50 of what reads channels or changes messages, and 100 of most others. Where it takes fewer, it says so, and all
tasks of that workspace wait."""

SLACK_LIMITED_SECONDS = 30
"""Seconds to leave a workspace alone that asks for it and does not say for how long."""

SLACK_FILE_SECONDS = 1.0
"""Seconds after which a picture is tried once more that was uploaded and could not be shown yet."""

SLACK_ANSWER_SECONDS = 60.0
"""Seconds for which an answer waits for its turn: longer than that nobody looks at the thread."""

SLACK_ASK_AGAIN_SECONDS = 1.0
"""Seconds after which an answer is posted again when Slack could not be reached."""

SLACK_UNDER_WAY_SECONDS = 10.0
"""Seconds for which a post may still arrive after its sender was cut off; then it is looked up."""

SLACK_HISTORY_PAGE = 200
"""Messages read at once when a post is looked up: what Slack advises; 15 come where it allows no more."""

SLACK_HISTORY_PAGES = 50
"""Pages read at most in one look-up: ten thousand messages in the minute before a post and after are no channel."""

# --- being asked --------------------------------------------------------------------------------------------------
SLACK_ACK_SECONDS = 1.5
"""Seconds for which word that something arrived waits until it is kept: Slack asks again after three."""

SLACK_PING_SECONDS = 10.0
"""Seconds between two signs of life of a socket: one that is dead is noticed after four of them."""

SLACK_SILENT_SECONDS = 90
"""Seconds without a connection after which the desk says that it hears nothing: Slack changes sockets in one or two."""

SLACK_SLOW_SECONDS = 2.0
"""Seconds after which whoever typed a command is told that it is being done."""

SLACK_ADDRESS_MINUTES = 25
"""Minutes for which a command can be answered at the address that came with it: Slack takes 30."""

SLACK_ADDRESS_USES = 4
"""Messages sent to that address at most: Slack takes five, and one is kept for saying that it takes longer."""

SLACK_LOOKED_UP_SECONDS = 300
SLACK_LOOKED_UP = 20_000
"""Seconds for which people and channels are remembered, so that a right that was taken away ends within five minutes;
and how many, some 10 MB."""

SLACK_PAGE = 1_000
SLACK_PAGES = 50
"""People or channels asked for at once, as many as Slack gives, and how often: 50,000 fill the largest channels."""

SLACK_RENEWAL_MINUTES = 120
"""Minutes before its end at which a token is renewed: they live for twelve hours."""

SLACK_FORM_SECONDS = 2.0
"""Seconds for which a form waits for what becomes of it, so that a fault is shown in it: Slack waits for three."""

SLACK_FILE_BYTES = 1_048_576
"""Bytes of a file that came with a message: the largest list of sources that is read."""

SLACK_STOP_SECONDS = 3.0
"""Seconds for which what is being answered is waited for at the end: containers are killed after ten."""

SLACK_CLOCK_SECONDS = 120
"""Seconds by which the machine's clock may be off: Slack's signatures are good for five minutes."""

SLACK_CHANNELS_EXAMINED = 40
"""Channels that the doctor looks at: within a minute Slack tells of fifty."""

SLACK_TRY_AGAIN_SECONDS = 15.0
"""Seconds until Slack is called again that could not be reached when the desk began."""
