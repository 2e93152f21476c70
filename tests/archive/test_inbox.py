"""What a platform hands in is done once, and not forgotten before it is done."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.archive.archive import Archive
from bot.archive.inbox import Event, close_event, find_event, forget_events, open_events, take_event
from bot.news.article import Space

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVENT = Event(space=Space("T1"), platform="slack", event="Ev1", body="digest list", received=NOW, reply=None)


def test_an_event_that_is_handed_in_again_is_known(archive: Archive) -> None:
    assert archive.write_now(take_event, EVENT)
    assert not archive.write_now(take_event, replace(EVENT, received=NOW + timedelta(minutes=5)))
    assert archive.read_now(open_events, EVENT.platform, 10) == [EVENT]


def test_the_same_id_in_another_space_or_on_another_platform_is_another_event(archive: Archive) -> None:
    for event in (EVENT, replace(EVENT, space=Space("T2")), replace(EVENT, platform="discord")):
        assert archive.write_now(take_event, event)


def test_what_is_done_is_not_done_again_and_keeps_its_reply(archive: Archive) -> None:
    archive.write_now(take_event, EVENT)
    archive.write_now(close_event, EVENT, "No digests here.")
    assert archive.read_now(open_events, EVENT.platform, 10) == []
    assert not archive.write_now(take_event, EVENT)
    found = archive.read_now(find_event, EVENT.space, EVENT.platform, EVENT.event)
    assert found is not None and found.reply == "No digests here."


def test_what_is_done_is_forgotten_after_a_day_and_what_is_open_never(archive: Archive) -> None:
    other = replace(EVENT, event="Ev2")
    for event in (EVENT, other):
        archive.write_now(take_event, event)
    archive.write_now(close_event, EVENT, "Done.")
    archive.write_now(forget_events, NOW + timedelta(hours=23))
    assert archive.read_now(find_event, EVENT.space, EVENT.platform, EVENT.event) is not None
    archive.write_now(forget_events, NOW + timedelta(hours=25))
    assert archive.read_now(find_event, EVENT.space, EVENT.platform, EVENT.event) is None
    assert archive.read_now(open_events, EVENT.platform, 10) == [other]
