"""The sets on pages: the article's text, its title, its author and its day, through `extract`."""

from collections.abc import Iterable

from bench.commands import Newsdesk, Row
from bench.figures import Measured
from bench.sets import Ground, Outcome

_PROGRAM = "score_extraction.py"
_ASKED = {"id", "url", "html", "html_b64"}
_SHOWN = 120  # characters of a text in the list of failures


def measure_article_texts(ground: Ground) -> Outcome:
    """The words of the article, against what people marked as its body."""
    name = "zyte-extraction"
    pages, rows, scores = _measure(ground, name, "body")
    return Outcome(
        measured=[
            Measured(set=name, figure="F1", ours=scores["f1"], floor="0.665", wanted="≥ 0.965", published="0.970"),
            Measured(set=name, figure="precision", ours=scores["precision"]),
            Measured(set=name, figure="recall", ours=scores["recall"]),
        ],
        failures=[_ends(page, row) for page, row in zip(pages, rows, strict=True) if not row["text"]],
    )


def measure_page_segments(ground: Ground) -> Outcome:
    """Decisive segments of the text, and title, author and day, as somebody wrote them down."""
    name = "trafilatura-pages"
    pages, rows, scores = _measure(ground, name, "segments")
    measured = [
        Measured(set=name, figure="F", ours=scores["f1"], floor="0.815", wanted="≥ 0.92", published="0.924"),
        Measured(set=name, figure="precision", ours=scores["precision"]),
        Measured(set=name, figure="recall", ours=scores["recall"]),
        Measured(set=name, figure="title", ours=scores["title_exact"], floor="0.58", wanted="≥ 0.75"),
        Measured(set=name, figure="date", ours=scores["date_exact"], floor="0.86", wanted="≥ 0.90"),
        Measured(set=name, figure="author", ours=scores["author_exact"], floor="0.58"),
    ]
    return Outcome(measured=measured, failures=list(_wrong_fields(pages, rows)))


def measure_page_dates(ground: Ground) -> Outcome:
    """The day of publication of news pages in many languages."""
    name = "htmldate-news"
    pages, rows, scores = _measure(ground, name, "date")
    measured = [
        Measured(set=name, figure="F", ours=scores["f1"], floor="0.706", wanted="≥ 0.95", published="0.949"),
        Measured(set=name, figure="precision", ours=scores["precision"]),
        Measured(set=name, figure="recall", ours=scores["recall"]),
    ]
    wrong = (
        f"{page['id']} {page['url']}\n  wanted {page['date']}, found {row['date']}"
        for page, row in zip(pages, rows, strict=True)
        if page["date"] != row["date"]
    )
    return Outcome(measured=measured, failures=list(wrong))


def _measure(ground: Ground, name: str, mode: str) -> tuple[list[Row], list[Row], Row]:
    """The pages of the set, what was read of them, and the scores."""
    material = ground.material
    pages = material.rows(f"{name}/pages.jsonl.gz")
    ground.say(f"reading {len(pages)} pages")
    asked = ({key: value for key, value in page.items() if key in _ASKED} for page in pages)
    rows = Newsdesk(data=ground.archives / name).read("extract", asked)
    for row in rows:
        row["date"] = (row["published"] or "")[:10] or None
    path = material.write(f"{name}.jsonl", rows)
    gold = material.folder / name / "pages.jsonl.gz"
    return pages, rows, material.scores(_PROGRAM, mode, "--gold", gold, "--pred", path)[0]


def _wrong_fields(pages: list[Row], rows: list[Row]) -> Iterable[str]:
    for page, row in zip(pages, rows, strict=True):
        missed = [segment for segment in page["with"] if segment not in row["text"]]
        wrong = [segment for segment in page["without"] if segment in row["text"]]
        told = [f"missed {text[:_SHOWN]!r}" for text in missed] + [f"not of it {text[:_SHOWN]!r}" for text in wrong]
        told += [
            f"{field} {page[field]!r}, found {row[field]!r}"
            for field in ("title", "date", "author")
            if page.get(field) and page[field] != row[field]
        ]
        if told:
            yield f"{page['id']} {page['url']}\n  " + "\n  ".join(told)


def _ends(page: Row, row: Row) -> str:
    return f"{page['id']} {page['url']}\n  wanted {page['articleBody'][:_SHOWN]!r}\n  {row['faults']}"
