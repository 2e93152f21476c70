"""Presses: what a button under a message does, whoever presses it and however often."""

from datetime import datetime

from bot.archive.archive import Db
from bot.archive.mutes import mute_story, unmute_story
from bot.desk.requests import require_manager
from bot.news.button import Button
from bot.news.member import Member
from bot.news.place import Place
from bot.news.reply import Said
from bot.news.story import StoryId


def press(db: Db, button: Button, place: Place, by: Member, now: datetime) -> Said:
    """What whoever pressed it is told; pressed twice, it is done once and answered alike.

    RequestError (A01) where they may not.
    """
    require_manager(by)
    story = StoryId(button.numbers[0])
    match button.act:
        case "mute":
            mute_story(db, place, story, by.id, now)
            return Said(sentence="This channel hears no more of this story.")
        case "unmute":
            unmute_story(db, place, story)
            return Said(sentence="This channel hears of this story again.")
