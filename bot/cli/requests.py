"""The commands about what is due: digests, watches, and why something did or did not arrive.

The words behind them are those that people type in a channel; one grammar reads them all.
"""

from typing import Annotated

import typer

from bot.cli.asked import Zone, asker_of
from bot.cli.orders import give
from bot.cli.typed import AsJson, settings_of
from handlers.console.asking import well_formed
from handlers.console.typed_request import TypedRequest

group = typer.Typer(add_completion=False, rich_markup_mode=None)

WORDS = {"ignore_unknown_options": True, "allow_interspersed_args": True}
"""How words are taken: what begins with a dash is left out of a topic ("-japan"), and is no option."""

Typed = Annotated[list[str] | None, typer.Argument(metavar="WORDS", show_default=False)]


@group.command(context_settings=WORDS)
def digest(ctx: typer.Context, words: Typed = None, json: AsJson = False, zone: Zone = None) -> int:
    """Let news come at set times: digest add weekdays 8:30 tariffs.

    \b
    add WHEN [TOPIC] [short|long] [sources: NAME, …]   at set times, of a topic or all
    list                                               those that come
    preview [N]                                        what it would tell now
    change N WHEN [TOPIC] …                            what it shall be from now on
    pause N, resume N, remove N                        by its number
    """
    return _give(ctx, "digest", words, json=json, zone=zone)


@group.command(context_settings=WORDS)
def watch(ctx: typer.Context, words: Typed = None, json: AsJson = False, zone: Zone = None) -> int:
    """Be told when something happens: watch add "interest rates" -japan.

    \b
    add TOPIC [hourly|daily] [quiet 22:00-07:00]       be told of it
    test TOPIC                                         what the last seven days would have told
    list                                               what is watched
    change N [hourly|daily] [quiet 22:00-07:00]        how it tells from now on
    mute N [for 3 days], unmute N, remove N            by its number
    helpful N LINK, unhelpful N LINK                   teach it what you want of it
    learnt N, reset N                                  what it was taught; forget that
    """
    return _give(ctx, "watch", words, json=json, zone=zone)


@group.command()
def why(
    ctx: typer.Context,
    link: Annotated[str, typer.Argument(metavar="LINK", help="The link of an article.")],
    json: AsJson = False,
    zone: Zone = None,
) -> int:
    """Say why an article did or did not arrive."""
    return _give(ctx, "why", [link], json=json, zone=zone)


@group.command()
def held(ctx: typer.Context, words: Typed = None, json: AsJson = False, zone: Zone = None) -> int:
    """Show deliveries of which nobody can see whether they arrived.

    \b
    list       those that are held
    post N     post it, for it is not there
    posted N   leave it, for it is there
    """
    return _give(ctx, "held", words, json=json, zone=zone)


def _give(ctx: typer.Context, verb: str, words: list[str] | None, *, json: bool, zone: str | None) -> int:
    asker = asker_of(settings_of(ctx), None, zone)
    act, *rest = words or [""]
    typed = well_formed(" ".join([verb, act, *(_quoted(word) if len(rest) > 1 else word for word in rest)]).strip())
    return give(ctx, TypedRequest(typed=typed, zone=asker.zone.key, as_json=json))


def _quoted(word: str) -> str:
    """The word as it was typed: a shell takes the quotes off a phrase that stands among other words."""
    return f'"{word}"' if " " in word and '"' not in word else word
