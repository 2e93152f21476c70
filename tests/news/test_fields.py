"""The fields of the news: the list is sound, and what is heard of it is the longest that stands there."""

from collections import Counter, defaultdict

import pytest

from bot.news.concern import belongings
from bot.news.fields import fields, fields_heard, fields_named, run_of, vocabulary_of, with_parts
from bot.news.places import read_list, written_forms
from bot.news.vocabulary import Vocabulary


def heard(vocabulary: Vocabulary, text: str) -> list[tuple[str, bool]]:
    """The runs that are heard in the text, and whether they tell."""
    stems = run_of(text)
    places = defaultdict(list)
    for place, stem in enumerate(stems):
        places[stem].append(place)
    return [(" ".join(one.run), one.tells) for one in vocabulary.heard_in(stems, places)]


def test_every_field_has_words_that_tell_of_it_and_parts_that_there_are() -> None:
    assert len(fields()) > 100
    for key, field in fields().items():
        assert field.telling, key
        assert set(field.parts) <= fields().keys(), key
        assert all(run for run in (*field.names, *field.telling, *field.fellows, *field.misleading)), key


def test_a_name_is_that_of_one_field_only() -> None:
    names = Counter(name for field in fields().values() for name in set(field.names))
    assert [" ".join(name) for name, count in names.items() if count > 1] == []


def test_no_run_of_a_field_both_tells_of_it_and_misleads() -> None:
    for key, field in fields().items():
        assert field.misleading.isdisjoint(field.telling | field.fellows), key


def test_a_field_is_never_part_of_itself() -> None:
    for key in fields():
        assert with_parts(key).count(key) == 1
        assert all(key not in with_parts(part) for part in fields()[key].parts)


def test_countries_and_parts_of_the_world_are_known_places() -> None:
    for name in ("homes.txt", "regions.txt"):
        keys = [line.partition(": ")[0] for line in read_list(name)]
        assert sorted(set(keys)) == sorted(keys)
        assert [key for key in keys if key not in written_forms()] == []


def test_what_lies_in_a_part_of_the_world_belongs_to_it() -> None:
    assert {"jp", "osaka"} <= belongings("asia")
    assert "osaka" in belongings("jp")
    assert belongings("osaka") == frozenset()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("foreign trade", ["foreign trade"]),
        ("crude oil and natural gas", ["crude oil", "natural gas"]),
        ("mergers and acquisitions", ["mergers and acquisitions"]),
        ("iron and steel", ["iron and steel"]),
        ("stock market", ["shares and stock markets"]),
        ("the price of shoes", []),
    ],
)
def test_a_field_is_named_by_its_longest_name(text: str, keys: list[str]) -> None:
    assert [key for _, _, key in fields_named(run_of(text))] == keys


def test_the_longest_run_is_heard_and_nothing_inside_it() -> None:
    vocabulary = Vocabulary({run_of("oil"), run_of("crude oil price")}, {run_of("price")}, {run_of("palm oil")})
    assert heard(vocabulary, "crude oil prices fell, oil fell, palm oil rose, prices") == [
        ("crude oil price", True),
        ("oil", True),
        ("price", False),
    ]


def test_all_fields_are_heard_at_once_as_each_is_alone() -> None:
    text = "Palm oil prices rose as crude oil fell; the trade union said gold medals were no gold mine. Shares closed."
    stems = run_of(text)
    places = defaultdict(list)
    for place, stem in enumerate(stems):
        places[stem].append(place)
    together = fields_heard(stems, places)
    for key, field in fields().items():
        if not field.parts:
            assert list(together.get(key, [])) == vocabulary_of(frozenset({key})).heard_in(stems, places), key
