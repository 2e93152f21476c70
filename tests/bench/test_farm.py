"""The feed farm: the same for the same seed, lively enough, and honest about what it served."""

import re
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from itertools import combinations

import aiohttp
import pytest

from bench.clock import Clock
from bench.farm import Farm, Habit, Rates
from bench.farm.faults import HOSTILE, damage, send
from bench.farm.feeds import VirtualFeed
from bench.farm.forms import sentences_of
from bench.farm.process import running_farm
from bench.farm.server import serving
from bot.archive.repeats import find_runs, fold_words, likeness
from bot.wire.feed import read_feed
from bot.wire.parsed import Entry

MARK = re.compile(r"\bquoll(\d+)x(\d+)\b")
CALM = Rates(odd=0, teasing=0).well_behaved()
ODD = Rates(odd=1, teasing=0, edited=0).well_behaved()
DAY = 24 * 60

needs_linux = pytest.mark.skipif(
    not hasattr(socket, "SO_BINDTODEVICE"), reason="hears on loopback alone by Linux's way"
)


def make_farm(rates: Rates = CALM, feeds: int = 12, seed: int = 1, clock: Clock | None = None) -> Farm:
    farm = Farm(seed=seed, feeds=feeds, clock=clock or Clock(), rates=rates)
    farm.port = 8080
    return farm


def body(farm: Farm, feed: int, minute: int = 0) -> bytes:
    return farm.answer(feed, minute).sent.body


def read(farm: Farm, feed: int, minute: int = 0) -> tuple[Entry, ...]:
    found = read_feed(body(farm, feed, minute), "feed", farm.address(feed))
    assert found.faults == () or farm.feed(feed).habit is Habit.SHARES_ID
    return found.entries


def numbers(text: str) -> set[int]:
    return {int(number) for _feed, number in MARK.findall(text)}


def number_of(entry: Entry) -> int:
    (number,) = numbers(entry.text)
    return number


def test_a_feed_is_a_function_of_seed_number_and_minute() -> None:
    usual, again = make_farm(Rates(), seed=4), make_farm(Rates(), seed=4)
    polls = [(feed, minute) for minute in range(0, 600, 45) for feed in range(12)]
    there = {poll: body(usual, *poll) for poll in polls}
    assert {poll: body(again, *poll) for poll in reversed(polls)} == there
    other = make_farm(Rates(), seed=5)
    assert [poll for poll in polls if len(there[poll]) > 10_000 and there[poll] == body(other, *poll)] == []


def test_polls_fifteen_minutes_apart_find_the_usual_mix() -> None:
    farm, tags, counted = make_farm(Rates(odd=0), feeds=60), {}, Counter[str]()
    for minute in range(0, DAY, 15):
        for feed in range(farm.feeds):
            answer = farm.answer(feed, minute, tags.get(feed))
            farm.note(feed, minute, answer)
            tags[feed] = answer.sent.headers.get("ETag", tags.get(feed))
            fresh = any(version == 0 for _number, version in farm.served[-1].fresh)
            if minute:
                counted[answer.trouble.split(":")[0] or ("new" if fresh else str(answer.sent.status))] += 1
    share = {name: count / counted.total() for name, count in counted.items()}
    wanted = {"304": 0.78, "new": 0.15, "slow": 0.03, "faulty": 0.02, "malformed": 0.01, "hostile": 0.01}
    assert {name: share[name] for name in wanted} == pytest.approx(wanted, abs=0.015)
    assert share["200"] < 0.03  # edited pieces


@pytest.mark.parametrize("feed", range(8))
def test_every_form_gives_a_reader_what_the_farm_says_was_published(feed: int) -> None:
    farm = make_farm()
    entries = read(farm, feed)
    assert 20 <= len(entries) <= 40
    published = {one.number: one for one in farm.published(feed, 0)}
    assert {number_of(entry) for entry in entries} == published.keys()
    for entry in entries:
        one = published[number_of(entry)]
        assert (entry.title, one.mark in entry.text) == (one.title, True)
        assert entry.id
        assert entry.link
        assert entry.published
        assert 60 <= len(entry.text.split()) <= 303


def test_no_piece_repeats_another_one() -> None:
    texts = [" ".join(sentences_of(VirtualFeed(seed=1, number=n // 40, rates=CALM), n % 40, 0)) for n in range(120)]
    runs = [find_runs(fold_words(text)) for text in texts]
    assert max(likeness(one, other) for one, other in combinations(runs, 2)) < 0.2


def test_all_that_was_published_was_served_to_whoever_polled_and_nothing_else() -> None:
    farm = make_farm(Rates(odd=1).well_behaved(), feeds=11)
    for minute in range(0, DAY, 15):
        for feed in range(farm.feeds):
            farm.note(feed, minute, farm.answer(feed, minute))
    last = DAY - 15
    served = {(one.feed, number) for one in farm.served for number, _version in one.fresh}
    assert served == {(feed, one.number) for feed in range(farm.feeds) for one in farm.published(feed, last)}
    texts = [text for one in farm.served for text in ((one.feed, *pair) for pair in one.fresh)]
    assert len(texts) == len(set(texts))


def test_an_edited_piece_keeps_its_headline_and_says_so_in_one_sentence() -> None:
    farm = make_farm(Rates(odd=0, teasing=0, edited=1).well_behaved(), feeds=4)
    for feed in range(4):
        newest = farm.published(feed, DAY)[-1].number
        came, later = farm.feed(feed).line(newest, 0), farm.feed(feed).line(newest, 10 * DAY)
        assert (came.version, later.version) == (0, 1)
        before, after = sentences_of(farm.feed(feed), newest, 0), sentences_of(farm.feed(feed), newest, 1)
        assert [n for n, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]] == [1]
        assert f"quoll{feed}x{newest}v1" in after[1]
        assert {one.versions for one in farm.published(feed, DAY) if one.minute < 0} == {2}


def said(farm: Farm, feed: int, minute: int, of: str) -> dict[int, str | None]:
    return {number_of(entry): getattr(entry, of) for entry in read(farm, feed, minute)}


@pytest.mark.parametrize(
    ("habit", "changed"),
    [
        (Habit.REDATES, {"published"}),
        (Habit.REORDERS, {"order"}),
        (Habit.RENAMES, {"id"}),
        (Habit.MOVES, {"link"}),
        (Habit.MOVES_WHOLLY, {"id", "link"}),
    ],
)
def test_a_habit_changes_one_thing_about_pieces_that_stay_the_same(habit: Habit, changed: set[str]) -> None:
    farm = make_farm(ODD, feeds=44)
    for feed in (feed for feed in range(44) if farm.feed(feed).habit is habit):
        both = [{of: said(farm, feed, minute, of) for of in ("id", "link", "published", "text")} for minute in (0, 400)]
        stayed = both[0]["text"].keys() & both[1]["text"].keys()
        other = {of for of in both[0] if [n for n in stayed if both[0][of][n] != both[1][of][n]]}
        orders = [[number for number in one["text"] if number in stayed] for one in both]
        assert other | ({"order"} if orders[0] != orders[1] else set()) == changed


@pytest.mark.parametrize(
    ("habit", "of", "given"),
    [
        (Habit.UNDATED, "published", 0),
        (Habit.NAMELESS, "id", 0),
        (Habit.NAMELESS, "link", 0),
        (Habit.SHARES_ID, "id", 1),
    ],
)
def test_a_habit_leaves_something_out_or_says_it_of_all(habit: Habit, of: str, given: int) -> None:
    farm = make_farm(ODD, feeds=44)
    for feed in (feed for feed in range(44) if farm.feed(feed).habit is habit):
        assert len({value for value in said(farm, feed, 0, of).values() if value}) == given


def test_what_was_left_out_for_a_while_comes_back() -> None:
    farm = make_farm(ODD, feeds=11)
    (feed,) = (feed for feed in range(11) if farm.feed(feed).habit is Habit.DROPS)
    listed = [numbers(body(farm, feed, minute).decode()) for minute in range(0, DAY, 15)]
    seen = {number: "".join("x" if number in one else " " for one in listed).strip() for number in set.union(*listed)}
    assert [number for number, when in seen.items() if " " in when]
    assert {when.count("x " + " " * 10) for when in seen.values()} <= {0, 1}


@asynccontextmanager
async def asking(farm: Farm, clock: Clock) -> AsyncIterator[aiohttp.ClientSession]:
    async with serving(farm, clock), aiohttp.ClientSession() as session:
        yield session


@needs_linux
async def test_tag_and_date_are_honoured_until_something_changes() -> None:
    clock = Clock()
    farm = make_farm(clock=clock)
    async with asking(farm, clock) as session:

        async def status(**headers: str) -> int:
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            async with session.get(farm.address(3), headers=given) as answer:
                return answer.status

        async with session.get(farm.address(3)) as first:
            tag, date = first.headers["ETag"], first.headers["Last-Modified"]
        assert [await status(If_None_Match=tag), await status(If_Modified_Since=date)] == [304, 304]
        assert [await status(If_None_Match='"x"', If_Modified_Since=date), await status(If_Modified_Since="?")] == [
            200
        ] * 2
        clock.set(DAY)
        assert [await status(If_None_Match=tag), await status(If_Modified_Since=date)] == [200, 200]
        assert [one.status for one in farm.served] == [200, 304, 304, 200, 200, 200, 200]


@needs_linux
async def test_a_teaser_leads_to_a_page_with_the_whole_text_and_a_front_page_to_the_feed() -> None:
    clock = Clock()
    farm = make_farm(Rates(odd=0, teasing=1).well_behaved(), clock=clock)
    async with asking(farm, clock) as session:
        entry = read(farm, 2)[0]
        assert entry.link
        async with session.get(entry.link) as answer:
            page = await answer.text()
        assert [one for one in sentences_of(farm.feed(2), number_of(entry), 0) if one not in unescape(page)] == []
        assert len(entry.text) < len(page) / 2
        async with session.get(farm.site(2) + "/site/2") as answer:
            assert 'rel="alternate"' in (front := await answer.text())
            assert 'href="/feed/2"' in front
        async with session.get(farm.site(2) + "/page/2/4000") as answer:
            assert answer.status == 404


@needs_linux
async def test_the_farm_outlives_every_hostile_answer() -> None:
    clock = Clock()
    farm = make_farm(Rates(hostile=1, slow=0, faulty=0, malformed=0), feeds=400, clock=clock)
    met = set()
    async with asking(farm, clock) as session:
        for feed in range(farm.feeds):
            name = farm.answer(feed, 0).trouble.removeprefix("hostile: ")
            if name in met:
                continue
            met.add(name)
            try:
                async with session.get(farm.address(feed), auto_decompress=False) as answer:
                    await answer.content.read(100)
            except aiohttp.ClientError:
                assert send(name).way == "raw"
        assert met == HOSTILE.keys()
        assert {one.fresh for one in farm.served} == {()}
        async with session.get(farm.site(0) + "/site/0") as answer:
            assert answer.status == 200


@pytest.mark.parametrize("luck", [0.1, 0.3, 0.6, 0.9])
def test_damage_changes_a_feed_and_leaves_most_of_it(luck: float) -> None:
    sound = body(make_farm(), 0)
    damaged = damage(sound, luck)
    assert damaged != sound
    assert len(damaged) > len(sound) / 3


@needs_linux
def test_a_farm_in_its_own_process_tells_what_it_served() -> None:
    with running_farm(seed=6, feeds=3, rates=CALM) as process:
        process.set_minute(30)
        assert process.minute() == 30
        assert process.served() == []
