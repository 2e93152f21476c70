"""The counter: where other processes of this user give orders to the running desk, which alone may write.

It is a Unix socket in the data folder, for its owner only. Whoever comes is greeted with a line of JSON, gives the
order as one line, and is told its outcome line by line, as it comes; who leaves before the end calls the order off.
"""

import asyncio
import json
import os
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import TextIOBase
from pathlib import Path
from typing import IO, Any, cast

from bot.desk.wire import Tasks
from bot.errors import NewsdeskError, RefusedInput, RequestError, SourceError
from config import defaults
from handlers.console.order_form import AnyOrder, read_order, write_order
from handlers.console.sheet import open_sheet_like
from handlers.console.source_desk import Out, say_fault
from handlers.console.streams import ReaderLeft

_NAME = "counter.sock"
_GREETING_BYTES = 1_000
_SOME_REFUSED, _CANNOT = 1, 2
_NO_ORDER = "The running Newsdesk does not understand this order; if it is of another version, start it anew."
_RESTARTING = "I am restarting; nothing was changed. Try again in a minute. (C07)"
_TOO_MANY = "The running Newsdesk has its hands full with other orders; try again in a minute."
_ENDED = (
    "the running Newsdesk ended before the order was done, or its log says what went wrong; "
    "`newsdesk source list` shows what is followed."
)

CarryOut = Callable[[AnyOrder, Out], Awaitable[int]]


class Counter:
    """Takes orders while it is open. `tasks` is where each is carried out, so that one that goes wrong ends alone."""

    def __init__(
        self, folder: Path, carry_out: CarryOut, tasks: Tasks, *, patience: float = defaults.COUNTER_SILENT_SECONDS
    ) -> None:
        self._folder, self._carry_out, self._tasks, self._patience = folder, carry_out, tasks, patience
        self._closing = ExitStack()
        self._present = 0
        self._is_closed = False

    async def open(self) -> None:
        """Take orders from now on. OSError where the folder can hold no socket."""
        listening = self._bind()
        server = await asyncio.start_unix_server(self._welcome, sock=listening, limit=defaults.COUNTER_ORDER_BYTES)
        self._closing.callback(server.close)

    def close(self) -> None:
        """Take no more orders. Those that were given go on among the tasks."""
        self._is_closed = True
        self._closing.close()

    def _bind(self) -> socket.socket:
        name = Path(self._closing.enter_context(_short_name(self._folder)))
        listening = self._closing.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        name.unlink(missing_ok=True)  # left behind by a kill: the data folder is ours
        listening.bind(str(name))
        self._closing.callback(name.unlink, missing_ok=True)
        name.chmod(0o600)  # nobody can come before it listens
        return listening

    def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._tasks.create_task(self._serve(reader, writer))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._present += 1
        try:
            _tell(writer, pid=os.getpid())
            if self._present > defaults.COUNTER_AT_ONCE:
                _tell(writer, fault=_TOO_MANY, status=_CANNOT)
            else:
                await self._take(reader, writer)
            writer.close()
            async with asyncio.timeout(defaults.COUNTER_LEAVING_SECONDS):
                await writer.wait_closed()
        except (OSError, TimeoutError):
            pass  # whoever came has left, or says and takes nothing
        finally:
            self._present -= 1
            writer.transport.abort()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(self._patience):
                line = await reader.readline()
            if not line.endswith(b"\n"):
                return
            order, look = read_order(line)
            sheet = open_sheet_like(look, cast(IO[str], _Paper(writer)))
        except (OSError, ValueError, LookupError):  # silence, and whatever else is no order
            _tell(writer, fault=_NO_ORDER, status=_CANNOT)
            return
        if self._is_closed:
            _tell(writer, fault=_RESTARTING, status=_CANNOT)
            return
        out = Out(
            sheet=sheet,
            put=lambda line: _tell(writer, text=f"{line}\n"),
            progress=lambda doing, done, total=None: _tell(writer, doing=doing, done=done, total=total),
            is_read=True,
        )
        async with asyncio.TaskGroup() as group:
            work = group.create_task(self._work(order, out, writer))
            watch = group.create_task(_call_off(reader, work))
            work.add_done_callback(lambda _: watch.cancel())

    async def _work(self, order: AnyOrder, out: Out, writer: asyncio.StreamWriter) -> None:
        try:
            _tell(writer, status=await self._carry_out(order, out))
        except (RequestError, SourceError, RefusedInput) as fault:
            _tell(writer, fault=say_fault(fault), status=_SOME_REFUSED)
        except NewsdeskError as fault:
            _tell(writer, fault=str(fault), status=_CANNOT)


class _Paper(TextIOBase):
    """What is written on it goes to whoever gave the order."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    def write(self, text: str) -> int:
        _tell(self._writer, text=text)
        return len(text)


def give_order(folder: Path, order: AnyOrder, out: Out) -> tuple[int, str | None] | None:
    """The exit status and the fault of the order, if any, once the desk that uses the folder has carried it out.

    None where no desk takes orders there. What it tells is written on the sheet; ReaderLeft where nobody reads it.
    """
    with _at_counter(folder) as found:
        if found is None:
            return None
        _pid, opened, told = found
        with suppress(OSError):  # then what it says, if anything, tells why
            opened.sendall(write_order(order, out.sheet.look))
        for said in _lines(told):
            match said:
                case {"status": status}:
                    return status, said.get("fault")
                case {"text": text}:
                    _write(out.sheet.console.file, text)
                case {"doing": doing, "done": done, "total": total}:
                    out.progress(doing, done, total)
        return _SOME_REFUSED, _ENDED


def find_desk(folder: Path) -> int | None:
    """The process id of the desk that takes orders for this folder; None where none does."""
    with _at_counter(folder) as found:
        return found[0] if found else None


@contextmanager
def _at_counter(folder: Path) -> Iterator[tuple[int, socket.socket, IO[bytes]] | None]:
    """The process id of the desk, the connection to it, and what it tells; None where no desk greets."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as opened, ExitStack() as closing:
        opened.settimeout(defaults.COUNTER_SILENT_SECONDS)
        try:
            with _short_name(folder) as name:
                opened.connect(name)
            told = closing.enter_context(opened.makefile("rb"))
            pid = int(json.loads(told.readline(_GREETING_BYTES))["pid"])
        except (OSError, ValueError, TypeError, KeyError):
            yield None
        else:
            opened.settimeout(None)
            yield pid, opened, told


@contextmanager
def _short_name(folder: Path) -> Iterator[str]:
    """A name of the socket that is short enough, for as long as it is needed."""
    whole = str(folder / _NAME)
    if len(os.fsencode(whole)) <= defaults.SOCKET_NAME_BYTES:
        yield whole
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{opened}/{_NAME}"
    finally:
        os.close(opened)


async def _call_off(reader: asyncio.StreamReader, work: asyncio.Task[None]) -> None:
    """Cancel the work when whoever wanted it leaves."""
    with suppress(OSError):
        await reader.read(1)
    work.cancel()


def _tell(writer: asyncio.StreamWriter, **said: object) -> None:
    writer.write(json.dumps(said).encode() + b"\n")


def _lines(told: IO[bytes]) -> Iterator[dict[str, Any]]:
    with suppress(OSError, ValueError):  # the desk was killed
        for line in told:
            yield json.loads(line)


def _write(file: IO[str], text: str) -> None:
    try:
        file.write(text)
        file.flush()
    except BrokenPipeError as fault:
        raise ReaderLeft from fault
