"""Learning: what readers call helpful and not changes what their watch brings them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from math import tanh

from bot.archive.archive import Archive, Db
from bot.archive.articles import find_articles
from bot.archive.feedback import Feedback, feedback_about, feedback_counts, forget_feedback, give_feedback
from bot.archive.watches import find_watches
from bot.errors import RequestError
from bot.news.article import ArticleId, Space
from bot.news.story import KeptStory, StoryId
from bot.news.subject import Subject
from bot.news.subscription import Subscription
from bot.news.taste import Opinion, Taste, learn_taste
from bot.news.topic import Topic, read_topic
from bot.news.watch import Watch, WatchId
from config import defaults

_ABOUT = "watch "


class Tastes:
    """What the readers of each watch of a Space want, learnt anew from the archive whenever they have said more."""

    def __init__(self, space: Space) -> None:
        self._space = space
        self._known: dict[WatchId, tuple[int, datetime]] = {}

    def changed(self, db: Db) -> dict[WatchId, Topic]:
        """The watches of which readers have said more, or took back all, since this was last asked: as they want it."""
        said = dict(_of_watches(feedback_counts(db, self._space).items()))
        stirred = {id for id in said.keys() | self._known.keys() if said.get(id) != self._known.get(id)}
        self._known = said
        topics = {}
        for id, watch in find_watches(db, self._space, stirred).items():
            try:
                topics[id] = wanted_of(db, watch)
            except RequestError:  # it could be watched when it was typed, and whoever keeps the watches says so
                continue
        return topics


def wanted_of(db: Db, watch: Watch) -> Topic:
    """The topic of the watch as its readers want it."""
    topic = read_topic(watch.topic)
    return replace(topic, taste=taste_about(db, watch.space, f"{_ABOUT}{watch.id}", topic))


def taste_about(db: Db, space: Space, about: str, topic: Topic | None) -> Taste | None:
    """What readers have shown to want of what a watch or a digest brings; None while they have said nothing."""
    said = feedback_about(db, space, about, defaults.TASTE_OPINIONS)
    articles = find_articles(db, space, {one.article for one in said})
    opinions = []
    for one in said:
        if article := articles.get(one.article):
            subject = Subject(article)
            margin = topic.margin(subject) if topic else defaults.RULE_MARGIN
            opinions.append(Opinion(subject=subject, margin=margin, helpful=one.helpful))
    return learn_taste(opinions) if opinions else None


def lean_by_feedback(db: Db, subscription: Subscription, stories: Sequence[KeptStory]) -> dict[StoryId, float]:
    """What the readers of a digest made of the like of each story, -1 to 1, by its headline and how it opens."""
    taste = taste_about(db, subscription.space, f"digest {subscription.id}", None)
    if taste is None:
        return {}
    newest = {story.id: story.articles[0] for story in stories if story.articles}
    openings = {id: replace(one, text=one.text[: defaults.TASTE_CHARACTERS]) for id, one in newest.items()}
    return {id: tanh(taste.shift(Subject(one)) / 2) for id, one in openings.items()}


async def call_helpful(
    archive: Archive, watch: Watch, article: ArticleId, *, by: str, helpful: bool, now: datetime
) -> bool:
    """Note that somebody called what the watch brought helpful, or not; False where they have said so before."""
    said = Feedback(about=f"{_ABOUT}{watch.id}", article=article, by=by, helpful=helpful, given=now)
    return await archive.write(give_feedback, watch.space, said)


async def forget_taste(archive: Archive, watch: Watch) -> int:
    """Let the watch bring again what its topic says; how many opinions were forgotten."""
    return await archive.write(forget_feedback, watch.space, f"{_ABOUT}{watch.id}")


def _of_watches(
    counts: Iterable[tuple[str, tuple[int, datetime]]],
) -> Iterable[tuple[WatchId, tuple[int, datetime]]]:
    return [(WatchId(int(about.removeprefix(_ABOUT))), said) for about, said in counts if about.startswith(_ABOUT)]
