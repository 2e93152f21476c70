"""What the desk tells the terminal: as it looks, once, and found again after a kill."""

import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.errors import CannotSee, NotPosted
from bot.news.article import LOCAL
from bot.news.digest import CorrectionNote, Dispatch, PlainNotice
from bot.news.place import Place
from handlers.console.post import ConsolePoster
from tests.handlers.console.dispatch_makes import make_alert, make_batch, make_correction, make_digest
from tests.handlers.console.makes import NEW_YORK, make_citation
from tests.handlers.console.test_render import HARMLESS, HOSTILE
from tests.makes import NOW

HERE = Place(platform="console", space=LOCAL, channel="desk")


def open_poster(data: Path, out: StringIO | None = None, width: int = 80) -> ConsolePoster:
    return ConsolePoster(data, out or StringIO(), lambda: NOW, width=width)


def shown(dispatch: Dispatch, tmp_path: Path, width: int = 200) -> str:
    (text,) = open_poster(tmp_path, width=width).render(dispatch, NEW_YORK)
    return text


async def test_a_post_is_shown_and_stands_in_the_journal(tmp_path: Path) -> None:
    out = StringIO()
    receipt = await open_poster(tmp_path, out).post(HERE, "Ferry late.\n", "MARKER")
    assert out.getvalue() == "Ferry late.\n\n"
    assert receipt == "MARKER"
    (line,) = (tmp_path / "posts.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == {
        "marker": "MARKER",
        "place": {"platform": "console", "space": "local", "channel": "desk", "thread": None},
        "at": NOW.isoformat(),
        "text": "Ferry late.\n",
    }
    assert (tmp_path / "posts.jsonl").stat().st_mode & 0o077 == 0


async def test_what_was_posted_is_found_by_another_process_in_its_place_only(tmp_path: Path) -> None:
    assert await open_poster(tmp_path).find(HERE, "MARKER", NOW) is None
    await open_poster(tmp_path).post(HERE, "one", "MARKER")
    await open_poster(tmp_path).post(HERE, "two, which names MARKERS", "OTHER")
    later = open_poster(tmp_path)
    assert await later.find(HERE, "MARKER", NOW) == "MARKER"
    assert await later.find(HERE, "MARKERS", NOW) is None
    assert await later.find(replace(HERE, channel="elsewhere"), "MARKER", NOW) is None


async def test_a_line_that_was_torn_by_a_kill_counts_as_not_posted_and_harms_no_other(tmp_path: Path) -> None:
    journal = tmp_path / "posts.jsonl"
    await open_poster(tmp_path).post(HERE, "first", "FIRST")
    whole = journal.read_bytes()
    await open_poster(tmp_path).post(HERE, "second", "SECOND")
    both = journal.read_bytes()
    for end in range(len(whole) + 1, len(both) - 1):
        journal.write_bytes(both[:end])
        poster = open_poster(tmp_path)
        assert await poster.find(HERE, "SECOND", NOW) is None
        await poster.post(HERE, "third", "THIRD")
        assert [await poster.find(HERE, marker, NOW) for marker in ("FIRST", "THIRD")] == ["FIRST", "THIRD"]


async def test_a_journal_that_cannot_be_written_or_read_is_no_post_and_no_absence(tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").mkdir()
    poster = open_poster(tmp_path)
    with pytest.raises(NotPosted, match="cannot be written"):
        await poster.post(HERE, "words", "MARKER")
    with pytest.raises(CannotSee, match="cannot be read"):
        await poster.find(HERE, "MARKER", NOW)


class Left(StringIO):
    """A terminal that was closed."""

    def write(self, _: str, /) -> int:
        raise BrokenPipeError


async def test_nobody_has_to_read_along_for_a_post_to_count(tmp_path: Path) -> None:
    poster = open_poster(tmp_path, Left())
    assert await poster.post(HERE, "words", "MARKER") == "MARKER"
    assert await poster.find(HERE, "MARKER", NOW) == "MARKER"


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("make", [make_digest, make_alert, make_batch, make_correction])
def test_it_is_set_for_the_width_of_the_terminal(make: type[Dispatch], width: int, tmp_path: Path) -> None:
    lines = shown(make(), tmp_path, width).splitlines()
    assert max(len(line) for line in lines if "https://" not in line) <= min(width, 96)


def test_no_words_of_strangers_reach_the_terminal_as_orders(tmp_path: Path) -> None:
    digest, alert, batch, correction = make_digest(), make_alert(), make_batch(), make_correction()
    citations = (make_citation(1, source=HOSTILE, title=HOSTILE, quote=HOSTILE, url=f"javascript:{HOSTILE}"),)
    item = replace(digest.items[0], headline=HOSTILE, publishers=(HOSTILE,), url=HOSTILE)
    point = replace(item.points[0], text=HOSTILE)
    items = (replace(item, points=(point,), change=point, kind="update"),)
    hostile: list[Dispatch] = [
        replace(digest, topic=HOSTILE, items=items, ended=(HOSTILE,), citations=citations),
        replace(
            alert,
            headline=HOSTILE,
            publishers=(HOSTILE,),
            url=HOSTILE,
            reason=replace(alert.reason, topic=HOSTILE, words=(HOSTILE,), sentence=HOSTILE),
            citations=citations,
        ),
        replace(batch, topic=HOSTILE, why_held=HOSTILE, more=((HOSTILE, HOSTILE),)),
        replace(correction, headline=HOSTILE, quote=HOSTILE, instead=point, citations=citations),
        PlainNotice(sentence=HOSTILE),
    ]
    for dispatch in hostile:
        text = shown(dispatch, tmp_path)
        assert HARMLESS in text
        assert not set(text) & set("\x1b\x9b\x07\r\u202e\u202c")


def test_a_digest_leads_with_what_changed(tmp_path: Path) -> None:
    digest = make_digest()
    assert "\n2 new stories · 1 moved · 2 ended\n" in shown(digest, tmp_path)
    only_new = replace(digest, items=digest.items[:1], ended=(), late_since=None, more=0)
    text = shown(only_new, tmp_path)
    assert "\n1 new story\n" in text
    assert not {"Late", "more", "ended"} & set(text.replace(":", " ").split())
    assert "\nNothing new.\n" in shown(replace(digest, items=(), ended=()), tmp_path)
    ended = shown(replace(digest, items=(), late_since=digest.end - timedelta(days=1)), tmp_path)
    assert "\n2 ended\n" in ended


@pytest.mark.parametrize(
    ("because", "has_instead", "says"),
    [
        ("changed", True, "It now says: Three of the four"),
        ("changed", False, "The article no longer says so."),
        ("withdrawn", False, "The article was withdrawn."),
        ("contradicted", True, "Newer news says: Three of the four"),
    ],
)
def test_a_correction_says_what_is_true_now(because: str, has_instead: bool, says: str, tmp_path: Path) -> None:
    made = make_correction()
    note: CorrectionNote = replace(made, because=because, instead=made.instead if has_instead else None)  # type: ignore[arg-type]
    assert says in shown(note, tmp_path)


def test_an_alert_says_which_words_or_what_meaning_met_it_and_where(tmp_path: Path) -> None:
    alert = make_alert()
    assert "Why: it says “ferry”, “harbour master”.\n" in shown(alert, tmp_path)
    elsewhere = replace(alert, reason=replace(alert.reason, sentence="The harbour master said: no ferry."))
    assert "Why: it says “ferry”, “harbour master”: “The harbour master said: no ferry.”\n" in shown(
        elsewhere, tmp_path
    )
    by_meaning = replace(alert.reason, words=(), meaning=0.71, needed=0.5)
    assert "Why: it is near in meaning (0.71; 0.50 is enough).\n" in shown(replace(alert, reason=by_meaning), tmp_path)


def test_times_are_those_of_the_zone_that_is_asked_for(tmp_path: Path) -> None:
    poster = open_poster(tmp_path)
    assert "08:30 EDT" in poster.render(make_digest(), NEW_YORK)[0]
    assert "12:30 UTC" in poster.render(make_digest(), ZoneInfo("UTC"))[0]
