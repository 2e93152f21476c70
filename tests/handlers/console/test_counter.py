"""Orders given to a running desk: carried out there, told here, and nothing that comes to the counter breaks it."""

import asyncio
import io
import json
import os
import re
import socket
import stat
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from rich.style import Style
from rich.text import Text

from bot.errors import ArchiveFull, BadAddress
from bot.schedule import Workers
from config import defaults
from handlers.console.counter import CarryOut, Counter, find_desk, give_order
from handlers.console.order_form import read_order, write_order
from handlers.console.sheet import Sheet, open_sheet
from handlers.console.source_desk import Order, Out
from handlers.console.streams import ReaderLeft
from tests.handlers.console.makes import AFTERNOON, NEW_YORK

ORDER = Order(
    verb="import",
    words="müller.opml \udcff",
    name="Ferries",
    full_text="never",
    as_page=True,
    pick=3,
    user="ines",
    password="hunter2",
    list_bytes=bytes(range(256)),
    as_json=True,
)
LIST = Order(verb="list")
THREADS = ThreadPoolExecutor(2 * defaults.COUNTER_AT_ONCE)
Gave = tuple[int, str | None] | None


class Here:
    """A terminal that gives orders, and what it was told."""

    def __init__(self, width: int = 80, *, coloured: bool = False, zone: ZoneInfo = NEW_YORK) -> None:
        self.file = io.StringIO()
        self.progress: list[tuple[str, int, int | None]] = []
        sheet = open_sheet(self.file, zone, width=width, coloured=coloured)
        self.out = Out(sheet=sheet, put=self.file.write, progress=lambda *done: self.progress.append(done))  # type: ignore[arg-type]

    async def give(self, folder: Path, order: Order = LIST) -> Gave:
        return await asyncio.get_running_loop().run_in_executor(THREADS, give_order, folder, order, self.out)


@asynccontextmanager
async def counter_in(folder: Path, carry_out: CarryOut, **how: float) -> AsyncIterator[Workers]:
    """A counter that is open in the folder, and the tasks that it leaves."""
    workers = Workers()
    counter = Counter(folder, carry_out, workers, **how)
    await counter.open()
    try:
        yield workers
    finally:
        counter.close()
        await workers.finish(10)


def show_something(sheet: Sheet) -> None:
    sheet.write(Text(f"Harbour Wire, read {sheet.date(AFTERNOON, day_only=False)}; the ferry was late again.", "bold"))
    sheet.write(Text("bad", Style(color="red")))
    sheet.write_link("https://harbour-wire.example/feed", indent=2)


async def list_something(_order: Order, out: Out) -> int:
    show_something(out.sheet)
    out.put('{"line": 1}')
    out.progress("reading sources", 1, 2)
    out.progress("tidying", 1)
    return 1


async def talk(folder: Path, said: bytes) -> list[dict[str, Any]]:
    """What the counter answers to these bytes, after its greeting."""
    reader, writer = await asyncio.open_unix_connection(folder / "counter.sock")
    greeting = json.loads(await reader.readline())
    assert greeting == {"pid": os.getpid()}
    writer.write(said)
    try:
        return [json.loads(line) async for line in reader]
    finally:
        writer.close()


async def test_an_order_that_comes_while_the_desk_ends_is_told_to_come_again(tmp_path: Path) -> None:
    workers = Workers()
    counter = Counter(tmp_path, list_something, workers)
    await counter.open()
    reader, writer = await asyncio.open_unix_connection(tmp_path / "counter.sock")
    await reader.readline()
    counter.close()
    writer.write(write_order(LIST, Here().out.sheet.look))
    told = [json.loads(line) async for line in reader]
    writer.close()
    await workers.finish(10)
    assert told == [{"fault": "I am restarting; nothing was changed. Try again in a minute. (C07)", "status": 2}]


@pytest.mark.parametrize("order", [ORDER, LIST])
def test_an_order_and_its_look_are_the_same_after_the_way_as_a_line(order: Order) -> None:
    look = Here(40, coloured=True).out.sheet.look
    line = write_order(order, look)
    assert line.count(b"\n") == 1
    assert read_order(line) == (order, look)


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("coloured", [False, True])
@pytest.mark.parametrize("zone", [NEW_YORK, ZoneInfo("UTC")])
async def test_what_is_told_looks_as_if_it_was_told_here(
    tmp_path: Path, width: int, coloured: bool, zone: ZoneInfo
) -> None:
    here, there = Here(width, coloured=coloured, zone=zone), Here(width, coloured=coloured, zone=zone)
    show_something(here.out.sheet)
    async with counter_in(tmp_path, list_something):
        assert await there.give(tmp_path) == (1, None)
    told, expected = (re.sub(r"]8;id=\d+;", "]8;;", one.file.getvalue()) for one in (there, here))
    assert told == expected + '{"line": 1}\n'
    assert there.progress == [("reading sources", 1, 2), ("tidying", 1, None)]


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (BadAddress("U06", "Port must be 1-65535."), (1, "Port must be 1-65535. (U06)")),
        (ArchiveFull("the disk is full."), (2, "the disk is full.")),
    ],
)
async def test_a_fault_is_told_with_its_exit_status(tmp_path: Path, fault: Exception, told: Gave) -> None:
    async def fail(_order: Order, _out: Out) -> int:
        raise fault

    async with counter_in(tmp_path, fail):
        assert await Here().give(tmp_path) == told


async def test_a_fault_that_nobody_foresaw_ends_that_order_alone_and_tells_no_password(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(order: Order, out: Out) -> int:
        if order.verb == "list":
            return await list_something(order, out)
        raise ZeroDivisionError(order)

    caplog.set_level("DEBUG")
    async with counter_in(tmp_path, fail):
        status, fault = await Here().give(tmp_path, ORDER) or (0, None)
        assert status == 1
        assert fault is not None
        assert "its log says what went wrong" in fault
        assert await Here().give(tmp_path) == (1, None)
    assert "ZeroDivisionError" in caplog.text
    assert "hunter2" not in caplog.text


WHOLE = write_order(ORDER, Here().out.sheet.look)


def changed(**fields: object) -> bytes:
    given = json.loads(WHOLE)
    return json.dumps({**given, "order": {**given["order"], **fields}}).encode() + b"\n"


@pytest.mark.parametrize(
    "said",
    [
        b"\n",
        b"{}\n",
        b"[]\n",
        b"7\n",
        b"GET / HTTP/1.1\r\n\r\n",
        bytes(range(255, 0, -1)),
        b"[" * 100_000 + b"\n",
        changed(verb="burn"),
        changed(verb=["list"]),
        changed(pick="3"),
        changed(pick=True),
        changed(words=None),
        changed(list_bytes="&&"),
        changed(list_bytes=7),
        changed(more=1),
        WHOLE.replace(b"America/New_York", b"../../etc/passwd"),
        WHOLE.replace(b"America/New_York", b"Nowhere"),
        WHOLE.replace(b'"width": 80', b'"width": null'),
    ],
    ids=range(18),
)
async def test_what_is_no_order_is_refused_and_the_counter_stays_open(tmp_path: Path, said: bytes) -> None:
    async with counter_in(tmp_path, list_something):
        (told,) = await talk(tmp_path, said)
        assert told["status"] == 2
        assert "does not understand this order" in told["fault"]
        assert await Here().give(tmp_path) == (1, None)


async def test_who_says_too_much_is_not_listened_to_and_the_counter_stays_open(tmp_path: Path) -> None:
    async with counter_in(tmp_path, list_something):
        with suppress(ConnectionError):  # what was not listened to resets the connection, maybe before the answer
            assert [told["status"] for told in await talk(tmp_path, b"x" * (3 * defaults.COUNTER_ORDER_BYTES))] == [2]
        assert await Here().give(tmp_path) == (1, None)


async def test_a_list_that_is_too_large_for_its_reader_arrives_whole(tmp_path: Path) -> None:
    async def measure(order: Order, out: Out) -> int:
        out.put(str(len(order.list_bytes)))
        return 0

    order, here = replace(ORDER, list_bytes=b"\xff" * (defaults.OPML_BYTES + 1)), Here()
    async with counter_in(tmp_path, measure):
        assert await here.give(tmp_path, order) == (0, None)
    assert here.file.getvalue() == f"{defaults.OPML_BYTES + 1}\n"


async def test_who_says_nothing_is_sent_away(tmp_path: Path) -> None:
    async with counter_in(tmp_path, list_something, patience=0.05):
        assert [told["status"] for told in await talk(tmp_path, b"")] == [2]
        assert [told["status"] for told in await talk(tmp_path, WHOLE[:-1])] == [2]


async def test_who_leaves_before_giving_an_order_is_not_missed(tmp_path: Path) -> None:
    async with counter_in(tmp_path, list_something):
        for said in (b"", WHOLE[:50]):
            _reader, writer = await asyncio.open_unix_connection(tmp_path / "counter.sock")
            writer.write(said)
            writer.close()
        assert await Here().give(tmp_path) == (1, None)


class Held:
    """Work that goes on until it is let go, and tells how it ended."""

    def __init__(self) -> None:
        self.begun, self.let_go, self.called_off = asyncio.Queue[str](), asyncio.Event(), asyncio.Event()

    async def __call__(self, order: Order, out: Out) -> int:
        out.put("begun")
        await self.begun.put(order.words)
        try:
            await self.let_go.wait()
        except asyncio.CancelledError:
            self.called_off.set()
            raise
        return 0


async def test_who_leaves_calls_the_order_off(tmp_path: Path) -> None:
    held = Held()
    async with counter_in(tmp_path, held):
        reader, writer = await asyncio.open_unix_connection(tmp_path / "counter.sock")
        writer.write(WHOLE)
        await held.begun.get()
        writer.close()
        await asyncio.wait_for(held.called_off.wait(), 10)
    assert not reader.at_eof()


async def test_who_is_not_read_any_more_calls_the_order_off(tmp_path: Path) -> None:
    class Closed(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError

    held, here = Held(), Here()
    out = replace(here.out, sheet=open_sheet(Closed(), NEW_YORK, width=80))
    async with counter_in(tmp_path, held):
        with pytest.raises(ReaderLeft):
            await asyncio.to_thread(give_order, tmp_path, LIST, out)
        await asyncio.wait_for(held.called_off.wait(), 10)


async def test_several_orders_are_carried_out_at_once_and_too_many_are_told_to_come_again(tmp_path: Path) -> None:
    held = Held()
    async with counter_in(tmp_path, held):
        words = [str(number) for number in range(defaults.COUNTER_AT_ONCE)]
        given = [asyncio.create_task(Here().give(tmp_path, replace(LIST, words=one))) for one in words]
        assert sorted([await held.begun.get() for _ in words]) == words
        status, fault = await Here().give(tmp_path) or (0, None)
        assert (status, fault is not None and "try again in a minute" in fault) == (2, True)
        held.let_go.set()
        assert await asyncio.gather(*given) == [(0, None)] * len(words)


async def test_an_order_that_is_under_way_may_be_finished_when_the_counter_closes(tmp_path: Path) -> None:
    held = Held()
    async with counter_in(tmp_path, held):
        given = asyncio.create_task(Here().give(tmp_path))
        await held.begun.get()
        asyncio.get_running_loop().call_soon(held.let_go.set)
    assert await given == (0, None)


async def test_whose_order_was_broken_off_is_told_so(tmp_path: Path) -> None:
    held = Held()
    async with counter_in(tmp_path, held) as workers:
        given = asyncio.create_task(Here().give(tmp_path))
        await held.begun.get()
        await workers.finish(0)
        status, fault = await given or (0, None)
        assert (status, fault is not None and "ended before the order was done" in fault) == (1, True)


async def test_the_socket_is_for_its_owner_only_and_goes_with_the_counter(tmp_path: Path) -> None:
    name = tmp_path / "counter.sock"
    mask = os.umask(0)
    try:
        async with counter_in(tmp_path, list_something):
            assert stat.S_ISSOCK(name.stat().st_mode)
            assert stat.S_IMODE(name.stat().st_mode) == 0o600
            assert await asyncio.to_thread(find_desk, tmp_path) == os.getpid()
    finally:
        os.umask(mask)
    assert not name.exists()


def left_by_a_kill(name: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(name))


def nothing(_name: Path) -> None:
    pass


def a_file(name: Path) -> None:
    name.write_text("words")


@pytest.mark.parametrize("before", [left_by_a_kill, nothing, a_file])
async def test_what_lies_in_the_place_of_the_socket_takes_no_orders_and_gives_way(
    tmp_path: Path, before: Callable[[Path], None]
) -> None:
    before(tmp_path / "counter.sock")
    assert await Here().give(tmp_path) is None
    assert find_desk(tmp_path) is None
    async with counter_in(tmp_path, list_something):
        assert await Here().give(tmp_path) == (1, None)


async def test_something_else_that_listens_there_takes_no_orders(tmp_path: Path) -> None:
    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ready\r\n")
        writer.close()

    server = await asyncio.start_unix_server(answer, tmp_path / "counter.sock")
    try:
        assert await Here().give(tmp_path) is None
    finally:
        server.close()


async def test_a_folder_with_a_name_too_long_for_sockets_has_a_counter(tmp_path: Path) -> None:
    folder = tmp_path / ("a long name " * 10)
    folder.mkdir()
    descriptors = len(os.listdir("/proc/self/fd"))
    async with counter_in(folder, list_something):
        assert await Here().give(folder) == (1, None)
        assert (folder / "counter.sock").exists()
    assert not (folder / "counter.sock").exists()
    assert len(os.listdir("/proc/self/fd")) <= descriptors + 1  # a thread of the loop's may have its own


async def test_a_folder_that_can_hold_no_socket_is_told(tmp_path: Path) -> None:
    counter = Counter(tmp_path / "missing", list_something, Workers())
    with pytest.raises(OSError, match="No such file"):
        await counter.open()
    counter.close()
