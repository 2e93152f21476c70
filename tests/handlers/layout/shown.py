"""A layout as plain words, as any platform would show it."""

from collections.abc import Iterator

from handlers.layout.elements import (
    Channel,
    Cites,
    Element,
    Gap,
    Heading,
    Keys,
    Layout,
    Line,
    Link,
    Listing,
    Moment,
    Opinion,
    Paragraph,
    Picture,
    RoleName,
    Run,
    Table,
    Words,
)


def lines_of(layout: Layout) -> list[str]:
    """Every line of the layout from top to bottom."""
    return [shown for element in layout.elements for shown in _lines(element)]


def _lines(element: Element) -> Iterator[str]:
    match element:
        case Heading(line=line):
            yield f"# {text_of(line)}"
        case Paragraph(line=line):
            yield text_of(line)
        case Listing(lines=lines, numbers=numbers):
            leads = [f"{number}. " for number in numbers] or ["- "] * len(lines)
            yield from (f"{lead}{text_of(line)}" for lead, line in zip(leads, lines, strict=True))
        case Table(columns=columns, rows=rows):
            yield " | ".join(columns)
            yield from (" | ".join(map(text_of, row)) for row in rows)
        case Keys(keys=keys):
            yield " ".join(f"[{key.label}]" for key in keys)
        case Opinion(good=good, bad=bad):
            yield f"[{good.label}] [{bad.label}]"
        case Picture(trend=trend):
            yield f"({trend.in_words()})"
        case Gap():
            yield ""


def text_of(line: Line) -> str:
    """The line as plain words."""
    return "".join(map(_text, line))


def _text(run: Run) -> str:
    match run:
        case Words(text=text):
            return text
        case Link(text=text, url=url):
            return f"{text} <{url}>"
        case Moment(at=at, day_only=day_only):
            return f"{at:%-d %B %Y}" if day_only else f"{at:%-d %B %Y, %H:%M}"
        case Channel(place=place):
            return f"#{place.channel}"
        case RoleName(id=id):
            return f"@{id}"
        case Cites(numbers=numbers):
            return " " + "".join(f"[{number}]" for number in numbers)
