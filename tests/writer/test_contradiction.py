"""Whether a sentence that was shown still holds, now that its story has changed."""

from datetime import timedelta

import pytest

from bot.news.development import Development, DevelopmentKind
from bot.news.evidence import Quote
from bot.writer.contradiction import contradicts
from tests.makes import NOW, make_article

TOLL = "The death toll of the earthquake in Selby rose to 31 on Wednesday."
PAUSED = "The government paused the new tariffs on Norland steel for 90 days."


def holds_no_longer(shown: str, said: str, was: str | None, kind: DevelopmentKind = "figure", later: int = 2) -> bool:
    old = make_article(shown, published=NOW, seen=NOW)
    new = make_article(said, published=NOW + timedelta(hours=later), seen=NOW + timedelta(hours=later))
    change = Development(number=1, article=new.id, kind=kind, said=said, was=was, found=NOW)
    quotes = [Quote(article=one, start=0, end=len(one.text), score=0.0) for one in (new, old)]
    return contradicts(change, *quotes)


@pytest.mark.parametrize(
    ("shown", "said", "was", "kind"),
    [
        ("An earthquake in Selby killed 12 people.", TOLL, "12 dead", "figure"),
        ("Twelve people died in the Selby earthquake, officials said.", TOLL, "12 dead", "figure"),
        ("The tariff on Norland steel is 25%.", "The tariff on Norland steel was raised to 50%.", "25%", "figure"),
        ("The new tariffs on Norland steel took effect on Monday.", PAUSED, "in force", "status"),
    ],
)
def test_another_value_or_a_state_that_has_given_way_contradicts(
    shown: str, said: str, was: str, kind: DevelopmentKind
) -> None:
    assert holds_no_longer(shown, said, was, kind)


@pytest.mark.parametrize(
    ("shown", "said", "was", "kind"),
    [
        ("By Wednesday 31 people had died in the earthquake in Selby.", TOLL, "12 dead", "figure"),
        ("The earthquake in Selby injured 12 people.", TOLL, "12 dead", "figure"),
        ("Rescue teams searched the ruins of Selby for survivors.", TOLL, "12 dead", "figure"),
        ("The tariff on Norland steel is 25%.", "The tariff on Norland cars was raised to 50%.", "20%", "figure"),
        ("Steel makers complained of the new tariffs.", PAUSED, "in force", "status"),
        ("An earthquake in Selby killed 12 people.", "The mayor of Selby resigned.", None, "outcome"),
    ],
)
def test_the_same_something_else_and_something_more_do_not(
    shown: str, said: str, was: str | None, kind: DevelopmentKind
) -> None:
    assert not holds_no_longer(shown, said, was, kind)


def test_what_is_younger_is_not_contradicted() -> None:
    assert not holds_no_longer("An earthquake in Selby killed 12 people.", TOLL, "12 dead", later=-2)
