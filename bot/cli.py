"""What can be typed: every command of `newsdesk`, its options, its exit status, and the sentence for every fault.

Exit status: 0 done, 1 some input was refused and the rest is done, 2 wrong use or settings, 70 a fault of ours,
130 interrupted. This is where a command ends, so nothing that went wrong gets past it as a traceback.
"""

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot import app
from bot.desk.ask import answer_question
from bot.desk.catch_up import reindex as make_anew
from bot.desk.conversation import Conversation
from bot.desk.search import search_passages
from bot.desk.take_in import take_in
from bot.errors import ConfigError, NewsdeskError, RefusedInput, RequestError
from bot.news.briefing import Answer
from config.settings import Settings, load_settings
from handlers.console import as_json
from handlers.console.as_json import LineId
from handlers.console.asking import (
    AskedLine,
    Asker,
    read_lines,
    read_moment,
    read_since,
    read_zone,
    split_topic,
    well_formed,
)
from handlers.console.batch import answer_each
from handlers.console.chat import greet, run_chat, typed_lines
from handlers.console.doctor import is_well, show_diagnoses
from handlers.console.faults import note_fault
from handlers.console.plain import plain
from handlers.console.progress import Progress
from handlers.console.render import show_answer, show_brief, show_passages, show_sources
from handlers.console.report import show_intake
from handlers.console.sheet import ReaderLeft, Sheet, counted, open_sheet
from handlers.console.streams import let_go_of_output, make_ready

DONE, SOME_REFUSED, WRONG_USE, OUR_FAULT, INTERRUPTED = 0, 1, 2, 70, 130

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON, one object a line.")]
Now = Annotated[str | None, typer.Option("--now", metavar="ISO", help="Look back: answer as at that moment.")]
Zone = Annotated[
    str | None, typer.Option("--zone", metavar="NAME", help="The asker's time zone, such as Europe/Paris.")
]

commands = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@commands.callback(invoke_without_command=True)
def newsdesk(
    ctx: typer.Context,
    data: Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Where everything is kept.")] = None,
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """Answers from your own news articles, with a citation for every sentence."""
    ctx.obj = data
    if version:
        from importlib.metadata import PackageNotFoundError
        from importlib.metadata import version as version_of

        try:
            _put(f"newsdesk {version_of('newsdesk')}")
        except PackageNotFoundError:
            _put("newsdesk, not installed: run from its source")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        _put(ctx.get_help())
        raise typer.Exit(WRONG_USE)


@commands.command()
def add(
    ctx: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH", hidden=True)],
    json: AsJson = False,
    later: Annotated[
        bool, typer.Option("--later", help="Leave the vectors for later: `newsdesk reindex --missing`.")
    ] = False,
) -> int:
    """Take in articles: .txt .md .html .jsonl[.gz] .xml .rss .atom .opml, folders of them, and patterns."""
    settings = _settings(ctx)
    began = time.perf_counter()
    with Progress() as progress, app.open_to_change(settings, _notify, progress.show, meaning=not later) as room:
        work = take_in(room.desk, list(map(well_formed, paths)), now=app.now(), progress=progress.show)
        intake = room.wait(work)
        room.catch_up(vectors=not later)
    counts = {"added": len(intake.added), "changed": len(intake.changed), "refused": len(intake.refused)}
    logging.getLogger(__name__).info("taken in", extra=counts | {"took_ms": round(_since(began))})
    if json:
        _put(as_json.intake_line(intake, took_ms=_since(began)))
    else:
        show_intake(_sheet(settings.zone), intake)
    return SOME_REFUSED if intake.refused else DONE


@commands.command()
def ask(
    ctx: typer.Context,
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", hidden=True)],
    json: AsJson = False,
    now: Now = None,
    zone: Zone = None,
) -> int:
    """Answer a question from the articles, with a citation for every sentence.

    With - questions are read from standard input, one a line: plain text, or JSON with "question" and "id".
    """
    settings = _settings(ctx)
    asker = _asker(settings, now, zone)
    with _reading(settings) as room:

        def answer(line: AskedLine) -> None:
            who, began = asker.of(line), time.perf_counter()
            found = room.find(lambda: answer_question(room.desk, line.text, now=who.now, zone=who.zone))
            if json:
                _put(as_json.answer_line(found, line_id=line.id, took_ms=_since(began)))
            else:
                show_answer(_sheet(who.zone), found)

        return _each(question, answer, asker, folder=settings.data_dir, json=json)


@commands.command()
def search(
    ctx: typer.Context,
    query: Annotated[list[str], typer.Argument(metavar="QUERY", hidden=True)],
    limit: Annotated[int, typer.Option("-k", min=1, max=100, metavar="N", help="How many passages at most.")] = 10,
    json: AsJson = False,
    now: Now = None,
    zone: Zone = None,
) -> int:
    """Find passages for words or a question, best first. With - one query a line is read from standard input."""
    settings = _settings(ctx)
    asker = _asker(settings, now, zone)
    with _reading(settings) as room:

        def find(line: AskedLine) -> None:
            who = asker.of(line)
            found = room.find(lambda: search_passages(room.desk, line.text, limit=limit, now=who.now, zone=who.zone))
            if json:
                _put(as_json.passages_line(line.text, found, line_id=line.id))
            else:
                show_passages(_sheet(who.zone), line.text, found)

        return _each(query, find, asker, folder=settings.data_dir, json=json)


@commands.command()
def brief(
    ctx: typer.Context,
    topic: Annotated[list[str] | None, typer.Argument(metavar="TOPIC", hidden=True)] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="TIME", help='From when: "3 days ago", 2025-04-03.')
    ] = None,
    json: AsJson = False,
    now: Now = None,
    zone: Zone = None,
) -> int:
    """Tell the news, of a topic or all of it: the lines that matter, then the stories with their sources."""
    from bot.desk.brief import write_brief  # what only a brief needs shall not make a question slower

    settings = _settings(ctx)
    asker = _asker(settings, now, zone)
    moment, began = asker.now, time.perf_counter()
    about, start = split_topic(well_formed(" ".join(topic or ())), moment, asker.zone)
    start = start if since is None else read_since(since, moment, asker.zone)
    with _reading(settings) as room:
        told = room.find(lambda: write_brief(room.desk, about, since=start, now=moment, zone=asker.zone))
    if json:
        _put(as_json.brief_line(told, took_ms=_since(began)))
    else:
        show_brief(_sheet(asker.zone), told)
    return DONE


@commands.command()
def chat(ctx: typer.Context, now: Now = None, zone: Zone = None) -> int:
    """Talk: a question a line, follow-ups understood, until /quit."""
    settings = _settings(ctx)
    asker = _asker(settings, now, zone)
    with _reading(settings) as room:
        sheet, conversation = _sheet(asker.zone), Conversation()

        def reply(line: str) -> Answer:
            nonlocal conversation
            found = room.find(
                lambda: answer_question(room.desk, line, now=asker.now, zone=asker.zone, conversation=conversation)
            )
            conversation = conversation.after(found)
            return found

        if sys.stdin.isatty():
            greet(sheet)
        run_chat(
            sheet,
            typed_lines(),
            ask=reply,
            list_sources=lambda: show_sources(sheet, room.publishers(), room.noted_sources()),
        )
    return DONE


@commands.command()
def sources(ctx: typer.Context, json: AsJson = False) -> int:
    """List the publishers whose articles are kept, and the sources noted from lists."""
    settings = _settings(ctx)
    with _reading(settings, meaning=False) as room:
        if json:
            _put(as_json.sources_line(room.publishers(), room.noted_sources()))
        else:
            show_sources(_sheet(settings.zone), room.publishers(), room.noted_sources())
    return DONE


@commands.command()
def reindex(
    ctx: typer.Context,
    missing: Annotated[bool, typer.Option("--missing", help="Only what the index lacks, words and vectors.")] = False,
) -> int:
    """Make the index anew from the archive, words first."""
    settings = _settings(ctx)
    with Progress() as progress, app.open_to_change(settings, _notify, progress.show) as room:
        if missing:
            done = room.catch_up(vectors=True)
        else:
            done = room.wait(make_anew(room.desk, progress=progress.show))
    _put(f"{counted(done.articles, 'article')} and the meaning of {counted(done.passages, 'passage')} indexed.")
    return DONE


@commands.command()
def doctor(
    ctx: typer.Context,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing; the exit status tells.")] = False,
    json: AsJson = False,
) -> int:
    """Look at everything: settings, data folder, archive, index, meaning, disk. Exit status 1 when something is bad."""
    settings = _settings(ctx)
    diagnoses = list(app.examine(settings))
    if json:
        _put(as_json.diagnoses_line(diagnoses))
    elif not quiet:
        show_diagnoses(_sheet(settings.zone), diagnoses)
    return DONE if is_well(diagnoses) else SOME_REFUSED


@commands.command()
def check(ctx: typer.Context) -> int:
    """Look at the settings only. Exit status 2 when one is wrong."""
    _settings(ctx)
    _put("The settings are in order.")
    return DONE


def main() -> None:
    """Carry out what was typed and end with its exit status."""
    make_ready()
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    try:
        status = typer.main.get_command(commands).main(arguments, prog_name="newsdesk", standalone_mode=False)
        sys.stdout.flush()
    except (ReaderLeft, BrokenPipeError):
        let_go_of_output()
        return DONE
    except OSError as fault:
        what = f" ({fault.filename})" if fault.filename else ""
        return _say(f"the system refused to go on: {fault.strerror or fault}{what}.", WRONG_USE)
    except KeyboardInterrupt:
        status = INTERRUPTED
    except typer.TyperException as fault:
        return _say(_wrong_use(fault), WRONG_USE)
    except ConfigError as fault:
        return max(_say(sentence, WRONG_USE) for sentence in fault.faults)
    except NewsdeskError as fault:
        return _say(str(fault), SOME_REFUSED if isinstance(fault, RequestError | RefusedInput) else WRONG_USE)
    except Exception as fault:  # noqa: BLE001  a command ends here, and no traceback may reach a reader
        return _say(note_fault(_folder(arguments), fault, app.now()), OUR_FAULT)
    if status == INTERRUPTED:
        return _say("stopped.", INTERRUPTED, after="\n" if sys.stderr.isatty() else "")  # not behind the prompt
    return status or DONE


def _each(words: list[str], answer: Callable[[AskedLine], None], asker: Asker, *, folder: Path, json: bool) -> int:
    """The exit status after answering what was typed, or every line of standard input."""
    if words != ["-"]:
        answer(AskedLine(id=None, text=well_formed(" ".join(words))))
        return DONE
    if sys.stdin is None:
        raise RequestError("standard input is closed, so there are no questions to read from it.")

    def refuse(reason: str, line_id: LineId) -> None:
        if json:
            _put(as_json.fault_line(reason, line_id=line_id))
        else:
            _say(reason, SOME_REFUSED)

    lines = read_lines(sys.stdin.buffer, asker.zone)
    every = answer_each(lines, answer, refuse=refuse, unforeseen=lambda fault: note_fault(folder, fault, app.now()))
    return DONE if every else SOME_REFUSED


@contextmanager
def _reading(settings: Settings, *, meaning: bool = True) -> Iterator[app.Newsroom]:
    with ExitStack() as closing:
        with Progress() as progress:
            room = closing.enter_context(app.open_to_read(settings, _notify, progress.show, meaning=meaning))
        yield room


def _notify(sentence: str) -> None:
    _say(sentence, DONE)


def _settings(ctx: typer.Context) -> Settings:
    settings, folder = load_settings(), ctx.obj
    if folder is None:
        return settings
    if folder.exists() and not folder.is_dir():
        raise ConfigError([f"--data names {folder}, which is a file; name a folder."])
    return settings.model_copy(update={"data_dir": folder})


def _folder(arguments: list[str]) -> Path | None:
    """The data folder, as far as it can still be found out."""
    import argparse  # only after a fault of ours

    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--data", type=Path)
    typed: Path | None = parser.parse_known_args(arguments)[0].data
    with suppress(NewsdeskError):
        return typed or load_settings().data_dir
    return None


def _asker(settings: Settings, now: str | None, zone: str | None) -> Asker:
    try:
        own = read_zone(zone) if zone is not None else settings.zone
        if now is None:
            return Asker(zone=own, clock=app.now)
        moment = read_moment(now, own)
        return Asker(zone=own, clock=lambda: moment)
    except RequestError as fault:
        raise typer.BadParameter(str(fault)) from fault


def _sheet(zone: ZoneInfo) -> Sheet:
    return open_sheet(sys.stdout, zone)


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def _put(line: str) -> None:
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError as fault:
        raise ReaderLeft from fault


def _say(sentence: str, status: int, *, after: str = "") -> int:
    """The status, after the sentence was said to whoever sits at the terminal."""
    with suppress(OSError):
        sys.stderr.write(f"{after}newsdesk: {plain(sentence)}\n")
    return status


def _wrong_use(fault: typer.TyperException) -> str:
    """The sentence for something typed that no command knows, with what was probably meant."""
    ctx: typer.Context | None = getattr(fault, "ctx", None)
    command = ctx.command_path if ctx else "newsdesk"
    option: str | None = getattr(fault, "option_name", None)
    meant = getattr(fault, "possibilities", None)
    if option in ("--data", "--version"):
        return f"{option} goes before the command: newsdesk {option} … {command.rpartition(' ')[2]}."
    if option and meant:
        return f"{command} has no option {option}; did you mean {meant[0]}?"
    message = fault.format_message().replace("Invalid value: ", "").rstrip(".")
    message = message if message.startswith("I ") else message[:1].lower() + message[1:]
    return message if message.endswith("?") else f"{message}; `{command} --help` shows what can be typed."
