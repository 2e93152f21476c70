from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.lexicon import subject_stems
from bot.news.passage import cut_passages
from bot.news.text import clip, fold, sentence_spans, space_out, stems, word_spans, words
from bot.news.wording import coverage, wording_of


def sentences(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


@pytest.mark.parametrize(
    "whole",
    [
        "Japan-U.S. talks resumed in Tokyo.",
        "The market opens at 10:30 a.m. Eastern.",
        "He is No. 5 on the list.",
        "Mr. Ito met Mrs. Brown and Dr. Roe on St. Mary's Street.",
        "Sen. Smith and Gov. Lee spoke for Acme Inc. in Ohio.",
        "The U.S. Senate voted for it.",
        "Rates rose by 3.5 percent to 4.25.",
        "He paused... and left.",
        "Prices rose by $1.5 billion vs. $1 billion.",
        "“It is over,” he said.",
        "In Jan. 5 ships came.",
    ],
)
def test_a_sentence_does_not_end_inside_an_abbreviation_or_a_number(whole: str) -> None:
    assert sentences(f"{whole} Then it rained.") == [whole, "Then it rained."]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("It closed at 4 p.m. Markets fell.", ["It closed at 4 p.m.", "Markets fell."]),
        ("She lives in the U.S. Her sister does not.", ["She lives in the U.S.", "Her sister does not."]),
        ("“It is over.” She left.", ["“It is over.”", "She left."]),
        ('"It is over." She left.', ['"It is over."', "She left."]),
        ("What? Yes! No.", ["What?", "Yes!", "No."]),
        ("A headline\nA sentence.", ["A headline", "A sentence."]),
        ("関税は24%です。車は25%です。", ["関税は24%です。", "車は25%です。"]),
        ("สวัสดีครับ", ["สวัสดีครับ"]),
        ("", []),
        (" \n\t\n ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, cut: list[str]) -> None:
    assert sentences(text) == cut


@pytest.mark.parametrize("language", ["ja", "th", "de", "klingon", ""])
def test_every_language_has_sentences(language: str) -> None:
    assert sentences("One here. Two here.", language) == ["One here.", "Two here."]


def test_signs_of_several_bytes_and_marks_move_no_place() -> None:
    assert sentences("😀 One. 😀😀 Two. 🇯🇵 Cafe\u0301 three.") == ["😀 One.", "😀😀 Two.", "🇯🇵 Cafe\u0301 three."]


_PROSE = st.lists(
    st.sampled_from(
        "A b. U.S. p.m. Mr. 3.5 … ? ! \n “ ” ' 😀 e\u0301 関税。 สวัสดี \u2028 \r \x0b Eastern No. 5 a.".split(" ")
    ),
    max_size=30,
).map(" ".join)


@given(_PROSE | st.text(max_size=200), st.sampled_from(["en", "ja", "fr", "xx"]))
def test_sentences_never_overlap_and_hold_all_that_is_written(text: str, language: str) -> None:
    spans = sentence_spans(text, language)
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert not any("\n" in text[start:end] for start, end in spans)


@given(_PROSE | st.text(max_size=300), st.integers(1, 40))
def test_passages_are_whole_sentences_in_order(text: str, size: int) -> None:
    spans = sentence_spans(text)
    passages = cut_passages(text, size_words=size)
    assert all(before[1] <= after[0] for before, after in pairwise(passages))
    assert {start for start, _ in passages} <= {start for start, _ in spans}
    assert {end for _, end in passages} <= {end for _, end in spans}
    assert all(any(a <= start and end <= b for a, b in passages) for start, end in spans)


def test_a_passage_is_longer_than_asked_only_when_its_first_sentence_is() -> None:
    text = "One two three. " * 5 + "A " * 30 + "end. " + "One two."
    sizes = [len(text[start:end].split()) for start, end in cut_passages(text, size_words=10)]
    assert sizes == [9, 6, 31, 2]


def test_no_text_gives_no_passages() -> None:
    assert cut_passages(" \n ") == []


def test_a_script_without_spaces_is_cut_into_passages_too() -> None:
    assert len(cut_passages("関税は二十四パーセントです。" * 100)) > 1


def test_words_are_folded() -> None:
    assert words("Côte d’Ivoire’s 24,000.50 Łódź_x") == ["cote", "d", "ivoire", "s", "24,000.50", "łodz", "x"]
    assert fold("İzmir") == "izmir"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("日本", ["日本"]),
        ("日", ["日"]),
        ("ガソリン価格", ["ガソ", "ソリ", "リン", "ン価", "価格"]),
        ("日本 and 日本人", ["日本", "and", "日本", "本人"]),
        ("สวัสดี", ["สวั", "วัส", "สดี"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("한국 경제", ["한국", "경제"]),
        ("العربيّة", ["العربيّة"]),
    ],
)
def test_words_of_other_scripts_keep_their_marks(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_text_with_spaces_is_not_spaced_out() -> None:
    assert space_out("naïve Überseehafen") == "naïve Überseehafen"


@given(st.text(max_size=200))
def test_there_is_one_stem_for_each_word(text: str) -> None:
    assert len(stems(text)) == len(words(text))


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Japan’s U.S. talks: 3.5 %", ["Japan", "s", "U", "S", "talks", "3.5"]),
        ("Überseehafen in İstanbul, cafe\u0301s", ["Überseehafen", "in", "İstanbul", "cafe\u0301s"]),
        ("ﬁne ½ ①", ["ﬁne", "½", "½", "①"]),
        ("日本の関税 on steel", ["日本", "本の", "の関", "関税", "on", "steel"]),
        ("漢", ["漢"]),
        ("हिन्दी समाचार", ["हिन्दी", "समाचार"]),
    ],
)
def test_words_are_found_where_they_stand_in_the_text(text: str, standing: list[str]) -> None:
    assert [text[start:end] for start, end in word_spans(text)] == standing
    assert len(words(text)) == len(standing)


def test_the_subject_is_what_is_left_without_small_words() -> None:
    assert subject_stems("The tariffs on the cars are up") == ["tariff", "car"]


def test_a_text_is_clipped_at_a_word() -> None:
    assert clip("The port  reopened\non Monday.", 100) == "The port reopened on Monday."
    assert clip("The port reopened, on Monday.", 20) == "The port reopened…"
    assert clip("x" * 50, 10) == "x" * 9 + "…"


@given(st.text(max_size=100), st.integers(2, 50))
def test_a_clipped_text_is_never_longer_than_the_limit(text: str, limit: int) -> None:
    assert len(clip(text, limit)) <= limit


def test_the_wording_of_a_text_has_the_stems_of_each_sentence() -> None:
    wording = wording_of("Tariffs rose. Cars cost more.")
    assert wording.sentences == (("tariff", "rose"), ("car", "cost", "more"))
    assert wording.stems == {"tariff", "rose", "car", "cost", "more"}
    assert ("cost", "more") in wording.pairs
    assert ("rose", "car") not in wording.pairs


def test_coverage_is_the_share_of_the_weight_that_is_held() -> None:
    wanted = {"tariff": 3.0, "japan": 1.0}
    assert coverage(wanted, ["tariff", "rose"]) == 0.75
    assert coverage(wanted, frozenset(wanted)) == 1.0
    assert coverage({}, ["tariff"]) == 0.0
