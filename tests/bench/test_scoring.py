from bench.scoring import naive_sentences


def test_sentences_are_split_after_a_stop_before_a_capital_and_fragments_are_dropped() -> None:
    text = (
        'By Ann Ito . The ferry sank off Dunmore. "Nobody drowned that night," said Ito. It cost 3.5 million\ndollars.'
    )
    assert naive_sentences(text) == [
        "The ferry sank off Dunmore.",
        '"Nobody drowned that night," said Ito.',
        "It cost 3.5 million dollars.",
    ]
