"""Where a page's article is at home: its address, its publisher, and whom the page says it comes from."""

import pytest

from tests.wire.pages import ADDRESS, article, json_ld, page, read

OWN = "https://coast.example/news/harbour"
GERMAN = "<p>Der neue Hafen von Selby hat am Mittwoch das erste Schiff empfangen, zwei Monate früher als geplant.</p>"
OTHER = "https://post.example/2025/harbour"


def link(address: str) -> str:
    """A canonical link to the address."""
    return f'<link rel="canonical" href="{address}">'


@pytest.mark.parametrize(
    ("head", "read_at", "url", "canonical"),
    [
        ("", ADDRESS, ADDRESS, None),
        ("", "https://coast.example/news/harbour-opens?utm_source=feed#top", ADDRESS, None),
        (link(OWN), ADDRESS, OWN, None),
        (link("/news/harbour"), ADDRESS, OWN, None),
        (link("//coast.example/news/harbour"), ADDRESS, OWN, None),
        (link(OWN), "https://m.coast.example/news/1", OWN, None),
        (link(OWN), "http://feeds.coast.example/~r/1", OWN, None),
        (
            link("https://www.coast.example/news/harbour"),
            "https://amp.coast.example/1",
            "https://www.coast.example/news/harbour",
            None,
        ),
        (link(OTHER), ADDRESS, ADDRESS, OTHER),
        (link("https://coast.example/"), ADDRESS, ADDRESS, None),
        (link("https://post.example/"), ADDRESS, ADDRESS, None),
        (link("javascript:alert(1)"), ADDRESS, ADDRESS, None),
        (link("http://"), ADDRESS, ADDRESS, None),
        (link(""), ADDRESS, ADDRESS, None),
        (f'<meta property="og:url" content="{OWN}">', ADDRESS, OWN, None),
        (f'{link("https://coast.example/")}<meta property="og:url" content="{OWN}">', ADDRESS, OWN, None),
        (
            f'<base href="https://coast.example/en/">{link("harbour")}',
            ADDRESS,
            "https://coast.example/en/harbour",
            None,
        ),
        (link(OWN), None, OWN, None),
        ("", None, None, None),
    ],
)
def test_the_pages_own_address_counts_on_its_own_site_only(
    head: str, read_at: str | None, url: str | None, canonical: str | None
) -> None:
    found = read(page(head=head), read_at)
    assert (found.url, found.canonical) == (url, canonical)


def site(name: str) -> str:
    """What the site is called in its meta tags."""
    return f'<meta property="og:site_name" content="{name}">'


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        (site("Coast Daily"), "Coast Daily"),
        (site("The Coast | News, weather and sports of the shore"), "The Coast"),
        (
            json_ld('{"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "Coast Daily"}}'),
            "Coast Daily",
        ),
        ('<meta name="application-name" content="Coast Daily">', "Coast Daily"),
        (site("Home") + '<meta name="publisher" content="Coast Daily">', "Coast Daily"),
        (site("{{ site.name }}"), None),
        (site("https://facebook.example/coast"), None),
        (site("Harbour opens early"), None),
        (site("All the news of the coast, every day and every night, as it happens and when it happens"), None),
        ("", None),
    ],
)
def test_the_publisher_is_what_the_site_calls_itself_and_no_motto(head: str, publisher: str | None) -> None:
    assert read(page(head=head)).publisher == publisher


def node(field: str) -> str:
    """An article's node with this field."""
    return json_ld(f'{{"@type": "NewsArticle", "headline": "Harbour opens early", {field}}}')


@pytest.mark.parametrize(
    ("head", "closing", "credit"),
    [
        (node('"sourceOrganization": {"@type": "Organization", "name": "The Ashford Post"}'), "", "The Ashford Post"),
        (node(f'"isBasedOn": "{OTHER}"'), "", OTHER),
        (node(f'"isBasedOn": {{"@type": "NewsArticle", "url": "{OTHER}"}}'), "", OTHER),
        (node('"isBasedOn": "https://coast.example/news/harbour-opens"'), "", None),
        (f'<meta name="original-source" content="{OTHER}">', "", OTHER),
        (site("Coast Daily") + node('"sourceOrganization": "Coast Daily"'), "", None),
        ("", "This article was originally published by The Ashford Post.", "The Ashford Post"),
        ("", "This story first appeared in The Ashford Post and is used with permission.", "The Ashford Post"),
        ("", "The ship was built by a yard in Ashford.", None),
        ("", "", None),
    ],
)
def test_the_credit_is_whom_the_page_says_the_article_comes_from(head: str, closing: str, credit: str | None) -> None:
    assert read(page(f"<h1>Harbour opens early</h1>{article(6)}<p>{closing}</p>", head=head)).credit == credit


@pytest.mark.parametrize(
    ("markup", "language"),
    [
        (page(lang="de-AT"), "de-AT"),
        (page(lang="en-GB"), "en-GB"),
        (page(f"<h1>Hafen öffnet früher</h1>{GERMAN * 6}", lang="en-US"), None),
        (page(lang="", head='<meta property="og:locale" content="de_DE">'), "de_DE"),
        (page(lang="", head='<meta http-equiv="content-language" content="fr">'), "fr"),
        (page(lang="", head=node('"inLanguage": "pt-BR"')), "pt-BR"),
        (page(lang=""), None),
    ],
)
def test_the_language_is_what_the_page_claims_but_english_only_if_it_is(markup: str, language: str | None) -> None:
    assert read(markup).language == language
