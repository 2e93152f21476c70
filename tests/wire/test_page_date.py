"""When a page's article was published, out of all the places where pages say so."""

from datetime import date

import pytest

from bot.wire.page_days import written_days
from tests.wire.pages import ADDRESS, article, json_ld, page, read

DATED = "https://coast.example/2025/04/16/harbour"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-04-16T09:30", date(2025, 4, 16)),
        ("2025/4/6", date(2025, 4, 6)),
        ("16.04.2025", date(2025, 4, 16)),
        ("16.4.25, 08:00 Uhr", date(2025, 4, 16)),
        ("16/04/2025", date(2025, 4, 16)),
        ("04/16/2025 5:22 pm", date(2025, 4, 16)),
        ("26 | 01 | 2022", date(2022, 1, 26)),
        ("April 16, 2025", date(2025, 4, 16)),
        ("Wednesday, 16th of April 2025", date(2025, 4, 16)),
        ("Apr. 16, 2025Apr. 17, 2025", date(2025, 4, 16)),
        ("16. Jänner 2025", date(2025, 1, 16)),
        ("1er février 2025", date(2025, 2, 1)),
        ("16 de abril de 2025", date(2025, 4, 16)),
        ("28 luglio 2025", date(2025, 7, 28)),
        ("16 maart 2025", date(2025, 3, 16)),
        ("5 stycznia 2025 r.", date(2025, 1, 5)),
        ("12 Şubat 2025", date(2025, 2, 12)),
        ("30 мая 2025 г.", date(2025, 5, 30)),
        ("2025年4月16日", date(2025, 4, 16)),
        ("2025년 4월 16일", date(2025, 4, 16)),
        ("31 February 2025", None),
        ("version 1.2.2025.3 of 10.0.0.2025", None),
        ("April 2025", None),
        ("room 16, 2025 seats", None),
        ("", None),
    ],
)
def test_days_are_read_in_the_languages_of_the_web(text: str, day: date | None) -> None:
    found = next(written_days(text), None)
    assert (found and found.day) == day


def test_figures_that_two_countries_read_differently_keep_both_meanings() -> None:
    (found,) = written_days("on 04/05/2025")
    assert (found.day, found.other) == (date(2025, 5, 4), date(2025, 4, 5))
    assert [day.other for day in written_days("04.05.2025, 05/05/2025, 16/04/2025")] == [None, None, None]


def meta(name: str, content: str) -> str:
    """A meta tag."""
    return f'<meta property="{name}" content="{content}">'


def near(line: str, lang: str = "en") -> str:
    """A page with this line under its headline."""
    return page(f"<h1>Harbour opens early</h1><div>{line}</div>{article()}", lang=lang)


@pytest.mark.parametrize(
    ("markup", "published"),
    [
        (page(head=meta("article:published_time", "2025-04-16T23:30:00+02:00")), "2025-04-16T23:30:00+02:00"),
        (page(head=meta("article:published_time", "2025-04-16T21:30:00Z")), "2025-04-16T21:30:00+00:00"),
        (page(head=meta("article:published_time", "2025-04-16")), "2025-04-16"),
        (page(head=meta("date", "Wed, 16 Apr 2025 23:30:00 +0200")), "2025-04-16T23:30:00+02:00"),
        (page(head=meta("og:published_time", "1744838400")), "2025-04-16T21:20:00+00:00"),
        (page(head=json_ld('{"@type": "NewsArticle", "datePublished": "2025-04-16T09:30"}')), "2025-04-16T09:30:00"),
        (
            page(head=json_ld('{"@type": "NewsArticle", "headline": "a "b" c", "datePublished": "2025-04-16"}')),
            "2025-04-16",
        ),
        (page(head=meta("article:published_time", "1970-01-01T00:00:00Z")), None),
        (page(head=meta("article:published_time", "soon")), None),
        (
            page(f'<h1>Harbour opens early</h1><time pubdate datetime="2025-04-16T08:00">then</time>{article()}'),
            "2025-04-16T08:00:00",
        ),
        (page(f'<h1>Harbour opens early</h1><i itemprop="datePublished">16 April 2025</i>{article()}'), "2025-04-16"),
        (near("Published: 16 April 2025"), "2025-04-16"),
        (near("Von Jo Roe, 16.04.2025, 8:00 Uhr", "de"), "2025-04-16"),
        (near('<time datetime="2025-04-16T08:00:00+01:00">16 April 2025</time>'), "2025-04-16T08:00:00+01:00"),
        (near("Updated 18 April 2025</div><div>16 April 2025"), "2025-04-16"),
        (page(f"<h1>Harbour opens early</h1>{article(12)}<p>Erstellt am: 16.04.2025</p>"), "2025-04-16"),
        (page(f"<h1>Harbour opens early</h1>{article(12)}<p>© 2025 Coast Daily</p>"), None),
        (
            page(f"<h1>Harbour opens early</h1>{article(12)}<p>The ball of 1 May 1951 was the last of its kind.</p>"),
            None,
        ),
        (page(), None),
    ],
)
def test_the_date_is_what_the_page_claims_and_none_where_it_only_might_be_one(
    markup: str, published: str | None
) -> None:
    assert read(markup).published == published


@pytest.mark.parametrize(
    ("lang", "more", "published"),
    [
        ("en-US", "", "2025-04-05"),
        ("de", "", "2025-05-04"),
        ("en", "", None),
        ("en", meta("article:modified_time", "2025-05-04T10:00:00Z"), "2025-05-04"),
        ("en", meta("article:modified_time", "2025-04-05T10:00:00Z"), "2025-04-05"),
    ],
)
def test_figures_with_two_meanings_are_settled_by_what_else_the_page_says(
    lang: str, more: str, published: str | None
) -> None:
    assert read(page(head=meta("article:published_time", "04/05/2025") + more, lang=lang)).published == published


def test_the_day_in_the_address_goes_before_what_the_markup_says() -> None:
    other = page(head=meta("article:published_time", "2025-04-18T09:00:00Z"))
    same = page(head=meta("article:published_time", "2025-04-16T09:00:00Z"))
    assert read(other, DATED).published == "2025-04-16"
    assert read(same, DATED).published == "2025-04-16T09:00:00+00:00"
    assert read(other, ADDRESS).published == "2025-04-18T09:00:00+00:00"


def test_the_same_moment_is_given_with_the_offset_of_its_place() -> None:
    head = meta("article:published_time", "2025-04-16T22:30:00Z") + meta("dc.date", "2025-04-17T00:30:00+02:00")
    assert read(page(head=head)).published == "2025-04-17T00:30:00+02:00"
