"""Turns: what a text tells as having happened, and what it only wishes, fears or describes."""

import pytest

from bot.news.places import read_list
from bot.news.turns import is_background, sorts_named, turns_in


def names(text: str) -> list[str]:
    return [turn.name for turn in turns_in(text)]


def phrases() -> list[tuple[str, str]]:
    """Every phrase of the list, with "~" as two words."""
    lines = [line.partition(": ") for line in read_list("turns.txt")]
    return [
        (head.rpartition("/")[2].rpartition(", ")[2], phrase.replace("~", "one other").replace("#", "3 May"))
        for head, _, listed in lines
        for phrase in listed.partition(" ; ")[0].split(" | ")
    ]


def test_every_phrase_of_the_list_is_found_as_what_it_is_listed_for() -> None:
    assert [(name, phrase) for name, phrase in phrases() if names(f"They {phrase} it.") != [name]] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A jury found Ola Berg guilty of fraud.", ["convicted"]),
        ("A jury found Ola Berg not guilty of fraud.", ["acquitted"]),
        ("The minister resigned and was arrested.", ["resigned", "arrested"]),
        ("The union struck a late deal with the city.", ["agreed"]),
    ],
)
def test_what_happened_is_a_turn(text: str, told: list[str]) -> None:
    assert names(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Prosecutors want him to be convicted.",
        "The minister could be arrested soon.",
        "She has not resigned.",
        "The deal would be approved if talks go on.",
        "A memo from sacked director Berg was read.",
        "Suspended flights leave thousands at airports.",
        "The ferry was late again.",
        "",
    ],
)
def test_what_may_come_and_what_only_describes_a_thing_is_none(text: str) -> None:
    assert names(text) == []


def test_what_outlets_call_the_same_is_of_one_sort() -> None:
    (one,), (other,) = turns_in("The director resigned."), turns_in("The board ousted the director.")
    assert (one.sort, one.name, other.name) == (other.sort, "resigned", "dismissed")


def test_a_noun_names_what_has_happened_unless_it_is_only_wished_for() -> None:
    assert "yes" in sorts_named("Joy over the deal between union and city.")
    assert "yes" not in sorts_named("Union and city seek a new deal.")


def test_what_stands_in_a_side_clause_is_background() -> None:
    sentence = "The man, who was arrested in May, left the court."
    assert is_background(sentence, sentence.index("arrested"))
    assert not is_background(sentence, sentence.index("left"))
