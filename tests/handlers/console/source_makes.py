"""Sources made by hand, as the desk would hand them to the terminal, and what became of orders about them."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

from bot.desk.follow import Choice, Followed
from bot.desk.gather import Gathered
from bot.desk.sources import Imported
from bot.news.article import LOCAL
from bot.news.briefing import Refusal
from bot.news.source import FeedId, FollowedFeed, Notice, Source
from bot.wire.parsed import FeedLink
from handlers.console.sheet import Sheet
from handlers.console.source_sheet import show_checked, show_choice, show_followed, show_imported, show_source_list
from tests.handlers.console.makes import AFTERNOON, EARLIER, LONG_LINK

HOSTS = "https://{}.example/feed.xml"
_numbers = count(1)


def make_feed(address: str = HOSTS.format("harbour-wire"), **given: object) -> FollowedFeed:
    """A feed that was read ten minutes ago and is read again in five."""
    known: dict[str, object] = {
        "id": FeedId(next(_numbers)),
        "address": address,
        "kind": "feed",
        "user": None,
        "site": None,
        "next_read": AFTERNOON + timedelta(minutes=5),
        "last_read": AFTERNOON - timedelta(minutes=10),
        "last_new": AFTERNOON - timedelta(hours=3),
        "gap_seconds": None,
        "failures": 0,
        "failing_since": None,
        "code": None,
        "fault": None,
        "stopped": None,
        "moved_to": None,
        "moved_since": None,
        "moved_times": 0,
    }
    return FollowedFeed(**(known | given))  # type: ignore[arg-type]


def make_source(name: str = "Harbour Wire", feed: FollowedFeed | None = None, *, skipped: int = 0) -> Source:
    """A source of the local Space that had something new three hours ago."""
    return Source(
        space=LOCAL,
        name=name,
        full_text="auto",
        added=EARLIER,
        added_by=None,
        first_read=EARLIER,
        last_new=AFTERNOON - timedelta(hours=3) if feed is None or feed.last_read else None,
        skipped=skipped,
        feed=feed or make_feed(),
    )


def make_gathered(outcome: str = "filed", added: int = 12) -> Gathered:
    """A reading that found twelve new articles."""
    return Gathered(feed=FeedId(1), outcome=outcome, added=added)  # type: ignore[arg-type]


FAILING = make_source(
    "Pacific Ledger, the newspaper of record for the islands",
    make_feed(
        LONG_LINK,
        failures=3,
        code="F05",
        fault="pacific-ledger.example has a fault (503); I will keep trying.",
        last_read=EARLIER,
        next_read=AFTERNOON + timedelta(hours=2, minutes=40),
    ),
)
STOPPED = make_source(
    "The Docket",
    make_feed(
        HOSTS.format("docket"),
        failures=20,
        code="F03",
        fault="No feed there: docket.example says that it is gone for good (410).",
        stopped=EARLIER,
        last_read=None,
    ),
)
ODD = make_source(
    "港の新聞",
    make_feed(HOSTS.format("minato"), code="F17", fault="the feed repeats one id", next_read=AFTERNOON),
    skipped=1_200,
)
PAGE = make_source("Port timetable", make_feed("https://port.example/times", kind="page"), skipped=1)
NOTICE = Notice(
    space=LOCAL,
    key="stopped:1",
    to=None,
    sentence="I no longer read “The Docket”: it has failed since 1 April 2025. No feed there: docket.example says "
    "that it is gone for good (410). It could never be read. Look at its site, and remove the source or check it "
    "again when it is back.",
    made=EARLIER,
)


def show_list(sheet: Sheet) -> None:
    show_source_list(sheet, [make_source(), FAILING, STOPPED, ODD, PAGE], [NOTICE], AFTERNOON, is_read=False)


def show_added(sheet: Sheet) -> None:
    said = (
        "I read that as https://harbour-wire.example/.",
        "I found its feed at https://harbour-wire.example/feed.xml.",
    )
    followed = Followed(source=make_source(), gathered=make_gathered(), said=said)
    show_followed(sheet, followed, AFTERNOON, is_read=True)
    show_followed(sheet, replace(followed, said=(), gathered=make_gathered(added=0)), AFTERNOON, is_read=False)
    show_followed(sheet, Followed(source=ODD, gathered=make_gathered(added=1)), AFTERNOON, is_read=None)
    show_followed(sheet, Followed(source=FAILING, gathered=make_gathered("failed")), AFTERNOON, is_read=None)


def show_several(sheet: Sheet) -> None:
    feeds = (
        FeedLink(address=HOSTS.format("harbour-wire"), title="Harbour Wire, all the news"),
        FeedLink(address=LONG_LINK, title=None),
    )
    show_choice(sheet, Choice(page="https://harbour-wire.example/", feeds=feeds))


def show_readings(sheet: Sheet) -> None:
    show_checked(sheet, make_source(), make_gathered())
    show_checked(sheet, PAGE, make_gathered("unchanged"))
    show_checked(sheet, ODD, make_gathered("put off"))
    show_checked(sheet, FAILING, make_gathered("failed"))


def show_list_taken_in(sheet: Sheet) -> None:
    unread = [Refusal(where=LONG_LINK, reason="pacific-ledger.example was too slow (limit 20 s).", code="F13")]
    refused = [
        Refusal(where="", reason="line 7: Only http and https addresses work; this one starts with `ftp`.", code="U03"),
        Refusal(where="http://127.0.0.1/", reason="That address is not on the public internet.", code="U09"),
        Refusal(where=HOSTS.format("docket"), reason="“The Docket” is followed already.", code="S01"),
    ]
    imported = Imported(followed=[make_source()] * 41, unread=unread, refused=refused)
    show_imported(sheet, imported, is_read=False)
