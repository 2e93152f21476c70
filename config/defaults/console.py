"""Numbers of the terminal, and of the counter of the running desk."""

# --- terminal -----------------------------------------------------------------------------------------------------
TERMINAL_MEASURE = 96
"""Columns of text at most, however wide the terminal: longer lines are hard to follow back."""

TERMINAL_NARROW = 64
"""Columns under which figures and conflicting values are set as paragraphs, because columns would be a few letters
wide."""

SHOWN_PASSAGE = 320
"""Characters of a found passage shown in the terminal, about four lines; --json has all of it."""

SHOWN_EXAMPLES = 5
"""Names of changed and repeated articles shown after an `add`; refused inputs are all shown, for each needs a
person."""

INPUT_LINE_BYTES = 1 << 20
"""Bytes of one line of questions at most: a thousand times the longest question, and no memory spent on a wrong
file."""

DOCUMENT_LINE_BYTES = 32_000_000
"""Bytes of one line with a page or feed in it: the largest page still fits with every letter escaped."""

PROGRESS_AFTER_SECONDS = 2.0
"""Seconds before a progress bar appears: what is over sooner needs none."""

FAULT_LOG_BYTES = 1 << 20
"""Bytes of the file of unexpected faults before it is begun anew: some hundred faults, more than anyone reads."""

DISK_LOW_BYTES = 1_000_000_000
"""Free bytes under which the doctor warns: room for about a hundred thousand articles with their index."""

DISK_BAD_BYTES = 50_000_000
"""Free bytes under which the doctor finds the disk full: a write-ahead log and one index segment need about as much."""

EXPAT_SAFE = (2, 4, 1)
"""Before this release Python's XML parser lets a few lines of entities grow to gigabytes."""

# --- the counter --------------------------------------------------------------------------------------------------
COUNTER_ORDER_BYTES = 2_000_000
"""Bytes of one order at the running desk's counter: the largest list of sources in base64, and room for the rest."""

COUNTER_AT_ONCE = 8
"""Orders at the counter at the same time: more than people give, few enough to be read beside."""

COUNTER_SILENT_SECONDS = 5.0
"""Seconds in which the desk greets whoever comes to the counter, and in which the order is then given: programs do so
at once."""

COUNTER_LEAVING_SECONDS = 60.0
"""Seconds in which the outcome of an order that is done is to be taken in: a paused terminal holds the rest back."""

SOCKET_NAME_BYTES = 100
"""Longest name of a Unix socket that every system takes: Linux takes 107 bytes, others 103."""

SHOWN_STORIES = 50
"""Stories that the terminal lists, the newest: more are read by programs, with --json."""
