"""Show how platforms fare with titles of strangers who want to call people, forge links or break a message.

    python -m bench.hostile_titles [--titles 20000] [--seed 20261126]

Each title stands wherever words from outside are shown: as headline, sentence, publisher, source, topic, quote and in
addresses. Counted is whom the messages would call, which of them the platform would refuse, and which links lead to
where no article is.
"""

import time
from collections.abc import Mapping
from typing import Annotated

import typer
from rich.console import Console

from bench.hostile_news import HostileTally, Judge, Render, face_hostility
from handlers.discord.post import render as render_for_discord
from handlers.slack.post import render as render_for_slack
from tests.fake_discord.judging import judge as judge_for_discord
from tests.slack.judging import judge as judge_for_slack

_PLATFORMS: Mapping[str, tuple[Render, Judge]] = {
    "Discord": (render_for_discord, judge_for_discord),
    "Slack": (render_for_slack, judge_for_slack),
}

program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@program.command()
def main(
    titles: Annotated[int, typer.Option(help="Titles, drawn by chance.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Chance begins with this.")] = 20261126,
) -> None:
    """Render, judge and count. Exit status 1 where anything went wrong."""
    console, tallies = Console(), list[HostileTally]()
    for platform, (render, judge) in _PLATFORMS.items():
        began = time.monotonic()
        tally = face_hostility(render, judge, titles, seed)
        tallies.append(tally)
        console.print(f"{platform}: {tally.said()} ({time.monotonic() - began:.0f} s)", markup=False)
        for example in tally.examples[:10]:
            console.print(f"  {example}", markup=False)
    if not all(tally.is_sound for tally in tallies):
        raise typer.Exit(1)


if __name__ == "__main__":
    program()
