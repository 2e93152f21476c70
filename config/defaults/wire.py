"""Numbers of the way in: what may come, and how the web is read."""

# --- what comes in ------------------------------------------------------------------------------------------------
TITLE_CHARACTERS = 300
"""Longest headline kept; longer ones are clipped. Real headlines end near 150, and hostile feeds send megabytes."""
NAME_CHARACTERS = 300
"""Longest id, author or publisher kept."""
SENTENCE_TITLE_CHARACTERS = 140
"""Where a text has no headline its first sentence stands in, cut to this."""
ARTICLE_CHARACTERS = 400_000
"""Longest text of one article, about 65,000 words: any report fits, a whole book or a log file does not."""
TEXT_FILE_BYTES = 20_000_000
"""Largest .txt or .md file that is opened at all: far above ARTICLE_CHARACTERS in any encoding."""
PAGE_BYTES = 10_000_000
"""Largest web page or feed; real ones stay under 5 MB."""
OPML_BYTES = 1_000_000
"""Largest OPML file; the biggest of 62 real lists has 64 kB."""
OPML_FEEDS = 500
"""Most feeds taken from one OPML file; the biggest of 62 real lists has 420."""
LINE_BYTES = 4_000_000
"""Longest JSON line: ARTICLE_CHARACTERS with every character escaped still fits."""
LINE_SKIP_BYTES = 64_000_000
"""How far a line that is too long is skipped before the file is given up: a packed file can hide terabytes."""
BARREN_LINES = 1_000
"""Lines without an article in a row before a JSON-lines file is given up: it is something else."""
REFUSALS_LISTED = 1_000
"""Refused lines of one file that are listed with their reasons; more are only counted."""
FEED_ENTRIES = 500
"""Entries read from one feed, the newest; real feeds hold 10 to 100."""
SUMMARY_CHARACTERS = 4_000
"""Longest summary of a feed's entry, about 650 words; its full text may be longer."""
DATE_CHARACTERS = 100
"""Longest date looked at; real ones end near 40."""
FEEDS_OFFERED = 5
"""Feeds named when a page was given instead of one: sites have a feed of the news and a few of their sections."""
FEEDS_FOUND = 50
"""Feeds of one page that are looked at; a page that lists more is a directory."""
FEED_DEPTH = 100
"""Deepest nesting of elements in a feed; real feeds stay under 20."""
FEED_ATTRIBUTES = 64
"""Most attributes on one element of a feed; real feeds stay under 20."""
ENTITY_CHARACTERS = 1_000
"""Longest XML entity that a feed may declare; real ones name one character."""
CAGE_CPU_SECONDS = 10
"""Processor time for one page or feed; 99 in 100 need less than 0.3 s."""
CAGE_WALL_SECONDS = 30
"""Waiting time for one page or feed: the processor time on a machine that is three times too busy."""
CAGE_MEMORY_BYTES = 1_000_000_000
"""Address space of the process that parses pages and feeds; the libraries alone take 280 MB."""
ADDRESS_CHARACTERS = 2_048
"""Longest web address kept, as browsers do."""
HEAD_LINES = 30
"""Lines at the top of a text file in which headline, author, publisher and date are looked for."""
WRAP_COLUMNS = 120
"""A text whose longest line is shorter than this may have been broken at a column; longer ones were not."""
GUESS_CHARACTERS = 2_000
"""How much of a text is looked at to tell its language; more changes nothing and costs time."""
GUESS_MINIMUM_CHARACTERS = 120
"""Shorter texts are taken as English unless their script says otherwise: guesses on headlines are wrong."""

# --- reading the web ----------------------------------------------------------------------------------------------
WEB_PORTS = (80, 443, 8080, 8443)
"""Ports that are connected to, unless the operator names others: where sites are served, and mail or databases not."""

NETWORK_BITS = 8
"""Fixed bits that a network named by the operator has at least, as 10.0.0.0/8 does; wider ones are no intranet."""

FETCH_SECONDS = 20.0
"""Seconds for one reading with all its redirects; 99 in 100 sites answer within five."""

FETCH_CONNECT_SECONDS = 5.0
"""Seconds for one connection attempt, so that a second address of the site still gets its turn."""

FETCH_SILENCE_SECONDS = 10.0
"""Seconds that a site may send nothing in."""

FETCH_REDIRECTS = 5
"""Redirects followed; real ones are one or two (another scheme, another host)."""

FETCH_HEADER_BYTES = 65_536
"""Bytes of one header line at most: security policies and preloads of real sites reach some 16 kB."""

FETCH_HEADERS = 256
"""Header lines at most; real sites send up to about 60."""

FETCH_STEP_BYTES = 65_536
"""Bytes that are read and unpacked at a time, which bounds the memory that a packed answer can take."""

PACKED_LAYERS = 3
"""Times an answer may be packed into itself: servers and the caches before them are known to do it twice."""

PACKED_PARTS = 1_024
"""Parts that one packed answer may be joined from; real ones have one, logs packed in blocks some hundred."""

LOOKUP_THREADS = 16
"""Names looked up at the same time. A dead name server holds a thread for up to half a minute."""

RETRY_AFTER_MINUTES = 15
"""Minutes that a site is left alone which asks for it without saying in a way that can be read for how long."""

RETRY_AFTER_HOURS = 24
"""Hours for which a site's wish to be left alone is followed at most."""

RETRY_AFTER_SENSIBLE_DAYS = 366
"""Days from which such a wish is a mistake and not a wish."""

KEEP_FOR_HOURS = 24
"""Hours for which a site's word that nothing will change is believed at most."""

VALIDATOR_CHARACTERS = 1_000
"""Longest ETag that is kept to ask "changed since?"; real ones have up to about 100 characters."""

# --- cages --------------------------------------------------------------------------------------------------------
CAGE_RESIDENT_BYTES = 120_000_000
"""Memory held after a page or feed from which the process is replaced: the libraries take 35 to 80 MB, and what a
hostile feed has taken is not given back."""

CAGES = 4
"""Processes that parse at the same time: two may be busy with hostile pages while two others go on, 60 MB each."""
