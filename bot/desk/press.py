"""Presses: what a button under a message does, whoever presses it and however often."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.archive.answers import find_answer
from bot.archive.archive import Db
from bot.archive.articles import count_searched, find_articles
from bot.archive.feedback import Feedback, give_feedback
from bot.archive.mutes import mute_story, unmute_story
from bot.archive.stories import find_stories, survivor_of
from bot.archive.watches import find_watch
from bot.desk.desk import Desk
from bot.desk.replies import Reply
from bot.desk.requests import require_may_manage
from bot.desk.why import why
from bot.errors import RequestError
from bot.news.article import ArticleId, Space
from bot.news.briefing import Brief
from bot.news.button import Button
from bot.news.member import Member
from bot.news.place import Place
from bot.news.question import topic_of
from bot.news.reply import AnswerId, Proof, Said, WatchWanted
from bot.news.story import Story, StoryId
from bot.news.watch import WatchId
from bot.writer.brief import write_stories

_ALL_OF_IT = ArticleId(0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pressed:
    """A button, where it stands, and who has pressed it, in whose zone."""

    button: Button
    by: Member
    place: Place
    zone: ZoneInfo


async def press(desk: Desk, pressed: Pressed, now: datetime) -> Reply:
    """What whoever pressed it is told; pressed twice, it is done once and answered alike.

    Everybody may look, and say what was helpful; RequestError (A01) where they may not mute a story, and (C06, S03)
    where what the button is about is there no more.
    """
    button, place = pressed.button, pressed.place
    match button.act:
        case "mute" | "unmute":
            require_may_manage(pressed.by)
            return await desk.archive.write(_mute, pressed, now)
        case "helpful" | "unhelpful":
            return await desk.archive.write(_note_of_watch, pressed, now)
        case "good" | "bad":
            return await desk.archive.write(_note_of_answer, pressed, now)
        case "more":
            return await desk.archive.read(_tell_more, place.space, StoryId(button.numbers[0]))
        case "why":
            link = await desk.archive.read(_link_of, place.space, ArticleId(button.numbers[0]))
            return await why(desk, place, link, now, pressed.zone)
        case "sources":
            kept = await desk.archive.read(find_answer, place.space, AnswerId(button.numbers[0]))
            return Proof(answer=kept.answer)
        case "watch":
            kept = await desk.archive.read(find_answer, place.space, AnswerId(button.numbers[0]))
            return WatchWanted(topic=topic_of(kept.read_as))


def _mute(db: Db, pressed: Pressed, now: datetime) -> Said:
    story = StoryId(pressed.button.numbers[0])
    if pressed.button.act == "mute":
        mute_story(db, pressed.place, story, pressed.by.id, now)
        return Said(sentence="This channel hears no more of this story.")
    unmute_story(db, pressed.place, story)
    return Said(sentence="This channel hears of this story again.")


def _note_of_watch(db: Db, pressed: Pressed, now: datetime) -> Said:
    number, article = pressed.button.numbers
    watch, helpful = find_watch(db, pressed.place, WatchId(number)), pressed.button.act == "helpful"
    _note(db, pressed, f"watch {watch.id}", ArticleId(article), helpful=helpful, now=now)
    return Said(sentence=f"Thank you. Watch {watch.id} brings {'more' if helpful else 'less'} of the like.")


def _note_of_answer(db: Db, pressed: Pressed, now: datetime) -> Said:
    kept, helpful = (
        find_answer(db, pressed.place.space, AnswerId(pressed.button.numbers[0])),
        pressed.button.act == "good",
    )
    _note(db, pressed, f"answer {kept.id}", _ALL_OF_IT, helpful=helpful, now=now)
    return Said(
        sentence="Thank you; that is noted." if helpful else "Thank you; whoever looks after this desk sees it."
    )


def _note(db: Db, pressed: Pressed, about: str, article: ArticleId, *, helpful: bool, now: datetime) -> None:
    said = Feedback(about=about, article=article, by=pressed.by.id, helpful=helpful, given=now)
    give_feedback(db, pressed.place.space, said)


def _tell_more(db: Db, space: Space, story: StoryId) -> Brief:
    """The story as fully as its articles tell it."""
    kept = find_stories(db, space, [survivor_of(db, space, story)])
    if not kept:
        raise RequestError("There is no such story any more.", "S03")
    (found,) = kept.values()
    return write_stories(found.headline, [Story(articles=found.articles)], count_searched(db, space))


def _link_of(db: Db, space: Space, id: ArticleId) -> str:
    article = find_articles(db, space, [id]).get(id)
    if article is None:
        raise RequestError("There is no such article any more.", "S03")
    return article.url or article.name
