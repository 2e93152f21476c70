"""Finding evidence: windows, other names, and what the archive lacks."""

from bot.archive.articles import list_publishers
from bot.desk.desk import Desk
from bot.desk.find import bounding_window, find_evidence
from bot.news.findings import Findings
from bot.news.question import read_question
from tests.desk.paper import NOW, ZONE, file, piece, read


def find(desk: Desk, text: str) -> Findings:
    """What is found for the question."""
    publishers = desk.archive.read_now(list_publishers, desk.space)
    question = read_question(text, now=NOW, zone=ZONE, publishers=publishers)
    return desk.archive.read_now(find_evidence, desk, question)


def articles(found: Findings) -> list[str]:
    """The names of the articles found, best first."""
    return list(dict.fromkeys(one.article.name for one in found.evidence))


def test_words_that_no_passage_holds_are_absent_and_weigh_most(shared_desk: Desk) -> None:
    found = find(shared_desk, "Was the hull of the ferry titanium?")
    assert found.absent == {"titanium"}
    assert found.rarity["titanium"] == max(found.rarity.values())


def test_a_country_told_by_its_capital_is_not_absent(shared_desk: Desk) -> None:
    for country in ("Japan", "the Japanese"):
        found = find(shared_desk, f"Which duty on cheese does {country} plan?")
        assert found.absent.isdisjoint({"japan", "japanes"})
        assert articles(found)[0] == "cheese-tokyo"
    assert "franc" in find(shared_desk, "Which duty on cheese does France plan?").absent


def test_other_names_bring_up_what_the_words_do_not(own_desk: Desk) -> None:
    read(
        own_desk,
        piece("icebreakers", "Washington wants forty icebreakers, an official said.", publisher="Harbour Wire"),
    )
    for name in ("U.S.", "United States", "American"):
        assert articles(find(own_desk, f"{name} plans"))[0] in ("icebreakers", "cheese-tokyo"), name


def test_where_a_time_has_nothing_older_evidence_is_found_and_marked(shared_desk: Desk) -> None:
    inside = find(shared_desk, "What did the Bank of Norrland do to its interest rate in March?")
    assert (articles(inside), inside.outside_window) == (["rate-raised"], False)
    outside = find(shared_desk, "What did the Bank of Norrland do to its interest rate since yesterday?")
    assert outside.outside_window
    assert articles(outside)[0] in ("rate-raised", "rate-cut")


def test_two_times_in_one_question_bound_nothing(shared_desk: Desk) -> None:
    found = find(shared_desk, "How did the Bank of Norrland change its rate in March 2025 and in April 2025?")
    assert bounding_window(found.question) is None
    assert {"rate-raised", "rate-cut"} <= set(articles(found))


def test_an_article_without_a_date_can_be_of_any_time(own_desk: Desk) -> None:
    read(own_desk, piece("undated", "The Bank of Norrland holds an open day, it said.", published=None))
    assert "undated" in articles(find(own_desk, "Which open day did the Bank of Norrland hold in March 2025?"))


def test_each_part_of_a_question_has_evidence_of_its_own(shared_desk: Desk) -> None:
    found = find(
        shared_desk, "Did the Holm Island ferry stop running in May, and did the Selby cinema burn down that night?"
    )
    assert len(found.clauses) == 2
    assert [clause[0].article.name for clause in found.clauses] == ["ferry-ends", "cinema"]


def test_passages_that_the_archive_no_longer_has_are_passed_over(own_desk: Desk) -> None:
    file(own_desk, [piece("ferry-ends", "Nothing is known any more.")])
    assert "ferry-ends" not in articles(
        find(own_desk, "When will the ferry between Selby and Holm Island stop running?")
    )
