"""The commands about Slack."""

import json
from typing import Annotated

import typer

from bot.cli.said import DONE, WRONG_USE, put
from bot.cli.typed import settings_of
from bot.errors import ConfigError
from handlers.slack.manifest import Reached, write_manifest

group = typer.Typer(add_completion=False, rich_markup_mode=None)


@group.callback(invoke_without_command=True)
def slack(ctx: typer.Context) -> None:
    """Set the desk up in Slack; docs/slack.md has the steps."""
    if ctx.invoked_subcommand is None:
        put(ctx.get_help())
        raise typer.Exit(WRONG_USE)


@group.command()
def manifest(
    ctx: typer.Context,
    http: Annotated[bool, typer.Option("--http", help="Slack asks at your address, without a socket.")] = False,
    shared: Annotated[
        bool, typer.Option("--shared", help="Further workspaces can install it at your address.")
    ] = False,
    agents: Annotated[bool, typer.Option("--agents/--no-agents", help="Show it among the workspace's agents.")] = True,
    url: Annotated[str | None, typer.Option("--url", metavar="ADDRESS", help="Your address: https://…")] = None,
) -> int:
    """Print the manifest of the app, to be pasted at api.slack.com/apps."""
    at = url or settings_of(ctx).slack_public_url or ""
    if (http or shared) and not at.startswith("https://"):
        raise ConfigError(["--http and --shared need the address at which Slack reaches you: --url https://…"])
    reached = Reached(public_url=at, is_socket=not http, is_shared=shared, has_agents=agents)
    put(json.dumps(write_manifest(reached), indent=2, ensure_ascii=False))
    return DONE
