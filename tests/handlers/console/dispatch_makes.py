"""Digests, alerts and corrections made by hand, as the desk would tell them."""

from datetime import timedelta

from bot.news.briefing import Point
from bot.news.digest import Alert, AlertBatch, CorrectionNote, Digest, DigestItem, Ranking, Reason
from bot.news.story import StoryId
from tests.handlers.console.makes import AFTERNOON, HASTE, LONG_LINK, TARIFFS, make_citation, make_day_citation

FERRY = "The ferry to Inish Mor will not sail before Friday, the harbour master said."
PUMPS = "Three of the four pumps at the Selby reservoir have failed since Monday."
RANKING = Ranking(score=1.5, parts={"publishers": 1.0, "novelty": 0.5})


def make_digest() -> Digest:
    """A late digest with a new story, one that moved, one in headlines, ended ones, and more than there is room for."""
    items = (
        DigestItem(
            story=StoryId(4),
            development=0,
            kind="new",
            headline="Japan opens talks in Washington",
            change=None,
            points=(Point(text=TARIFFS, citations=(1,)), Point(text=HASTE, citations=(2,))),
            publishers=("Harbour Wire", "Pacific Ledger", "日経"),
            url="https://harbour-wire.example/japan-talks",
            ranking=RANKING,
        ),
        DigestItem(
            story=StoryId(2),
            development=3,
            kind="update",
            headline="Selby reservoir runs dry as the pumps give out one by one and the council looks for tankers",
            change=Point(text=PUMPS, citations=(3,)),
            points=(),
            publishers=("The Docket",),
            url=LONG_LINK,
            ranking=RANKING,
        ),
        DigestItem(
            story=StoryId(9),
            development=0,
            kind="new",
            headline="Ferry late again",
            change=None,
            points=(),
            publishers=("Harbour Wire",),
            url=None,
            ranking=RANKING,
        ),
    )
    return Digest(
        topic="trade and water",
        start=AFTERNOON - timedelta(days=2),
        end=AFTERNOON,
        late_since=AFTERNOON - timedelta(hours=26),
        items=items,
        ended=("Steel makers ask for a hearing", "A storm that was named Ophelia"),
        more=4,
        citations=(
            make_citation(1),
            make_day_citation(2),
            make_citation(3, source="The Docket", title="Selby runs dry", quote=PUMPS, url=LONG_LINK),
        ),
    )


def make_alert(number: int = 1) -> Alert:
    """An alert on a rule, whose sentence is the one that is told."""
    return Alert(
        watch=3,
        story=StoryId(4),
        development=0,
        headline="No ferry to Inish Mor until Friday",
        point=Point(text=FERRY, citations=(number,)),
        change=None,
        publishers=("Harbour Wire", "The Docket"),
        url="https://harbour-wire.example/no-ferry",
        reason=Reason(topic='ferry AND "harbour master"', words=("ferry", "harbour master"), meaning=None, needed=None,
                      sentence=FERRY),
        citations=(make_citation(number, title="No ferry until Friday", quote=FERRY,
                                 url="https://harbour-wire.example/no-ferry"),),
    )  # fmt: skip


def make_batch() -> AlertBatch:
    """Two alerts held over night, the second met by meaning in another sentence, and two in headlines."""
    reason = Reason(
        topic="water supply: droughts, reservoirs, pumps", words=(), meaning=0.614, needed=0.5,
        sentence="The council asks everybody to boil what comes from the tap.",
    )  # fmt: skip
    moved = Alert(
        watch=3,
        story=StoryId(2),
        development=3,
        headline="Selby reservoir runs dry",
        point=None,
        change=Point(text=PUMPS, citations=(2,)),
        publishers=("The Docket",),
        url=None,
        reason=reason,
        citations=(make_citation(2, source="The Docket", title="Selby runs dry", quote=PUMPS, url=LONG_LINK),),
    )
    return AlertBatch(
        watch=3,
        topic="water supply: droughts, reservoirs, pumps",
        why_held="what came in the quiet hours, 22:00 to 07:00",
        alerts=(make_alert(1), moved),
        more=(("Tankers on their way", "https://docket.example/tankers"), ("Boil notice lifted in two streets", None)),
    )


def make_correction() -> CorrectionNote:
    """A correction of a figure that the article changed."""
    return CorrectionNote(
        shown_in="digest:1:2025-04-16:08:30",
        quote="Two of the four pumps at the Selby reservoir have failed since Monday.",
        instead=Point(text=PUMPS, citations=(1,)),
        because="changed",
        headline="Selby reservoir runs dry",
        citations=(make_citation(1, source="The Docket", title="Selby runs dry", quote=PUMPS, url=LONG_LINK),),
    )
