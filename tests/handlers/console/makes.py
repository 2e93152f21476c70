"""Answers, briefs and intakes made by hand, as the desk would hand them to the terminal."""

import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.news.article import ArticleId
from bot.news.briefing import (
    Answer,
    Brief,
    BriefItem,
    Citation,
    Conflict,
    ConflictValue,
    Figure,
    FoundPassage,
    Intake,
    Point,
    Refusal,
    Repeat,
    Searched,
)
from handlers.console.sheet import Sheet, open_sheet

NEW_YORK = ZoneInfo("America/New_York")
AFTERNOON = datetime(2025, 4, 16, 14, 30, tzinfo=UTC)
EARLIER = datetime(2025, 4, 3, 1, 5, tzinfo=UTC)
DAY = datetime(2025, 4, 15, tzinfo=UTC)
SEARCHED = Searched(
    articles=18, sources=5, start=datetime(2025, 4, 2, tzinfo=UTC), end=datetime(2025, 4, 17, 9, tzinfo=UTC)
)
NOTHING = Searched(articles=0, sources=0, start=None, end=None)

TARIFFS = (
    "Japan’s exports face a 24% duty that is paused for 90 days, "
    "while a 10% baseline and a 25% duty on cars are already collected."
)
HASTE = "He said Tokyo would not rush into a deal."
LONG_LINK = (
    "https://pacific-ledger.example/world/asia/japan/economy/trade/2025/04/15/"
    "an-address-far-longer-than-any-line-that-must-never-be-broken-in-the-middle.html?from=feed"
)


def make_sheet(width: int = 80) -> tuple[Sheet, io.StringIO]:
    """A sheet of that width in New York, and the file that holds what is written on it."""
    file = io.StringIO()
    return open_sheet(file, NEW_YORK, width=width), file


def make_citation(
    number: int = 1,
    *,
    source: str = "Harbour Wire",
    title: str = "Washington joins the Japan talks",
    quote: str = TARIFFS,
    url: str | None = "https://harbour-wire.example/japan-talks",
    published: datetime | None = AFTERNOON,
) -> Citation:
    """A citation of an article with a time of day and a short link; the same source means the same article."""
    return Citation(
        number=number,
        article=source.lower().replace(" ", "-") + ".txt",
        article_id=ArticleId(sum(map(ord, source))),
        version=1,
        source=source,
        title=title,
        url=url,
        published=published,
        published_day_only=False,
        quote=quote,
    )


def make_day_citation(number: int) -> Citation:
    """A citation of an article with a day only, a wide headline and an address longer than any line."""
    return Citation(
        number=number,
        article="ledger-7",
        article_id=ArticleId(7),
        version=2,
        source="Pacific Ledger",
        title="日本の関税交渉、首相は急がずと表明: what Tokyo wants from the talks that begin on Wednesday",
        url=LONG_LINK,
        published=DAY,
        published_day_only=True,
        quote=HASTE,
    )


def make_answer(*, status: str = "answered") -> Answer:
    """An answer with everything in it; or with the status nothing_found, one with the nearest coverage only."""
    if status == "nothing_found":
        near = make_citation(quote="Japan is the first country to negotiate in person.")
        return Answer(
            question="who won?", status="nothing_found", as_of=None, points=(), searched=SEARCHED, nearest=(near,)
        )
    threat = "Tokyo may answer with duties of its own, the minister said."
    older = make_citation(
        4, source="The Docket", title="Tokyo weighs a reply", quote=threat, url=None, published=EARLIER
    )
    return Answer(
        question="what tariffs apply to Japan?",
        status="answered",
        as_of=AFTERNOON,
        points=(
            Point(text=TARIFFS, citations=(1, 2)),
            Point(text="He [Shigeru Ishiba] said Tokyo would not rush into a deal.", citations=(2,), as_of=DAY),
            Point(text=threat, citations=(4,), superseded=True),
        ),
        figures=(
            Figure(
                value="24%",
                of="Japanese exports to the United States",
                status="paused",
                citations=(1,),
                as_of=AFTERNOON,
            ),
            Figure(value="10%", of="baseline for nearly every trading partner", status="in force", citations=(1, 2)),
            Figure(value="25%", of="cars and car parts (自動車)", status=None, citations=(1, 2)),
            Figure(value="20%", of="the value first announced", status="superseded", citations=(4,)),
        ),
        conflicts=(
            Conflict(
                of="the duty on Japanese goods",
                values=(ConflictValue(value="24%", citations=(1,)), ConflictValue(value="25%", citations=(2, 3))),
            ),
        ),
        citations=(make_citation(1), make_day_citation(2), make_citation(3, quote="On cars the duty is 25%."), older),
        searched=SEARCHED,
    )


def make_brief() -> Brief:
    """A brief with three lines and two stories."""
    return Brief(
        topic="tariffs",
        as_of=AFTERNOON,
        points=(
            Point(text=TARIFFS, citations=(1,)),
            Point(text=HASTE, citations=(2,)),
            Point(text="Markets fell.", citations=(1,)),
        ),
        stories=(
            BriefItem(
                headline="Japan opens talks in Washington",
                points=(Point(text="The delegation arrived on Wednesday.", citations=(1,)),),
                publishers=("Harbour Wire", "Pacific Ledger"),
            ),
            BriefItem(
                headline="Carmakers cut output",
                points=(Point(text="One plant will close.", citations=(2,)),),
                publishers=("Pacific Ledger",),
            ),
        ),
        citations=(make_citation(1), make_day_citation(2)),
        searched=SEARCHED,
    )


def make_passages() -> list[FoundPassage]:
    """Two found passages, the second long and undated."""
    first = FoundPassage(
        article="harbour-wire.txt",
        source="Harbour Wire",
        title="Washington joins the Japan talks",
        url="https://harbour-wire.example/japan-talks",
        published=AFTERNOON,
        published_day_only=False,
        text=TARIFFS,
        score=12.5,
    )
    second = FoundPassage(
        article="ledger-7",
        source="Pacific Ledger",
        title="What Tokyo wants",
        url=None,
        published=None,
        published_day_only=False,
        text=f"{TARIFFS}\n{HASTE}\n" * 3,
        score=3.25,
    )
    return [first, second]


def make_intake() -> Intake:
    """An intake with everything in it, and more repeats than are shown."""
    return Intake(
        added=[f"harbour-{n:02}.txt" for n in range(1200)],
        changed=["japan-talks.md"],
        unchanged=["ishiba.md", "steel.md"],
        repeated=[Repeat(article=f"copy-{n}.txt", of="harbour-01.txt", likeness=0.978) for n in range(7)],
        refused=[
            Refusal(where="samples/photo.txt", reason="this is a picture, not text."),
            Refusal(where="feed.jsonl line 7", reason="it is not valid JSON; put one object on each line."),
        ],
        sources=["Harbour Wire (https://harbour-wire.example/feed.xml)"],
    )
