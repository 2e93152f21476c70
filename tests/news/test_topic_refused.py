"""Topics that cannot be watched, and whatever else may be typed."""

import random

import pytest

from bot.errors import RequestError
from bot.news.topic import read_topic


def refusal(topic: str) -> RequestError:
    with pytest.raises(RequestError) as refused:
        read_topic(topic)
    return refused.value


@pytest.mark.parametrize(
    ("topic", "code"),
    [
        ("", "T01"),
        ("   ", "T01"),
        ("*", "T01"),
        ("the", "T01"),
        ("of the and", "T01"),
        ("a", "T01"),
        ("x", "T01"),
        ("...", "T01"),
        ("🎉🎉", "T01"),
        ('"the"', "T01"),
        ('"…"', "T01"),
        ("news", "T01"),
        ("AND", "T01"),
        ("source:", "T01"),
        ("tariff*", "T01"),
        ("x" * 61, "T01"),
        ("tariffs " * 40, "T01"),
        ("/(a+)+$/", "T02"),
        ("/(?<=a)b/", "T02"),
        (r"/(a)\1/", "T02"),
        ("/a{1000}{1000}/", "T02"),
        ("/[a/", "T02"),
        ("/tariff", "T02"),
        ("/tariff/g", "T02"),
        ("/.*/", "T03"),
        ("//", "T03"),
        ("-cars", "T03"),
        ("NOT cars -boats", "T03"),
        ("Japan OR -cars", "T03"),
        ('"interest rates', "C03"),
        ("“interest rates", "C03"),
        ('Japan "', "C03"),
        ("(Japan", "C03"),
        ("Japan)", "C03"),
        ("()", "T01"),
        ("Japan ()", "C03"),
        ("Japan AND", "C03"),
        ("OR Japan", "C03"),
        ("Japan AND OR China", "C03"),
        ("Japan NOT", "C03"),
        ("(" * 11 + "Japan" + ")" * 11, "C03"),
    ],
)
def test_a_topic_that_cannot_be_watched_is_refused_with_its_code(topic: str, code: str) -> None:
    refused = refusal(topic)
    assert refused.code == code
    assert str(refused).endswith((".", "/pattern/."))
    assert len(str(refused)) < 250


@pytest.mark.parametrize(
    ("topic", "sentence"),
    [
        ("*", "There is no word in this topic that could be watched. A topic needs at least one word of 2-60 letters."),
        ("x" * 300, "Topics can have 200 characters; this has 300. Write a shorter one."),
        ('Japan "trade', 'There is an opening quote without a closing one: `"trade`. Close it, or leave it out.'),
        ("/(?<=a)b/", "This pattern is not supported: look-behind. Write it without, or watch plain words."),
        ("-cars", "That would match every article. Add words that the articles shall have."),
        ("Japan AND", "Something is missing behind `AND`. Write for example (tariffs OR duties) Japan -cars."),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(topic: str, sentence: str) -> None:
    assert str(refusal(topic)) == sentence


PIECES = [
    *"AND OR NOT and or not ( ) [ ] + {3} \\ ? ^ | . - / /i // (? (a+)+ \\1 * 1 3.5 % — … « » : ,".split(),
    *"$AAPL NASDAQ: source: from:".split(),
    *"Japan japan the a x tariffs U.S. é AG Inc. 's ’ & @everyone <!channel> 漢 関税 ไทย 🎉".split(),
    '"', "“", "Donald Trump", "trade war", "\u0301", "\u202e", "\x00", "\ud800", "\n", "\t", "x" * 70,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_typed_is_a_topic_or_a_refusal_with_a_code(seed: int) -> None:
    chance = random.Random(seed)
    refused = 0
    for _ in range(2_000):
        typed = "".join(chance.choice(PIECES) + chance.choice("  \t") for _ in range(chance.randrange(1, 12)))
        typed = typed.replace(" ", "", chance.randrange(4))
        try:
            topic = read_topic(typed)
        except RequestError as fault:
            refused += 1
            assert fault.code in {"T01", "T02", "T03", "C03"}, typed
        else:
            assert topic.rule is not None or topic.description is not None, typed
            assert topic.in_words(), typed
            assert read_topic(topic.text).key == topic.key, typed
    assert 200 < refused < 1_900
