"""The contents page of `newsdesk`: every command by its name and a sentence.

A command is fetched from its module when it is called. So none waits for what another needs, and whoever only looks
for a command waits for none of them.
"""

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

COMMANDS = {
    "add": "Take in articles: .txt .md .html .jsonl[.gz] .xml .rss .atom .opml, folders of them, and patterns.",
    "ask": "Answer a question from the articles, with a citation for every sentence.",
    "search": "Find passages for words or a question, best first.",
    "brief": "Tell the news, of a topic or all of it: the lines that matter, then the stories with their sources.",
    "chat": "Talk: a question a line, follow-ups understood, until /quit.",
    "stories": "List the stories, the newest first: who tells each, when, and where to read it.",
    "match": "Show for each topic which of the stored articles meet it, as a watch would.",
    "sources": "List the publishers whose articles are kept; `newsdesk source list` has what is followed.",
    "reindex": "Make the index anew from the archive, words first.",
    "doctor": "Look at everything: settings, data folder, archive, index, meaning, disk.",
    "check": "Look at the settings only.",
    "extract": "Show the article of a saved web page.",
    "read-feed": "Show what a saved feed lists.",
    "read-opml": "Show the feeds that a subscription list names.",
    "digest": "Let news come at set times: digest add weekdays 8:30 tariffs.",
    "watch": 'Be told when something happens: watch add "interest rates" -japan.',
    "why": "Say why an article did or did not arrive.",
    "held": "Show deliveries of which nobody can see whether they arrived.",
    "run": "Read what is followed, until stopped (Ctrl-C).",
    "source": "Look after what is followed: feeds, sites and pages.",
    "slack": "Set the desk up in Slack; docs/slack.md has the steps.",
    "discord": "Set the desk up in Discord; docs/discord.md has the steps.",
}
"""The commands in the order in which they are shown, each with the first sentence of its own help."""


class Contents(TyperGroup):
    """The commands as they are listed; the one that is called comes with everything that it takes."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        for name, sentence in COMMANDS.items():
            self.add_command(TyperCommand(name, help=sentence))

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that is meant, and what was typed for it."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, fetch(name) if name else listed, rest


def fetch(name: str) -> Any:
    """The command itself. This is the one place where the modules of commands are imported."""
    group = typer.main.get_group(_group_of(name))
    return group.commands.get(name, group)


def _group_of(name: str) -> typer.Typer:
    match name:
        case "add" | "sources" | "reindex" | "doctor" | "check":
            from bot.cli.keeping import group
        case "ask" | "search" | "chat":
            from bot.cli.questions import group
        case "brief":
            from bot.cli.briefs import group
        case "stories":
            from bot.cli.stories import group
        case "match":
            from bot.cli.matching import group
        case "extract" | "read-feed" | "read-opml":
            from bot.cli.documents import group
        case "digest" | "watch" | "why" | "held":
            from bot.cli.requests import group
        case "run":
            from bot.cli.run import group
        case "source":
            from bot.cli.sources import group
        case "slack":
            from bot.cli.slack import group
        case "discord":
            from bot.cli.discord import group
        case _:
            raise LookupError(f"{name} is listed and stands nowhere")
    return group
