"""Weights of the linear rankers, fitted by `python -m bench.fit` on questions with known evidence. Imports nothing."""

PASSAGE = (1.374, 3.18, 2.857, 3.011, 1.145, -1.185, 1.091, -0.685, 0.637, -1.617, 2.42, 0.413, -0.272)
"""Of a passage: the whole question, its best clause, meaning, meaning less the best, publisher named, another publisher
named, dated as asked, dated otherwise, stems covered, stems in the headline, stems in one sentence, pairs of stems,
other passages of its article. The signs are worked out in bot.index.rank."""

SENTENCE = (5.0, -3.6, 2.4, 2.4, 0.45, 0.75, 0.1, 4.8, 0.4, 0.25, -1.5, -1.5)
"""Of a sentence: stems covered, the same squared, meaning, meaning less the best, its passage's score less the best, of
the kind asked for, pairs of stems, stems covered with the headline, pronoun first, length, stems in the passage,
ends as a question. The signs are worked out in bot.writer.sentences."""

GROUNDS = (
    1.205,
    -4.111,
    2.509,
    1.431,
    0.142,
    0.362,
    3.381,
    1.389,
    2.391,
    2.849,
    0.889,
    -0.039,
    -0.622,
    5.753,
    -7.496,
    -1.442,
    1.295,
    0.768,
    1.0,
    -3.691,
    -1.127,
    -0.569,
    1.809,
    0.151,
    -14.08,
)
"""Of the grounds for an answer, the constant last: meaning of the best passage, of the best three, of the best of
each publisher named (mean, least), score of the best of each publisher, best score, the worst carried part
(passage, sentence, meaning), names found, stems in the best passage, in the best four, in the best sentence, in
the headlines, stems absent from the archive, stems in the best quote, in the best that names all names, in the
best of the kind asked for, all of them there, an outlet the archive lacks, an outlet named, a date missed,
length, yes or no. The signs are worked out in bot.writer.grounds."""

GROUNDS_BY_WORDS = (
    0.0,
    0.0,
    0.0,
    0.0,
    0.331,
    0.736,
    4.551,
    1.143,
    0.0,
    2.249,
    -0.005,
    0.462,
    -1.332,
    6.695,
    -8.302,
    -0.516,
    1.485,
    1.32,
    1.0,
    -3.695,
    -1.538,
    -0.128,
    2.19,
    0.186,
    -15.886,
)
"""The same without vectors."""
