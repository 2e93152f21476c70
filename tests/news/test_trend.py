from datetime import date

from bot.news.trend import Trend


def test_a_trend_says_in_words_what_its_picture_shows() -> None:
    days = tuple((date(2025, 4, day), stories) for day, stories in zip(range(28, 31), (4, 9, 2), strict=True))
    assert Trend(topic="tariffs", days=days).in_words() == (
        "Stories a day on tariffs from 28 Apr to 30 Apr: 15 in all, most on 29 Apr (9), 2 on the last day."
    )
