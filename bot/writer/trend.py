"""Trends as pictures: a bar a day, readable on a light and on a dark ground alike."""

import io
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from bot.news.text import clip
from bot.news.trend import Trend

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, HEIGHT = 1000, 400
"""Pixels of every picture."""

_DOTS = 100  # an inch
_TOPIC = 52  # characters, for which there is room behind what is counted
_GROUND, _INK, _QUIET, _BAR = "#1f2430", "#f4f5f7", "#a9b1bf", "#5b8def"

_drawing = Lock()
"""Its text engine is shared by all threads, and promises nothing to two at a time."""


def draw_trend(trend: Trend) -> bytes:
    """The trend as a PNG. What it shows is said by trend.in_words()."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with _drawing:
        figure = Figure(figsize=(WIDTH / _DOTS, HEIGHT / _DOTS), dpi=_DOTS, facecolor=_GROUND)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.03, 0.16, 0.94, 0.57), facecolor=_GROUND)
        _draw_bars(axes, trend)
        _write_title(figure, trend)
        file = io.BytesIO()
        figure.savefig(file, format="png", metadata={"Software": None})
        return file.getvalue()


def _draw_bars(axes: "Axes", trend: Trend) -> None:
    counts = [count for _, count in trend.days]
    places = range(len(counts))
    axes.bar(places, counts, color=_BAR, width=0.72)
    for place, count in zip(places, counts, strict=True):
        axes.annotate(
            f"{count:,}",
            (place, count),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            color=_INK,
            fontsize=13,
        )
    axes.set_xticks(places, [_label(trend, place) for place in places], color=_QUIET, fontsize=11)
    axes.tick_params(length=0)
    axes.set_yticks([])
    axes.set_ylim(0, max(counts) * 1.15)
    axes.set_xlim(-0.6, len(counts) - 0.4)
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_QUIET)


def _label(trend: Trend, place: int) -> str:
    """The weekday and the day, with the month where it is the first or another one."""
    day = trend.days[place][0]
    month = f" {day:%b}" if place == 0 or day.day == 1 else ""
    return f"{day:%a}\n{day.day}{month}"


def _write_title(figure: "Figure", trend: Trend) -> None:
    """What is counted; the topic only where the picture's letters can write it."""
    topic = clip(trend.topic or "", _TOPIC)
    title = f"Stories a day: {topic}" if topic and _can_write(topic) else "Stories a day"
    figure.text(0.03, 0.915, title, color=_INK, fontsize=17, weight="bold", va="center", parse_math=False)
    total = f"{sum(count for _, count in trend.days):,} in {len(trend.days)} days"
    figure.text(0.03, 0.825, total, color=_QUIET, fontsize=12, va="center")


def _can_write(text: str) -> bool:
    return all(ord(character) in _letters() for character in text)


@cache
def _letters() -> frozenset[int]:
    """The characters that the font of the pictures has."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return frozenset(get_font(findfont(FontProperties(weight="bold"))).get_charmap())
