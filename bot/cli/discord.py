"""The commands about Discord."""

import asyncio

import typer

from bot.cli.said import DONE, WRONG_USE, put
from bot.cli.typed import settings_of
from bot.errors import ConfigError

group = typer.Typer(add_completion=False, rich_markup_mode=None)


@group.callback(invoke_without_command=True)
def discord(ctx: typer.Context) -> None:
    """Set the desk up in Discord; docs/discord.md has the steps."""
    if ctx.invoked_subcommand is None:
        put(ctx.get_help())
        raise typer.Exit(WRONG_USE)


@group.command()
def invite(ctx: typer.Context) -> int:
    """Print the links that let the desk into a server, or give its commands to one person."""
    token = settings_of(ctx).discord_token
    if token is None:
        raise ConfigError(["NEWSDESK_DISCORD_TOKEN is missing; docs/discord.md says where it stands."])
    from handlers.discord.doctor import find_application
    from handlers.discord.invite import person_link, server_link

    application = asyncio.run(find_application(token.get_secret_value()))
    put(f"For a server that you manage:\n{server_link(application)}\n")
    put(f"For yourself alone, wherever you are:\n{person_link(application)}")
    return DONE
