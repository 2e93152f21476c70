"""What a page says about itself for machines, well-formed or not."""

import json

import pytest

from tests.wire.pages import ADDRESS, article, json_ld, page, read

DAY = "2025-04-16"


def node(headline: str, day: str, **more: object) -> dict[str, object]:
    """An article as JSON-LD."""
    return {"@type": "NewsArticle", "headline": headline, "datePublished": day, **more}


OURS = node("Harbour opens early", DAY)
OTHERS = [node(f"Ferry number {n} stops", f"2025-04-{n:02}") for n in range(1, 5)]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(OURS),
        json.dumps([OURS]),
        json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, OURS]}),
        json.dumps({"@type": "WebPage", "mainEntity": OURS}),
        json.dumps([*OTHERS, OURS]),
        json.dumps([OURS, *OTHERS]),
        json.dumps([*OTHERS[:2], node("Another headline", DAY, url=ADDRESS)]),
        json.dumps({**OURS, "hasPart": OTHERS, "isPartOf": OTHERS[0], "mentions": OTHERS}),
        json.dumps({**OURS, "@type": ["Thing", "schema:ReportageNewsArticle"]}),
        json.dumps({"@type": "WebPage", "datePublished": DAY}),
        f"<!-- {json.dumps(OURS)} -->",
        f"//<![CDATA[\n{json.dumps(OURS)}\n//]]>",
        json.dumps(OURS)[:-1] + ",}",
        json.dumps(OURS) + ";",
        json.dumps({**OURS, "description": "line"}).replace("line", "one\ntwo\tthree"),
        f'{{"@type": "NewsArticle", "headline": "The "early" harbour", "datePublished": "{DAY}"}}',
    ],
)
def test_the_article_of_the_page_is_found_among_what_json_ld_tells(text: str) -> None:
    assert read(page(head=json_ld(text))).published == DAY


def test_of_a_list_of_other_articles_none_is_that_of_the_page() -> None:
    assert read(page(head=json_ld(json.dumps(OTHERS)))).published is None


@pytest.mark.parametrize(
    "mark",
    [
        f'<meta itemprop="datePublished" content="{DAY}">',
        f'<time itemprop="datePublished" datetime="{DAY}">a while ago</time>',
        '<b itemprop="datePublished dateModified">April 16, 2025</b>',
        '<b itemprop="dateCreated">16.04.2025</b>',
    ],
)
def test_microdata_counts_where_there_is_nothing_else(mark: str) -> None:
    author = '<div itemprop="author"><img alt=""><span itemprop="name">Jo Roe</span> of the harbour desk</div>'
    found = read(page(f"<h1>Harbour opens early</h1>{mark}{author}{article()}"))
    assert (found.published, found.author) == (DAY, "Jo Roe")
