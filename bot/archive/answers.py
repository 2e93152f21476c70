"""The answers: what people were told, so that a follow-up is understood and the buttons below an answer work.

The door to cattrs.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import sqlalchemy as sa
from cattrs.preconf.json import JsonConverter, make_converter

from bot.archive.counts import take_numbers
from bot.archive.schema_chat import ANSWERS
from bot.errors import RequestError
from bot.news.article import Space
from bot.news.briefing import Answer
from bot.news.place import Place
from bot.news.reply import AnswerId
from config import defaults


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptAnswer:
    """An answer, where it was given and to whom. `read_as` is the question as it was understood."""

    id: AnswerId
    place: Place
    asked_by: str
    read_as: str
    answer: Answer
    answered: datetime


def keep_answer(db: sa.Connection, place: Place, asked_by: str, answer: Answer, now: datetime) -> AnswerId:
    """The number under which it is kept."""
    id = take_numbers(db, place.space, "last_answer")
    row = {
        "space": place.space,
        "id": id,
        "platform": place.platform,
        "channel": place.channel,
        "thread": place.thread,
        "asked_by": asked_by,
        "read_as": answer.read_as or answer.question,
        "answer": json.dumps(_converter().unstructure(answer), ensure_ascii=False),
        "answered": now,
    }
    db.execute(ANSWERS.insert().values(row))
    return AnswerId(id)


def find_answer(db: sa.Connection, space: Space, id: AnswerId) -> KeptAnswer:
    """The answer of that number; RequestError (C06) where there is none any more."""
    row = db.execute(sa.select(ANSWERS).where(ANSWERS.c.space == space, ANSWERS.c.id == id)).one_or_none()
    if row is None:
        raise RequestError(
            f"That answer is older than {defaults.ANSWERS_KEPT_DAYS} days and not kept any more; ask again.", "C06"
        )
    return _kept(row)


def answers_in(db: sa.Connection, place: Place, limit: int) -> list[KeptAnswer]:
    """The last answers in the thread, the oldest first."""
    wanted = sa.select(ANSWERS).where(_in(place)).order_by(ANSWERS.c.id.desc()).limit(limit)
    return [_kept(row) for row in reversed(db.execute(wanted).all())]


def has_joined(db: sa.Connection, place: Place) -> bool:
    """Whether the desk has answered in the thread, so that what is said there may be meant for it."""
    return db.execute(sa.select(ANSWERS.c.id).where(_in(place)).limit(1)).first() is not None


def forget_answers(db: sa.Connection, now: datetime) -> int:
    """Forget answers that were given long ago; how many those were."""
    before = now - timedelta(days=defaults.ANSWERS_KEPT_DAYS)
    return db.execute(ANSWERS.delete().where(ANSWERS.c.answered < before)).rowcount


def _in(place: Place) -> sa.ColumnElement[bool]:
    return sa.and_(
        ANSWERS.c.space == place.space,
        ANSWERS.c.platform == place.platform,
        ANSWERS.c.channel == place.channel,
        ANSWERS.c.thread == place.thread,
    )


def _kept(row: sa.Row[tuple[object, ...]]) -> KeptAnswer:
    return KeptAnswer(
        id=AnswerId(row.id),
        place=Place(platform=row.platform, space=row.space, channel=row.channel, thread=row.thread),
        asked_by=row.asked_by,
        read_as=row.read_as,
        answer=_converter().structure(json.loads(row.answer), Answer),
        answered=row.answered,
    )


@cache
def _converter() -> JsonConverter:
    return make_converter()
