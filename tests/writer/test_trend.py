"""Trends are drawn: always in one size, whatever the topic is."""

import struct
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from bot.news.trend import Trend
from bot.writer.trend import HEIGHT, WIDTH, draw_trend

DAYS = tuple((date(2025, 4, 3) + timedelta(days=number), number * number) for number in range(14))


@pytest.mark.parametrize("topic", [None, "tariffs", "$x^{2$ AND \\frac", "日本の関税", "tariffs " * 50])
def test_a_trend_is_a_picture_of_one_size_whatever_its_topic(topic: str | None) -> None:
    picture = draw_trend(Trend(topic=topic, days=DAYS))
    assert picture.startswith(b"\x89PNG\r\n\x1a\n") and struct.unpack(">II", picture[16:24]) == (WIDTH, HEIGHT)
    assert len(picture) < 100_000


def test_trends_are_drawn_by_several_threads_as_by_one() -> None:
    trends = [Trend(topic=f"topic {number}", days=DAYS) for number in range(4)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(draw_trend, trends)) == [draw_trend(trend) for trend in trends]
