import random
from collections.abc import Iterator

import pytest

from bot.errors import RequestError
from bot.index.watch_book import WatchBook
from bot.news.subject import Subject
from bot.news.topic import Met, Topic, read_topic
from tests.news.subjects import subject

WORDS = "tariffs tariff duty duties steel cars car trade war talks rates rate cut cuts ferry late Japan ban".split()
NAMES = [*"Japan Japanese China U.S. Fed Apple Toyota Trump 関税 日本 Dorrit".split(), "Jane Dorrit", "Bank of Japan"]
OTHERS = [
    "$AAPL",
    "NYSE:GE",
    "source:Reuters",
    "from:BBC",
    '"trade war"',
    '"rate cuts"',
    "/tariffs? on/",
    "/\\d+/i",
    "/st[ae]/",
]
STOPPERS = "the on of a new said".split()


def draw_topic(chance: random.Random, depth: int = 0) -> str:
    """Some rule, mostly of one or two parts."""
    roll = chance.random()
    if depth < 2 and roll < 0.45:
        joint = chance.choice([" ", " AND ", " OR ", " OR "])
        parts = [draw_topic(chance, depth + 1) for _ in range(chance.randrange(2, 4))]
        return f"({joint.join(parts)})" if depth else joint.join(parts)
    if roll < 0.55:
        return f"-{draw_topic(chance, 2)}"
    return chance.choice(chance.choice([WORDS, WORDS, NAMES, OTHERS]))


def draw_topics(chance: random.Random, count: int) -> Iterator[Topic]:
    while count:
        try:
            yield read_topic(draw_topic(chance))
        except RequestError:
            continue
        count -= 1


def draw_subject(chance: random.Random) -> Subject:
    said = [chance.choice(chance.choice([WORDS, NAMES, STOPPERS])) for _ in range(chance.randrange(3, 40))]
    text = "".join(
        word + chance.choice([" ", " ", " ", " ", ". ", "\n", ", ", " (NYSE: GE) ", " 25 "]) for word in said
    )
    publisher = chance.choice(["Reuters", "BBC Sport", "Daily Ledger"])
    return subject(text, title=" ".join(said[:3]), publisher=publisher)


def matched(book: WatchBook[int], article: Subject) -> list[int]:
    return [watch for watch, _ in book.match(article)]


@pytest.mark.parametrize("seed", range(8))
def test_the_book_finds_what_holding_every_topic_against_the_article_finds(seed: int) -> None:
    chance = random.Random(seed)
    topics = dict(enumerate(draw_topics(chance, 600)))
    book = WatchBook[int]()
    for watch, topic in topics.items():
        book.add(watch, topic)
    for watch in chance.sample(sorted(topics), 200):
        book.remove(watch)
        del topics[watch]
    found = 0
    for _ in range(25):
        article = draw_subject(chance)
        one_by_one = [watch for watch, topic in topics.items() if topic.meets(article)]
        assert sorted(matched(book, article)) == one_by_one
        found += len(one_by_one)
    assert found > 500


def test_every_match_says_why() -> None:
    book = WatchBook[str]()
    book.add("one", read_topic("tariffs"))
    ((watch, met),) = book.match(subject("New tariffs came.", title="News"))
    assert (watch, met.words) == ("one", ("tariffs",))


def test_watches_of_one_topic_share_the_reason_and_come_in_the_order_in_which_they_were_added() -> None:
    book = WatchBook[int]()
    for watch, topic in ((4, "ferry"), (2, "cars OR ferry"), (9, "ferry"), (1, "late")):
        book.add(watch, read_topic(topic))
    found = book.match(subject("The ferry was late."))
    assert [watch for watch, _ in found] == [4, 9, 2, 1]
    assert found[0][1] is found[1][1]


def test_a_watch_that_was_removed_is_not_matched_and_can_come_again() -> None:
    article = subject("New tariffs on ferry tickets.")
    book = WatchBook[int]()
    for topic in ("tariffs", '"new tariffs"', "/tariffs? on/", "tariffs OR duty", "ferry: tickets, fares and ships"):
        book.add(1, read_topic("tariffs"))
        book.add(2, read_topic(topic))
        book.remove(1)
        assert 1 not in matched(book, article)
        book.remove(2)
        assert (matched(book, article), len(book), 2 in book) == ([], 0, False)
    book.remove(2)
    book.add(1, read_topic("tariffs"))
    assert matched(book, article) == [1]


def test_a_watch_that_is_added_again_has_its_new_topic_only() -> None:
    book = WatchBook[int]()
    book.add(1, read_topic("tariffs"))
    book.add(1, read_topic("ferry"))
    assert (matched(book, subject("Tariffs.", title="News")), len(book)) == ([], 1)
    assert matched(book, subject("The ferry.")) == [1]


def test_a_pattern_is_found_whether_or_not_letters_of_it_can_be_told_beforehand() -> None:
    book = WatchBook[int]()
    for watch, topic in enumerate(["/tariffs? on/", "/[tT]a..ff/", "/duty|ferry/", "/ferries/ OR tariffs", "/zebra/"]):
        book.add(watch, read_topic(topic))
    assert matched(book, subject("New Tariffs on ferry tickets.", title="News")) == [1, 2, 3]
    assert matched(book, subject("new tariffs on tickets", title="News")) == [0, 1, 3]


def test_an_article_is_held_against_few_of_many_watches() -> None:
    """An article must not cost more for each watch that has nothing to do with it."""
    tried: list[str] = []

    class Watched(Topic):
        def meets(self, subject: Subject) -> Met | None:
            tried.append(self.text)
            return super().meets(subject)

    book = WatchBook[int]()
    for number in range(1_000):
        for topic in (f"word{number}", f"new word{number}", f'"new word{number}"', f"/on word{number}/", "new zebra"):
            read = read_topic(topic)
            book.add(len(book), Watched(text=read.text, key=read.key, rule=read.rule, description=read.description))
    assert matched(book, subject("The new word7 is on.", title="News")) == [35, 36, 37]
    assert len(tried) <= 4


FIELDS = "foreign trade|oil and gas|interest rates|football|steel|wheat and corn|jobs or inflation|sport|ports".split(
    "|"
)
ASPECTS = "tariffs|prices|talks|exports|a strike|new duties|sanctions|late ferries".split("|")
SAID = [
    *"exports fell|the trade deficit grew|crude oil prices rose|OPEC met|interest rates were cut".split("|"),
    *"the striker scored|steel output rose|the wheat harvest failed|jobless claims rose|consumer prices rose".split(
        "|"
    ),
    *"tariffs on cars|talks ended|a strike began|ferries were late|the port closed|Japan said so".split("|"),
]


def draw_description(chance: random.Random) -> str:
    head = chance.choice(FIELDS)
    head = f"news about {head} in {chance.choice(NAMES)}" if chance.random() < 0.5 else head
    return (
        f"{head}: {chance.choice(ASPECTS)}, {chance.choice(ASPECTS)}" if chance.random() < 0.7 else f"all about {head}"
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_book_finds_what_holding_every_description_against_the_article_finds(seed: int) -> None:
    chance = random.Random(seed)
    drawn = (read_topic(draw_description(chance)) for _ in range(300))
    topics = dict(enumerate(topic for topic in drawn if topic.description))
    book = WatchBook[int]()
    for watch, topic in topics.items():
        book.add(watch, topic)
    found = 0
    for _ in range(25):
        said = [chance.choice(SAID) for _ in range(chance.randrange(1, 6))]
        article = subject(". ".join(said) + f". {chance.choice(NAMES)} won.", title=chance.choice(SAID))
        one_by_one = [watch for watch, topic in topics.items() if topic.meets(article)]
        assert sorted(matched(book, article)) == one_by_one
        found += len(one_by_one)
    assert found > 50


def test_a_field_with_parts_is_found_by_words_of_its_own() -> None:
    topic = read_topic("Sports news: matches, players, teams")
    book = WatchBook[int]()
    book.add(1, topic)
    article = subject(
        "The coach said so after the tournament. His teammates won the title.", title="Champions lose coach"
    )
    assert topic.meets(article)
    assert matched(book, article) == [1]
