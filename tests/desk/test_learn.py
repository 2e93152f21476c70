"""Learning: what readers say of alerts changes the next ones, of that watch alone, until it is forgotten."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.archive.archive import Archive
from bot.archive.feedback import Feedback, feedback_about, give_feedback
from bot.archive.watches import remove_watch
from bot.desk.learn import call_helpful, forget_taste, lean_by_feedback, wanted_of
from bot.news.article import LOCAL, ArticleId, Draft
from bot.news.digest import Alert
from bot.news.schedule_words import read_schedule
from bot.news.story import KeptStory, StoryId
from bot.news.subscription import Subscription, SubscriptionId
from bot.news.watch import Watch
from tests.desk.lookout import Lookout
from tests.desk.paper import piece
from tests.makes import NOW, make_article
from tests.watching import ON_SQLITE, UTC_ZONE, make_place

MONTH = timedelta(days=30)
"""After so long, what is told is another story."""
MUSIC = {
    "Ashford choir moves the mayor": "The choir of Ashford filled an old ferry.",
    "Jazz week ends in Calder": "A quartet closed the week on the deck of a ferry.",
    "Denby pianist wins prize": "Lea Roth wrote her sonata on a ferry to Oslo in winter.",
    "Elmham opens its opera house": "Bankers paid for it. The first night is set on a ferry.",
    "Fenwick drummers break record": "Two hundred of them drummed for a day on a ferry.",
    "Garth allows buskers again": "The council lets them perform in the park and on the ferry.",
    "Holt guitarist leaves after nine albums": "The last one has a picture of a ferry.",
    "Violin found in Ilford": "It lay in a locker of the ferry, where a thief had left it.",
}
SAILINGS = {
    "More sailings to Holm island": "The ferry to Holm will leave every hour from May.",
    "Storm keeps Torv harbour shut": "Waves broke over the pier, and no ferry left.",
    "Fares to Skarn rise by a tenth": "The ferry to Skarn costs 12 euros, for fuel is dear.",
    "Engine fault stops Brae crossing": "The ferry turned round after a loud bang.",
    "Kelso crossing gets new vessel": "A shipyard in Turku builds the ferry, which carries 90 cars.",
    "Crew of Louth line walks out": "Stewards want longer breaks. The ferry lay still.",
    "Fog delays Malton commuters": "The ferry sounded its horn for an hour.",
    "Night crossing to Ness returns": "After six years the ferry sails at midnight again.",
}


def music(n: int) -> Draft:
    """A ferry that only stands beside something else."""
    title, text = list(MUSIC.items())[n]
    return piece(f"music-{n}", f"{text} Singers and bands make music.", title=title, published=None)


def sailing(n: int) -> Draft:
    """A ferry that somebody wants to take."""
    title, text = list(SAILINGS.items())[n]
    return piece(f"sailing-{n}", f"{text} Passengers wait at the quay.", title=title, published=None)


@pytest.fixture
def lookout(archive: Archive, tmp_path: Path) -> Lookout:
    return Lookout.open(archive, tmp_path)


async def teach(lookout: Lookout, watch: Watch, clicks: int) -> None:
    """Readers of the watch get news of both kinds, and want that of sailings only."""
    for n in range(clicks):
        await lookout.news(music(n), sailing(n), after=MONTH)
        for name, helpful in ((f"music-{n}", False), (f"sailing-{n}", True)):
            article = lookout.article(name).id
            assert await call_helpful(
                lookout.desk.archive, watch, article, by="u1", helpful=helpful, now=lookout.at + timedelta(minutes=n)
            )


def told_of(lookout: Lookout, name: str) -> int:
    """How many watches were told of the article, since the lookout was opened."""
    alerts = [one for one in lookout.poster.rendered if isinstance(one, Alert)]
    return sum(alert.headline == lookout.article(name).title for alert in alerts)


async def test_what_readers_called_unhelpful_stops_coming_and_the_rest_goes_on(lookout: Lookout) -> None:
    watch = lookout.watch("ferry", an_hour=1000)
    await teach(lookout, watch, 6)
    await lookout.news(music(6), sailing(7), after=MONTH)
    assert (told_of(lookout, "music-0"), told_of(lookout, "sailing-5")) == (1, 1)
    assert (told_of(lookout, "music-6"), told_of(lookout, "sailing-7")) == (0, 1)
    taste = lookout.desk.archive.read_now(wanted_of, watch).taste
    assert taste is not None
    assert "music" in taste.words(3)[1]


@ON_SQLITE
async def test_another_watch_of_the_same_topic_has_learnt_nothing(lookout: Lookout) -> None:
    watch = lookout.watch("ferry", an_hour=1000)
    lookout.watch("ferry", place=make_place("elsewhere"), an_hour=1000)
    await teach(lookout, watch, 6)
    await lookout.news(music(6), after=MONTH)
    assert told_of(lookout, "music-6") == 1


async def test_what_was_learnt_is_there_after_a_start_and_gone_once_forgotten(
    lookout: Lookout, archive: Archive, tmp_path: Path
) -> None:
    watch = lookout.watch("ferry", an_hour=1000)
    await teach(lookout, watch, 6)
    again = Lookout.open(archive, tmp_path, at=lookout.at)
    await again.news(music(6), after=MONTH)
    assert told_of(again, "music-6") == 0
    assert await forget_taste(archive, watch) == 12
    await again.news(music(7), after=MONTH)
    assert told_of(again, "music-7") == 1


@ON_SQLITE
async def test_a_removed_watch_takes_what_was_said_with_it(lookout: Lookout, archive: Archive) -> None:
    watch = lookout.watch("ferry")
    await teach(lookout, watch, 1)
    archive.write_now(remove_watch, watch)
    assert archive.read_now(feedback_about, LOCAL, f"watch {watch.id}", 10) == []
    await lookout.news(sailing(7), after=MONTH)
    assert told_of(lookout, "sailing-7") == 0


@ON_SQLITE
async def test_saying_the_same_twice_counts_once(lookout: Lookout, archive: Archive) -> None:
    watch = lookout.watch("ferry")
    await lookout.news(sailing(1))
    article = lookout.article("sailing-1").id
    said = [await call_helpful(archive, watch, article, by="u1", helpful=True, now=NOW) for _ in range(2)]
    assert said == [True, False]
    assert archive.read_now(wanted_of, watch).taste.opinions == 1  # type: ignore[union-attr]


@ON_SQLITE
async def test_opinions_on_articles_that_are_gone_are_passed_over(lookout: Lookout, archive: Archive) -> None:
    watch = lookout.watch("ferry")
    await call_helpful(archive, watch, ArticleId(999), by="u1", helpful=False, now=NOW)
    assert archive.read_now(wanted_of, watch).taste is None


@ON_SQLITE
async def test_a_digest_leans_towards_what_its_readers_called_helpful(lookout: Lookout, archive: Archive) -> None:
    digest = make_subscription()
    await lookout.news(*(draft for n in range(5) for draft in (music(n), sailing(n))))
    stories = [kept(lookout, music(7)), kept(lookout, sailing(7))]
    assert archive.read_now(lean_by_feedback, digest, stories) == {}
    for n in range(5):
        for name, helpful in ((f"music-{n}", False), (f"sailing-{n}", True)):
            article = lookout.article(name).id
            said = Feedback(about=f"digest {digest.id}", article=article, by="u1", helpful=helpful, given=NOW)
            archive.write_now(give_feedback, LOCAL, said)
    leaning = archive.read_now(lean_by_feedback, digest, stories)
    assert -1 <= leaning[stories[0].id] < 0 < leaning[stories[1].id] <= 1


def kept(lookout: Lookout, draft: Draft) -> KeptStory:
    """A story of this one article."""
    article = make_article(draft.text, title=draft.title)
    id = StoryId(int(article.id))
    return KeptStory(id=id, headline=draft.title, first_seen=NOW, last_seen=NOW, follows=None, articles=(article,))


def make_subscription() -> Subscription:
    """A digest every morning."""
    return Subscription(
        id=SubscriptionId(2),
        place=make_place(),
        schedule=read_schedule("daily 7am", UTC_ZONE, NOW),
        topic=None,
        length="normal",
        sources=(),
        says_nothing_new=False,
        made=NOW,
        made_by=None,
        paused=None,
        next_due=None,
        covers_from=NOW,
    )
