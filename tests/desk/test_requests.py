"""What is typed is carried out the same on every platform, by whoever may, and refused in a sentence."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.archive.archive import Archive
from bot.archive.closed import close_place, close_space
from bot.archive.deliveries import find_deliveries, list_held, owe_delivery
from bot.archive.feeds import PUBLIC, NewFeed
from bot.archive.notices import owe_notice, untold_notices
from bot.archive.schema_due import DELIVERIES
from bot.archive.sources import note_sources
from bot.desk.desk import Desk
from bot.desk.grammar import read_command
from bot.desk.handle import carry_out
from bot.desk.overview import look_at
from bot.desk.replies import AboutDue
from bot.desk.requests import Request
from bot.errors import RequestError
from bot.news.article import Space
from bot.news.delivery import Owed
from bot.news.member import Footing, Member, Role
from bot.news.place import TERMINAL, Place
from bot.news.reply import (
    DigestMade,
    DigestPreviewed,
    DigestsListed,
    HeldListed,
    Said,
    WatchChanged,
    WatchesListed,
    WatchMade,
)
from bot.news.source import Notice
from tests.desk.paper import file, open_desk, piece

SPACE = Space("T1")
PLACE = Place(platform="slack", space=SPACE, channel="C1")
ADMIN = Member(id="U1", may_manage=True)
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def desk(archive: Archive, data_dir: Path) -> Desk:
    return open_desk(archive, data_dir, SPACE)


def ask(desk: Desk, typed: str, *, at: datetime = NOW, **instead: object) -> AboutDue:
    request = Request(
        command=read_command(typed), by=ADMIN, place=PLACE, footing=Footing(), zone=ZoneInfo("Europe/Paris")
    )
    return asyncio.run(carry_out(desk, replace(request, **instead), at))  # type: ignore[arg-type]


def refusal(desk: Desk, typed: str, **instead: object) -> tuple[str, str]:
    with pytest.raises(RequestError) as refused:
        ask(desk, typed, **instead)
    return refused.value.code, str(refused.value)


def test_a_digest_is_repeated_in_words_with_its_next_three_times(desk: Desk) -> None:
    made = ask(desk, "digest add weekdays 8:30 tariffs short")
    assert isinstance(made, DigestMade)
    subscription = made.subscription
    assert (subscription.topic, subscription.length, subscription.made_by) == ("tariffs", "short", "U1")
    assert subscription.schedule.in_words() == "on weekdays at 08:30, Europe/Paris"
    assert [f"{due:%a %d %H:%M}" for due in made.next] == ["Tue 03 07:30", "Wed 04 07:30", "Thu 05 07:30"]


@pytest.mark.parametrize("typed", ["weekdays 8:30 Asia/Tokyo tariffs", "weekdays 8:30 tariffs Asia/Tokyo"])
def test_a_zone_may_stand_behind_the_time_or_at_the_end(desk: Desk, typed: str) -> None:
    made = ask(desk, f"digest add {typed}")
    assert isinstance(made, DigestMade)
    assert made.subscription.topic == "tariffs"
    assert made.subscription.schedule.in_words() == "on weekdays at 08:30, Asia/Tokyo"


def test_a_digest_without_a_topic_is_of_all_news(desk: Desk) -> None:
    made = ask(desk, "digest add daily 7am and 18:00")
    assert isinstance(made, DigestMade)
    assert made.subscription.topic is None


def test_a_digest_can_be_made_from_some_sources_only(desk: Desk) -> None:
    feeds = [
        (name, NewFeed(scope=PUBLIC, key=name, address=f"https://{name}.example/", kind="feed"))
        for name in ("Harbour News", "Selby Courier", "Courier Extra")
    ]
    desk.archive.write_now(note_sources, SPACE, feeds, NOW)
    made = ask(desk, "digest add daily 7am tariffs sources: harbour, Selby")
    assert isinstance(made, DigestMade)
    assert made.sources == ("Harbour News", "Selby Courier")
    assert len(made.subscription.sources) == 2
    assert refusal(desk, "digest add daily 9am sources: courier")[0] == "S03"


def test_a_time_that_clocks_skip_is_told_when_the_digest_is_made(desk: Desk) -> None:
    made = ask(desk, "digest add daily 2:30")
    assert isinstance(made, DigestMade)
    assert made.notes == ("On 29 March that time does not exist; you will get it at 03:00.",)


def test_the_same_digest_is_not_made_twice(desk: Desk) -> None:
    ask(desk, "digest add weekdays 8:30 Tariffs")
    assert refusal(desk, "digest add weekdays 08:30 tariffs") == (
        "S02",
        "That digest comes here already; it is number 1.",
    )


def test_a_digest_is_listed_paused_resumed_and_removed_by_its_number(desk: Desk) -> None:
    ask(desk, "digest add weekdays 8:30")
    listed = ask(desk, "digest")
    assert isinstance(listed, DigestsListed) and [one.id for one in listed.subscriptions] == [1]
    assert ask(desk, "digest pause 1") == Said(sentence="Digest 1 is paused. `digest resume 1` lets it come again.")
    resumed = ask(desk, "digest resume #1", at=NOW + timedelta(days=3))
    assert isinstance(resumed, DigestMade) and f"{resumed.next[0]:%a %d}" == "Fri 06"
    assert ask(desk, "digest remove 1") == Said(sentence="Digest 1 is removed.")
    assert ask(desk, "digest list") == DigestsListed(subscriptions=())


def test_a_preview_shows_the_next_digest_and_changes_nothing(desk: Desk) -> None:
    ask(desk, "digest add weekdays 8:30")
    first, second = ask(desk, "digest preview"), ask(desk, "digest preview 1")
    assert isinstance(first, DigestPreviewed) and first == second


def test_a_watch_is_read_back_as_it_was_understood(desk: Desk) -> None:
    made = ask(desk, 'watch add "interest rates" -japan hourly quiet 22:00-07:00 but severe')
    assert isinstance(made, WatchMade)
    watch = made.watch
    assert (watch.topic, watch.cadence, watch.quiet_lets) == ('"interest rates" -japan', "hourly", "severe")
    assert watch.quiet is not None and f"{watch.quiet.start:%H:%M} {watch.quiet.end:%H:%M}" == "22:00 07:00"
    assert made.understood == "articles with “interest rates”, without japan (also Japanese, Tokyo)"


def test_how_a_watch_tells_may_be_said_in_any_order(desk: Desk) -> None:
    made = ask(desk, "watch add tariffs quiet 22:00 to 7:00 daily")
    assert isinstance(made, WatchMade)
    assert (made.watch.topic, made.watch.cadence, made.watch.quiet is not None) == ("tariffs", "daily", True)


def test_quiet_hours_in_which_the_channels_digest_always_comes_are_refused(desk: Desk) -> None:
    ask(desk, "digest add daily 23:00")
    code, sentence = refusal(desk, "watch add tariffs quiet 22:00-07:00")
    assert (code, sentence) == ("D11", "Quiet hours would silence the 23:00 digest.")
    assert isinstance(ask(desk, "watch add tariffs quiet 23:30-07:00"), WatchMade)
    assert refusal(desk, "watch add duties quiet 22:00-22:00")[0] == "D11"


def test_a_name_that_ends_in_a_word_of_time_is_a_topic(desk: Desk) -> None:
    made = ask(desk, "watch add China Daily")
    assert isinstance(made, WatchMade) and made.watch.topic == "China Daily"


def test_a_watch_is_muted_for_as_long_as_is_said_and_tells_again(desk: Desk) -> None:
    ask(desk, "watch add tariffs")
    said = ask(desk, "watch mute 1 for 3 days")
    assert said == Said(sentence="Watch 1 tells nothing until 5 March, 13:00. `watch unmute 1` ends that.")
    assert ask(desk, "watch unmute 1") == Said(sentence="Watch 1 tells again.")
    listed = ask(desk, "watch")
    assert isinstance(listed, WatchesListed) and listed.watches[0].muted_until is None
    assert refusal(desk, "watch mute 1 until the cows come home")[0] == "C02"


def test_a_watch_is_taught_by_what_is_called_helpful_and_forgets_it(desk: Desk) -> None:
    ask(desk, "watch add tariffs")
    file(desk, [piece("one", "Tariffs on glass rise at the port of Marlow, the customs office said on Monday.")], NOW)
    guest = Member(id="U2", may_manage=False)
    nobody = Said(sentence="Nobody has said yet what of watch 1 was helpful.")
    assert ask(desk, "watch learnt 1") == nobody
    told = ask(desk, "watch unhelpful 1 https://example.org/one", by=guest)
    assert told == Said(sentence="Watch 1 brings less of the like.")
    assert ask(desk, "watch learnt 1") != nobody
    assert refusal(desk, "watch helpful 1 https://example.org/two")[0] == "S03"
    assert refusal(desk, "watch reset 1", by=guest)[0] == "A01"
    ask(desk, "watch reset 1")
    assert ask(desk, "watch learnt 1") == nobody


def test_a_watch_that_is_there_already_is_not_made_twice(desk: Desk) -> None:
    ask(desk, "watch add Tariffs  Japan")
    assert refusal(desk, "watch add tariffs japan")[0] == "S02"


@pytest.mark.parametrize(
    "typed", ["digest pause 7", "digest remove x", "watch remove 7", "watch mute 7", "held post 7"]
)
def test_what_is_not_there_and_what_is_another_teams_is_refused_in_the_same_words(desk: Desk, typed: str) -> None:
    other = replace(PLACE, space=Space("T2"))
    for _ in range(7):
        made = ask(desk, f"watch add topic{_}", place=other)
        assert isinstance(made, WatchMade)
    assert refusal(desk, typed) == refusal(desk, typed, place=replace(PLACE, space=Space("T3")))
    assert refusal(desk, typed)[0] == "S03"


def test_whoever_may_not_manage_the_channel_may_look_and_change_nothing(desk: Desk) -> None:
    guest = Member(id="U2", may_manage=False, needs="*Manage Server*")
    assert isinstance(ask(desk, "watch list", by=guest), WatchesListed)
    code, sentence = refusal(desk, "watch add tariffs", by=guest)
    assert code == "A01" and sentence.startswith("Only members with *Manage Server* can change this.")
    assert ask(desk, "watch list") == WatchesListed(watches=())


@pytest.mark.parametrize(
    ("footing", "code", "words"),
    [
        (Footing(takes_digests=False), "A02", "Use this in the channel that should get the digest."),
        (Footing(can_post=False, invite="`/invite @bot`"), "A03", "Invite me first: `/invite @bot`."),
        (Footing(can_read_back=False, history="*Read Message History*"), "A04", "I need *Read Message History* here"),
    ],
)
def test_nothing_is_promised_where_it_could_not_be_kept(desk: Desk, footing: Footing, code: str, words: str) -> None:
    found, sentence = refusal(desk, "digest add weekdays 8:30", footing=footing)
    assert found == code and words in sentence
    assert ask(desk, "digest list") == DigestsListed(subscriptions=())


def test_what_nobody_saw_arrive_can_be_posted_again_or_left_by_a_person(desk: Desk) -> None:
    assert ask(desk, "held") == HeldListed(deliveries=())
    owed = Owed(place=PLACE, cause="notice", key="notice:1", payloads=("{}",), due=NOW)
    desk.archive.write_now(owe_delivery, owed, NOW)
    assert desk.archive.read_now(list_held, SPACE) == []
    [delivery] = desk.archive.read_now(find_deliveries, SPACE, "notice:1")
    assert refusal(desk, f"held post {delivery.id}")[0] == "S03"  # it is not held


def test_what_is_held_is_shown_and_settled_in_its_own_channel_and_in_the_terminal_alone(desk: Desk) -> None:
    owed = Owed(place=PLACE, cause="notice", key="notice:1", payloads=("{}",), due=NOW)
    desk.archive.write_now(owe_delivery, owed, NOW)
    desk.archive.write_now(lambda db: db.execute(DELIVERIES.update().values(state="held")))
    [delivery] = desk.archive.read_now(find_deliveries, SPACE, "notice:1")
    elsewhere = replace(PLACE, channel="C2")
    assert ask(desk, "held", place=elsewhere) == HeldListed(deliveries=())
    assert refusal(desk, f"held posted {delivery.id}", place=elsewhere)[0] == "S03"
    for place in (replace(PLACE, thread="1.2"), Place(platform=TERMINAL, space=SPACE, channel="desk")):
        assert ask(desk, "held", place=place) == HeldListed(deliveries=(delivery,))
    assert ask(desk, f"held posted {delivery.id}") == Said(sentence="It counts as posted.")


def test_a_channel_hears_what_became_of_sources_and_of_no_other_channel(desk: Desk) -> None:
    desk.archive.write_now(close_place, replace(PLACE, channel="C2"), "the desk is not in there.", NOW)
    desk.archive.write_now(close_space, PLACE.platform, SPACE, "the token was revoked.", NOW)
    assert len(desk.archive.read_now(untold_notices, SPACE)) == 2, "the operator hears of both"
    gone = Notice(space=SPACE, key="gone:1", to=None, sentence="The Gazette is gone.", made=NOW)
    desk.archive.write_now(owe_notice, gone)
    assert desk.archive.read_now(look_at, PLACE).notices == (gone,)


def test_a_digest_that_is_changed_keeps_its_number_and_comes_at_its_new_times(desk: Desk) -> None:
    ask(desk, "digest add weekdays 8:30 tariffs short")
    changed = ask(desk, "digest change 1 daily 7:00 about rates long")
    assert isinstance(changed, DigestMade)
    subscription = changed.subscription
    assert (subscription.id, subscription.topic, subscription.length) == (1, "rates", "long")
    assert [f"{due:%a %d %H:%M}" for due in changed.next] == ["Tue 03 06:00", "Wed 04 06:00", "Thu 05 06:00"]
    assert ask(desk, "digest list") == DigestsListed(subscriptions=(subscription,))


def test_a_digest_that_is_changed_may_stay_as_it_was_and_not_become_another(desk: Desk) -> None:
    ask(desk, "digest add weekdays 8:30 tariffs")
    ask(desk, "digest add weekdays 8:30 rates")
    assert isinstance(ask(desk, "digest change 1 weekdays 8:30 tariffs"), DigestMade)
    assert refusal(desk, "digest change 1 weekdays 8:30 rates") == (
        "S02",
        "That digest comes here already; it is number 2.",
    )
    assert refusal(desk, "digest change 7 daily 7:00")[0] == "S03"


def test_a_watch_that_is_changed_keeps_its_topic_and_tells_in_its_new_manner(desk: Desk) -> None:
    ask(desk, 'watch add "interest rates"')
    changed = ask(desk, "watch change 1 hourly quiet 22:00-07:00 but severe")
    assert isinstance(changed, WatchChanged)
    watch = changed.watch
    assert (watch.topic, watch.cadence, watch.quiet_lets) == ('"interest rates"', "hourly", "severe")
    assert ask(desk, "watch list") == WatchesListed(watches=(watch,))
    assert refusal(desk, "watch change 1 cocoa daily")[0] == "S03"


def test_a_role_is_pinged_only_where_whoever_makes_or_changes_the_watch_may_ping_it(desk: Desk) -> None:
    made = ask(desk, "watch add tariffs Ping <@&71> daily", roles=(Role(id="71"),))
    assert isinstance(made, WatchMade)
    assert (made.watch.topic, made.watch.cadence, made.watch.ping) == ("tariffs", "daily", "71")
    no = Role(id="72", refusal="You may not ping *Desk* there.")
    for typed in ("watch add duties ping <@&72>", "watch change 1 ping <@&72> hourly"):
        assert refusal(desk, typed, roles=(Role(id="71"), no)) == ("A05", no.refusal)
    assert ask(desk, "watch list") == WatchesListed(watches=(made.watch,))


def test_a_watch_that_is_changed_pings_whom_the_change_names_and_nobody_else(desk: Desk) -> None:
    ask(desk, "watch add tariffs ping <@&71>", roles=(Role(id="71"),))
    for typed, pinged in (("hourly ping <@&72>", "72"), ("daily", None)):
        changed = ask(desk, f"watch change 1 {typed}", roles=(Role(id="72"),))
        assert isinstance(changed, WatchChanged) and changed.watch.ping == pinged


def test_where_there_are_no_roles_that_is_said_and_a_topic_of_pings_stays_one(desk: Desk) -> None:
    code, sentence = refusal(desk, "watch add tariffs ping <@&71>")
    assert code == "A05" and "only in a server of Discord" in sentence
    made = ask(desk, "watch add table tennis ping pong")
    assert isinstance(made, WatchMade) and made.watch.topic == "table tennis ping pong"


def test_whoever_may_not_manage_a_channel_changes_nothing_in_it(desk: Desk) -> None:
    ask(desk, "digest add weekdays 8:30 tariffs")
    guest = Member(id="U2", may_manage=False)
    assert refusal(desk, "digest change 1 daily 7:00", by=guest)[0] == "A01"
