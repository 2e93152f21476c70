"""Deliveries: what is owed to a place, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from bot.news.place import Place

DeliveryId = NewType("DeliveryId", int)

Cause = Literal["digest", "alert", "answer", "correction", "notice"]
State = Literal["pending", "waiting", "sending", "unknown", "sent", "held", "dead", "dropped"]
Outcome = Literal["sent", "not posted", "unknown", "refused", "closed", "given back", "absent", "not seen"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """What is to be owed: the parts of one briefing, frozen as the platform will get them, in order.

    `key` names the cause ("digest:3:2026-11-26:08:30", "alert:4:17:0", "correction:…"); in a Space nothing is owed
    twice under one key. It is posted at `due`, never earlier.
    """

    place: Place
    cause: Cause
    key: str
    payloads: tuple[str, ...]
    due: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """A part of a briefing that is owed to a place; parts are numbered from 1.

    `marker` is what finds it again on the platform. `pending` waits for its time, `waiting` for its closed place or for
    an earlier part that is held, `sending` may be on its way, `unknown` may have arrived and must be looked up, `held`
    waits for a person, `dead` was given up, `dropped` was overtaken by a later one. `receipt` is the platform's name
    for the message, once it was sent. `attempt` counts how often it was claimed.
    """

    id: DeliveryId
    place: Place
    cause: Cause
    key: str
    part: int
    parts: int
    marker: str
    payload: str
    state: State
    owed: datetime
    due: datetime
    not_before: datetime
    attempt: int
    first_attempt: datetime | None
    lease_token: str | None
    lease_until: datetime | None
    unknown_since: datetime | None
    receipt: str | None
    settled: datetime | None
    fault: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """One try to post a delivery or to look it up, or what a person said of it; `fault` is why it went wrong."""

    what: Literal["post", "look up", "said"]
    began: datetime
    ended: datetime
    outcome: Outcome
    fault: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveryCounts:
    """How many deliveries are due, on their way, unknown, waiting for a place or a part, held for a person, given up.

    `due_since` is since when that one is due that has been due for longest.
    """

    due: int
    sending: int
    unknown: int
    waiting: int
    held: int
    dead: int
    due_since: datetime | None
