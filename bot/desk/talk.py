"""Talking: questions answered in a thread, in the light of what was said there."""

from datetime import datetime

from bot.archive.answers import answers_in, keep_answer
from bot.archive.archive import Db
from bot.archive.corrections import note_citations
from bot.desk.ask import answer_question
from bot.desk.conversation import Conversation
from bot.desk.desk import Desk
from bot.desk.requests import Request
from bot.news.briefing import Answer
from bot.news.place import Place
from bot.news.reply import Answered, AnswerId
from config import defaults

_ABOUT = "answer:"


async def answer_in_thread(desk: Desk, request: Request, now: datetime) -> Answered:
    """The answer, kept so that what is asked next in the thread is understood. Outside a thread it stands alone."""
    said = await desk.archive.read(_conversation, request.place)
    answer = await answer_question(desk, request.command.words, now=now, zone=request.zone, conversation=said)
    return Answered(number=await desk.archive.write(_keep, request, answer, now), answer=answer)


def shown_in_answer(number: AnswerId) -> str:
    """What the citations of an answer were shown in, by which they can be corrected."""
    return f"{_ABOUT}{number}"


def answer_shown(shown_in: str) -> AnswerId | None:
    """The answer that it was shown in; None where it was shown in something else."""
    begin, number = shown_in[: len(_ABOUT)], shown_in[len(_ABOUT) :]
    return AnswerId(int(number)) if begin == _ABOUT and number.isdecimal() else None


def _conversation(db: Db, place: Place) -> Conversation | None:
    if place.thread is None:
        return None
    conversation = Conversation()
    for kept in answers_in(db, place, defaults.TURNS_KEPT):
        conversation = conversation.after(kept.answer)
    return conversation


def _keep(db: Db, request: Request, answer: Answer, now: datetime) -> AnswerId:
    number = keep_answer(db, request.place, request.by.id, answer, now)
    note_citations(db, request.place.space, shown_in_answer(number), answer.citations, now)
    return number
