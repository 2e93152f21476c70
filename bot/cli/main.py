"""Every command of `newsdesk`, its exit status, and the sentence for every fault.

Exit status: 0 done, 1 some input was refused and the rest is done, 2 wrong use or settings, 70 a fault of ours,
130 interrupted. This is where a command ends, so nothing that went wrong gets past it as a traceback.
"""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.contents import Contents
from bot.cli.said import DONE, INTERRUPTED, OUR_FAULT, SOME_REFUSED, WRONG_USE, put, say
from bot.errors import ConfigError, NewsdeskError, RefusedInput, RequestError
from bot.news.zone_rules import use_newest_rules
from handlers.console.streams import ReaderLeft, let_go_of_output, make_ready

commands = typer.Typer(cls=Contents, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


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
            put(f"newsdesk {version_of('newsdesk')}")
        except PackageNotFoundError:
            put("newsdesk, not installed: run from its source")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        put(ctx.get_help())
        raise typer.Exit(WRONG_USE)


def main() -> None:
    """Carry out what was typed and end with its exit status."""
    make_ready()
    use_newest_rules()
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
        return say(f"the system refused to go on: {fault.strerror or fault}{what}.", WRONG_USE)
    except KeyboardInterrupt:
        status = INTERRUPTED
    except typer.TyperException as fault:
        return say(_wrong_use(fault), WRONG_USE)
    except ConfigError as fault:
        return max(say(sentence, WRONG_USE) for sentence in fault.faults)
    except NewsdeskError as fault:
        return say(str(fault), SOME_REFUSED if isinstance(fault, RequestError | RefusedInput) else WRONG_USE)
    except Exception as fault:  # noqa: BLE001  a command ends here, and no traceback may reach a reader
        return say(_note(fault, arguments), OUR_FAULT)
    if status == INTERRUPTED:
        return say("stopped.", INTERRUPTED, after="\n" if sys.stderr.isatty() else "")  # not behind the prompt
    return status or DONE


def _note(fault: Exception, arguments: list[str]) -> str:
    """The sentence for a fault of ours, noted in the data folder as far as that can still be found out."""
    import argparse  # all of these only after a fault of ours

    from bot.clock import now
    from config.settings import load_settings
    from handlers.console.faults import note_fault

    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--data", type=Path)
    folder: Path | None = parser.parse_known_args(arguments)[0].data
    with suppress(NewsdeskError):
        folder = folder or load_settings().data_dir
    return note_fault(folder, fault, now())


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
