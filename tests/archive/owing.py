"""Places, and what is owed to them, each with only what a test is about."""

from datetime import datetime, timedelta

from bot.archive.archive import Archive
from bot.archive.claims import Claim, claim_due
from bot.archive.deliveries import find_deliveries, owe_delivery
from bot.archive.settling import Named, Settlement, settle
from bot.news.article import Space
from bot.news.delivery import Attempt, Cause, Delivery, Outcome, Owed, State
from bot.news.place import Place
from tests.makes import NOW

TEAM = Space("team")
SECOND = timedelta(seconds=1)


def make_place(channel: str = "news", space: Space = TEAM, platform: str = "chat") -> Place:
    """A channel of a platform that is called chat."""
    return Place(platform=platform, space=space, channel=channel)


def make_owed(
    key: str = "alert:1:1:0",
    place: Place | None = None,
    *,
    due: datetime = NOW,
    payloads: tuple[str, ...] = ("The ferry was late again.",),
    cause: Cause = "alert",
) -> Owed:
    """Something short that is due now."""
    return Owed(place=place or make_place(), cause=cause, key=key, payloads=payloads, due=due)


def owe(archive: Archive, *owed: Owed, now: datetime = NOW) -> None:
    """Owe all of it, each in a transaction of its own."""
    for one in owed:
        assert archive.write_now(owe_delivery, one, now)


def claim(
    archive: Archive, now: datetime = NOW, *, limit: int = 20, platform: str = "chat", token: str = "mine"
) -> list[Delivery]:
    """Claim what is due."""
    return archive.write_now(claim_due, Claim(platform=platform, token=token, limit=limit), now)


def make_settlement(
    delivery: Delivery,
    state: State = "sent",
    outcome: Outcome | None = None,
    at: datetime = NOW + SECOND,
    **given: object,
) -> Settlement:
    """What a claimed delivery became; a state that is an outcome as well is its own."""
    outcomes: dict[State, Outcome] = {
        "sent": "sent", "unknown": "unknown", "pending": "not posted", "waiting": "closed", "dead": "refused",
        "held": "not seen",
    }  # fmt: skip
    attempt = Attempt(
        what="post" if delivery.state == "sending" else "look up",
        began=NOW,
        ended=at,
        outcome=outcome or outcomes[state],
        fault=None if state == "sent" else "the line broke.",
    )
    return Settlement(delivery=delivery, attempt=attempt, state=state, **({"not_before": at} | given))  # type: ignore[arg-type]


def settle_as(archive: Archive, delivery: Delivery, state: State = "sent", **given: object) -> set[Named]:
    """Settle the claimed delivery, and give what was settled."""
    return archive.write_now(settle, [make_settlement(delivery, state, **given)])  # type: ignore[arg-type]


def states(archive: Archive, key: str = "alert:1:1:0", space: Space = TEAM) -> list[State]:
    """The states of all parts of what is owed under the key."""
    return [one.state for one in archive.read_now(find_deliveries, space, key)]
