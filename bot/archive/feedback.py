"""The feedback: what readers said of articles that a watch or a digest brought them."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.archive.schema_due import FEEDBACK
from bot.news.article import ArticleId, Space


@dataclass(frozen=True, kw_only=True, slots=True)
class Feedback:
    """What somebody said of an article that `about` brought: "watch 3", "digest 2". `by` is empty on the terminal."""

    about: str
    article: ArticleId
    by: str
    helpful: bool
    given: datetime


def give_feedback(db: sa.Connection, space: Space, feedback: Feedback) -> bool:
    """Whether that is new; what the same reader said of it before is replaced."""
    known = sa.and_(
        FEEDBACK.c.space == space,
        FEEDBACK.c.about == feedback.about,
        FEEDBACK.c.article == feedback.article,
        FEEDBACK.c.by == feedback.by,
    )
    row = db.execute(sa.select(FEEDBACK.c.helpful).where(known).with_for_update()).one_or_none()
    if row is not None and row.helpful is feedback.helpful:
        return False
    said = {"helpful": feedback.helpful, "given": feedback.given}
    if row is not None:
        db.execute(FEEDBACK.update().where(known).values(**said))
        return True
    keys = {"space": space, "about": feedback.about, "article": feedback.article, "by": feedback.by}
    db.execute(FEEDBACK.insert().values(**keys, **said))
    return True


def feedback_about(db: sa.Connection, space: Space, about: str, limit: int) -> list[Feedback]:
    """The newest that was said, at most limit, the oldest first."""
    rows = db.execute(
        sa.select(FEEDBACK)
        .where(FEEDBACK.c.space == space, FEEDBACK.c.about == about)
        .order_by(FEEDBACK.c.given.desc(), FEEDBACK.c.article.desc(), FEEDBACK.c.by)
        .limit(limit)
    ).all()
    return [
        Feedback(about=row.about, article=row.article, by=row.by, helpful=row.helpful, given=row.given)
        for row in reversed(rows)
    ]


def forget_feedback(db: sa.Connection, space: Space, about: str) -> int:
    """Forget all that was said of what it brought; how much that was."""
    return db.execute(FEEDBACK.delete().where(FEEDBACK.c.space == space, FEEDBACK.c.about == about)).rowcount


def feedback_counts(db: sa.Connection, space: Space) -> dict[str, tuple[int, datetime]]:
    """For each watch and digest how much was said of what it brought, and when the last of it; it changes with that."""
    rows = db.execute(
        sa.select(FEEDBACK.c.about, sa.func.count(), sa.func.max(FEEDBACK.c.given))
        .where(FEEDBACK.c.space == space)
        .group_by(FEEDBACK.c.about)
    )
    return {about: (count, last) for about, count, last in rows}
