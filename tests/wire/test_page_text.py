"""The text of a page's article: all of it, and nothing of what stands around it."""

import pytest

from tests.wire.pages import SENTENCES, article, json_ld, page, read

HEADING = "<h1>Harbour opens early</h1>"
LEAD = "Two months before the date that was promised, the cranes of Selby lift their first load."
DESCRIBED = f'<meta property="og:description" content="{LEAD}">'


@pytest.mark.parametrize(
    "line",
    [
        "<p><a href='/2'>What the third crane will cost</a></p>",
        "<h3><a href='/2'>What the third crane will cost</a></h3>",
        "<p>Read more: What the third crane will cost</p>",
        "<p>Lesen Sie auch: Was der dritte Kran kosten wird</p>",
        "<p>Leggi anche: quanto costa la terza gru</p>",
        "<p>Te puede interesar: el precio de la grúa</p>",
        "<p>À lire aussi : le prix de la grue</p>",
        "<p>Anzeige</p>",
        "<p>Bild: Jo Roe</p>",
        "<p>Sign up for our newsletter and get it in your inbox</p>",
        "<figure><img src='/i'><figcaption>The cranes at dawn</figcaption></figure>",
        "<form><p>Your e-mail address</p></form>",
        "<script>alert('the third crane')</script>",
    ],
)
def test_what_leads_elsewhere_is_no_part_of_the_text(line: str) -> None:
    found = read(page(f"<article>{HEADING}{article(3)}{line}{article(6)}</article>"))
    plain = read(page(f"<article>{HEADING}{article(3)}{article(6)}</article>"))
    assert found.text == plain.text


@pytest.mark.parametrize(
    "line",
    [
        "<p><a href='/2'>The third crane will cost two million, the mayor said.</a></p>",
        "<h2>What the third crane will cost</h2>",
        "<p>The third crane will cost two million, <a href='/2'>said the mayor of Selby</a> on Monday</p>",
        "<blockquote><p>“We paid for a harbour and got a harbour.”</p></blockquote>",
        "<ul><li>Two cranes are ready for the ships</li><li>The third crane follows in June</li></ul>",
        "<table><tr><th>Year</th><th>Ships</th></tr><tr><td>2024</td><td>211</td></tr></table>",
    ],
)
def test_links_headings_lists_and_figures_within_the_article_stay(line: str) -> None:
    found = read(page(f"<article>{HEADING}{article(3)}{line}{article(6)}</article>"))
    plain = read(page(f"<article>{HEADING}{article(3)}{article(6)}</article>"))
    assert len(found.text) > len(plain.text)


def test_an_article_that_is_cut_into_pieces_is_put_together() -> None:
    pieces = "".join(f'<div class="grid"><div class="article-body body">{article(n)}</div></div>' for n in (4, 9, 14))
    text = read(page(f"<article>{HEADING}{pieces}</article>")).text
    assert "ship number 14." in text
    assert text.count("ship number 1.") == 1


def test_a_page_that_is_laid_out_in_tables_gives_paragraphs() -> None:
    menu = "<td><a href='/'>Home</a><br><a href='/s'>Sport</a></td>"
    text = read(page(f"<table><tr>{menu}<td>{HEADING}{article(8)}</td></tr></table>")).text
    assert "|" not in text
    assert text.split("\n")[0].startswith(SENTENCES[0])


def test_the_lead_that_the_description_repeats_belongs_to_the_text() -> None:
    lead = f"<header>{HEADING}<div class='teaser-lead'>{LEAD}</div></header>"
    text = read(page(f"{lead}<div class='article-body'>{article(6)}</div>", head=DESCRIBED)).text
    assert text.startswith(LEAD)
    assert text.count(LEAD) == 1
    unseen = read(page(f"{HEADING}<div class='article-body'>{article(6)}</div>", head=DESCRIBED)).text
    assert LEAD not in unseen


def test_the_body_in_json_ld_stands_in_for_a_text_that_is_not_in_the_page() -> None:
    body = " ".join(SENTENCES * 4)
    head = json_ld(f'{{"@type": "NewsArticle", "articleBody": "{body}"}}')
    assert read(page(f"{HEADING}<div><p>{SENTENCES[0]}</p></div>", head=head)).text.endswith(SENTENCES[3])
    assert "ship number 24." in read(page(f"<article>{HEADING}{article(24)}</article>", head=head)).text
