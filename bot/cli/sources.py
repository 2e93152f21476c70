"""The commands about sources."""

import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli.orders import give
from bot.cli.said import WRONG_USE, put, say
from bot.cli.typed import AsJson
from bot.errors import RequestError
from config import defaults
from handlers.console.asking import well_formed
from handlers.console.source_desk import Order

group = typer.Typer(add_completion=False, rich_markup_mode=None)

Named = Annotated[str, typer.Argument(metavar="SOURCE", help="Its name, a part of it, or its address.")]


@group.callback(invoke_without_command=True)
def source(ctx: typer.Context) -> None:
    """Look after what is followed: feeds, sites and pages."""
    if ctx.invoked_subcommand is None:
        put(ctx.get_help())
        raise typer.Exit(WRONG_USE)


@group.command()
def add(
    ctx: typer.Context,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="A feed, a site whose feed is found, or a page.")],
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="What to call it.")] = None,
    page: Annotated[bool, typer.Option("--page", help="Follow the page itself, whatever feeds it names.")] = False,
    pick: Annotated[
        int | None, typer.Option("--pick", metavar="NUMBER", min=1, help="Which of the feeds that the page names.")
    ] = None,
    full_text: Annotated[
        Literal["auto", "always", "never"],
        typer.Option("--full-text", help="Read the page behind an entry; auto: where the entry is only a teaser."),
    ] = "auto",
    user: Annotated[
        str | None, typer.Option("--user", metavar="NAME", help="Log in by this name; the password is asked for.")
    ] = None,
    json: AsJson = False,
) -> int:
    """Follow a source, and file what it lists.

    What it lists later is news, which `newsdesk run` reads.
    """
    order = Order(
        verb="add",
        words=well_formed(address),
        name=well_formed(name) if name else None,
        full_text=full_text,
        as_page=page,
        pick=pick,
        user=user,
        password=_password() if user else None,
        as_json=json,
    )
    return give(ctx, order)


@group.command("list")
def list_them(ctx: typer.Context, json: AsJson = False) -> int:
    """List what is followed, and how it reads.

    For each: when it was read, when something new came, when it is read next, and what is wrong with it.
    """
    return give(ctx, Order(verb="list", as_json=json))


@group.command()
def check(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="[SOURCE]", help="Its name, a part of it, or its address.")] = "",
    json: AsJson = False,
) -> int:
    """Read a source now, or all of them.

    One that was given up is taken up again.
    """
    return give(ctx, Order(verb="check", words=well_formed(source), as_json=json))


@group.command()
def remove(ctx: typer.Context, source: Named, json: AsJson = False) -> int:
    """Follow a source no more; its articles stay."""
    return give(ctx, Order(verb="remove", words=well_formed(source), as_json=json))


@group.command("import")
def import_list(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A subscription list (OPML).")],
    json: AsJson = False,
) -> int:
    """Follow what a subscription list (OPML) names.

    One report says what was refused, and why.
    """
    return give(ctx, Order(verb="import", words=str(file), list_bytes=_load(file), as_json=json))


@group.command("export")
def export_list(ctx: typer.Context) -> int:
    """Write what is followed as a list (OPML).

    It is for other readers, or another Newsdesk. Addresses that hold a secret are left out.
    """
    status = give(ctx, Order(verb="export"))
    if status:
        say("sources whose addresses are secret are not in the list.", status)
    return status


def _password() -> str:
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass("Password: ")
    return sys.stdin.readline().rstrip("\n") if sys.stdin is not None else ""


def _load(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(defaults.OPML_BYTES + 1)
    except OSError as fault:
        reason = (fault.strerror or "it cannot be opened").lower()
        raise RequestError(f"{file} cannot be read: {reason}.") from fault
