"""The tables of what goes on while nobody looks: stories, what channels are to be told, and what is owed to them."""

import sqlalchemy as sa

from bot.archive.schema import METADATA, Instant
from bot.news.delivery import State

_YES_OR_NO = sa.Boolean(create_constraint=False)


def _place() -> list[sa.Column[str]]:
    """Where the desk speaks: a channel of a platform, or a thread in it."""
    return [
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("thread", sa.String),
    ]


# How far each Space has come: the last change of the archive that was placed into stories, and the last numbers given.
COUNTS = sa.Table(
    "counts",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("placed", sa.BigInteger, nullable=False),
    sa.Column("last_story", sa.BigInteger, nullable=False),
    sa.Column("last_order", sa.BigInteger, nullable=False),
    sa.Column("last_delivery", sa.BigInteger, nullable=False),
    sa.Column("last_answer", sa.BigInteger, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)

# Articles about one event. `follows` is the story that this one takes up, `merged_into` the one that it turned out to
# be, which had come as far as its development `merged_at` by then. `change` is the last placed change that touched it.
STORIES = sa.Table(
    "stories",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("headline", sa.Text, nullable=False),
    sa.Column("first_seen", Instant, nullable=False),
    sa.Column("last_seen", Instant, nullable=False),
    sa.Column("follows", sa.BigInteger),
    sa.Column("merged_into", sa.BigInteger),
    sa.Column("merged_at", sa.Integer),
    sa.Column("change", sa.BigInteger, nullable=False),
    sa.Index(None, "space", "last_seen"),
    sa.Index(None, "space", "change"),
    sa.Index(None, "space", "merged_into"),
)

# Which story went on as which other, and when; that one had come as far as its development `come_to` by then. STORIES
# says what has become of them, and this how it went.
MERGES = sa.Table(
    "merges",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("gone", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("into", sa.BigInteger, nullable=False),
    sa.Column("come_to", sa.Integer, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Index(None, "space", "at"),
    sqlite_with_rowid=False,
)

# Which story an article belongs to, and how much alike they were; `placed_in` is where it was placed at first, null for
# what was placed before that was kept. `gist` is what further articles are compared with, and `version` the one that it
# was made of.
PLACEMENTS = sa.Table(
    "placements",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("article", sa.BigInteger, primary_key=True),
    sa.Column("story", sa.BigInteger, nullable=False),
    sa.Column("likeness", sa.Float, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("gist", sa.LargeBinary, nullable=False),
    sa.Column("placed", Instant, nullable=False),
    sa.Column("placed_in", sa.BigInteger),
    sa.ForeignKeyConstraint(["space", "article"], ["articles.space", "articles.id"]),
    sa.Index(None, "space", "story"),
    sa.Index(None, "space", "placed"),
    sqlite_with_rowid=False,
)

# What changed in a story, numbered from 1; its first report is number 0. `said` is the sentence of the article that
# says so, word for word, and `was` what was said before.
DEVELOPMENTS = sa.Table(
    "developments",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("story", sa.BigInteger, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("article", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("said", sa.Text, nullable=False),
    sa.Column("was", sa.Text),
    sa.Column("found", Instant, nullable=False),
    sqlite_with_rowid=False,
)

# A digest for a channel at set times. `rule` is its schedule, `sources` the feeds to use, empty for all, both as JSON.
# `next_slot` is the local time that `next_due` stands for by the zone rules of the release `zones_of`; both are null
# while it is paused, and once its schedule has ended. `covers_from` is where its first digest begins.
SUBSCRIPTIONS = sa.Table(
    "subscriptions",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    *_place(),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("zone", sa.String, nullable=False),
    sa.Column("topic", sa.Text),
    sa.Column("length", sa.String, nullable=False),
    sa.Column("sources", sa.Text, nullable=False),
    sa.Column("says_nothing_new", _YES_OR_NO, nullable=False),
    sa.Column("made", Instant, nullable=False),
    sa.Column("made_by", sa.String),
    sa.Column("paused", Instant),
    sa.Column("next_due", Instant),
    sa.Column("next_slot", sa.String),
    sa.Column("zones_of", sa.String, nullable=False),
    sa.Column("covers_from", Instant, nullable=False),
    sa.Index(None, "next_due"),
    sqlite_with_rowid=False,
)

# One due moment of a schedule, by its local date and slot, so that no clock change makes it two. `state`: "open",
# "owed" (its delivery is `key`), "nothing new", or "coalesced" into a later one. `late_since` is when the first was due
# of those that it stands for, where it comes late; `covers_change` the last placed change that it looked at.
OCCURRENCES = sa.Table(
    "occurrences",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("subscription", sa.BigInteger, primary_key=True),
    sa.Column("local_date", sa.String, primary_key=True),
    sa.Column("slot", sa.String, primary_key=True),
    sa.Column("due", Instant, nullable=False),
    sa.Column("noted", Instant, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("covers_from", Instant),
    sa.Column("covers_to", Instant),
    sa.Column("covers_change", sa.BigInteger),
    sa.Column("late_since", Instant),
    sa.Column("key", sa.String),
    sa.Index(None, "state", "due"),
    sqlite_with_rowid=False,
)

# What each digest told: the story as it was after a development, where it stood and why (`rank`, as JSON). It counts as
# told unless its delivery (`key`) was dropped or given up.
TOLD = sa.Table(
    "told",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("story", sa.BigInteger, primary_key=True),
    sa.Column("subscription", sa.BigInteger, nullable=False),
    sa.Column("platform", sa.String, nullable=False),
    sa.Column("channel", sa.String, nullable=False),
    sa.Column("development", sa.Integer, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("rank", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Index(None, "space", "platform", "channel", "story"),
    sa.Index(None, "space", "story"),
    sqlite_with_rowid=False,
)

# A topic that a channel is told of; `topic_key` is what all spellings of it have in common. `quiet_from` and `quiet_to`
# are local times ("22:00"), `quiet_lets` what is told meanwhile. `ping` is the role that its alerts call.
WATCHES = sa.Table(
    "watches",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    *_place(),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("topic_key", sa.String, nullable=False),
    sa.Column("cadence", sa.String, nullable=False),
    sa.Column("zone", sa.String, nullable=False),
    sa.Column("quiet_from", sa.String),
    sa.Column("quiet_to", sa.String),
    sa.Column("quiet_lets", sa.String, nullable=False),
    sa.Column("an_hour", sa.Integer, nullable=False),
    sa.Column("made", Instant, nullable=False),
    sa.Column("made_by", sa.String),
    sa.Column("muted_until", Instant),
    sa.Column("ping", sa.String),
    sa.Index(None, "space", "platform", "channel", "topic_key", unique=True),
    sqlite_with_rowid=False,
)

# A watch met a story after a development, by an article. `why` is the reason as JSON. What becomes of it is its
# `state`: what is held has an `until`, what was told the `key` of its delivery.
MATCHES = sa.Table(
    "matches",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("watch", sa.BigInteger, primary_key=True),
    sa.Column("story", sa.BigInteger, primary_key=True),
    sa.Column("development", sa.Integer, primary_key=True),
    sa.Column("article", sa.BigInteger, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("found", Instant, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("until", Instant),
    sa.Column("key", sa.String),
    sa.Index(None, "space", "article"),
    sa.Index(None, "space", "story"),
    sa.Index(None, "space", "watch", "found"),
    sa.Index(None, "until"),
    sqlite_with_rowid=False,
)

# Stories that a channel wants to hear no more of.
MUTES = sa.Table(
    "mutes",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("platform", sa.String, primary_key=True),
    sa.Column("channel", sa.String, primary_key=True),
    sa.Column("story", sa.BigInteger, primary_key=True),
    sa.Column("muted", Instant, nullable=False),
    sa.Column("by", sa.String),
    sqlite_with_rowid=False,
)

# What readers said of an article that a watch or a digest ("watch 3", "digest 2") brought them.
FEEDBACK = sa.Table(
    "feedback",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("about", sa.String, primary_key=True),
    sa.Column("article", sa.BigInteger, primary_key=True),
    sa.Column("by", sa.String, primary_key=True),
    sa.Column("helpful", _YES_OR_NO, nullable=False),
    sa.Column("given", Instant, nullable=False),
    sqlite_with_rowid=False,
)

# What is owed to a place: a part of a briefing, frozen before it is first sent. `key` names its cause, and the database
# refuses to owe one twice. `marker` finds it again on the platform. The lease is held by whoever is sending it; of an
# unknown one, `lease_until` is when nobody can be sending it any more. At most one of a channel is under way.
DELIVERIES = sa.Table(
    "deliveries",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    *_place(),
    sa.Column("cause", sa.String, nullable=False),
    sa.Column("key", sa.String, nullable=False),
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("parts", sa.Integer, nullable=False),
    sa.Column("marker", sa.String, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("owed", Instant, nullable=False),
    sa.Column("due", Instant, nullable=False),
    sa.Column("not_before", Instant, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("first_attempt", Instant),
    sa.Column("lease_token", sa.String),
    sa.Column("lease_until", Instant),
    sa.Column("unknown_since", Instant),
    sa.Column("receipt", sa.String),
    sa.Column("settled", Instant),
    sa.Column("fault", sa.Text),
    sa.Index(None, "space", "key", "part", unique=True),
)


def is_in(*states: State, of: sa.FromClause = DELIVERIES) -> sa.ColumnElement[bool]:
    """Whether a delivery is in one of the states, so that an index on those alone is used for it.

    For that, both databases want the condition of the index word for word, without parameters.
    """
    return of.c.state.in_([sa.literal_column(f"'{state}'") for state in states])


UNDER_WAY: tuple[State, ...] = ("sending", "unknown")
"""What may be on its way, or there already."""

LEFT: tuple[State, ...] = ("waiting", "held", "dead")
"""What is left until a person does something."""


def _index_some(name: str, states: tuple[State, ...], *columns: str, unique: bool = False) -> None:
    rows, named = is_in(*states), (DELIVERIES.c[column] for column in columns)
    sa.Index(f"ix_deliveries_{name}", *named, unique=unique, sqlite_where=rows, postgresql_where=rows)


_index_some("due", ("pending",), "platform", "not_before", "id")
_index_some("in_order", ("pending",), "space", "platform", "channel", "due", "id")
_index_some("under_way", UNDER_WAY, "space", "platform", "channel", unique=True)
_index_some("left", LEFT, "space", "platform", "channel")

# Every try to send, or to look up what became of one: the trail for "was it posted?".
ATTEMPTS = sa.Table(
    "attempts",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("delivery", sa.BigInteger, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("what", sa.String, nullable=False),
    sa.Column("began", Instant, nullable=False),
    sa.Column("ended", Instant, nullable=False),
    sa.Column("outcome", sa.String, nullable=False),
    sa.Column("fault", sa.Text),
    sqlite_with_rowid=False,
)

# Places where nothing can be posted any more, since when and why; the channel "" is every channel of the Space. What is
# owed there waits; the owner was told once.
CLOSED = sa.Table(
    "closed",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("platform", sa.String, primary_key=True),
    sa.Column("channel", sa.String, primary_key=True),
    sa.Column("since", Instant, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

# What a platform has handed in, so that what it repeats is done once. `reply` is the answer, once there is one.
INBOX = sa.Table(
    "inbox",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("platform", sa.String, primary_key=True),
    sa.Column("event", sa.String, primary_key=True),
    sa.Column("received", Instant, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("reply", sa.Text),
    sa.Index(None, "state", "received"),
    sqlite_with_rowid=False,
)

# Values that belong to the installation as a whole, such as the secret from which markers are made.
KEEPSAKES = sa.Table(
    "keepsakes",
    METADATA,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

DUE_TABLES = (
    COUNTS, STORIES, MERGES, PLACEMENTS, DEVELOPMENTS, SUBSCRIPTIONS, OCCURRENCES, TOLD, WATCHES, MATCHES, MUTES,
    FEEDBACK, DELIVERIES, ATTEMPTS, CLOSED, INBOX, KEEPSAKES,
)  # fmt: skip
"""In the order in which they are made."""
