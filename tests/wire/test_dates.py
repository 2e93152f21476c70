"""Dates as sources write them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.wire.dates import read_date_line, read_published
from tests.wire.take import NOW

HALF_TEN = datetime(2025, 4, 16, 10, 30, tzinfo=UTC)
DAY = datetime(2025, 4, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("claim", "published", "day_only"),
    [
        ("2025-04-16T10:30:00Z", HALF_TEN, False),
        ("2025-04-16T12:30:00.123+02:00", HALF_TEN, False),
        ("2025-04-16 10:30", HALF_TEN, False),
        ("20250416T103000Z", HALF_TEN, False),
        ("Wed, 16 Apr 2025 10:30:00 GMT", HALF_TEN, False),
        ("Wed, 16 Apr 2025 12:30:00 +0200", HALF_TEN, False),
        ("16 Apr 2025, 06:30 ET", HALF_TEN, False),
        ("January 16, 2025 10:30 AM ET", datetime(2025, 1, 16, 15, 30, tzinfo=UTC), False),
        ("April 16, 2025 at 10.30am", HALF_TEN, False),
        ("Apr 16 2025 12:30 UTC+2", HALF_TEN, False),
        ("April 16, 2025 10:30 CST", HALF_TEN, False),
        (1744799400, HALF_TEN, False),
        (1744799400.5, HALF_TEN, False),
        (1744799400000, HALF_TEN, False),
        ("1744799400", HALF_TEN, False),
        ("2025-04-16", DAY, True),
        ("2025-04-16 00:00:00", DAY, True),
        ("April 16, 2025", DAY, True),
        ("16th April 2025", DAY, True),
        ("Published: Apr. 16, 2025", DAY, True),
        ("16/04/2025", DAY, True),
        ("04/16/2025", DAY, True),
        ("16.04.2025", DAY, True),
        ("4.5.2025", None, False),
        ("2025年4月16日", DAY, True),
        ("1987-02-26T15:01:01", datetime(1987, 2, 26, 15, 1, 1, tzinfo=UTC), False),
    ],
)
def test_a_date_is_read_as_a_moment_in_utc(claim: str | float, published: datetime | None, day_only: bool) -> None:
    # 4 May lies after the tests' now.
    assert read_published(claim, NOW) == (published, day_only)


@pytest.mark.parametrize(
    "claim",
    [
        None, "", "yesterday", "32 Foo 2025", "2025", "May 2025", "Wednesday", "10:30", "16 April", "31 February 2025",
        "1970-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "1899-12-30", "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-12:00",
        "04/05/2025", "2025-13-45", "Wed, 16 Apr 2025 99:99:99 +0000", 0, -5, 5, 1e300, float("nan"), float("inf"),
        10**30,
        "9" * 500, "1" * 79, "a" * 60, "+" * 20, "2025-04-16T10:30:00" + "+" * 30,
    ],
)  # fmt: skip
def test_a_date_that_cannot_be_or_could_be_two_is_none(claim: str | float | None) -> None:
    assert read_published(claim, NOW) == (None, False)


def test_a_date_may_lie_a_day_ahead_and_no_more() -> None:
    near, far = NOW + timedelta(hours=23), NOW + timedelta(hours=25)
    assert read_published(near.isoformat(), NOW) == (near, False)
    assert read_published(far.isoformat(), NOW) == (None, False)


@pytest.mark.parametrize(
    "line", ["April 16, 2025", "Published on 16 April 2025", "Updated: April 16, 2025", "Wed, 16 April 2025"]
)
def test_a_line_that_is_a_date_is_read(line: str) -> None:
    assert read_date_line(line, NOW) == (DAY, True)


@pytest.mark.parametrize(
    "line",
    ["In April 2025 Japan agreed", "April 16, 2025 was a Wednesday.", "On 16 April 2025 the mill shut", "2025", ""],
)
def test_a_line_that_only_mentions_a_date_is_not(line: str) -> None:
    assert read_date_line(line, NOW) == (None, False)
