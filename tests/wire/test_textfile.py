"""Text and Markdown files: headline, dek, byline, date, publisher, and what is no part of the article."""

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.news.article import Draft
from tests.wire.take import MILL, put, take


def take_text(folder: Path, text: str, name: str = "a.txt") -> Draft:
    """The draft of a file with this text."""
    taken = take(put(folder / name, text))
    assert taken.refusals == []
    return taken.drafts[0]


def test_headline_byline_publisher_and_date_are_read_off_the_top(tmp_path: Path) -> None:
    draft = take_text(tmp_path, MILL)
    assert draft.title == "Ashford mill shuts after ninety years"
    assert (draft.author, draft.publisher) == ("Ann Lee", "The Ashford Post")
    assert (draft.published, draft.published_day_only) == (datetime(2025, 4, 16, tzinfo=UTC), True)
    assert draft.text.split("\n") == [
        "The last loom stopped in Ashford on Wednesday. Two hundred people lose their work.",
        "What happens to the building",
        "The council wants flats, and the owner has not said what he wants.",
    ]
    assert (draft.name, draft.identity, draft.dek_end) == ("a.txt", str((tmp_path / "a.txt").resolve()), 0)


def test_bullets_before_the_body_are_the_dek(tmp_path: Path) -> None:
    text = (
        "- The mill shuts after ninety years.\n* Two hundred people lose work.\n• A sale is planned.\n\n"
        "The last loom stopped.\n- A later bullet.\n"
    )
    draft = take_text(tmp_path, text)
    assert draft.text[: draft.dek_end].split("\n") == [
        "The mill shuts after ninety years.",
        "Two hundred people lose work.",
        "A sale is planned.",
        "",
    ]
    assert draft.text[draft.dek_end :] == "The last loom stopped.\nA later bullet."
    assert draft.title == "The mill shuts after ninety years"


def test_a_list_without_a_body_is_no_dek(tmp_path: Path) -> None:
    draft = take_text(tmp_path, "Things to know\n- One thing.\n- Another thing.\n")
    assert (draft.title, draft.dek_end) == ("Things to know", 0)


def test_a_subheading_is_not_taken_for_the_headline(tmp_path: Path) -> None:
    draft = take_text(tmp_path, "The last loom stopped on Wednesday, the owner said.\nWhat comes next\nNobody knows.\n")
    assert draft.title == "The last loom stopped on Wednesday, the owner said"
    assert "What comes next" in draft.text.split("\n")


def test_a_first_sentence_that_stands_in_for_the_headline_is_clipped_at_a_word(tmp_path: Path) -> None:
    draft = take_text(tmp_path, "The owner said " + "that the mill was old and " * 20 + "shut it.\n")
    assert len(draft.title) <= 140
    assert draft.title.endswith("…")


@pytest.mark.parametrize(
    "noise",
    [
        "Advertisement. Remove ads.",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Skip to content",
        "Home > News > Local",
        "News | Sport | Weather | Opinion",
        "Read more: What the council wants",
        "Sign up for our daily newsletter",
        "Subscribe to our newsletter to get the news first.",
        "Get the day's top stories delivered to your inbox.",
        "Share this",
        "Log in, register or subscribe to save articles",
        "Facebook Twitter Email",
        "Follow us on Facebook and Instagram",
        "We use cookies to improve your experience.",
        "Accept all cookies",
        "© 2025 Ashford Post. All rights reserved.",
        "4 min read",
        "12 Comments",
        "Photo: Ann Lee",
        "For corrections and updates, email desk@ashford.example.",
        "(Reporting by Ann Lee; editing by Jo Roe)",
    ],
)
def test_navigation_advertising_and_newsletters_go_wherever_they_stand(tmp_path: Path, noise: str) -> None:
    clean = take_text(tmp_path, MILL)
    lines = MILL.splitlines()
    for place in (0, 5, len(lines)):
        dirty = take_text(tmp_path, "\n".join([*lines[:place], noise, *lines[place:]]))
        assert (dirty.title, dirty.text) == (clean.title, clean.text)


@pytest.mark.parametrize(
    "glued",
    [
        "Advertisement. Remove ads.{}",
        "Advertisement{}",
        "{}Advertisement. Remove ads.",
        "{} Advertisement",
        "{} Sign up for our weekly newsletter here.",
        "{} Read more: What the council wants",
        "{} For updates and corrections, email desk@ashford.example.",
    ],
)
def test_what_is_glued_to_a_sentence_goes_and_the_sentence_stays(tmp_path: Path, glued: str) -> None:
    sentence = "The last loom stopped in Ashford on Wednesday, and “nobody told us”, a weaver said."
    assert take_text(tmp_path, f"Mill shuts\n\n{glued.format(sentence)}\nThe end came.").text.split("\n")[0] == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Advertisement revenue fell by a fifth at the Post last year.",
        "Share prices fell after the mill shut.",
        "Search teams found the boat at noon.",
        "Cookies were served at the meeting.",
        "Contact between the two sides broke down, the minister said.",
        "Follow the money, the auditor said.",
        "Home prices rose in March.",
        "The company will email its customers about the error.",
        "Read the report before you vote, she said.",
        "Newsletters are back in fashion, editors say.",
        "Comments by the minister moved the market.",
        "“We all share the blame.”",
        "More about 200 people than 100 came, police said.",
    ],
)
def test_a_sentence_that_begins_like_debris_stays(tmp_path: Path, sentence: str) -> None:
    assert sentence in take_text(tmp_path, f"{MILL}\n{sentence}\nIt ends.").text.split("\n")


@pytest.mark.parametrize(
    ("contact", "publisher"),
    [
        ("For updates and corrections, email newsroom[at]coastdaily[dot]com.", "Coastdaily"),
        ("For corrections, write to desk@the-coast-daily.co.uk", "The Coast Daily"),
        ("Email us at tips (at) abc (dot) net", "ABC"),
        ("To report an error, email someone@gmail.com.", None),
    ],
)
def test_a_contact_line_tells_the_publisher_where_nothing_else_does(
    tmp_path: Path, contact: str, publisher: str | None
) -> None:
    body = "Mill shuts\n\nThe last loom stopped on Wednesday.\n"
    assert take_text(tmp_path, body + contact).publisher == publisher
    assert take_text(tmp_path, body + contact).text == "The last loom stopped on Wednesday."
    assert take_text(tmp_path, f"Source: Ashford Post\n{body}{contact}").publisher == "Ashford Post"


def test_an_address_inside_a_story_tells_no_publisher(tmp_path: Path) -> None:
    draft = take_text(tmp_path, "Mill shuts\n\nHe wrote to boss@mill.example on Monday and got no answer.\n")
    assert draft.publisher is None


def test_an_agency_in_the_dateline_is_the_publisher(tmp_path: Path) -> None:
    draft = take_text(tmp_path, "Mill shuts\n\nASHFORD, April 16 (Reuters) - The last loom stopped.\n")
    assert (draft.publisher, draft.text) == ("Reuters", "ASHFORD, April 16 (Reuters) - The last loom stopped.")


@pytest.mark.parametrize(
    ("line", "published", "day_only"),
    [
        ("April 16, 2025", datetime(2025, 4, 16, tzinfo=UTC), True),
        ("16 Apr 2025, 10:30 ET", datetime(2025, 4, 16, 14, 30, tzinfo=UTC), False),
        ("Published: 2025-04-16", datetime(2025, 4, 16, tzinfo=UTC), True),
        ("Updated April 16th, 2025 at 10:30 a.m. EDT", datetime(2025, 4, 16, 14, 30, tzinfo=UTC), False),
        ("Wed 16 Apr 2025 10.30 BST", datetime(2025, 4, 16, 9, 30, tzinfo=UTC), False),
        ("Date: 2025-04-16T10:30:00Z", datetime(2025, 4, 16, 10, 30, tzinfo=UTC), False),
    ],
)
def test_a_date_line_near_the_top_is_read_and_goes(
    tmp_path: Path, line: str, published: datetime, day_only: bool
) -> None:
    draft = take_text(tmp_path, f"Mill shuts\n{line}\n\nThe last loom stopped on Wednesday.\n")
    assert (draft.published, draft.published_day_only) == (published, day_only)
    assert draft.text == "The last loom stopped on Wednesday."


@pytest.mark.parametrize(
    ("line", "author", "publisher"),
    [
        ("By Ann Lee", "Ann Lee", None),
        ("By Ann Lee | Reuters", "Ann Lee", "Reuters"),
        ("By Ann Lee and Jo O'Roe, for The Coast Daily", "Ann Lee and Jo O'Roe", "The Coast Daily"),
        ("BY ANN LEE AND JO VAN DER ROE", "ANN LEE AND JO VAN DER ROE", None),
        ("By Ann Lee, Associated Press", "Ann Lee", "Associated Press"),
        ("By Ann Lee | 16 April 2025", "Ann Lee", None),
        ("Author: Ann Lee", "Ann Lee", None),
        ("Reuters", None, "Reuters"),
    ],
)
def test_a_byline_is_read_and_goes(tmp_path: Path, line: str, author: str | None, publisher: str | None) -> None:
    draft = take_text(tmp_path, f"Mill shuts\n{line}\n\nThe last loom stopped on Wednesday.\n")
    assert (draft.title, draft.author, draft.publisher) == ("Mill shuts", author, publisher)
    assert draft.text == "The last loom stopped on Wednesday."


@pytest.mark.parametrize(
    "line", ["By land and by sea, the army came", "From Tokyo to Paris", "By George he did it", "Address: 12 Mill Lane"]
)
def test_a_headline_that_begins_like_a_byline_or_a_label_is_a_headline(tmp_path: Path, line: str) -> None:
    assert take_text(tmp_path, f"{line}\n\nThe last loom stopped on Wednesday.\n").title == line


def test_front_matter_is_read_and_wins(tmp_path: Path) -> None:
    text = (
        '---\ntitle: "Harbour opens: at last"\ndate: 2025-04-10T08:00:00Z\nauthor: Jo Roe\nsource: Coast Daily\n'
        "url: https://coast.example/harbour/?utm_source=x\nlang: en\ntags: [a, b]\n---\n\n"
        "# Another headline\n\nThe harbour opened.\n"
    )
    draft = take_text(tmp_path, text, "a.md")
    assert (draft.title, draft.author, draft.publisher) == ("Harbour opens: at last", "Jo Roe", "Coast Daily")
    assert draft.published == datetime(2025, 4, 10, 8, tzinfo=UTC)
    assert (draft.url, draft.identity) == ("https://coast.example/harbour/", "https://coast.example/harbour")
    assert draft.name == "a.md"


def test_markdown_is_read_as_a_reader_sees_it(tmp_path: Path) -> None:
    text = (
        "# Harbour *opens*\n\n- First **ship** came.\n\nThe [harbour](https://x.example/a) opened _today_ with "
        "3 * 4 * 5 boxes of snake_case_names.![ship](s.png)\n\n> “Good,” said Roe.\n\n---\n\n"
        "## What follows\n\nMore\\* to come.\n"
    )
    draft = take_text(tmp_path, text, "a.md")
    assert draft.title == "Harbour opens"
    assert draft.text.split("\n") == [
        "First ship came.",
        "The harbour opened today with 3 * 4 * 5 boxes of snake_case_names.",
        "“Good,” said Roe.",
        "What follows",
        "More* to come.",
    ]


def test_lines_broken_at_a_column_are_joined_to_paragraphs(tmp_path: Path) -> None:
    text = (
        "Mill shuts\n\nThe last loom in the mill of Ashford stopped at noon on\n"
        "Wednesday, after ninety years in which it had\n"
        "stood still for one strike and two wars, the owner\nof the mill said.\n\n"
        "Two hundred people will lose their work at the\n"
        "end of the month, and most of them have never had\nanother.\n"
    )
    assert [len(p.split()) for p in take_text(tmp_path, text).text.split("\n")] == [34, 21]


def test_short_lines_that_are_sentences_are_not_joined(tmp_path: Path) -> None:
    text = "Mill shuts\n" + "\n".join(f"Sentence number {n} ends here." for n in range(8))
    assert len(take_text(tmp_path, text).text.split("\n")) == 8


def test_one_line_is_headline_and_text(tmp_path: Path) -> None:
    draft = take_text(tmp_path, "Mill shuts after ninety years\n")
    assert (draft.title, draft.text) == ("Mill shuts after ninety years", "Mill shuts after ninety years")


@pytest.mark.parametrize("line", ["Mill shuts after ninety years ...", "Mill shuts in the U.S.", "Will the mill shut?"])
def test_a_headline_may_end_in_dots_an_abbreviation_or_a_question(tmp_path: Path, line: str) -> None:
    assert take_text(tmp_path, f"{line}\n\nThe last loom stopped on Wednesday.\n").title == line


def test_a_huge_headline_is_clipped(tmp_path: Path) -> None:
    assert len(take_text(tmp_path, "# " + "Mill " * 5_000 + "\n\nThe end.").title) <= 300


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_a_text_reads_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Café shuts\r\n\r\nThe café’s owner said “no” – the price was 5 €.\r\n"
    draft = take(put(tmp_path / "a.txt", text.encode(encoding))).drafts[0]
    assert (draft.title, draft.text) == ("Café shuts", "The café’s owner said “no” – the price was 5 €.")


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"%PDF-1.7", "a PDF file"),
        (b"PK\x03\x04", "a zip archive or an office document"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"\x00\x01\x02\x03" * 9, "binary data"),
    ],
)
def test_a_binary_file_named_txt_is_refused_by_what_it_is(tmp_path: Path, start: bytes, kind: str) -> None:
    taken = take(put(tmp_path / "a.txt", start + bytes(range(256)) * 8))
    assert taken.drafts == []
    assert f"a.txt: looks like {kind}, not text" in taken.reasons


def test_bytes_that_fit_no_encoding_are_refused(tmp_path: Path) -> None:
    broken = random.Random(1).choices(range(0x20, 0x100), k=2_000)
    taken = take(put(tmp_path / "a.txt", bytes(broken)))
    assert taken.drafts == []
    assert "text encoding cannot be told; save it as UTF-8" in taken.reasons


def test_text_that_would_come_out_garbled_is_refused(tmp_path: Path) -> None:
    polish = "Dziś rano otwarto nową stację metra, źródło: ratusz w Łodzi. " * 3
    assert "text encoding cannot be told" in take(put(tmp_path / "a.txt", polish.encode("cp1250"))).reasons


@pytest.mark.parametrize("encoding", ["koi8-r", "cp1251", "utf-8"])
def test_russian_reads_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Сегодня утром в городе открылась новая станция метро. " * 4
    draft = take(put(tmp_path / "a.txt", text.encode(encoding))).drafts[0]
    assert (draft.text, draft.language) == (text.strip(), "ru")
