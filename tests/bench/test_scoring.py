from bench.scoring import naive_sentences


def test_sentences_are_split_after_a_stop_before_a_capital() -> None:
    text = 'The ferry sank. "Nobody drowned," said Ito. It cost 3.5 million\ndollars.'
    assert naive_sentences(text) == ["The ferry sank.", '"Nobody drowned," said Ito.', "It cost 3.5 million dollars."]
