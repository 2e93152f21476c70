"""The process in which pages and feeds are parsed: `python -m bot.wire.child`. Started and ended by the cage.

It reads requests from standard input and answers on standard output, one after the other, each a line of JSON; the
bytes of a page follow its request. What a hostile page can do here is use up its time and memory and end the process.
"""

import dataclasses
import json
import resource
import sys
from typing import BinaryIO

from bot.errors import RefusedInput
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
        _answer(answers, request["task"], data, request["address"])


def _renew_processor_time(granted: int) -> None:
    """Grant this request its own seconds; the system ends the process when they are used up."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + granted
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def _answer(answers: BinaryIO, task: str, data: bytes, address: str | None) -> None:
    answer: dict[str, object]
    try:
        match task:
            case "page":
                answer = {"found": dataclasses.asdict(read_page(data, "", address))}
            case "feed":
                answer = {"found": dataclasses.asdict(read_feed(data, "", address))}
            case _:
                answer = {"found": {"text": to_plain(data.decode("utf-8", "replace"))}}
    except RefusedInput as refused:
        answer = {"refused": refused.reason}
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


if __name__ == "__main__":
    main()
