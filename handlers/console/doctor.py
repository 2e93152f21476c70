"""Is everything in order? One plain sentence for each thing looked at."""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text

from bot.archive.archive import Archive, Db
from bot.archive.articles import count_searched, newest_change
from bot.archive.sources import list_sources
from bot.index.index import Index
from bot.news.article import LOCAL
from bot.news.briefing import Searched
from bot.news.diagnosis import Diagnosis, Health
from bot.news.saying.counting import counted
from bot.wire.guard import Guard
from config import defaults
from handlers.console.plain import plain
from handlers.console.sheet import BOLD, DIM, Sheet

if TYPE_CHECKING:
    from bot.index.encoder import Encoder

_STYLES = {
    Health.OK: Style(color="green"),
    Health.WARN: Style(color="magenta"),
    Health.BAD: Style(color="red", bold=True),
}


def show_diagnoses(sheet: Sheet, diagnoses: Sequence[Diagnosis]) -> None:
    """Every diagnosis with its health, then the verdict."""
    about = max((len(diagnosis.about) for diagnosis in diagnoses), default=0) + 2
    for diagnosis in diagnoses:
        lead = Text(diagnosis.health.value.ljust(6), _STYLES[diagnosis.health])
        if sheet.is_narrow:
            sheet.write(Text(f"{diagnosis.about}: {plain(diagnosis.sentence)}"), lead=lead)
        else:
            sheet.write(Text(plain(diagnosis.sentence)), lead=Text.assemble(lead, (diagnosis.about.ljust(about), DIM)))
    bad, warned = (sum(diagnosis.health is health for diagnosis in diagnoses) for health in (Health.BAD, Health.WARN))
    verdict = (
        f"{bad} bad, {warned} to look at." if bad else f"In order, {warned} to look at." if warned else "In order."
    )
    sheet.print(Text())
    sheet.write(Text(verdict, BOLD))


def look_at_folder(folder: Path) -> Iterator[Diagnosis]:
    """The data folder: is it there, may this user write in it, how much room is left?"""
    sentence = f"{folder} cannot be written to; give this user the right to write there, or name another with --data."
    closed = Diagnosis(health=Health.BAD, about="data folder", sentence=sentence)
    try:
        exists, is_folder = folder.exists(), folder.is_dir()
    except OSError:  # a folder above it is closed
        yield closed
        return
    if not exists:
        sentence = f"{folder} does not exist yet; the first `newsdesk add` makes it."
        yield Diagnosis(health=Health.OK, about="data folder", sentence=sentence)
    elif not is_folder:
        sentence = f"{folder} is not a folder; name a folder with --data or NEWSDESK_DATA_DIR."
        yield Diagnosis(health=Health.BAD, about="data folder", sentence=sentence)
        return
    elif not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield closed
    else:
        yield Diagnosis(health=Health.OK, about="data folder", sentence=f"{folder} can be read and written.")
    yield _look_at_room(folder)


def look_at_archive(archive: Archive) -> Iterator[Diagnosis]:
    """The database with its version and what is known to be wrong with that, and how much is kept in it."""
    name, version, searched = archive.read_now(_describe)
    yield Diagnosis(health=Health.OK, about="database", sentence=f"{name} {version}.")
    for sentence in archive.warnings():
        yield Diagnosis(health=Health.WARN, about="database", sentence=sentence)
    articles, sources = counted(searched.articles, "article"), counted(searched.sources, "source")
    yield Diagnosis(health=Health.OK, about="archive", sentence=f"{articles} from {sources}.")


def look_at_index(
    archive: Archive, folder: Path, encoder: "Encoder | None", no_meaning: str | None
) -> Iterator[Diagnosis]:
    """Whether the index can be read, how far it is behind the archive, and whether meaning is used."""
    newest = archive.read_now(newest_change, LOCAL)
    index = Index(folder, encoder, no_meaning)
    if damage := index.inspect():
        sentence = f"damaged ({damage}); `newsdesk reindex` makes it anew."
        yield Diagnosis(health=Health.BAD, about="index", sentence=sentence)
        return
    if index.seq == newest:
        sentence = f"{counted(index.passages, 'passage')}, level with the archive."
        yield Diagnosis(health=Health.OK, about="index", sentence=sentence)
    else:
        sentence = f"{counted(abs(newest - index.seq), 'change')} behind the archive; the next question catches up."
        yield Diagnosis(health=Health.WARN, about="index", sentence=sentence)
    if encoder is None:
        yield Diagnosis(
            health=Health.WARN, about="meaning", sentence=f"not used: {no_meaning}. Words alone find passages."
        )
    elif index.seq_of_meaning < newest:
        behind = counted(newest - index.seq_of_meaning, "change")
        sentence = f"{encoder.model_id}, {behind} behind; `newsdesk reindex --missing` makes up."
        yield Diagnosis(health=Health.WARN, about="meaning", sentence=sentence)
    else:
        yield Diagnosis(health=Health.OK, about="meaning", sentence=f"{encoder.model_id}, level with the archive.")


def look_at_web(guard: Guard) -> Diagnosis:
    """What may be read besides the public internet."""
    places = ", ".join(guard.exceptions)
    opened = f", and what NEWSDESK_ALLOW opens: {places}" if places else " only"
    return Diagnosis(health=Health.OK, about="web", sentence=f"the public internet is read{opened}.")


def judge_parser(version: tuple[int, ...]) -> Diagnosis:
    """Whether this release of expat, which reads XML, stops entities that grow without bounds."""
    told = ".".join(map(str, version))
    if version >= defaults.EXPAT_SAFE:
        return Diagnosis(health=Health.OK, about="XML", sentence=f"expat {told} stops entities that grow.")
    safe = ".".join(map(str, defaults.EXPAT_SAFE))
    sentence = f"expat {told} lets hostile feeds eat memory; use a Python that comes with {safe} or later."
    return Diagnosis(health=Health.BAD, about="XML", sentence=sentence)


def look_at_sources(archive: Archive) -> Diagnosis:
    """How many sources are followed, and whether they can be read."""
    followed = [source.feed for source in archive.read_now(list_sources, LOCAL)]
    stopped = sum(feed.stopped is not None for feed in followed)
    failing = sum(feed.failures > 0 for feed in followed) - stopped
    told = f"{counted(len(followed), 'source')} followed" if followed else "nothing is followed"
    faults = [f"{number:,} {what}" for number, what in ((failing, "failing"), (stopped, "given up")) if number]
    if not faults:
        return Diagnosis(health=Health.OK, about="sources", sentence=f"{told}.")
    sentence = f"{told}, {' and '.join(faults)}; `newsdesk source list` says why."
    return Diagnosis(health=Health.WARN, about="sources", sentence=sentence)


def look_at_desk(folder: Path, *, is_needed: bool) -> Diagnosis:
    """Whether a desk is running that reads what is followed. `is_needed` says that something is, and only by it."""
    from handlers.console.counter import find_desk  # with the web's libraries, for which no question shall wait

    pid = find_desk(folder)
    if pid is not None:
        return Diagnosis(health=Health.OK, about="desk", sentence=f"running (pid {pid}), and takes orders.")
    if is_needed:
        return Diagnosis(
            health=Health.WARN, about="desk", sentence="not running; `newsdesk run` reads what is followed."
        )
    return Diagnosis(health=Health.OK, about="desk", sentence="not running here.")


def _describe(db: Db) -> tuple[str, str, Searched]:
    dialect = db.dialect
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(dialect.name, dialect.name)
    version = ".".join(str(part) for part in dialect.server_version_info or ())
    return name, version, count_searched(db, LOCAL)


def _look_at_room(folder: Path) -> Diagnosis:
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    try:
        free = shutil.disk_usage(there).free
    except OSError as fault:
        return Diagnosis(
            health=Health.WARN, about="disk", sentence=f"the free space cannot be read ({fault.strerror})."
        )
    told = f"{free / 1e9:,.1f} GB free."
    if free < defaults.DISK_BAD_BYTES:
        return Diagnosis(health=Health.BAD, about="disk", sentence=f"{told} Make room: soon nothing can be kept.")
    if free < defaults.DISK_LOW_BYTES:
        return Diagnosis(health=Health.WARN, about="disk", sentence=f"{told} Make room before adding much.")
    return Diagnosis(health=Health.OK, about="disk", sentence=told)
