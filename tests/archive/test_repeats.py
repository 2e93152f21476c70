import random
from datetime import UTC, datetime

import pytest

from bot.archive.repeats import cut_bands, find_runs, fingerprint, fold_words, likeness, look_at
from tests.archive.drafts import add_words, make_text

MONDAY = datetime(2025, 4, 14, tzinfo=UTC)


def test_words_are_folded_and_punctuation_does_not_matter() -> None:
    assert fold_words("Rates: 5.25%, the ECB “said”.") == ["rates", "5", "25", "the", "ecb", "said"]


def test_scripts_without_spaces_give_pairs_of_characters() -> None:
    assert fold_words("日本銀行") == ["日本", "本銀", "銀行"]


def test_likeness_is_the_shared_part_of_the_runs() -> None:
    text = make_text(1)
    longer = add_words(text, 10)
    assert likeness(_runs(text), _runs(text)) == 1.0
    assert likeness(_runs(text), _runs(longer)) == pytest.approx(118 / 128)
    assert likeness(_runs(text), _runs(make_text(2))) == 0.0


def test_texts_under_forty_words_have_no_runs_to_compare() -> None:
    assert _runs(make_text(1, 39)) == frozenset()
    assert likeness(frozenset(), frozenset()) == 0.0
    assert cut_bands(frozenset()) == ()


def test_the_fingerprint_of_a_long_text_leaves_out_headline_and_date() -> None:
    words = fold_words(make_text(1))
    assert fingerprint("One", words, MONDAY) == fingerprint("Another", words, None)


def test_the_fingerprint_of_a_short_text_holds_headline_and_day() -> None:
    words = fold_words("Copper was unchanged.")
    assert fingerprint("Copper", words, MONDAY) == fingerprint("COPPER", words, MONDAY.replace(hour=9))
    assert fingerprint("Copper", words, MONDAY) != fingerprint("Zinc", words, MONDAY)
    assert fingerprint("Copper", words, MONDAY) != fingerprint("Copper", words, MONDAY.replace(day=15))


@pytest.mark.parametrize("size", [45, 100, 500])
def test_texts_that_are_alike_share_a_band_and_others_do_not(size: int) -> None:
    chosen = random.Random(size)
    shared = [("w", "w", str(chosen.random())) for _ in range(size)]
    own = size // 10
    pairs = [
        (
            frozenset(shared[own:] + [("a", str(turn), str(n)) for n in range(own)]),
            frozenset(shared[own:] + [("b", str(turn), str(n)) for n in range(own)]),
        )
        for turn in range(200)
    ]
    assert min(likeness(one, other) for one, other in pairs) >= 0.8
    missed = [pair for pair in pairs if not set(cut_bands(pair[0])) & set(cut_bands(pair[1]))]
    assert len(missed) <= 4
    strangers = [frozenset(("c", str(turn), str(n)) for n in range(size)) for turn in range(200)]
    bands = [band for runs in strangers for band in set(cut_bands(runs))]
    assert len(bands) == len(set(bands))


def test_the_bands_of_a_text_are_the_same_on_every_machine() -> None:
    """They are kept in archives: whoever changes how they are made must migrate those."""
    assert look_at("", make_text(7), None).bands[:2] == (1796411590709101470, 2062515938248918080)


def _runs(text: str) -> frozenset[tuple[str, str, str]]:
    return find_runs(fold_words(text))
