"""The buttons under what a reader is shown."""

from bot.news.article import ArticleId
from bot.news.button import Button
from bot.news.digest import Alert
from bot.news.reply import AnswerId
from bot.news.story import StoryId
from handlers.layout.elements import Key, Keys, Opinion


def answer_keys(number: AnswerId, *, has_sources: bool) -> tuple[Keys, Opinion]:
    """What can be done with an answer."""
    sources = Key(label="Sources", button=Button(act="sources", numbers=(number,)))
    watch = Key(label="Watch this", button=Button(act="watch", numbers=(number,)))
    opinion = _opinion(Button(act="good", numbers=(number,)), Button(act="bad", numbers=(number,)))
    return Keys(keys=(sources, watch) if has_sources else (watch,)), opinion


def story_keys(story: StoryId) -> Keys:
    """What can be done with a story of a digest."""
    more = Key(label="More on this", button=Button(act="more", numbers=(story,)))
    return Keys(keys=(more, mute_key(story)))


def alert_keys(alert: Alert) -> tuple[Keys | Opinion, ...]:
    """What can be done with an alert; without a citation there is no article to ask about."""
    mute = mute_key(alert.story)
    if not alert.citations:
        return (Keys(keys=(mute,)),)
    article = alert.citations[0].article_id
    why = Key(label="Why this", button=Button(act="why", numbers=(article,)))
    return Keys(keys=(mute, why)), _opinion(*_opinions(alert.watch, article))


def mute_key(story: StoryId) -> Key:
    """The button after which a channel hears no more of the story."""
    return Key(label="Mute this story", button=Button(act="mute", numbers=(story,)))


def _opinions(watch: int, article: ArticleId) -> tuple[Button, Button]:
    return Button(act="helpful", numbers=(watch, article)), Button(act="unhelpful", numbers=(watch, article))


def _opinion(good: Button, bad: Button) -> Opinion:
    return Opinion(good=Key(label="Helpful", button=good), bad=Key(label="Not helpful", button=bad))
