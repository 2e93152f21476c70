"""Weights of the linear rankers. Imports nothing.

Those of passages and grounds are fitted by `python -m bench.fit` on questions with known evidence. Those of sentences
were set by hand while reading answers: fitted ones found no more of the evidence and preferred what the wrong person
said.
"""

PASSAGE: tuple[float, ...] = (
    1.52,
    3.978,
    2.694,
    2.869,
    0.91,
    -0.933,
    1.244,
    -0.597,
    -0.45,
    -1.285,
    2.46,
    0.414,
    -0.299,
)
"""Of a passage: the whole question, its best clause, meaning, meaning less the best, publisher named, another publisher
named, dated as asked, dated otherwise, stems covered, stems in the headline, stems in one sentence, pairs of stems,
other passages of its article. The signs are worked out in bot.index.rank."""

SENTENCE: tuple[float, ...] = (
    5.0,
    -3.6,
    2.4,
    2.4,
    0.45,
    0.75,
    0.1,
    4.8,
    0.4,
    0.25,
    -1.5,
    -1.5,
)
"""Of a sentence: stems covered, the same squared, meaning, meaning less the best, its passage's score less the best, of
the kind asked for, pairs of stems, stems covered with the headline, pronoun first, length, stems in the passage,
ends as a question. The signs are worked out in bot.writer.sentences."""

GROUNDS: tuple[float, ...] = (
    1.878,
    0.37,
    0.13,
    1.973,
    0.212,
    1.234,
    2.756,
    1.976,
    4.054,
    -3.022,
    -1.791,
    0.158,
    -0.771,
    0.769,
    -0.134,
    -11.864,
)
"""For and against an answer, in the order of bot.writer.grounds.Signs, and the constant."""

GROUNDS_BY_WORDS: tuple[float, ...] = (
    0.0,
    0.5,
    0.148,
    2.9,
    0.852,
    0.0,
    2.915,
    1.564,
    5.697,
    -2.87,
    -1.903,
    -0.535,
    -0.595,
    0.983,
    -0.188,
    -11.288,
)
"""The same without vectors."""

DESCRIBED: tuple[float, ...] = (
    0.473,
    0.16,
    0.108,
    0.027,
    1.331,
    0.608,
    1.452,
    1.882,
    -1.035,
    1.106,
)
"""For an article's being on a topic in plain language, in the order of bot.news.vocabulary.Signs, and the constant.
Fitted by `python -m bench.fit_topics`."""

CONCERNED: tuple[float, ...] = (
    0.989,
    0.298,
    2.655,
    -0.471,
    0.518,
    0.627,
    1.701,
    0.558,
    1.398,
    0.62,
    -3.459,
)
"""For an article's being about a country, company or person, in the order of bot.news.concern.Concern, and the
constant. Fitted by the same."""

STORY: tuple[float, ...] = (
    18.64,
    -5.808,
    18.336,
    -5.91,
    -4.209,
    -5.964,
    -0.692,
    0.656,
    -0.408,
    -0.996,
    0.094,
    0.539,
    2.223,
    -10.964,
)
"""For two articles telling of one event, in the order of bot.index.gists.SIGNS, and the constant. Fitted by
`python -m bench.fit_stories`."""

STORY_BY_WORDS: tuple[float, ...] = (
    34.816,
    -16.945,
    0.0,
    0.0,
    -3.632,
    -0.986,
    -0.626,
    0.581,
    -0.219,
    -1.035,
    0.254,
    0.67,
    2.036,
    -9.961,
)
"""The same where the meaning of one of them is not known."""
