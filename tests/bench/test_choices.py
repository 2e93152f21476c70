from typing import Any

from bench.choices import choose, supports


def answer(**fields: Any) -> dict[str, Any]:
    return {"points": [], "figures": [], "citations": [], "nearest": [], **fields}


def test_the_choice_whose_own_words_stand_in_the_answer_is_chosen() -> None:
    said = answer(points=[{"text": "The cup went to the rowers of Dunmore."}])
    assert choose(said, ["The rowers of Kilrush", "The rowers of Dunmore", "The sailors of Kilrush", "Nobody"]) == 1


def test_words_that_all_choices_share_support_none_of_them() -> None:
    assert supports(["red boat", "blue boat"], ["A boat was seen."]) == [0.0, 0.0]


def test_a_word_in_an_earlier_sentence_counts_more() -> None:
    first, second = supports(["copper", "tin"], ["Copper rose.", "Tin fell."])
    assert first > second > 0


def test_a_figure_of_the_answer_supports_a_choice() -> None:
    assert choose(answer(figures=[{"value": "40%", "of": "ferries"}]), ["10", "20", "30", "40"]) == 3


def test_the_headline_of_a_cited_article_supports_a_choice() -> None:
    said = answer(
        points=[{"text": "She won again."}], citations=[{"title": "Ito takes the cup", "quote": "She won again."}]
    )
    assert choose(said, ["Mori", "Ito"]) == 1


def test_the_nearest_coverage_decides_when_nothing_was_found() -> None:
    said = answer(nearest=[{"quote": "Snow closed the pass.", "title": "Weather"}])
    assert choose(said, ["Rain", "Hail", "Snow", "Fog"]) == 2


def test_a_tie_goes_to_the_choice_listed_first() -> None:
    assert choose(answer(), ["Rain", "Hail"]) == 0
