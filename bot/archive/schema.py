"""The tables: what is kept. The Space leads every key, but for what is read once for all Spaces."""

from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b

import sqlalchemy as sa

from config import defaults

REVISION = "0006"
"""The newest migration; an archive at this revision is opened without further checks."""

_INSTANT_WIDTH = 27


class Instant(sa.types.TypeDecorator[datetime]):
    """A moment, stored as fixed-width ISO text ending in Z, so that both databases order and keep it alike."""

    impl = sa.String(_INSTANT_WIDTH)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.engine.Dialect) -> str | None:
        """The text kept for the moment; a naive one is refused with ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return _instant_text(value)

    def process_result_value(self, value: str | None, dialect: sa.engine.Dialect) -> datetime | None:
        """The moment that the text stands for, in UTC."""
        return None if value is None else datetime.fromisoformat(value)


@lru_cache(maxsize=defaults.ARCHIVE_INSTANTS_KEPT)
def _instant_text(value: datetime) -> str:
    """The text of the moment; what is written together is mostly of one moment."""
    return value.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def short_key(text: str) -> str:
    """The text itself, or its beginning and a digest where it is too long for a database index."""
    if len(text) <= defaults.ARCHIVE_KEY_CHARACTERS:
        return text
    digest = blake2b(text.encode(), digest_size=16).hexdigest()
    return text[: defaults.ARCHIVE_KEY_CHARACTERS - len(digest)] + digest


METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

# The last numbers given in each Space. Its row is locked by whoever files, so numbers become visible in order.
SPACES = sa.Table(
    "spaces",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("last_change", sa.BigInteger, nullable=False),
    sa.Column("last_article", sa.BigInteger, nullable=False),
    sa.Column("last_passage", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# What is read again and again, once for all Spaces that follow it; the scope is a Space where the address is private,
# and "public" else. `key` is the address under which it was first followed, `address` where it is read now. The lease
# is held by whoever is reading it.
FEEDS = sa.Table(
    "feeds",
    METADATA,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("scope", sa.String, nullable=False),
    sa.Column("key", sa.String, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("user", sa.Text),
    sa.Column("password", sa.Text),
    sa.Column("site", sa.Text),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("body", sa.LargeBinary),
    sa.Column("next_read", Instant, nullable=False),
    sa.Column("lease", Instant),
    sa.Column("last_read", Instant),
    sa.Column("last_new", Instant),
    sa.Column("gap_seconds", sa.Float),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("failing_since", Instant),
    sa.Column("code", sa.String),
    sa.Column("fault", sa.Text),
    sa.Column("stopped", Instant),
    sa.Column("moved_to", sa.Text),
    sa.Column("moved_since", Instant),
    sa.Column("moved_times", sa.Integer, nullable=False),
    sa.Index(None, "scope", "key", unique=True),
    sa.Index(None, "next_read"),
)

# What a feed has listed, under which id, and what it said of it last (`digest`), so that only what is new or changed is
# filed. `raw` recognises the entry before it is parsed. `page_next` is when the page behind it is to be read, if it is
# owed.
ENTRIES = sa.Table(
    "entries",
    METADATA,
    sa.Column("feed", sa.BigInteger, primary_key=True),
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("raw", sa.String, nullable=False),
    sa.Column("digest", sa.String, nullable=False),
    sa.Column("given_id", sa.Text),
    sa.Column("seen", Instant, nullable=False),
    sa.Column("listed", Instant, nullable=False),
    sa.Column("page", sa.Text),
    sa.Column("page_next", Instant),
    sa.Column("page_tries", sa.Integer, nullable=False),
    sa.Column("page_read", Instant),
    sa.ForeignKeyConstraint(["feed"], ["feeds.id"]),
    sa.Index(None, "page_next"),
    sa.Index(None, "feed", "digest"),
    sqlite_with_rowid=False,
)

# What a Space follows. `first_read`: what the feed listed at first is filed, and news from then on is new.
SOURCES = sa.Table(
    "sources",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("feed", sa.BigInteger, primary_key=True),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("full_text", sa.String, nullable=False),
    sa.Column("added", Instant, nullable=False),
    sa.Column("added_by", sa.String),
    sa.Column("first_read", Instant),
    sa.Column("last_new", Instant),
    sa.Column("skipped", sa.Integer, nullable=False),
    sa.ForeignKeyConstraint(["feed"], ["feeds.id"]),
    sa.Index(None, "feed"),
    sqlite_with_rowid=False,
)

# What is looked up and ordered by; the words are in versions. `searched`: its passages are kept. `dated` repeats the
# newest version's date so that one index answers "between" and "oldest".
ARTICLES = sa.Table(
    "articles",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("change", sa.BigInteger, nullable=False),
    sa.Column("seen", Instant, nullable=False),
    sa.Column("dated", Instant, nullable=False),
    sa.Column("fingerprint", sa.LargeBinary, nullable=False),
    sa.Column("copy_of", sa.BigInteger),
    sa.Column("searched", sa.Boolean(create_constraint=False), nullable=False),
    sa.ForeignKeyConstraint(["space"], ["spaces.space"]),
    sa.Index(None, "space", "change", unique=True),
    sa.Index(None, "space", "dated"),
    sa.Index(None, "space", "fingerprint"),
    sa.Index(None, "space", "copy_of"),
)

# Every text that was ever filed, for proof.
VERSIONS = sa.Table(
    "versions",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("article", sa.BigInteger, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("dek_end", sa.Integer, nullable=False),
    sa.Column("url", sa.Text),
    sa.Column("publisher", sa.String, nullable=False),
    sa.Column("origin", sa.String),
    sa.Column("author", sa.Text),
    sa.Column("published", Instant),
    sa.Column("published_day_only", sa.Boolean(create_constraint=False), nullable=False),
    sa.Column("language", sa.String, nullable=False),
    sa.Column("seen", Instant, nullable=False),
    sa.Column("fingerprint", sa.LargeBinary, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.ForeignKeyConstraint(["space", "article"], ["articles.space", "articles.id"]),
)

# Only those of newest versions: an older text is read whole, for proof.
PASSAGES = sa.Table(
    "passages",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("id", sa.BigInteger, primary_key=True),
    sa.Column("article", sa.BigInteger, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.ForeignKeyConstraint(
        ["space", "article", "version"], ["versions.space", "versions.article", "versions.version"]
    ),
    sa.Index(None, "space", "article"),
    sqlite_with_rowid=False,
)

# Every identity under which an article has come; `own` is its first, the others brought the same article again.
IDENTITIES = sa.Table(
    "identities",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("identity", sa.String, primary_key=True),
    sa.Column("article", sa.BigInteger, nullable=False),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("own", sa.Boolean(create_constraint=False), nullable=False),
    sa.ForeignKeyConstraint(["space", "article"], ["articles.space", "articles.id"]),
    sa.Index(None, "space", "article"),
    sqlite_with_rowid=False,
)

# The signature by which near repeats are found; slim, because there are eight rows for each searched article.
BANDS = sa.Table(
    "bands",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("band", sa.BigInteger, primary_key=True),
    sa.Column("article", sa.BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)

# Articles of each publisher, counted as they are filed: every question asks for it.
PUBLISHERS = sa.Table(
    "publishers",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("publisher", sa.String, primary_key=True),
    sa.Column("articles", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# By which source an article came, and when; `fresh` is false for what the source's first reading listed.
ARRIVALS = sa.Table(
    "arrivals",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("article", sa.BigInteger, primary_key=True),
    sa.Column("feed", sa.BigInteger, primary_key=True),
    sa.Column("seen", Instant, nullable=False),
    sa.Column("fresh", sa.Boolean(create_constraint=False), nullable=False),
    sa.ForeignKeyConstraint(["space", "article"], ["articles.space", "articles.id"]),
    sa.Index(None, "space", "seen"),
    sqlite_with_rowid=False,
)

# The quotes that an answer or a digest has shown (`shown_in` names it), so that a change in one can be corrected there.
CITED = sa.Table(
    "cited",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("article", sa.BigInteger, primary_key=True),
    sa.Column("shown_in", sa.String, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("shown", Instant, nullable=False),
    sa.ForeignKeyConstraint(["space", "article"], ["articles.space", "articles.id"]),
    sqlite_with_rowid=False,
)

# Quotes shown to readers that hold no longer: a newer version does not say them any more, or another article (`by`)
# says otherwise. `instead` is what stands there now, if anything does. `settled` is when readers were told of it, or
# when it turned out that they need not be.
CORRECTIONS = sa.Table(
    "corrections",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("article", sa.BigInteger, primary_key=True),
    sa.Column("shown_in", sa.String, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("instead", sa.Text),
    sa.Column("found", Instant, nullable=False),
    sa.Column("by", sa.BigInteger),
    sa.Column("settled", Instant),
    sa.ForeignKeyConstraint(
        ["space", "article", "shown_in", "number"],
        ["cited.space", "cited.article", "cited.shown_in", "cited.number"],
    ),
    sa.Index(None, "settled"),
    sqlite_with_rowid=False,
)

# What whoever added a source has to be told, in plain words; the key keeps one cause from being told twice.
NOTICES = sa.Table(
    "notices",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("to", sa.String),
    sa.Column("sentence", sa.Text, nullable=False),
    sa.Column("made", Instant, nullable=False),
    sa.Column("told", Instant),
    sqlite_with_rowid=False,
)
