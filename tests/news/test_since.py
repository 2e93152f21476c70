"""From when on news is wanted, as people write it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.errors import RequestError
from bot.news.since import read_moment, read_since, split_topic

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-04-16", datetime(2025, 4, 16, 21, 59, tzinfo=UTC)),
        ("2025-04-16T09:30", datetime(2025, 4, 16, 7, 30, tzinfo=UTC)),
        ("2025-04-16 09:30:15", datetime(2025, 4, 16, 7, 30, 15, tzinfo=UTC)),
        ("2025-04-16T09:30Z", datetime(2025, 4, 16, 9, 30, tzinfo=UTC)),
        ("2025-04-16T09:30-04:00", datetime(2025, 4, 16, 13, 30, tzinfo=UTC)),
    ],
)
def test_moments_are_read_in_the_askers_zone(text: str, moment: datetime) -> None:
    assert read_moment(text, PARIS) == moment


@pytest.mark.parametrize("text", ["", "noon", "2025-02-30", "0001-01-01T00:00+23:00", "2025-04-16T25:00", "\x1b[2J"])
def test_what_is_no_moment_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(RequestError, match="as a moment; write 2025-04-16"):
        read_moment(text, PARIS)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2025-04-03", datetime(2025, 4, 2, 22, tzinfo=UTC)),
        ("2025-04-03T09:00", datetime(2025, 4, 3, 7, tzinfo=UTC)),
        ("yesterday", datetime(2025, 4, 14, 22, tzinfo=UTC)),
        ("monday", datetime(2025, 4, 13, 22, tzinfo=UTC)),
        ("3 April", datetime(2025, 4, 2, 22, tzinfo=UTC)),
        ("3 days ago", datetime(2025, 4, 12, 22, tzinfo=UTC)),
    ],
)
def test_the_start_of_a_brief_is_read_in_words(text: str, start: datetime) -> None:
    assert read_since(text, datetime(2025, 4, 16, 12, tzinfo=UTC), PARIS) == start


@pytest.mark.parametrize(
    ("text", "topic", "start"),
    [
        ("tariffs since 3 April", "tariffs", datetime(2025, 4, 2, 22, tzinfo=UTC)),
        ("since yesterday", None, datetime(2025, 4, 14, 22, tzinfo=UTC)),
        ("tariffs", "tariffs", None),
        ("", None, None),
        ("life since the flood", "life since the flood", None),
        (
            "the worst since 1929 in steel since monday",
            "the worst since 1929 in steel",
            datetime(2025, 4, 13, 22, tzinfo=UTC),
        ),
    ],
)
def test_a_topic_may_say_since_when(text: str, topic: str | None, start: datetime | None) -> None:
    assert split_topic(text, datetime(2025, 4, 16, 12, tzinfo=UTC), PARIS) == (topic, start)


@pytest.mark.parametrize("text", ["", "whenever", "31 February", "\x1b[2J"])
def test_what_is_no_time_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(RequestError, match="as a time; write"):
        read_since(text, datetime(2025, 4, 16, 12, tzinfo=UTC), PARIS)
