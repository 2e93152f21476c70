from bench.counting import Tally, count_pieces
from bench.farm import Served

FIRST = "According to quoll0x1, the ferry was late."
EDITED = "According to quoll0x1, the ferry was late. As quoll0x1v1 put it, it sank."
SECOND = "According to quoll0x2, the bridge opened."


def served(*fresh: tuple[int, int], feed: int = 0) -> Served:
    return Served(at=0.0, minute=0, feed=feed, status=200, trouble="", fresh=fresh)


def counted(texts: list[str], *answers: Served) -> Tally:
    return count_pieces(answers or (served((1, 0), (2, 0)),), texts)


def test_each_piece_in_one_article_is_as_it_should_be() -> None:
    assert counted([SECOND, FIRST]) == Tally(sent=2, lost=(), doubled=(), outdated=())
    assert counted([SECOND, FIRST]).is_sound


def test_a_piece_in_no_article_is_lost() -> None:
    assert counted([FIRST]) == Tally(sent=2, lost=("quoll0x2",), doubled=(), outdated=())


def test_a_piece_in_two_articles_is_doubled_whether_it_was_sent_soundly_or_not() -> None:
    twice = [FIRST, FIRST, SECOND]
    assert counted(twice) == Tally(sent=2, lost=(), doubled=("quoll0x1",), outdated=())
    assert counted(twice, served((2, 0))) == Tally(sent=1, lost=(), doubled=("quoll0x1",), outdated=())


def test_an_article_must_have_the_newest_text_that_was_sent() -> None:
    answers = served((1, 0)), served((1, 1))
    assert counted([EDITED], *answers).is_sound
    assert counted([FIRST], *answers) == Tally(sent=1, lost=(), doubled=(), outdated=("quoll0x1v1",))


def test_a_number_counts_within_its_feed_only() -> None:
    assert counted([FIRST], served((1, 0)), served((1, 0), feed=3)).lost == ("quoll3x1",)
