import random
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.archive.archive import Archive
from bot.archive.articles import (
    Filed,
    changes_after,
    file_drafts,
    find_articles,
    find_passages,
    find_version,
    list_publishers,
    newest_change,
)
from bot.news.article import LOCAL, Article, Draft
from bot.news.passage import cut_passages
from config import defaults
from tests.archive.drafts import NOW, add_words, make_draft, make_text

LATER = NOW + timedelta(days=1)


def file(archive: Archive, *drafts: Draft) -> list[Filed]:
    return archive.write_now(file_drafts, LOCAL, drafts, NOW)


def kept(archive: Archive) -> dict[str, Article]:
    return {change.article.name: change.article for change in archive.read_now(changes_after, LOCAL, 0, 1000)}


def searched(archive: Archive) -> set[str]:
    return {change.article.name for change in archive.read_now(changes_after, LOCAL, 0, 1000) if change.passages}


def repeats(filed: list[Filed]) -> set[tuple[str, str]]:
    return {(repeat.article, repeat.of) for one in filed for repeat in one.repeats}


def test_a_new_draft_is_added_with_every_word_and_its_passages(archive: Archive) -> None:
    draft = replace(
        make_draft("one", published=NOW - timedelta(hours=2)), author="A. Writer", dek_end=12, published_day_only=True
    )
    (filed,) = file(archive, draft)
    assert (filed.name, filed.outcome, filed.repeats) == ("one", "added", ())
    (change,) = archive.read_now(changes_after, LOCAL, 0, 10)
    assert change.article == Article(
        space=LOCAL,
        id=filed.article,
        version=1,
        name="one",
        title=draft.title,
        text=draft.text,
        dek_end=12,
        url=draft.url,
        publisher="The Daily Example",
        origin=None,
        author="A. Writer",
        published=draft.published,
        published_day_only=True,
        language="en",
        seen=NOW,
        copy_of=None,
    )
    assert [(cut.start, cut.end) for cut in change.passages] == cut_passages(draft.text)
    assert archive.read_now(find_passages, LOCAL, [change.passages[0].id]) == {
        change.passages[0].id: change.passages[0]
    }


def test_the_same_draft_again_changes_nothing(archive: Archive) -> None:
    file(archive, make_draft("one"))
    before = archive.read_now(newest_change, LOCAL)
    (again,) = file(archive, replace(make_draft("one"), author="Somebody else"))
    assert again.outcome == "unchanged"
    assert archive.read_now(newest_change, LOCAL) == before


def test_a_changed_text_is_a_new_version_and_the_old_one_stays_for_proof(archive: Archive) -> None:
    old, new = make_draft("one"), make_draft("one", make_text(77))
    (first,) = file(archive, old)
    (passage, *_rest) = archive.read_now(changes_after, LOCAL, 0, 1)[0].passages
    (second,) = archive.write_now(file_drafts, LOCAL, [new], LATER)
    assert (second.article, second.outcome) == (first.article, "changed")
    (change,) = archive.read_now(changes_after, LOCAL, 1, 10)
    assert (change.seq, change.article.version, change.article.text) == (2, 2, new.text)
    assert [(cut.start, cut.end) for cut in change.passages] == cut_passages(new.text)
    assert archive.read_now(find_passages, LOCAL, [passage.id]) == {}
    proof = archive.read_now(find_version, LOCAL, first.article, 1)
    assert proof is not None and (proof.text, proof.version, proof.seen) == (old.text, 1, NOW)
    assert archive.read_now(find_version, LOCAL, first.article, 3) is None


def test_a_changed_headline_is_a_new_version_too(archive: Archive) -> None:
    file(archive, make_draft("one"))
    assert file(archive, replace(make_draft("one"), title="Corrected"))[0].outcome == "changed"
    assert kept(archive)["one"].title == "Corrected"


def test_several_versions_of_one_article_in_one_filing_are_all_kept(archive: Archive) -> None:
    filed = file(
        archive, *(make_draft("one", make_text(number)) for number in range(3)), make_draft("one", make_text(2))
    )
    assert [one.outcome for one in filed] == ["added", "changed", "changed", "unchanged"]
    assert kept(archive)["one"].version == 3
    assert archive.read_now(newest_change, LOCAL) == 1
    for version in (1, 2, 3):
        proof = archive.read_now(find_version, LOCAL, filed[0].article, version)
        assert proof is not None and proof.text == make_text(version - 1)


def test_an_equal_text_of_another_publisher_is_a_copy_without_passages(archive: Archive) -> None:
    text = make_text(1)
    file(archive, make_draft("first", text, published=NOW - timedelta(hours=3)))
    (copy,) = file(archive, make_draft("second", text.upper(), published=NOW, publisher="Another Paper"))
    assert copy.outcome == "repeated"
    assert [(repeat.article, repeat.of, repeat.likeness) for repeat in copy.repeats] == [("second", "first", 1.0)]
    articles = kept(archive)
    assert articles["second"].copy_of == articles["first"].id
    assert articles["second"].text == text.upper()
    assert searched(archive) == {"first"}


def test_the_same_article_under_another_name_is_one_article(archive: Archive) -> None:
    draft = make_draft("first")
    file(archive, draft)
    again = Draft(name="second", identity="/tmp/second.txt", title=draft.title, text=draft.text)
    (filed,) = file(archive, again)
    assert (filed.outcome, repeats([filed])) == ("repeated", {("second", "first")})
    assert set(kept(archive)) == {"first"}
    assert file(archive, again)[0].outcome == "unchanged"
    assert repeats(file(archive, replace(again, name="third", identity="third"))) == {
        ("third", "first"),
        ("third", "second"),
    }


def test_a_further_name_whose_text_changes_becomes_an_article_of_its_own(archive: Archive) -> None:
    draft = make_draft("first")
    again = Draft(name="second", identity="second", title=draft.title, text=draft.text)
    file(archive, draft, again)
    (filed,) = file(archive, replace(again, text=make_text(50)))
    assert filed.outcome == "added"
    articles = kept(archive)
    assert (articles["first"].version, articles["first"].text) == (1, draft.text)
    assert (articles["second"].version, articles["second"].text) == (1, make_text(50))


@pytest.mark.parametrize("together", [True, False])
def test_a_near_repeat_is_a_copy_with_passages_and_every_pair_is_told(archive: Archive, together: bool) -> None:
    text = make_text(1)
    drafts = [make_draft(f"take{number}", add_words(text, number)) for number in (2, 4, 6)] + [make_draft("other")]
    filed = file(archive, *drafts) if together else [one for draft in drafts for one in file(archive, draft)]
    assert [one.outcome for one in filed] == ["added", "repeated", "repeated", "added"]
    assert repeats(filed) == {("take4", "take2"), ("take6", "take2"), ("take6", "take4")}
    assert all(0.8 <= repeat.likeness < 1 for one in filed for repeat in one.repeats)
    articles = kept(archive)
    assert {articles["take4"].copy_of, articles["take6"].copy_of} == {articles["take2"].id}
    assert searched(archive) == {"take2", "take4", "take6", "other"}


def test_a_text_that_shares_too_little_is_no_repeat(archive: Archive) -> None:
    filed = file(archive, make_draft("one", make_text(1)), make_draft("two", add_words(make_text(1), 60)))
    assert [one.outcome for one in filed] == ["added", "added"]


def test_short_texts_repeat_only_what_is_equal_on_the_same_day(archive: Archive) -> None:
    first = replace(make_draft("one", "Copper was unchanged.", published=NOW), title="Copper")
    same = replace(first, name="two", identity="two", url="https://example.org/two")
    next_day = replace(first, name="three", identity="three", published=LATER)
    assert [one.outcome for one in file(archive, first, same, next_day)] == ["added", "repeated", "added"]


def test_a_copy_stays_a_copy_when_its_original_changes_and_then_is_searched(archive: Archive) -> None:
    text = make_text(1)
    file(archive, make_draft("first", text, published=NOW), make_draft("second", text, published=LATER))
    file(archive, make_draft("first", make_text(2), published=NOW))
    articles = kept(archive)
    assert articles["second"].copy_of == articles["first"].id
    assert searched(archive) == {"first", "second"}
    assert repeats(file(archive, make_draft("third", text))) == {("third", "second")}


def test_a_copy_that_becomes_something_else_is_a_copy_no_longer(archive: Archive) -> None:
    text = make_text(1)
    file(archive, make_draft("first", text, published=NOW), make_draft("second", text, published=LATER))
    file(archive, make_draft("second", make_text(2), published=LATER))
    assert kept(archive)["second"].copy_of is None
    assert searched(archive) == {"first", "second"}


def test_a_changed_article_that_now_repeats_another_becomes_its_copy(archive: Archive) -> None:
    file(archive, make_draft("first", published=NOW), make_draft("second", published=LATER))
    (filed,) = file(archive, make_draft("second", add_words(make_draft("first").text, 5), published=LATER))
    assert (filed.outcome, repeats([filed])) == ("changed", {("second", "first")})
    assert kept(archive)["second"].copy_of == kept(archive)["first"].id


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_filing_changes_nothing_in_what_is_found(archive: Archive, seed: int) -> None:
    drafts = _groups()
    order = random.Random(seed)
    order.shuffle(drafts)
    while drafts:
        count = order.randint(1, 4)
        file(archive, *drafts[:count])
        del drafts[:count]
    articles = kept(archive)
    by_id = {article.id: article for article in articles.values()}
    assert searched(archive) == {"a-old", "a-near", "b1", "b3", "b2", "alone", "described"}
    assert {name: by_id[one.copy_of].name for name, one in articles.items() if one.copy_of} == {
        "a-new": "a-old",
        "a-near": "a-old",
        "b2": "b1",
        "b3": "b1",
        "bare": "described",
    }
    assert _count_bands(archive) == 8 * len(searched(archive))


def test_publishers_are_counted_as_articles_come_and_change(archive: Archive) -> None:
    file(archive, make_draft("one"), make_draft("two", publisher="Another Paper"), make_draft("three", publisher=None))
    file(archive, make_draft("one", make_text(9), publisher="Another Paper"))
    assert archive.read_now(list_publishers, LOCAL) == {"Another Paper": 2, defaults.UNKNOWN_PUBLISHER: 1}


def test_what_no_database_can_keep_is_replaced_at_the_same_offset(archive: Archive) -> None:
    draft = replace(make_draft("od\udcffd"), text="A\0B\ud800 said so.", title="T\0", identity="i\0" + "x" * 9_000)
    (filed,) = file(archive, draft)
    article = archive.read_now(find_articles, LOCAL, [filed.article])[filed.article]
    assert (article.name, article.text, article.title) == ("od\ufffdd", "A\ufffdB\ufffd said so.", "T\ufffd")
    assert file(archive, draft)[0].outcome == "unchanged"


def test_articles_without_any_text_are_kept_without_passages(archive: Archive) -> None:
    assert [one.outcome for one in file(archive, make_draft("one", ""), make_draft("two", ""))] == ["added", "added"]
    assert (set(kept(archive)), searched(archive)) == ({"one", "two"}, set())


def test_filing_nothing_is_allowed_and_changes_nothing(archive: Archive) -> None:
    assert file(archive) == []
    assert archive.read_now(newest_change, LOCAL) == 0


def test_a_moment_without_a_zone_is_refused(archive: Archive) -> None:
    with pytest.raises(Exception, match=r"has no time zone|offset-naive"):
        file(archive, make_draft("one", published=NOW.replace(tzinfo=None)))
    assert archive.read_now(newest_change, LOCAL) == 0


def test_only_so_many_repeats_of_one_article_are_told(archive: Archive) -> None:
    draft = make_draft("n0")
    names = [replace(draft, name=f"n{n}", identity=f"n{n}", url=None) for n in range(defaults.REPEATS_LISTED + 5)]
    assert len(file(archive, draft, *names)[-1].repeats) == defaults.REPEATS_LISTED


def _groups() -> list[Draft]:
    one, two, three = make_text(1), make_text(2), make_text(3)
    hours = [NOW - timedelta(hours=number) for number in range(10)]
    # b1 and b3 are alike only through b2.
    return [
        make_draft("a-old", one, published=hours[9], publisher="Agency"),
        make_draft("a-new", one, published=hours[1], publisher="Copier"),
        make_draft("a-near", add_words(one, 6), published=hours[2]),
        make_draft("b1", two, published=hours[5]),
        make_draft("b2", add_words(two, 20), published=hours[4]),
        make_draft("b3", add_words(two, 40), published=hours[3]),
        make_draft("alone", published=hours[0]),
        make_draft("described", three, published=hours[6]),
        replace(make_draft("bare", three, published=hours[6], publisher=None), url=None),
    ]


def _count_bands(archive: Archive) -> int:
    return archive.read_now(lambda db: db.exec_driver_sql("SELECT count(*) FROM bands").scalar_one())
