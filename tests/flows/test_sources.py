"""Sources as a person looks after them: every command as a process of its own, against a site on loopback."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.newsstand import Item
from tests.flows.runs import run
from tests.flows.town import Town, open_town
from tests.wire.web import answer

LINK = "<link rel=alternate type=application/rss+xml href='{}' title='{}'>"
GLASS = Item(n=1, title="Glass duty rises", text="The port of Marlow raised its duty on glass to 31 percent. " * 12)


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with open_town() as opened:
        opened.prints("/wire.xml", GLASS, Item(n=2))
        opened.prints("/north.xml", Item(n=3), title="Northern Wire")
        opened.prints("/south.xml", Item(n=4), title="Southern Wire")
        opened.shows("/", f"<head>{LINK.format('/wire.xml', 'News')}</head><body>Harbour</body>")
        several = LINK.format("/north.xml", "Northern news") + LINK.format("/south.xml", "Southern news")
        opened.shows("/regions", f"<head>{several}</head><body>Regions</body>")
        opened.shows("/times.html", "<head><title>Port timetable</title></head><body><p>Ferries leave at 9.</p></body>")
        yield opened


def test_a_feed_is_followed_looked_at_and_followed_no_more(town: Town, tmp_path: Path) -> None:
    data, address = tmp_path / "data", town.site.address("/wire.xml")
    added = town.source(data, "add", address)
    assert (added.returncode, added.stderr) == (0, "")
    assert added.stdout == (
        f"Following Harbour Wire.\n  {address}\n"
        "2 articles filed. What it lists later is news; `newsdesk run` reads it.\n"
    )
    assert "31 percent" in run(data, ["search", "duty on glass"]).stdout
    assert "No desk is running" in town.source(data, "list").stdout
    (listed,) = town.followed(data)
    assert (listed["name"], listed["address"], listed["kind"]) == ("Harbour Wire", address, "feed")
    assert (listed["failures"], listed["code"], listed["stopped"]) == (0, None, None)
    assert listed["last_read"] is not None
    assert listed["next_read"] > listed["last_read"]
    again = town.source(data, "add", f"{address}?utm_source=x", "--json")
    assert (again.returncode, again.stdout) == (1, "")
    assert "“Harbour Wire” is followed already, since" in again.stderr
    checked = town.source(data, "check", "harbour")
    assert (checked.returncode, checked.stdout) == (0, "ok    Harbour Wire: nothing new\n")
    removed = town.source(data, "remove", address)
    assert removed.stdout == "“Harbour Wire” is no longer followed. Its articles stay.\n"
    assert town.followed(data) == []
    assert "31 percent" in run(data, ["search", "duty on glass"]).stdout
    assert stat.S_IMODE((data / "newsdesk.db").stat().st_mode) == 0o600, "passwords may be in it"


def test_a_site_a_choice_of_feeds_and_a_page_are_followed(town: Town, tmp_path: Path) -> None:
    data = tmp_path / "data"
    site = town.source(data, "add", town.site.address("/"), "--name", "\x1b[31mOur\u202e harbour")
    assert site.returncode == 0
    assert site.stdout.startswith(
        f"I found its feed at {town.site.address('/wire.xml')}.\nFollowing [31mOur harbour.\n"
    )
    choice = town.source(data, "add", town.site.address("/regions"))
    assert choice.returncode == 1
    assert "This page names 2 feeds." in choice.stdout
    assert f"  2  Southern news\n     {town.site.address('/south.xml')}\n" in choice.stdout
    told = json.loads(town.source(data, "add", town.site.address("/regions"), "--json").stdout)
    assert [feed["title"] for feed in told["choose"]] == ["Northern news", "Southern news"]
    assert town.names(data) == ["[31mOur harbour"]
    assert "Following Southern Wire." in town.source(data, "add", town.site.address("/regions"), "--pick", "2").stdout
    refused = town.source(data, "add", town.site.address("/times.html"))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "newsdesk: This is a web page without a feed. The page itself can be followed. `--page` does that. (F07)\n"
    )
    assert sorted(town.names(data)) == ["Southern Wire", "[31mOur harbour"]
    page = town.source(data, "add", town.site.address("/times.html"), "--page", "--json")
    assert (json.loads(page.stdout)["kind"], json.loads(page.stdout)["filed"]) == ("page", 1)
    listed = town.source(data, "list", COLUMNS="40").stdout
    assert "Port timetable (a page)" in listed
    assert max(len(line) for line in listed.splitlines() if "http" not in line) <= 40


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        ([], 2, ""),
        (["ad"], 2, "no such command 'ad'. Did you mean 'add'?"),
        (["add"], 2, "missing argument 'ADDRESS'"),
        (["add", "https://a.example/", "--pick", "0"], 2, "pick"),
        (["list"], 1, "or follow a source with `newsdesk source add ADDRESS`."),
        (["add", "http://127.0.0.1/"], 1, "newsdesk: That address is not on the public internet"),
        (["check", "x"], 1, "There is no such source here: x. `source list` shows what is followed. (S03)"),
        (["remove", "x"], 1, "There is no such source here: x."),
        (["import", "missing.opml"], 1, "missing.opml cannot be read: no such file or directory."),
    ],
)
def test_a_fault_is_one_sentence_and_a_status(
    town: Town, tmp_path: Path, arguments: list[str], status: int, sentence: str
) -> None:
    done = town.source(tmp_path / "data", *arguments)
    assert done.returncode == status
    assert sentence in done.stderr
    assert done.stderr.count("\n") == (1 if sentence else 0)
    assert bool(done.stdout) is not bool(sentence), "without a command, its help is shown"


def test_a_password_is_asked_for_used_and_never_shown(town: Town, tmp_path: Path) -> None:
    data, address = tmp_path / "data", town.site.address("/wire.xml")
    added = town.source(data, "add", address, "--user", "ines", piped="hunter2\n", NEWSDESK_LOG_LEVEL="debug")
    assert added.returncode == 0
    assert town.site.asked[-1].headers["authorization"].startswith("Basic ")
    shown = [town.source(data, *order.split(), NEWSDESK_LOG_LEVEL="debug") for order in ("list --json", "check")]
    exported = town.source(data, "export")
    assert exported.returncode == 1
    assert exported.stderr == "newsdesk: sources whose addresses are secret are not in the list.\n"
    assert not [done for done in (added, exported, *shown) if "hunter2" in done.stdout + done.stderr]


OPML = """<opml version="1.1"><head><title>Mine & yours</title></head><body>
<outline text="Harbour &lt;Wire&gt;" xmlUrl="{site}/wire.xml"/>
<outline text="Harbour again" xmlUrl="{site}/wire.xml?utm_source=list">
<outline text="Northern & Co" xmlUrl="{site}/north.xml"/>
<outline text="Dead" xmlUrl="{site}/dead.xml"/>
<outline text="Ill" xmlUrl="{site}/ill.xml"/>
<outline text="Inner" xmlUrl="http://192.168.0.1/feed"/>
<outline text="Odd" xmlUrl="ftp://a.example/feed"/>
<outline text="A page" xmlUrl="{site}/regions"/>
"""


def test_a_list_is_taken_in_with_one_report_and_its_own_list_is_read_back(town: Town, tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "mine.opml"
    town.answers["/ill.xml"] = answer("", status="503 Service Unavailable")
    file.write_text(OPML.format(site=town.site.address("")), encoding="utf-8")
    taken = town.source(data, "import", str(file))
    assert (taken.returncode, taken.stderr) == (1, "")
    shown = taken.stdout
    assert shown.startswith("3 sources followed, 1 of them not readable yet, 5 refused.\n")
    refused = shown.partition("Refused")[2]
    assert "127.0.0.1 has a fault (503); I will keep trying. (F05)" in shown.partition("Refused")[0]
    for told in ("line 8: Only http and https", "(U03)", "(F03)", "(U09)", "(S01)", "(F07)"):
        assert told in refused
    listed = {source["name"]: source for source in town.followed(data)}
    assert set(listed) == {"Harbour <Wire>", "Northern & Co", "Ill"}
    assert listed["Ill"]["last_read"] is None
    exported = town.source(data, "export")
    assert exported.returncode == 0
    (tmp_path / "ours.opml").write_text(exported.stdout, encoding="utf-8")
    told = json.loads(town.source(tmp_path / "other", "import", str(tmp_path / "ours.opml"), "--json").stdout)
    assert {source["name"] for source in told["followed"]} == {"Harbour <Wire>", "Northern & Co"}
    assert [refusal["code"] for refusal in told["unread"]] == ["F05"]
    assert told["refused"] == []
    assert town.source(tmp_path / "other", "export").stdout == exported.stdout


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<opml><body></body></opml>", "there are no feeds in the file (O01)"),
        (b"PK\x03\x04" + bytes(200), "is not an OPML file: it looks like a zip archive"),
        (b"<opml>" + b" " * 2_000_000, "has 1.0 MB; the limit for one file is 1 MB. Split it into parts (O03)"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_its_code(town: Town, tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "x.opml").write_bytes(content)
    done = town.source(tmp_path / "data", "import", str(tmp_path / "x.opml"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"newsdesk: {tmp_path / 'x.opml'}: ")
    assert told in done.stderr
    assert town.followed(tmp_path / "data") == []
