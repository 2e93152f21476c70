"""A desk that runs: it reads what is due, tells how it does, takes orders, and ends as it is told."""

import json
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from tests.desk.newsstand import Item, printed
from tests.flows.runs import run
from tests.flows.town import PATIENCE_SECONDS, Running, Town, begin, open_town, running
from tests.wire.web import Asked, answer

FIRST = Item(n=1, title="Glass duty rises", text="The port of Marlow raised its duty on glass to 31 percent. " * 12)
LATER = Item(n=9, title="Salt found", text="A vein of salt was found under the harbour of Marlow by divers. " * 12)


@pytest.fixture
def town() -> Iterator[Town]:
    with open_town() as opened:
        yield opened


def until(is_so: Callable[[], bool]) -> None:
    """Ask again and again; every asking is a process or a request, which takes its time."""
    limit = monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert monotonic() < limit, "it took too long"


def finds(data: Path, words: str, headline: str) -> bool:
    return headline in run(data, ["search", words]).stdout


def readings(desk: Running) -> dict[str, float]:
    """What was counted, by name and labels."""
    status, body = desk.get("/metrics")
    assert status == 200
    return {name: float(value) for name, value in re.findall(r"^(newsdesk_\S+) (\S+)$", body, re.MULTILINE)}


def note_unread(town: Town, data: Path) -> None:
    """Follow a feed that cannot be read yet, so that it is due at once."""
    town.answers["/wire.xml"] = answer("", status="503 Service Unavailable")
    file = data.parent / "list.opml"
    file.write_text(f"<opml><outline text='Wire' xmlUrl='{town.site.address('/wire.xml')}'/></opml>", encoding="utf-8")
    assert "1 of them not readable yet" in town.source(data, "import", str(file)).stdout


def test_what_is_due_is_read_and_can_be_found_and_the_desk_ends_as_it_is_told(town: Town, tmp_path: Path) -> None:
    data = tmp_path / "data"
    note_unread(town, data)
    town.prints("/wire.xml", FIRST, Item(n=2))
    with running(data, town.settings) as desk:
        until(lambda: readings(desk)['newsdesk_articles_total{what="added"}'] == 2)
        until(lambda: finds(data, "duty on glass", "Glass duty rises"))
        assert "31 percent" in run(data, ["ask", "What is the duty on glass in Marlow?"]).stdout
        assert desk.get("/healthz") == (200, '{"well": true, "stuck": []}')
        counted = readings(desk)
        assert counted["newsdesk_feeds"] == 1
        assert counted['newsdesk_readings_total{outcome="filed"}'] == 1
        assert town.source(data, "list").stdout.startswith("1 source followed\n\nWire\n")
        assert "running (pid" in run(data, ["doctor"], **town.settings).stdout
        status, seconds = desk.end()
    assert (status, desk.said) == (0, [])
    assert seconds < 9
    assert sorted(file.name for file in data.iterdir() if file.suffix != ".db") == ["index", "lock"]
    assert (data / "lock").read_text() == ""


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_desk_with_nothing_to_read_ends_at_once(tmp_path: Path, by: signal.Signals) -> None:
    with running(tmp_path / "data", {}) as desk:
        assert desk.process.stdout
        assert desk.process.stdout.readline().startswith("`newsdesk source add ADDRESS` in another terminal")
        status, seconds = desk.end(by)
    assert (status, desk.said) == (0, [])
    assert seconds < 5


def test_orders_are_carried_out_by_the_desk_that_runs(town: Town, tmp_path: Path) -> None:
    data = tmp_path / "data"
    address = town.prints("/wire.xml", FIRST)
    with running(data, town.settings) as desk:
        added = town.source(data, "add", address, "--name", "Wire", COLUMNS="40")
        assert (added.returncode, added.stderr) == (0, "")
        assert re.sub(r"\d+ minutes", "15 minutes", added.stdout) == (
            f"Following Wire.\n  {address}\n"
            "1 article filed. What it lists later is\nnews; the running desk reads it\nin 15 minutes.\n"
        )
        assert finds(data, "duty on glass", "Glass duty rises"), "it can be found when the order is done"
        town.prints("/wire.xml", LATER, FIRST)
        assert town.source(data, "check", "wire").stdout == "ok    Wire: 1 new\n"
        assert finds(data, "salt harbour", "Salt found")
        told = json.loads(town.source(data, "check", "--json").stdout)
        assert (told["name"], told["outcome"]) == ("Wire", "unchanged")
        refused = town.source(data, "add", town.site.address("/missing"))
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr == "newsdesk: No feed there: 127.0.0.1 knows no such address (404). (F03)\n"
        bad = town.source(data, "add", "http://127.0.0.1/", "--json")
        assert bad.stderr.endswith("so I will not open it. (U09)\n")
        assert town.names(data) == ["Wire"]
        file = tmp_path / "list.opml"
        town.prints("/north.xml", Item(n=3))
        file.write_text(
            f"<opml><outline xmlUrl='{town.site.address('/north.xml')}'/><outline xmlUrl='{address}'/></opml>",
            encoding="utf-8",
        )
        taken = town.source(data, "import", str(file))
        assert taken.returncode == 1
        assert taken.stdout.startswith("1 source followed, 1 refused.\nWhat they list later is news. The running desk")
        assert town.source(data, "remove", "wire").stdout == "“Wire” is no longer followed. Its articles stay.\n"
        assert len(town.names(data)) == 1
        assert "another Newsdesk (pid" in run(data, ["add", str(file)]).stderr
        assert desk.end()[0] == 0
    assert desk.said == []


def test_two_orders_at_once_are_both_carried_out_and_one_source_is_followed_once(town: Town, tmp_path: Path) -> None:
    data = tmp_path / "data"
    one, two = town.prints("/wire.xml", FIRST), town.prints("/north.xml", Item(n=3), title="Northern Wire")
    with running(data, town.settings):
        given = [begin(data, ["source", "add", address], town.settings) for address in (one, two, one)]
        outcomes = [(process.communicate(timeout=PATIENCE_SECONDS), process.returncode) for process in given]
        assert sorted(status for _, status in outcomes) == [0, 0, 1]
        (refused,) = [said for (_, said), status in outcomes if status]
        assert "is followed already" in refused
        assert sorted(town.names(data)) == ["Harbour Wire", "Northern Wire"]


def test_a_desk_that_was_killed_goes_on_where_it_was_and_loses_nothing(town: Town, tmp_path: Path) -> None:
    data = tmp_path / "data"
    note_unread(town, data)
    town.prints("/wire.xml", FIRST, *(Item(n=n) for n in range(20, 60)))
    with running(data, town.settings) as desk:
        until(lambda: readings(desk)['newsdesk_readings_total{outcome="filed"}'] == 1)
        assert desk.end(signal.SIGKILL)[0] == -signal.SIGKILL
    assert (data / "counter.sock").exists()
    assert "No desk is running" in town.source(data, "list").stdout
    town.prints("/wire.xml", LATER, FIRST)
    assert town.source(data, "check").stdout == "ok    Wire: 1 new\n", "the order is carried out here"
    with running(data, town.settings) as desk:
        assert finds(data, "salt harbour", "Salt found")
        assert town.source(data, "check").stdout == "ok    Wire: nothing new\n"
        assert desk.end()[0] == 0
    (told,) = [line for line in run(data, ["doctor"]).stdout.splitlines() if line.startswith("ok    archive")]
    assert "42 articles" in told


class Slow:
    """A site that answers only when it is told to, and notices who was there and who left."""

    def __init__(self) -> None:
        self.asked, self.left, self.answer = Event(), Event(), b""

    async def __call__(self, asked: Asked) -> None:
        self.asked.set()
        if self.answer:
            await asked.say(self.answer)
        else:
            await asked.gone()
            self.left.set()


def test_what_a_killed_desk_was_reading_can_be_read_at_once(tmp_path: Path) -> None:
    data, slow = tmp_path / "data", Slow()
    with open_town(slow) as town:
        slow.answer = answer("", status="503 Service Unavailable")
        note_unread(town, data)
        slow.answer, slow.asked = b"", Event()
        with running(data, town.settings) as desk:
            assert slow.asked.wait(PATIENCE_SECONDS)
            desk.end(signal.SIGKILL)
        slow.answer = answer(printed(town.site, [FIRST]), "Content-Type: application/rss+xml")
        assert town.source(data, "check").stdout == "ok    Wire: 1 new\n"


def test_who_leaves_calls_the_order_off_and_nothing_is_kept(tmp_path: Path) -> None:
    data, slow = tmp_path / "data", Slow()
    with open_town(slow) as town, running(data, town.settings) as desk:
        for by in (signal.SIGINT, signal.SIGKILL):
            slow.asked.clear()
            slow.left.clear()
            order = begin(data, ["source", "add", town.site.address("/wire.xml")], town.settings)
            assert slow.asked.wait(PATIENCE_SECONDS)
            order.send_signal(by)
            out, err = order.communicate(timeout=PATIENCE_SECONDS)
            assert (out, err) == ("", "newsdesk: stopped.\n" if by is signal.SIGINT else "")
            assert slow.left.wait(PATIENCE_SECONDS), "the desk must not go on with it"
        assert town.names(data) == []
        status, seconds = desk.end()
        assert (status, desk.said) == (0, [])
        assert seconds < 5


@pytest.mark.parametrize(("by", "limit"), [(signal.SIGKILL, 5), (signal.SIGTERM, 12)])
def test_whose_order_ends_with_the_desk_is_told_so(tmp_path: Path, by: signal.Signals, limit: int) -> None:
    data, slow = tmp_path / "data", Slow()
    with open_town(slow) as town, running(data, town.settings) as desk:
        order = begin(data, ["source", "add", town.site.address("/wire.xml")], town.settings)
        assert slow.asked.wait(PATIENCE_SECONDS)
        _, seconds = desk.end(by)
        assert seconds < limit
        out, err = order.communicate(timeout=PATIENCE_SECONDS)
        assert (order.returncode, out) == (1, "")
        assert err.startswith("newsdesk: the running Newsdesk ended before the order was done")
        assert town.names(data) == []


def test_a_desk_on_a_folder_that_another_one_holds_is_told_so(tmp_path: Path) -> None:
    with running(tmp_path / "data", {}) as desk:
        second = run(tmp_path / "data", ["run"])
        assert (second.returncode, second.stdout) == (2, "")
        assert f"another Newsdesk (pid {desk.process.pid}) is using" in second.stderr
