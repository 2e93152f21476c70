"""The commands that people find in Discord when they type a slash, and the one in the menu of a message."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeAlias

import discord
from discord import app_commands
from discord.app_commands import AppCommandContext, AppInstallationType, Choice, describe

from bot.desk.suggest import Suggested
from bot.news.member import typed_role
from config import defaults
from handlers.discord.read import Channel, Wanted, told_in
from handlers.layout.forms import Form, new_digest_form, new_source_form, new_watch_form
from handlers.layout.harmless import harmless

Interaction: TypeAlias = discord.Interaction[Any]
_IN_SERVERS = AppCommandContext(guild=True)
_BY_SERVERS = AppInstallationType(guild=True)
BACKGROUND = "Background on this"


class _Posted(app_commands.Transformer):
    """Where digests and alerts can come: channels of text and announcements, forums, threads that the desk sees."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        kinds = discord.ChannelType
        return [kinds.text, kinds.news, kinds.forum, kinds.public_thread, kinds.private_thread, kinds.news_thread]

    async def transform(
        self, interaction: Interaction, value: app_commands.AppCommandChannel | app_commands.AppCommandThread
    ) -> Channel:
        seen = value.resolve()
        if seen is None:
            raise app_commands.TransformerError(value, self.type, self)
        return seen


class Counter(Protocol):
    """Where commands are handed in."""

    async def take(self, interaction: Interaction, wanted: Wanted) -> None:
        """Have it done."""

    async def show(self, interaction: Interaction, form: Form) -> None:
        """Ask for the rest in a form."""

    async def suggest(self, interaction: Interaction, of: Suggested | None, begun: str) -> list[tuple[str, str]]:
        """What may be meant, as (label, value); times where it is of None."""


def build_tree(client: discord.Client, counter: Counter) -> app_commands.CommandTree:
    """All commands."""
    tree = app_commands.CommandTree(client)
    for command in (_ask(counter), _brief(counter), _why(counter), _background(counter), _desk(counter)):
        tree.add_command(command)
    for group in (_digests(counter), _watches(counter), _sources(counter)):
        tree.add_command(group)
    return tree


def typed(*words: str | None) -> str:
    """What somebody who chose these options could have typed."""
    return " ".join(" ".join(word.split()) for word in words if word and word.strip())


def _ask(counter: Counter) -> app_commands.Command[Any, ..., Any]:
    @app_commands.command(
        name="ask", description="Ask what the articles say; every sentence of the answer has its proof"
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @describe(
        question="What you want to know",
        since="From when on: monday, 3 days ago, 2025-04-03",
        source="One source that is to answer",
    )
    @app_commands.autocomplete(source=_suggesting(counter, "source"))
    async def ask(
        interaction: Interaction,
        question: app_commands.Range[str, 1, 1000],
        since: app_commands.Range[str, 1, 100] | None = None,
        source: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        according = f"according to {source}" if source else None
        asked = typed(question.rstrip(" ?"), according, f"since {since}" if since else None)
        words = typed("ask", f"{asked}?" if since or source else question)
        await counter.take(interaction, Wanted(kind="typed", words=words, private=False))

    return ask


def _brief(counter: Counter) -> app_commands.Command[Any, ..., Any]:
    @app_commands.command(name="brief", description="A briefing now: what matters, and the stories with their sources")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @describe(topic="What about; all news without it", since="From when on: monday, 3 days ago, 2025-04-03")
    @app_commands.autocomplete(topic=_suggesting(counter, "topic"))
    async def brief(
        interaction: Interaction,
        topic: app_commands.Range[str, 1, 300] | None = None,
        since: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        words = typed("brief", topic, f"since {since}" if since else None)
        await counter.take(interaction, Wanted(kind="typed", words=words, private=False))

    return brief


def _why(counter: Counter) -> app_commands.Command[Any, ..., Any]:
    @app_commands.command(name="why", description="Why an article did or did not reach this channel")
    @app_commands.allowed_installs(guilds=True)
    @app_commands.allowed_contexts(guilds=True)
    @describe(link="The link of the article")
    async def why(interaction: Interaction, link: app_commands.Range[str, 1, 2000]) -> None:
        await counter.take(interaction, Wanted(kind="typed", words=typed("why", link), private=True))

    return why


def _desk(counter: Counter) -> app_commands.Command[Any, ..., Any]:
    @app_commands.command(name="desk", description="What comes, is watched and is followed here, and what can be typed")
    @app_commands.allowed_installs(guilds=True)
    @app_commands.allowed_contexts(guilds=True)
    async def desk(interaction: Interaction) -> None:
        await counter.take(interaction, Wanted(kind="typed", words="desk", private=True))

    return desk


def _background(counter: Counter) -> app_commands.ContextMenu:
    @app_commands.context_menu(name=BACKGROUND)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def background(interaction: Interaction, message: discord.Message) -> None:
        words = typed("ask What is the background on", f"{told_in(message)}?")
        await counter.take(interaction, Wanted(kind="typed", words=words, private=True))

    return background


def _digests(counter: Counter) -> app_commands.Group:
    group = _group("digest", "Digests that come to a channel at set times")

    @group.command(name="add", description="Let a digest come to this channel")
    @describe(
        when="weekdays 8:30, daily 7am and 18:00, mondays 9:00; leave it out to fill in a form",
        topic="What about; all news without it",
        length="How many stories",
        sources="Names of sources with commas between them; all without it",
        zone="Where the times are meant; the zone of the desk without it",
        channel="Where it comes; here without it",
    )
    @app_commands.choices(length=[Choice(name=one, value=one) for one in ("short", "normal", "long")])
    @app_commands.autocomplete(
        when=_suggesting(counter, None),
        topic=_suggesting(counter, "topic"),
        sources=_suggesting(counter, "source"),
        zone=_suggesting(counter, "zone"),
    )
    async def add(
        interaction: Interaction,
        when: app_commands.Range[str, 1, 200] | None = None,
        topic: app_commands.Range[str, 1, 300] | None = None,
        length: str | None = None,
        sources: app_commands.Range[str, 1, 500] | None = None,
        zone: app_commands.Range[str, 1, 50] | None = None,
        channel: app_commands.Transform[Channel, _Posted] | None = None,
    ) -> None:
        if when is None:
            await _ask_for(counter, interaction, new_digest_form(), topic, length, sources, zone, channel)
            return
        about, named = (f"about {topic}" if topic else None), (f"sources: {sources}" if sources else None)
        words = typed("digest add", when, zone, about, length, named)
        await counter.take(interaction, Wanted(kind="typed", words=words, private=False, channel=channel))

    _listed(group, counter, "digest", "The digests of this channel")
    _numbered(group, counter, "digest", "preview", "What a digest would tell now", private=True)
    _numbered(group, counter, "digest", "pause", "Let a digest wait")
    _numbered(group, counter, "digest", "resume", "Let a digest come again")
    _numbered(group, counter, "digest", "remove", "Let a digest come no more")
    return group


def _watches(counter: Counter) -> app_commands.Group:
    group = _group("watch", "Topics of which a channel is told as soon as there is news")
    how_soon = [Choice(name=one, value=one) for one in ("at once", "hourly", "daily")]

    @group.command(name="add", description="Watch a topic for this channel")
    @describe(
        topic="tariffs on Japan; or: tariffs AND (Japan OR Korea); leave it out to fill in a form",
        pace="How soon it is told",
        quiet="Quiet hours: 22:00-07:00, or 22:00-07:00 but severe",
        ping="A role that every alert pings, if you may ping it; nobody without it",
        channel="Where it is told; here without it",
    )
    @app_commands.choices(pace=how_soon)
    @app_commands.autocomplete(topic=_suggesting(counter, "topic"))
    async def add(
        interaction: Interaction,
        topic: app_commands.Range[str, 1, 500] | None = None,
        pace: str | None = None,
        quiet: app_commands.Range[str, 1, 50] | None = None,
        ping: discord.Role | None = None,
        channel: app_commands.Transform[Channel, _Posted] | None = None,
    ) -> None:
        if topic is None:
            await _ask_for(counter, interaction, new_watch_form(), pace, quiet, ping, channel)
            return
        hours, role = (f"quiet {quiet}" if quiet else None), (f"ping {typed_role(str(ping.id))}" if ping else None)
        words = typed("watch add", topic, pace, hours, role)
        await counter.take(interaction, Wanted(kind="typed", words=words, private=False, channel=channel))

    @group.command(name="test", description="What a topic would have told in the last seven days; nothing is kept")
    @describe(topic="The topic, or the number of a watch")
    @app_commands.autocomplete(topic=_suggesting(counter, "topic"))
    async def test(interaction: Interaction, topic: app_commands.Range[str, 1, 500]) -> None:
        await counter.take(interaction, Wanted(kind="typed", words=typed("watch test", topic), private=True))

    @group.command(name="mute", description="Let a watch be silent for a while")
    @describe(number="The number of the watch", duration="3 days, 2 weeks; a day without it")
    @app_commands.autocomplete(number=_suggesting(counter, "watch"))
    async def mute(
        interaction: Interaction,
        number: app_commands.Range[str, 1, 20],
        duration: app_commands.Range[str, 1, 50] | None = None,
    ) -> None:
        words = typed("watch mute", number, duration)
        await counter.take(interaction, Wanted(kind="typed", words=words, private=False))

    _listed(group, counter, "watch", "The watches of this channel")
    _numbered(group, counter, "watch", "unmute", "Let a watch tell again")
    _numbered(group, counter, "watch", "remove", "Watch a topic no more")
    return group


def _sources(counter: Counter) -> app_commands.Group:
    group = _group("source", "The feeds, sites and pages that are read for this server")

    @group.command(name="add", description="Follow a feed, a site or a page")
    @describe(address="https://example.org/news; leave it out to fill in a form")
    async def add(interaction: Interaction, address: app_commands.Range[str, 1, 2000] | None = None) -> None:
        if address is None:
            await counter.show(interaction, new_source_form())
            return
        await counter.take(interaction, Wanted(kind="typed", words=typed("source add", address), private=True))

    @group.command(name="check", description="Read sources now, and say how it went")
    @describe(name="One source; all of them without it")
    @app_commands.autocomplete(name=_suggesting(counter, "source"))
    async def check(interaction: Interaction, name: app_commands.Range[str, 1, 300] | None = None) -> None:
        await counter.take(interaction, Wanted(kind="typed", words=typed("source check", name), private=True))

    @group.command(name="remove", description="Follow a source no more; its articles stay")
    @describe(name="The source")
    @app_commands.autocomplete(name=_suggesting(counter, "source"))
    async def remove(interaction: Interaction, name: app_commands.Range[str, 1, 300]) -> None:
        await counter.take(interaction, Wanted(kind="typed", words=typed("source remove", name), private=True))

    @group.command(name="import", description="Follow every source of a list")
    @describe(file="An OPML file, as feed readers write them")
    async def take_list(interaction: Interaction, file: discord.Attachment) -> None:
        wanted = Wanted(kind="typed", words="source import", private=True, attached=file)
        await counter.take(interaction, wanted)

    @group.command(name="export", description="All sources as a list that feed readers read")
    async def export(interaction: Interaction) -> None:
        await counter.take(interaction, Wanted(kind="typed", words="source export", private=True))

    _listed(group, counter, "source", "The sources, and how they do")
    return group


async def _ask_for(counter: Counter, interaction: Interaction, form: Form, *given: object) -> None:
    """Ask for all of it in a form. Where something was given, which the form would forget, say what is needed."""
    if any(given):
        await counter.take(interaction, Wanted(kind="typed", words=form.command, private=True))
    else:
        await counter.show(interaction, form)


def _group(name: str, description: str) -> app_commands.Group:
    return app_commands.Group(
        name=name, description=description, allowed_contexts=_IN_SERVERS, allowed_installs=_BY_SERVERS
    )


def _listed(group: app_commands.Group, counter: Counter, verb: str, description: str) -> None:
    @group.command(name="list", description=description)
    async def every(interaction: Interaction) -> None:
        await counter.take(interaction, Wanted(kind="typed", words=f"{verb} list", private=True))


def _numbered(
    group: app_commands.Group, counter: Counter, verb: Suggested, act: str, description: str, *, private: bool = False
) -> None:
    """A command that needs the number of a digest or a watch."""

    @group.command(name=act, description=description)
    @describe(number=f"The number of the {verb}")
    @app_commands.autocomplete(number=_suggesting(counter, verb))
    async def numbered(interaction: Interaction, number: app_commands.Range[str, 1, 20]) -> None:
        await counter.take(interaction, Wanted(kind="typed", words=typed(verb, act, number), private=private))


def _suggesting(
    counter: Counter, of: Suggested | None
) -> Callable[[Interaction, str], Coroutine[Any, Any, list[Choice[str]]]]:
    async def suggest(interaction: Interaction, begun: str) -> list[Choice[str]]:
        found = await counter.suggest(interaction, of, begun)
        most = defaults.DISCORD_OPTION
        shown = [(harmless(label).strip()[:most], value) for label, value in found]
        return [Choice(name=label, value=value) for label, value in shown if label and 0 < len(value) <= most]

    return suggest
