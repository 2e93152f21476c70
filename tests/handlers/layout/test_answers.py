from dataclasses import replace

from bot.news.briefing import Answer
from bot.news.reply import AnswerId
from handlers.layout.answer import lay_out_answer, lay_out_proof
from handlers.layout.elements import Key, Keys, Layout, Opinion, Paragraph, Table
from tests.handlers.console.makes import HASTE, NEW_YORK, NOTHING, TARIFFS, make_answer
from tests.handlers.layout.shown import lines_of, text_of

NUMBER = AnswerId(7)


def test_the_direct_answer_stands_first_with_the_numbers_of_its_proof() -> None:
    assert _shown(make_answer())[0] == f"{TARIFFS} [1][2]"


def test_numbers_that_a_source_has_in_brackets_are_not_taken_for_citations() -> None:
    answer = make_answer()
    forged = replace(answer.points[0], text="Ferries are free [7], he said [2][3\u200b, 4].")
    assert _shown(replace(answer, points=(forged,)))[0] == "Ferries are free (7), he said (2)(3, 4). [1][2]"


def test_points_say_as_of_when_they_hold_and_which_were_superseded() -> None:
    assert _shown(make_answer())[1:3] == [
        "- As of 15 April 2025: He [Shigeru Ishiba] said Tokyo would not rush into a deal. [2]",
        "- Superseded (said 3 April 2025, 01:05): Tokyo may answer with duties of its own, the minister said. [4]",
    ]


def test_figures_are_a_table_with_their_status_and_sources() -> None:
    shown = _shown(make_answer())
    start = shown.index("Figures")
    assert shown[start + 1 : start + 6] == [
        "Value | Of what | Status | Sources",
        "24% | Japanese exports to the United States | paused, as of 16 April 2025 |  [1]",
        "10% | baseline for nearly every trading partner | in force |  [1][2]",
        "25% | cars and car parts (自動車) |  |  [1][2]",
        "20% | the value first announced | superseded |  [4]",
    ]


def test_a_table_has_no_column_for_a_status_that_nothing_has() -> None:
    answer = make_answer()
    bare = replace(answer, figures=(replace(answer.figures[2], of="cars"),))
    table = next(element for element in _lay_out(bare).elements if isinstance(element, Table))
    assert table.columns == ("Value", "Of what", "Sources")


def test_conflicting_values_stand_side_by_side_with_who_said_them_and_when() -> None:
    shown = _shown(make_answer())
    start = shown.index("Sources differ on the duty on Japanese goods")
    assert shown[start + 1 : start + 3] == [
        "- 24%: Harbour Wire, 16 April 2025, 14:30 [1]",
        "- 25%: Pacific Ledger, 15 April 2025; Harbour Wire, 16 April 2025, 14:30 [2][3]",
    ]


def test_sources_are_publisher_headline_link_and_absolute_date_each_article_once() -> None:
    shown = _shown(make_answer())
    start = shown.index("Sources")
    assert shown[start + 1] == (
        "1. Harbour Wire · Washington joins the Japan talks <https://harbour-wire.example/japan-talks>"
        " · 16 April 2025, 14:30 · also [3]"
    )
    assert shown[start + 2].startswith("2. Pacific Ledger · 日本の関税交渉")
    assert shown[start + 2].endswith(" · 15 April 2025")
    assert shown[start + 3] == "4. The Docket · Tokyo weighs a reply · 3 April 2025, 01:05"


def test_how_the_answer_stands_is_said_quietly_at_its_end() -> None:
    found_by_words = replace(make_answer(), words_only=True)
    small = [element for element in _lay_out(found_by_words).elements if _is_small(element)]
    assert [text_of(element.line) for element in small if isinstance(element, Paragraph)] == [
        "Answered from 3 sources · as of 16 April 2025, 14:30 · sources differ · found by words alone"
    ]


def test_a_follow_up_says_first_how_it_was_understood() -> None:
    assert _shown(replace(make_answer(), read_as="what tariffs apply to Korea?"))[0] == (
        "Reading this as: what tariffs apply to Korea?"
    )


def test_buttons_know_the_answer_by_its_number() -> None:
    assert [(key.label, key.button.act, key.button.numbers) for key in _keys(_lay_out(make_answer()))] == [
        ("Sources", "sources", (7,)),
        ("Watch this", "watch", (7,)),
        ("Helpful", "good", (7,)),
        ("Not helpful", "bad", (7,)),
    ]


def test_nothing_found_says_what_was_searched_and_offers_the_nearest_and_a_watch() -> None:
    layout = _lay_out(make_answer(status="nothing_found"))
    assert lines_of(layout)[:5] == [
        "The articles hold no answer to this.",
        "Searched 18 articles from 5 sources, 2 April 2025 to 17 April 2025.",
        "Nearest coverage",
        "Harbour Wire · Washington joins the Japan talks <https://harbour-wire.example/japan-talks>"
        " · 16 April 2025, 14:30",
        "“Japan is the first country to negotiate in person.”",
    ]
    assert [key.label for key in _keys(layout)] == ["Watch this", "Helpful", "Not helpful"]


def test_an_empty_archive_says_that_there_was_nothing_to_search() -> None:
    empty = replace(make_answer(status="nothing_found"), searched=NOTHING, nearest=())
    assert _shown(empty)[1] == "Nothing has been added yet, so there was nothing to search."


def test_the_proof_shows_every_quotation_word_for_word_below_its_article() -> None:
    shown = lines_of(lay_out_proof(make_answer()))
    assert f"“{TARIFFS}” [1]" in shown
    assert shown[shown.index(f"“{TARIFFS}” [1]") + 1] == "“On cars the duty is 25%.” [3]"
    assert f"“{HASTE}” [2]" in shown


def test_the_proof_of_an_answer_without_any_says_so() -> None:
    bare = replace(make_answer(status="nothing_found"), nearest=())
    assert lines_of(lay_out_proof(bare)) == ["There are no sources to show."]


def test_long_headlines_are_cut_at_a_word_and_quotations_never() -> None:
    answer = make_answer()
    long = replace(answer.citations[0], title="tariffs " * 90, quote="They said so. " * 200)
    told = replace(answer, citations=(long,), points=answer.points[:1], figures=(), conflicts=())
    source = next(line for line in _shown(told) if line.startswith("1. Harbour Wire"))
    assert "tariffs…" in source and len(source) < 300
    assert any(("They said so. " * 200).strip() in line for line in lines_of(lay_out_proof(told)))


def test_the_summary_is_the_answer_as_a_notification_has_room_for_it() -> None:
    assert _lay_out(make_answer()).summary == TARIFFS
    assert _lay_out(make_answer(status="nothing_found")).summary == "The articles hold no answer to this."


def _lay_out(answer: Answer) -> Layout:
    return lay_out_answer(answer, NUMBER, NEW_YORK)


def _shown(answer: Answer) -> list[str]:
    return lines_of(_lay_out(answer))


def _keys(layout: Layout) -> list[Key]:
    rows = [element for element in layout.elements if isinstance(element, Keys | Opinion)]
    return [key for row in rows for key in (row.keys if isinstance(row, Keys) else (row.good, row.bad))]


def _is_small(element: object) -> bool:
    return isinstance(element, Paragraph) and element.weight == "small"
