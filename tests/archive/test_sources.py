from datetime import timedelta

from bot.archive.archive import Archive
from bot.archive.sources import Source, list_sources, note_sources
from bot.news.article import LOCAL, Space
from tests.archive.drafts import NOW

ONE = ("One", "https://one.example/feed")
TWO = ("Two", "https://two.example/feed")


def test_new_sources_are_noted_once_and_keep_their_first_name(archive: Archive) -> None:
    assert [one.name for one in archive.write_now(note_sources, LOCAL, [TWO, ONE, ONE], NOW)] == ["Two", "One"]
    later = NOW + timedelta(days=1)
    assert archive.write_now(note_sources, LOCAL, [("Renamed", ONE[1])], later) == []
    assert archive.read_now(list_sources, LOCAL) == [
        Source(name="One", address=ONE[1], added=NOW),
        Source(name="Two", address=TWO[1], added=NOW),
    ]


def test_addresses_too_long_for_an_index_are_told_apart(archive: Archive) -> None:
    long = "https://one.example/" + "é" * 3_000
    archive.write_now(note_sources, LOCAL, [("A", long + "a"), ("B", long + "b")], NOW)
    assert [one.address for one in archive.read_now(list_sources, LOCAL)] == [long + "a", long + "b"]


def test_one_space_never_sees_the_sources_of_another(archive: Archive) -> None:
    archive.write_now(note_sources, LOCAL, [ONE], NOW)
    assert archive.read_now(list_sources, Space("other")) == []
    assert len(archive.write_now(note_sources, Space("other"), [ONE], NOW)) == 1
