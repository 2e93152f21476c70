"""Presses: what a button under a message does, whoever presses it and however often."""

from datetime import datetime

from bot.archive.archive import Db
from bot.archive.feedback import Feedback, give_feedback
from bot.archive.mutes import mute_story, unmute_story
from bot.archive.watches import find_watch
from bot.desk.requests import require_may_manage
from bot.news.article import ArticleId
from bot.news.button import Button
from bot.news.member import Member
from bot.news.place import Place
from bot.news.reply import Said
from bot.news.story import StoryId
from bot.news.watch import WatchId


def press(db: Db, button: Button, place: Place, by: Member, now: datetime) -> Said:
    """What whoever pressed it is told; pressed twice, it is done once and answered alike.

    Everybody may say what was helpful; RequestError (A01) where they may not mute a story.
    """
    if button.act in ("helpful", "unhelpful"):
        return _note_opinion(db, button, place, by, now)
    require_may_manage(by)
    story = StoryId(button.numbers[0])
    match button.act:
        case "mute":
            mute_story(db, place, story, by.id, now)
            return Said(sentence="This channel hears no more of this story.")
        case _:
            unmute_story(db, place, story)
            return Said(sentence="This channel hears of this story again.")


def _note_opinion(db: Db, button: Button, place: Place, by: Member, now: datetime) -> Said:
    watch = find_watch(db, place, WatchId(button.numbers[0]))
    article, helpful = ArticleId(button.numbers[1]), button.act == "helpful"
    said = Feedback(about=f"watch {watch.id}", article=article, by=by.id, helpful=helpful, given=now)
    give_feedback(db, place.space, said)
    return Said(sentence=f"Thank you. Watch {watch.id} brings {'more' if helpful else 'less'} of the like.")
