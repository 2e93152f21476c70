"""Who wrote a page's article: people's names, and nothing that only looks like one."""

import pytest

from bot.wire.page_author import read_names
from tests.wire.pages import article, json_ld, page, read

GRAPH = """{"@graph": [{"@type": "Person", "@id": "#jo", "name": "Jo Roe"},
{"@type": "NewsArticle", "headline": "Harbour opens early", "author": {"@id": "#jo"}}]}"""
SITE = '<meta property="og:site_name" content="Coast Daily">'


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Jo Roe", ["Jo Roe"]),
        ("By Jo Roe", ["Jo Roe"]),
        ("ByJo Roe", ["Jo Roe"]),
        ("Posted on May 3 by Jo Roe", ["Jo Roe"]),
        ("Written by: Jo Roe and Ann Lee", ["Jo Roe", "Ann Lee"]),
        (
            "Von Jürgen Groß, Anna-Lena Maier und Piet van der Berg",
            ["Jürgen Groß", "Anna-Lena Maier", "Piet van der Berg"],
        ),
        ("Autor: Zoë Dürr", ["Zoë Dürr"]),
        ("JO ROE", ["Jo Roe"]),
        ("Jo Roe | Senior Reporter", ["Jo Roe"]),
        ("Jo Roe, PhD", ["Jo Roe"]),
        ("Jo Roe, Staff Writer", ["Jo Roe"]),
        ("Jo Roe (London)", ["Jo Roe"]),
        ("By Jo Roe April 16, 2025", ["Jo Roe"]),
        ("Von Jo Roe am 3. Mai 2025", ["Jo Roe"]),
        ("Дмитрий Попов", ["Дмитрий Попов"]),
        ("記者林宸誼", ["記者林宸誼"]),
        ("happyharbour", ["happyharbour"]),
        ("Staff", []),
        ("Coast Daily Staff", []),
        ("Redaktion", []),
        ("Editorial Team", []),
        ("AFP", []),
        ("Reuters", []),
        ("admin", []),
        ("https://coast.example/author/jo-roe", []),
        ("jo.roe@coast.example", []),
        ("@joroe", []),
        ("April 16", []),
        ("Wednesday", []),
        ("16/04/2025", []),
        ("the harbour master of the town", []),
        ("Jo Roe " * 40, []),
        ("", []),
    ],
)
def test_only_names_of_people_are_read_out_of_a_byline(byline: str, names: list[str]) -> None:
    assert read_names(byline) == names


@pytest.mark.parametrize(
    ("markup", "author"),
    [
        (page(head='<meta name="author" content="Jo Roe">'), "Jo Roe"),
        (page(head='<meta name="author" content="Jo Roe; Ann Lee">'), "Jo Roe, Ann Lee"),
        (page(head='<meta property="article:author" content="https://social.example/joroe">'), None),
        (page(head=json_ld(GRAPH)), "Jo Roe"),
        (
            page(head=json_ld('{"@type": "Article", "author": [{"@type": "Person", "name": "Jo Roe"}, "Ann Lee"]}')),
            "Jo Roe, Ann Lee",
        ),
        (
            page(head=json_ld('{"@type": "Article", "author": {"@type": "Organization", "name": "Harbour Trust"}}')),
            None,
        ),
        (
            page(head='<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jo Roe">'),
            "Jo Roe",
        ),
        (page(f'<h1>Harbour opens early</h1><span class="byline">By Jo Roe</span>{article()}'), "Jo Roe"),
        (page(f'<h1>Harbour opens early</h1><a rel="author" href="/jo">Jo Roe</a>{article()}'), "Jo Roe"),
        (page(f"<h1>Harbour opens early</h1><div>By Jo Roe</div>{article()}"), "Jo Roe"),
        (page(f"<h1>Harbour opens early</h1><div>By the sea it is cold</div>{article()}"), None),
        (
            page(f'<h1>Harbour opens early</h1>{article()}<div class="comments"><b class="author">Sam Poe</b></div>'),
            None,
        ),
        (page(head=f'{SITE}<meta name="author" content="Coast Daily">'), None),
        (page(head=f'{SITE}<meta name="author" content="Jo Roe Coast Daily">'), "Jo Roe"),
        (page(), None),
    ],
)
def test_the_author_is_whom_the_page_names(markup: str, author: str | None) -> None:
    assert read(markup).author == author
