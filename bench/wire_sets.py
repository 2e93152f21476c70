"""The sets on feeds and subscription lists, as `read-feed` and `read-opml` read them."""

import base64
import html
import json
import re
import selectors
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.commands import Newsdesk, Row
from bench.figures import Measured
from bench.sets import Ground, Outcome

# feedparser's names for what a reader of ours shows too; what it calls otherwise, or reads besides, is not compared.
_OF_FEED = {"title": "title", "link": "link"}
_OF_ENTRY = {
    "title": "title", "link": "link", "id": "id", "guid": "id", "summary": "summary", "description": "summary",
    "published_parsed": "published", "updated_parsed": "published", "created_parsed": "published",
}  # fmt: skip
_MAPPED = ("rss", "atom", "atom10", "rdf", "cdf", "encoding", "entities", "base", "illformed")
_SERVED_AT = "http://127.0.0.1:8097/"  # where these tests expect to be served from
_ACTIVE = re.compile(
    r"<\s*/?\s*(?:script|style|iframe|object|embed|applet|meta|base|link)\b|<[^>]*\son\w+\s*=|(?:java|vb)script:\s*\w",
    re.IGNORECASE,
)
_GROWTH_MB = 64
_SECRET = "quoll-canary-7741"


def measure_feedparser_tests(ground: Ground) -> Outcome:
    """Small feeds with what has to come out of them, down to the last detail."""
    tests = ground.material.rows("feedparser-tests/tests.jsonl.gz")
    served = [{"url": _SERVED_AT} | test for test in tests if not _located(test)]
    rows = _read(ground, "read-feed", [*served, *filter(_located, tests)])
    kept = total = 0
    failures, faults = [], []
    for test in tests:
        row = rows[test["id"]]
        if "sanitize" in test["group"] and _ACTIVE.search(json.dumps(row, ensure_ascii=False)):
            faults.append(f"{test['id']}: something active is left: {row}")
        for check in _mapped(test):
            total += 1
            if _holds(check, row):
                kept += 1
            else:
                failures.append(f"{test['id']}: {check} gives {json.dumps(row, ensure_ascii=False)[:400]}")
    name = "feedparser-tests"
    return Outcome(
        measured=[
            Measured(set=name, figure=f"mapped checks, of {total}", ours=kept / total, wanted="≥ 0.97"),
            Measured(set=name, figure="crashes, hangs, active content", ours=len(faults), wanted="= 0"),
        ],
        failures=faults + failures,
    )


def measure_feed_expectations(ground: Ground) -> Outcome:
    """Feeds with the title, link, time and summary that the tests of other readers expect."""
    material, name = ground.material, "feed-expectations"
    gold = material.folder / name / "feeds.jsonl.gz"
    rows = _read(ground, "read-feed", material.rows(f"{name}/feeds.jsonl.gz"))
    path = material.write(f"{name}.jsonl", rows.values())
    scores = material.scores("score_feeds.py", "feeds", "--gold", gold, "--pred", path)[0]
    kinds = ("entry_count_right", "entry.title", "entry.link", "entry.published", "entry.summary")
    return Outcome(
        measured=[
            Measured(set=name, figure="files all right", ours=scores["files_all_right"], floor="0.93", wanted="≥ 0.96"),
            *(Measured(set=name, figure=kind.replace("_", " "), ours=float(scores[kind])) for kind in kinds),
        ],
        failures=[f"{one}: {row['faults']}" for one, row in rows.items() if row["faults"]],
    )


def measure_feed_robustness(ground: Ground) -> Outcome:
    """Large feeds and odd encodings: as many entries as there are, and every title as it was written."""
    files = ground.material.rows("feed-robustness/files.jsonl.gz")
    feeds = [one for one in files if one["kind"] == "feed"]
    pages = [one | {"html": one.get("xml"), "html_b64": one.get("xml_b64")} for one in files if one["kind"] != "feed"]
    rows = _read(ground, "read-feed", feeds) | _read(ground, "extract", pages)
    failures = []
    for one in files:
        row = rows[one["id"]]
        entries = row.get("entries", [])
        if one["kind"] == "feed" and len(entries) != one["entry_tags"]:
            failures.append(f"{one['id']}: {len(entries)} entries of {one['entry_tags']}: {row['faults']}")
        written = _squeezed(_as_declared(_bytes_of(one)))
        titles = [row["title"], *(entry["title"] for entry in entries)]
        failures += [f"{one['id']}: {title!r}" for title in titles if title and _squeezed(title) not in written]
    return Outcome(
        measured=[Measured(set="feed-robustness", figure="faults", ours=len(failures), wanted="= 0")],
        failures=failures,
    )


def measure_opml(ground: Ground) -> Outcome:
    """Real subscription lists, most of them no XML."""
    material = ground.material
    gold = material.folder / "opml" / "opml.jsonl.gz"
    rows = _read(ground, "read-opml", material.rows("opml/opml.jsonl.gz"))
    path = material.write("opml.jsonl", rows.values())
    scores = material.scores("score_feeds.py", "opml", "--gold", gold, "--pred", path)[0]
    return Outcome(
        measured=[
            Measured(set="opml", figure="lists exactly", ours=float(scores["exact"]), floor="0.27", wanted="≥ 0.98"),
            Measured(set="opml", figure="addresses found", ours=float(scores["recall"]), floor="0.42"),
        ],
        failures=[f"{one}: {row['faults']}" for one, row in rows.items() if row["faults"]],
    )


def measure_xml_attacks(ground: Ground) -> Outcome:
    """Hostile feeds, one after the other in one run, watched from outside: time, memory, network, files."""
    cases = ground.material.rows("xml-attacks/cases.jsonl.gz")
    secret = ground.material.write("secret.txt", [])
    secret.write_text(_SECRET, encoding="utf-8")
    failures, slowest = [], 0.0
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.setblocking(False)
        with _Watched(_nowhere(ground)) as watched:
            for case in cases:
                ground.say(case["id"])
                limit = case["expect"]["max_seconds"]
                row, seconds = watched.ask(_armed(case, trap.getsockname()[1], secret), limit)
                slowest = max(slowest, seconds)
                failures += [f"{case['id']}: {fault}" for fault in _broken(case, row, seconds, limit)]
            growth = watched.growth_mb()
        failures += [f"{number} connections were made" for number in [_arrived(trap)] if number]
    name = "xml-attacks"
    return Outcome(
        measured=[
            Measured(set=name, figure=f"faults in {len(cases)} feeds", ours=len(failures), wanted="= 0"),
            Measured(set=name, figure="slowest, seconds", ours=slowest, wanted="≤ 5"),
            Measured(set=name, figure="memory grown, MB", ours=growth, wanted=f"≤ {_GROWTH_MB}"),
        ],
        failures=failures,
    )


class _Watched:
    """One run of `read-feed` that is given a feed at a time."""

    def __init__(self, newsdesk: Newsdesk) -> None:
        self._newsdesk = newsdesk
        self._run: subprocess.Popen[str] | None = None
        self._before = 0

    def __enter__(self) -> "_Watched":
        self._begin()
        return self

    def __exit__(self, *_: object) -> None:
        if self._run:
            self._run.kill()
            self._run.communicate()

    def ask(self, document: Row, limit: float) -> tuple[Row | None, float]:
        """The answer and the seconds it took; None when none came within twice the limit, or the program ended."""
        run = self._run
        if run is None or run.stdin is None or run.stdout is None:
            return None, 0.0
        began = time.perf_counter()
        run.stdin.write(json.dumps(document) + "\n")
        run.stdin.flush()
        with selectors.DefaultSelector() as waiting:
            waiting.register(run.stdout, selectors.EVENT_READ)
            line = run.stdout.readline() if waiting.select(2 * limit) else ""
        return (json.loads(line) if line else None), time.perf_counter() - began

    def growth_mb(self) -> int:
        """Megabytes that the program's memory has grown by at its highest."""
        return (self._high() - self._before) // 1024

    def _begin(self) -> None:
        self._run = self._newsdesk.start(["read-feed", "--json", "-"])
        self.ask({"id": "first", "xml": "<rss/>"}, 30)
        self._before = self._high()

    def _high(self) -> int:
        status = Path(f"/proc/{self._run.pid}/status").read_text(encoding="ascii") if self._run else ""
        found = re.search(r"VmHWM:\s+(\d+)", status)
        return int(found[1]) if found else 0


def _nowhere(ground: Ground) -> Newsdesk:
    return Newsdesk(data=ground.archives / "none")


def _read(ground: Ground, command: str, documents: Iterable[Row]) -> dict[str, Row]:
    """What the command makes of the documents, by id."""
    kept = ("id", "html", "html_b64", "xml", "xml_b64", "opml", "url", "headers")
    asked = [{key: one[key] for key in kept if one.get(key) is not None} for one in documents]
    ground.say(f"{command}: {len(asked)} documents")
    return {row["id"]: row for row in _nowhere(ground).read(command, asked)}


def _located(test: Row) -> bool:
    return any(name.lower() == "content-location" for name in test["headers"])


def _mapped(test: Row) -> Iterator[Row]:
    group = test["group"].removeprefix("wellformed/").partition("/")[0]
    for check in test["checks"] or [] if group in _MAPPED else []:
        path = check["path"]
        if (len(path) == 2 and path[0] == "feed" and path[1] in _OF_FEED) or (
            len(path) == 3 and path[:2] == ["entries", 0] and path[2] in _OF_ENTRY
        ):
            yield check


def _holds(check: Row, row: Row) -> bool:
    path: list[str] = check["path"]
    wanted: Any = check.get("value")
    if path[0] == "feed":
        key = _OF_FEED[path[1]]
        given = row[key]
    else:
        key = _OF_ENTRY[path[2]]
        given = row["entries"][0][key] if row["entries"] else None
    if check["op"] != "==":
        return bool(given) is (check["op"] == "truthy")
    if key == "published":
        return given is not None and datetime.fromisoformat(given).timetuple()[:6] == tuple(wanted[:6])
    if key in ("title", "summary"):
        return _words(given) == _words(wanted)
    return str(given or "").rstrip("/") == str(wanted).rstrip("/")


def _words(text: str | None) -> str:
    """The words of a text without its markup, as the scoring program of feed-expectations compares them."""
    return re.sub(r"\W+", "", re.sub(r"<[^>]*>", " ", html.unescape(html.unescape(text or ""))).lower())


def _bytes_of(document: Row) -> bytes:
    packed = document.get("xml_b64")
    return base64.b64decode(packed) if packed is not None else document["xml"].encode()


def _as_declared(data: bytes) -> str:
    """The text in UTF-8 where it is that, else in the encoding that it declares, else in western European."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        declared = re.search(rb"(?:encoding|charset)\s*=\s*[\"']?([\w-]+)", data)
        return data.decode(declared[1].decode() if declared else "cp1252", "replace")


def _squeezed(text: str) -> str:
    return re.sub(r"\s+|<!\[CDATA\[|\]\]>", "", html.unescape(html.unescape(text)))


def _armed(case: Row, port: int, secret: Path) -> Row:
    """The case with its addresses led into the trap, and its files to the secret."""
    data = _bytes_of(case).replace(b"127.0.0.1:9/", f"127.0.0.1:{port}/".encode())
    data = re.sub(rb"file:///etc/\w+", secret.as_uri().encode(), data)
    return {"id": case["id"], "xml_b64": base64.b64encode(data).decode()}


def _broken(case: Row, row: Row | None, seconds: float, limit: float) -> Iterator[str]:
    if row is None or row.get("id") != case["id"]:
        yield f"no answer: {row}"
        return
    if seconds > limit:
        yield f"took {seconds:.1f} s"
    if _SECRET in json.dumps(row):
        yield "a file was read"
    if not row["entries"] and not row["faults"]:
        yield "neither entries nor a fault"
    unsafe = [entry["link"] for entry in row["entries"] if entry["link"] and not entry["link"].startswith("http")]
    if unsafe:
        yield f"unsafe links: {unsafe}"


def _arrived(trap: socket.socket) -> int:
    """Connections that wait at the trap."""
    number = 0
    while True:
        try:
            trap.accept()[0].close()
        except BlockingIOError:
            return number
        number += 1
