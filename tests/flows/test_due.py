"""What is due reaches the terminal's channel once: digests, alerts, and the orders about them, in real processes."""

import json
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.archive.archive import Archive
from bot.archive.subscriptions import advance_subscriptions, list_subscriptions
from bot.news.article import LOCAL
from bot.news.schedule import latest_occurrence
from tests.desk.newsstand import Item
from tests.flows.runs import run
from tests.flows.test_running import until
from tests.flows.town import Running, Town, open_town, running

OLD = Item(n=1, title="Salt found", text="A vein of salt was found under the harbour of Marlow by divers. " * 12)
NEWS = Item(n=2, title="Glass duty rises", text="The port of Marlow raised its duty on glass to 31 percent. " * 12)
AGAIN = Item(n=3, title="Duty on glass is paused", text="Marlow paused its duty on glass until June. " * 15)


@pytest.fixture
def town() -> Iterator[Town]:
    with open_town() as opened:
        yield opened


def posts(data: Path) -> list[dict[str, Any]]:
    journal = data / "posts.jsonl"
    return [json.loads(line) for line in journal.read_text().splitlines()] if journal.exists() else []


def follow(town: Town, data: Path) -> None:
    """Follow a feed and watch a topic; what the feed lists first announces nothing."""
    town.prints("/wire.xml", OLD)
    assert town.source(data, "add", town.site.address("/wire.xml")).returncode == 0
    made = run(data, ["watch", "add", "duty", "glass"])
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.startswith("Watch 1: articles with duty and glass.\nIt is told at once.\n")


def check(town: Town, data: Path) -> None:
    """Let the running desk read the feed now."""
    assert town.source(data, "check").returncode == 0


def read_out(desk: Running) -> str:
    """What the desk had shown when it ended."""
    assert desk.end()[0] == 0
    return desk.shown


def test_news_that_a_watch_meets_is_told_once_also_after_a_kill(town: Town, tmp_path: Path) -> None:
    data = tmp_path / "data"
    follow(town, data)
    with running(data, town.settings) as desk:
        town.prints("/wire.xml", NEWS, OLD)
        check(town, data)
        until(lambda: len(posts(data)) == 1)
        desk.end(signal.SIGKILL)
    with running(data, town.settings) as desk:
        town.prints("/wire.xml", AGAIN, NEWS, OLD)
        check(town, data)
        until(lambda: len(posts(data)) == 2)
        said = read_out(desk)
    first, second = (post["text"] for post in posts(data))
    assert first.startswith("Alert: duty glass\n\nGlass duty rises\n")
    assert "The port of Marlow raised its duty on glass to 31 percent. [1]" in first
    assert "Duty on glass is paused" in second
    assert second.strip() in said and first.strip() not in said
    told = run(data, ["why", town.site.address("/story/2"), "--json"])
    assert json.loads(told.stdout)["step"] == "sent"


def test_a_digest_that_fell_due_while_the_desk_was_down_comes_once_and_says_so(town: Town, tmp_path: Path) -> None:
    data = tmp_path / "data"
    follow(town, data)
    made = run(data, ["digest", "add", "daily", "8:30", "glass"])
    assert made.stdout.startswith("Digest 2: glass.\nIt comes every day at 08:30, UTC.\nNext: ")
    town.prints("/wire.xml", NEWS, OLD)
    assert town.source(data, "check").returncode == 0
    with Archive.open(data) as archive:
        [subscription] = archive.read_now(list_subscriptions, LOCAL)
        missed = latest_occurrence(subscription.schedule, datetime.now(UTC))
        archive.write_now(advance_subscriptions, [(subscription, missed)])
    shown = run(data, ["digest", "preview"])
    assert "1 new story" in shown.stdout and "Glass duty rises" in shown.stdout
    for _ in range(2):
        with running(data, town.settings) as desk:
            until(lambda: any(post["text"].startswith("Digest") for post in posts(data)))
            desk.end(signal.SIGKILL)
    digests = [post["text"] for post in posts(data) if post["text"].startswith("Digest")]
    assert len(digests) == 1
    assert "Late: it was due on " in digests[0]
    assert "Glass duty rises" in digests[0]


def test_the_running_desk_takes_what_is_typed_about_digests_and_watches(town: Town, tmp_path: Path) -> None:
    data = tmp_path / "data"
    follow(town, data)
    with running(data, town.settings):
        made = run(data, ["watch", "add", "salt", "-divers", "quiet", "22:00-07:00"])
        assert (made.returncode, made.stderr) == (0, "")
        listed = json.loads(run(data, ["watch", "list", "--json"]).stdout)
        assert [one["topic"] for one in listed["watches"]] == ["duty glass", "salt -divers"]
        refused = run(data, ["watch", "add", "Duty", "glass"])
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr == "newsdesk: You already watch that topic; it is number 1. (S02)\n"
        unknown = run(data, ["digest", "subscirbe", "x"])
        assert unknown.returncode == 1 and "(C01)" in unknown.stderr
