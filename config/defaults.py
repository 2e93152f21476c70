"""Every number, with its unit and its reason. Imports nothing."""

# --- passages ---------------------------------------------------------------------------------------------------
PASSAGE_WORDS = 170
"""Words a passage, about 256 word pieces: long enough to hold a fact and its context, short enough to rank sharply."""

# --- questions --------------------------------------------------------------------------------------------------
QUESTION_CHARACTERS = 1000
"""Characters a question may have: longer than anybody types, short enough to answer at once."""

CLAUSE_WORDS = 3
"""Content words a part of a question needs to be searched for by itself; fewer find anything and everything."""

# --- terminal ---------------------------------------------------------------------------------------------------
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

# --- archive ----------------------------------------------------------------------------------------------------
ARCHIVE_READERS = 4
"""Reading threads, each with its own connection: more than the two cores they share gains nothing."""
ARCHIVE_BUSY_MS = 5_000
"""Milliseconds a SQLite statement waits for a lock: longer than any batch takes, shorter than a person waits."""
ARCHIVE_CACHE_KIB = 32_768
"""KiB of pages the SQLite writer keeps: holds the inner pages of every index at 500,000 passages."""
ARCHIVE_KEYS_A_STATEMENT = 500
"""Ids or keys in one statement: large enough to save round trips, far below the limits of both databases."""
ARCHIVE_BANDS_A_STATEMENT = 20
"""Bands in one statement: asked for more, PostgreSQL reads the whole table until it has once been analysed."""
ARCHIVE_KEY_CHARACTERS = 500
"""Characters of a text key: 2,000 bytes at worst, below the 2,704 that PostgreSQL can index."""
ARCHIVE_TRIES = 5
"""Times a PostgreSQL transaction is run when others stand in its way: 15 seconds of waiting at worst."""
POSTGRESQL_OLDEST = 15
"""Oldest PostgreSQL release served; the tests run on it."""
POSTGRESQL_STATEMENT_SECONDS = 15
POSTGRESQL_LOCK_SECONDS = 3
POSTGRESQL_IDLE_SECONDS = 30
POSTGRESQL_CONNECT_SECONDS = 10
"""Seconds before a statement, a wait for a row, an idle transaction or a connection attempt is given up."""
SQLITE_SAFE = (3, 51, 3)
"""Before this release a rare fault can lose the write-ahead log when several connections checkpoint; ours never do."""

UNKNOWN_PUBLISHER = "unknown publisher"
"""The publisher of an article that came without one and without an address."""
REPEAT_LIKENESS = 0.8
"""Shared part of two articles' three-word runs from which one repeats the other: corrected and updated takes, not
rewrites."""
REPEAT_WORDS = 40
"""Words below which a text is too short to be compared by runs; it then repeats only what is equal in every word."""
REPEAT_BANDS = 8
REPEAT_BAND_VALUES = 3
"""Bands of a text's signature and values in each: misses 0.3 % of pairs at likeness 0.8, 0.02 % at 0.9, in eight
slim rows."""
REPEAT_CANDIDATES = 64
"""Articles compared with a new one, most shared bands first: bounds the work where thousands share a template."""
REPEATS_LISTED = 100
"""Repeats reported of one article: the thousandth copy need not list the others."""

# --- wire -------------------------------------------------------------------------------------------------------
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

# --- reading the web ---------------------------------------------------------------------------------------------
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

# --- taking in ---------------------------------------------------------------------------------------------------
BATCH_ARTICLES = 100
"""Articles filed in one transaction: a kill loses at most these, and more make adding no faster."""
BATCH_CHARACTERS = 2_000_000
"""Text filed in one transaction, to bound memory where articles are long."""

WORDINGS_KEPT = 2048
"""Passages whose stems are remembered between questions: about 20 KB each, 40 MB in all."""

PRIOR_PASSAGES = 1000
"""Passages of ordinary news that every archive counts as having, so that two articles do not make every word rare."""

PRIOR_COMMON = 0.12
"""Share of those passages that hold an everyday word such as "make" or "official"."""

PRIOR_RARE = 0.002
"""Share of those passages that hold any other word."""

# --- finding ----------------------------------------------------------------------------------------------------
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

# --- writing ----------------------------------------------------------------------------------------------------
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

# --- refusing ---------------------------------------------------------------------------------------------------
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

# --- figures ----------------------------------------------------------------------------------------------------
REPLACED_AFTER_HOURS = 6
"""Hours by which a value must be younger to replace one of another publisher without saying so: less is the same
news."""

FIGURES_AT_MOST = 8
"""Figures an answer shows at most: a longer table is not read."""

ROUGH_SHARE = "0.06"
"""Share by which values differ at most when one is rough ("about a third", 35%) and both can be true."""

ROUNDED_SHARE = "0.035"
"""Share by which a value differs at most from its rounding: $1.24 billion is $1.2 billion, 12.50 is not 13."""

# --- conversations ----------------------------------------------------------------------------------------------
TURNS_KEPT = 6
"""Questions and answers that a conversation remembers: follow-ups refer to the last few."""

# --- briefs -----------------------------------------------------------------------------------------------------
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

# --- index ------------------------------------------------------------------------------------------------------
INDEX_WRITER_BYTES = 50_000_000
"""Memory for one batch of words before it is written out: room for some 20,000 passages."""

INDEX_WRITER_THREADS = 1
"""Threads that index words: one keeps the order of changes and is faster than the rest of taking in."""

INDEX_BATCH_ARTICLES = 500
"""Articles in one commit of the word index: a commit costs about 30 ms whatever is in it."""

INDEX_INSPECTED_BYTES = 50_000_000
"""Bytes of a word index that is read through whenever it is opened, in 30 ms: some 200,000 passages."""

EMBED_BATCH_ARTICLES = 16
"""Articles embedded between two writes: a few seconds' work, which is what a kill loses."""

EMBED_THREADS = 2
"""Threads that embed: as many as the smallest machine has processors."""

ENCODER_THREADS = 1
"""Threads of one encoding: a sentence is too short to share out."""

ENCODER_PIECES = 128
"""Pieces of words of a sentence that the encoder looks at: all but one sentence in a thousand."""

ENCODER_LANGUAGES = frozenset({"en"})
"""Languages that the encoder knows; in others it ranks worse than words do."""

MODEL_DIGEST_BYTES = 65_536
"""Bytes at the end of a model file that tell it from another of the same size."""

MEANING_SHARE = 0.05
MEANING_PASSAGES = 4_000
"""Passages that pass the first sieve, as a share of all but at least so many."""

MEANING_SENTENCES = 2_500
"""Sentences that pass the second sieve and are compared exactly. Of 500,000 passages the two let through 97 in 100
of the five nearest and 96 of the ten nearest, in 10 ms."""

EMBED_NICENESS = 10
"""How far embedding gives way to everything else (Unix nice)."""

TOPIC_COVERED = 0.6
"""Weight of a topic's words that a passage must hold to be of it."""

COVERED_WHOLLY = 0.95
"""Part of a question's weight from which one sentence is said to cover all of it."""

# --- polling -----------------------------------------------------------------------------------------------------
POLL_FASTEST_MINUTES = 15
"""Minutes between two readings of one feed at least, unless the operator sets another: news desks read so, and sites
put up with it."""

POLL_SLOWEST_MINUTES = 240
"""Minutes between two readings of a quiet feed at most, unless its site asks for more."""

POLL_LONGEST_HOURS = 24
"""Hours that a site's wish to be left alone, or doubling after failures, may add up to."""

POLL_READINGS_A_GAP = 4
"""Readings between two new entries: news is then an eighth of a gap old on average when it is read."""

POLL_JITTER = 0.1
"""Share by which waits are drawn longer or shorter, so that feeds added together are not read together for ever."""

POLL_GAP_ENTRIES = 10
"""Newest entries whose dates tell how often a new source publishes."""

POLL_GAP_LEARNT = 0.2
"""Weight of the newest gap in the moving mean: about five new entries are remembered."""

POLL_FAILING_DAYS = 14
"""Days of failures without a break after which a feed is no longer read, and whoever added it is told."""

POLL_GONE_DAYS = 7
"""The same for a feed whose site says that it is gone for good (410)."""

POLL_LEASE_SECONDS = 120
"""Seconds for which a feed belongs to whoever reads it: longer than a reading takes, so that a kill delays it by no
more than this."""

POLL_AT_ONCE = 48
"""Feeds read at the same time: most of their time is waiting."""

POLL_TICK_SECONDS = 1
"""Seconds between two looks at what is due."""

HOST_GAP_SECONDS = 1.0
"""Seconds between two requests to one host, as robots.txt files that say so ask for most often."""

HOST_QUEUE_SECONDS = 30.0
"""Longest queue before one host; what would have to wait longer is put off until then."""

MOVE_READINGS = 3
MOVE_HOURS = 24
"""Readings and hours over which a permanent redirect must stand before the new address is taken as the feed's own: a
hijacked or mistaken one rarely stands that long."""

ENTRIES_KEPT_DAYS = 30
"""Days that an entry is remembered after its feed last listed it: what vanished comes back within weeks, if at all."""

CORRECTION_SHARE = 0.5
"""Shared part of two sentences' words from which the one is told as standing instead of the other."""

SAME_ENTRY_SHARE = 0.5
"""Shared part of two headlines' words, or of two texts' runs, from which a feed's repeated id means one article."""

TEASER_WORDS = 150
"""Words under which an entry of a feed is taken for a teaser, and its page is read for the whole article."""

CAGES = 4
"""Processes that parse at the same time: two may be busy with hostile pages while two others go on, 60 MB each."""

FULL_TEXT_TRIES = 4
"""Times that a page is tried for its full text, over about a day; then the teaser stays."""

FULL_TEXT_AT_FIRST = 30
"""Pages read for the full text of what a new source lists at first, newest first: the rest keeps its teasers."""

POLL_CLAIMED_AT_LEAST = 8
"""Feeds claimed in one transaction, unless nothing is being read: a commit costs milliseconds whatever is in it."""

FEED_SEARCH_SECONDS = 30.0
"""Seconds for which the feed of a page is looked for at all the usual places together; somebody may be waiting."""

QUERY_SHOWN = 200
"""Characters of a query that are shown of an address: longer ones carry something out rather than name a page."""

FULL_TEXT_RETRY_MINUTES = 15
"""Minutes before a page that could not be read is tried again, four times as long after every further try."""

PAGES_AT_ONCE = 16
"""Pages read for their full text at the same time: fewer than feeds, which go first."""

SOURCE_NAME_CHARACTERS = 80
"""Characters of a source's name: longer titles of feeds are slogans."""

IMPORTED_AT_ONCE = 16
"""Sources of a list that are tried at the same time: a list of 400 takes a minute or two."""

STUCK_WORK_SECONDS = 180
"""Seconds after which work that should begin every few seconds counts as stuck: longer than its slowest turn."""

STUCK_FEED_MINUTES = 30
"""Minutes after which a feed that is due counts as stuck: twice the usual wait between readings."""

INDEX_TICK_SECONDS = 2
"""Seconds between two looks at whether the index lacks something: news can be asked about that soon."""

PAGES_TICK_SECONDS = 2
"""Seconds between two looks at which pages are owed."""

TIDY_SECONDS = 3_600
"""Seconds between two looks at what can be forgotten."""

STOP_SECONDS = 8.0
"""Seconds that readings have to end when the desk stops; containers are killed after ten."""

# --- the counter ---------------------------------------------------------------------------------------------------
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
