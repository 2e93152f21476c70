"""The headline of a page: the one a reader sees, without the name of the site."""

import pytest

from bot.wire.page_title import strip_site
from tests.wire.pages import article, json_ld, page, read

SITE = '<meta property="og:site_name" content="Coast Daily">'
OTHER = '<meta property="og:title" content="Harbour: what the cranes are for | Coast Daily">'


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        (
            page(title="Harbour opens early | Coast Daily", heading="Harbour opens early", head=SITE),
            "Harbour opens early",
        ),
        (page(title="Harbour opens early - coast.example", heading=""), "Harbour opens early"),
        (page(title="Coast Daily » Harbour opens early", heading="", head=SITE), "Harbour opens early"),
        (page(title="Harbour opens early", heading="Harbour opens two months early"), "Harbour opens two months early"),
        (page(head=SITE, body=f"<h1>Coast Daily</h1><h1>Harbour opens early</h1>{article()}"), "Harbour opens early"),
        (page(head=SITE, body=f"<h1>Coast Daily</h1><h2>Harbour opens early</h2>{article()}"), "Harbour opens early"),
        (page(title="Home", heading="Harbour opens early"), "Harbour opens early"),
        (
            page(title="Harbour: what the cranes are for", heading="Read also", head=OTHER),
            "Harbour: what the cranes are for",
        ),
        (page(title="Ships call again", heading="Selby Ships call again"), "Ships call again"),
        (
            page(title="Ships call again", heading="Ships call again The third crane follows in June"),
            "Ships call again",
        ),
        (
            page(
                title='Mayor calls it "a gift"', heading="", head='<meta property="og:title" content="Mayor calls it ">'
            ),
            'Mayor calls it "a gift"',
        ),
        (
            page(title="Harbour &amp; town", heading="<span>Harbour</span> <b>&amp; town</b><script>1</script>"),
            "Harbour & town",
        ),
        (
            page(title="", heading="", head=json_ld('{"@type": "NewsArticle", "headline": "Harbour opens early"}')),
            "Harbour opens early",
        ),
        (page(title="", heading=""), None),
    ],
)
def test_the_title_is_the_headline_that_a_reader_sees(markup: str, title: str | None) -> None:
    assert read(markup).title == title


@pytest.mark.parametrize(
    ("title", "stripped"),
    [
        ("Harbour opens | Coast Daily", "Harbour opens"),
        ("Harbour opens – Sport – Coast Daily", "Harbour opens – Sport"),
        ("Harbour opens - the quay and the ferry", "Harbour opens - the quay and the ferry"),
        ("Coast Daily: what we found", "Coast Daily: what we found"),
        ("Coast Daily", ""),
        ("", ""),
    ],
)
def test_only_the_name_of_the_site_is_stripped(title: str, stripped: str) -> None:
    assert strip_site(title, ["Coast Daily", "coast.example"]) == stripped


def test_the_headline_is_not_repeated_in_the_text() -> None:
    assert read(page()).text.startswith("The new harbour at Selby")
