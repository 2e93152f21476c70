"""Weights of the linear rankers, fitted by `python -m bench.fit` on questions with known evidence. Imports nothing."""

PASSAGE = (1.374, 3.18, 2.857, 3.011, 1.145, -1.185, 1.091, -0.685, 0.637, -1.617, 2.42, 0.413, -0.272)
"""Of a passage: whole question, best clause, meaning, meaning less the best, publisher named, another publisher named,
dated as asked, dated otherwise, stems covered, stems in the headline, stems in one sentence, pairs of stems, its article."""

SENTENCE = (5.0, -3.6, 2.4, 2.4, 0.45, 0.75, 0.1, 4.8, 0.4, 0.25, -1.5, -1.5)
"""Of a sentence: stems covered, the same squared, meaning, meaning less the best, its passage's score less the best, kind
of thing asked for, pairs of stems, stems covered with the headline, pronoun first, length, stems in the passage, a question."""
