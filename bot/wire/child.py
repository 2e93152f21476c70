"""The process in which pages and feeds are parsed: `python -m bot.wire.child`. Started and ended by the cage.

It reads requests from standard input and answers on standard output, one after the other, each a line of JSON; the
bytes of a page follow its request. What a hostile page can do here is use up its time and memory and end the process.
"""

import dataclasses
import json
import resource
import sys
from typing import Any, BinaryIO

from bot.errors import RefusedInput
from bot.wire.discover import find_feeds
from bot.wire.feed import read_feed
from bot.wire.markup import to_plain
from bot.wire.page import read_page
from config import defaults


def main() -> None:
    """Answer requests until standard input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (defaults.CAGE_MEMORY_BYTES,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["bytes"])
        _renew_processor_time(request["cpu_seconds"])
        _answer(answers, request, data)


def _renew_processor_time(granted: int) -> None:
    """Grant this request its own seconds; the system ends the process when they are used up."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + granted
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def _resident_bytes() -> int:
    """The memory that this process holds; 0 where the system does not tell it."""
    try:
        with open("/proc/self/statm", encoding="ascii") as told:
            return int(told.read().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def _answer(answers: BinaryIO, request: dict[str, Any], data: bytes) -> None:
    answer: dict[str, object]
    try:
        answer = {"found": _carry_out(request, data)}
    except RefusedInput as refused:
        answer = {"refused": refused.reason, "code": refused.code}
    answer["is_worn"] = _resident_bytes() > request["resident_bytes"]
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


def _carry_out(request: dict[str, Any], data: bytes) -> dict[str, object]:
    address = request.get("address")
    match request["task"]:
        case "page":
            return dataclasses.asdict(read_page(data, "", address, request["charset"]))
        case "feed":
            known = frozenset(request["known"])
            return dataclasses.asdict(read_feed(data, "", address, request["charset"], known))
        case "links":
            return {"links": [dataclasses.asdict(link) for link in find_feeds(data, address)]}
        case _:
            return {"text": to_plain(data.decode("utf-8", "replace"))}


if __name__ == "__main__":
    main()
