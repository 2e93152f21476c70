"""Events that have nothing in common, for whoever tells of several at once."""

from bot.news.article import Draft
from tests.desk.paper import piece

_EVENTS = [
    (
        "Bridge over the Ouse closed",
        "Engineers found cracks in the steel bridge over the Ouse, the mayor of Selby said.",
    ),
    ("School gets a new roof", "Pupils in Arden will learn under a tin roof from May, the mayor told their parents."),
    ("Orchestra plays for free", "The Norland orchestra gives a concert without tickets, as the mayor had wished."),
    ("Wolves seen near sheep farms", "Three wolves crossed the moor at dawn, and the mayor warned the shepherds."),
    ("Bakery wins prize for rye", "A family bakery won gold for its dark rye loaf; the mayor ate the first slice."),
    ("Tram drivers go on strike", "No trams ran in Farley after drivers walked out over pay, to the mayor's dismay."),
    ("Library lends fishing rods", "Readers can borrow rods and reels from Monday, an idea that the mayor had in bed."),
]


def event(n: int) -> Draft:
    """One of several events that have nothing in common but that the topic "mayor" is met by all."""
    title, said = _EVENTS[n]
    return piece(f"event-{n}", said, title=title, publisher=f"Paper {n}", published=None)
