"""The wiring: the desk and everything it stands on, built from the settings."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from xml.parsers import expat

from bot.archive.archive import Archive
from bot.archive.articles import list_publishers, newest_change
from bot.archive.counts import placed_mark
from bot.archive.feeds import free_feeds
from bot.archive.folder import open_folder
from bot.archive.sources import list_sources
from bot.clock import now
from bot.desk.catch_up import CaughtUp, catch_up
from bot.desk.desk import Desk
from bot.desk.take_in import ShowProgress
from bot.errors import ArchiveBusy, ArchiveError, ConfigError, IndexDamaged, RequestError
from bot.index.faults import NoWeights
from bot.index.index import Index
from bot.index.models import load_encoder
from bot.news.article import LOCAL
from bot.news.diagnosis import Diagnosis, Health
from bot.wire.guard import Guard
from bot.wire.request import read_proxy, standing_headers
from config.settings import Settings, faults_about_slack, variable
from handlers.console.doctor import (
    judge_parser,
    look_at_archive,
    look_at_desk,
    look_at_folder,
    look_at_index,
    look_at_sources,
    look_at_web,
)

if TYPE_CHECKING:
    from bot.desk.telling import Posters
    from bot.index.encoder import Encoder

T = TypeVar("T")
Say: TypeAlias = Callable[[str], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Newsroom:
    """A desk at work, the loop on which it waits for the world, and how it tells of what it mended."""

    desk: Desk
    loop: asyncio.Runner
    say: Say
    progress: ShowProgress
    folder: Path

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """What the work gives; an interruption ends it."""
        return self.loop.run(work)

    def find(self, begin: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What the work gives; where the index turns out to be damaged, it is made anew and the work begun again."""
        try:
            return self.wait(begin())
        except IndexDamaged:
            with _held(self.folder):
                self.catch_up(vectors=False)
            return self.wait(begin())

    def catch_up(self, *, vectors: bool) -> CaughtUp:
        """Bring the index up to the archive; that it was made anew is said."""
        done = self.wait(catch_up(self.desk, progress=self.progress, vectors=vectors))
        if done.rebuilt_because:
            self.say(f"the index was made anew from the archive: {done.rebuilt_because}.")
        return done

    def place(self) -> None:
        """Give all that was added its place in a story, with what follows from it."""
        from bot.desk.consequences import open_placer  # what only stories need shall not make a question slower

        placer = open_placer(self.desk, posters_of(self.folder))
        self.wait(placer.place(now(), self.progress))

    def publishers(self) -> dict[str, int]:
        """The publishers whose articles are kept, and how many of each."""
        return self.desk.archive.read_now(list_publishers, self.desk.space)


def posters_of(folder: Path) -> "Posters":
    """Who posts on each platform; the terminal is one."""
    from handlers.console.post import ConsolePoster

    poster = ConsolePoster(folder, sys.stdout, now)
    return {poster.platform: poster}


@contextmanager
def open_to_change(settings: Settings, say: Say, progress: ShowProgress, *, meaning: bool = True) -> Iterator[Newsroom]:
    """The newsroom with its archive open for writing; ArchiveBusy when another process holds the data folder.

    What the index lacks is left to whoever opens it.
    """
    _start_log(settings)
    with ExitStack() as closing:
        archive = closing.enter_context(Archive.open(settings.data_dir, _database(settings)))
        if settings.database_url is not None:
            # The archive on a server needs no folder of its own, but two processes must not write one index.
            closing.enter_context(_held(settings.data_dir))
        else:
            archive.write_now(free_feeds)  # whoever claimed them has ended: the data folder is ours
        yield closing.enter_context(_at_work(settings, archive, say, progress, meaning=meaning))


@contextmanager
def open_to_read(settings: Settings, say: Say, progress: ShowProgress, *, meaning: bool = True) -> Iterator[Newsroom]:
    """The newsroom with its archive open for reading only, beside whoever is writing it.

    Words that the index lacks are caught up first, unless another process does so or the folder cannot be written.
    """
    if settings.log_level != Settings.model_fields["log_level"].default:
        _start_log(settings)  # otherwise not: the log's library takes 80 ms, and no question shall wait for it
    with ExitStack() as closing:
        archive = closing.enter_context(Archive.open(settings.data_dir, _database(settings), write=False))
        room = closing.enter_context(_at_work(settings, archive, say, progress, meaning=meaning))
        if room.desk.index.seq != archive.read_now(newest_change, LOCAL):
            try:
                with _held(settings.data_dir):
                    room.catch_up(vectors=False)
            except ArchiveBusy:
                pass  # whoever holds the folder is catching up; the question is answered from what there is
            except ArchiveError as fault:
                say(f"what was added last cannot be found yet: {fault}")
        yield room


@contextmanager
def open_with_stories(settings: Settings, say: Say, progress: ShowProgress) -> Iterator[Newsroom]:
    """The newsroom opened to read, once all that was added has its place in a story.

    Where another process holds the data folder, it is the one that places.
    """
    with open_to_read(settings, say, progress, meaning=False) as room:
        archive = room.desk.archive
        if archive.read_now(placed_mark, LOCAL) == archive.read_now(newest_change, LOCAL):
            yield room
            return
    try:
        with open_to_change(settings, say, progress) as changing:
            changing.place()
    except ArchiveBusy:
        pass
    with open_to_read(settings, say, progress, meaning=False) as room:
        yield room


def require_sound(settings: Settings) -> None:
    """ConfigError lists everything that is wrong with the settings about the web, each by its name."""
    proxy = settings.egress_proxy.get_secret_value() if settings.egress_proxy else None
    readings: dict[str, Callable[[], object]] = {
        "allow": lambda: Guard(settings.allowed),
        "egress_proxy": lambda: read_proxy(proxy) if proxy else None,
        "contact": lambda: standing_headers(settings.contact),
    }
    faults = []
    for name, read in readings.items():
        try:
            read()
        except ConfigError as fault:
            faults += [f"{variable(name)}: {sentence}" for sentence in fault.faults]
    faults += faults_about_slack(settings)
    if faults:
        raise ConfigError(faults)


def examine(settings: Settings) -> Iterator[Diagnosis]:
    """What the doctor looks at, in the order of what rests on what."""
    shown = {variable(name): value for name, value in settings if value is not None}
    told = ", ".join(f"{name} is {value}" for name, value in shown.items())
    yield Diagnosis(health=Health.OK, about="settings", sentence=f"{told}.")
    try:
        require_sound(settings)
    except ConfigError as fault:
        yield from (Diagnosis(health=Health.BAD, about="settings", sentence=sentence) for sentence in fault.faults)
    else:
        yield look_at_web(Guard(settings.allowed))
    yield judge_parser(expat.version_info)
    yield from look_at_folder(settings.data_dir)
    from bot.lines import examine_lines  # asks the platforms, for which no question shall wait

    followed = 0
    try:
        archive = Archive.open(settings.data_dir, _database(settings), write=False)
    except RequestError:
        yield Diagnosis(health=Health.OK, about="archive", sentence="nothing has been added yet.")
        lines = examine_lines(settings, None, now())
    except ArchiveError as fault:
        yield Diagnosis(health=Health.BAD, about="archive", sentence=str(fault))
        lines = examine_lines(settings, None, now())
    else:
        with archive:
            yield from look_at_archive(archive)
            encoder, reason = _load_encoder(settings, _say_nothing)
            yield from look_at_index(archive, settings.data_dir / "index" / LOCAL, encoder, reason)
            yield look_at_sources(archive)
            followed = len(archive.read_now(list_sources, LOCAL))
            lines = examine_lines(settings, archive, now())
    yield from lines
    yield look_at_desk(settings.data_dir, is_needed=followed > 0 and settings.database_url is None)


@contextmanager
def _at_work(
    settings: Settings, archive: Archive, say: Say, progress: ShowProgress, *, meaning: bool
) -> Iterator[Newsroom]:
    encoder, reason = _load_encoder(settings, progress) if meaning else (None, None)
    index = Index(settings.data_dir / "index" / LOCAL, encoder, reason)
    desk = Desk(archive=archive, index=index, space=LOCAL)
    with asyncio.Runner() as loop:
        yield Newsroom(desk=desk, loop=loop, say=say, progress=progress, folder=settings.data_dir)


def _load_encoder(settings: Settings, progress: ShowProgress) -> "tuple[Encoder | None, str | None]":
    """The encoder, or why there is none."""
    progress("preparing the encoder", 0)
    try:
        return load_encoder(str(settings.meaning), settings.data_dir / "models"), None
    except NoWeights as fault:
        return None, str(fault)
    except OSError as fault:
        return None, f"its files cannot be written to {settings.data_dir} ({fault.strerror})"


def _start_log(settings: Settings) -> None:
    from bot.log import start_logging

    start_logging(settings.log_level)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold the data folder meanwhile; ArchiveError when that cannot be."""
    lock = open_folder(folder)
    try:
        yield
    finally:
        # A lock that a kill left behind stays marked, so that the archive looks itself over when it is next written.
        lock.let_go(ended_cleanly=not lock.was_left_behind)


def _say_nothing(doing: str, done: int, total: int | None = None) -> None:
    """Progress that nobody watches."""


def _database(settings: Settings) -> str | None:
    return settings.database_url.get_secret_value() if settings.database_url else None
