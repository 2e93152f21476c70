"""Is everything in order with Discord? What is looked at before anything starts, and what to do where it is not."""

from collections.abc import AsyncIterator, Callable, Sequence

import discord

from bot.errors import ConfigError
from bot.news.diagnosis import Diagnosis, Health
from bot.news.place import Place
from config import defaults
from handlers.discord.invite import server_link
from handlers.discord.upkeep import lacking

WRONG_TOKEN = (
    "Discord does not take this bot token. Copy it anew: discord.com/developers, your application, Bot, Reset Token."
)
_ABOUT = "discord"
_UNREACHABLE = "Discord cannot be reached now, so nothing else was looked at."
_ENDPOINT = (
    "the application has an Interactions Endpoint URL, so Discord sends commands and buttons there and not to the "
    "desk. Clear it: discord.com/developers, your application, General Information."
)
_CODE_GRANT = (
    "the application requires an OAuth2 code grant, so the link that lets the desk in does not work. Switch that off: "
    "discord.com/developers, your application, Bot."
)

PlacesIn = Callable[[str], Sequence[Place]]
"""The places of a server in which something comes or is told."""


async def find_application(token: str) -> int:
    """The id of the application. ConfigError where Discord does not take the token, or cannot be reached."""
    client = discord.Client(intents=discord.Intents.none())
    try:
        await client.login(token)
        return client.application_id or 0
    except discord.LoginFailure:
        raise ConfigError([WRONG_TOKEN]) from None
    except (discord.DiscordException, OSError):
        raise ConfigError([_UNREACHABLE]) from None
    finally:
        await client.close()


async def examine_discord(token: str, places_in: PlacesIn) -> list[Diagnosis]:
    """What was found."""
    client = discord.AutoShardedClient(intents=discord.Intents.none())
    try:
        await client.login(token)
        return [one async for one in _look(client, places_in)]
    except discord.LoginFailure:
        return [_bad(WRONG_TOKEN)]
    except (discord.DiscordException, OSError):
        return [_bad(_UNREACHABLE)]
    finally:
        await client.close()


async def _look(client: discord.AutoShardedClient, places_in: PlacesIn) -> AsyncIterator[Diagnosis]:
    application = await client.application_info()
    yield _ok(f"the desk is {client.user}; it asks for no privileged intent, so none has to be switched on.")
    if application.interactions_endpoint_url:
        yield _bad(_ENDPOINT)
    if application.bot_require_code_grant:
        yield _bad(_CODE_GRANT)
    limits = await client.fetch_session_start_limits()
    if limits.remaining < defaults.DISCORD_IDENTIFIES_LEFT:
        yield _warn(
            f"it can connect only {limits.remaining} times more today; something starts it over and over. "
            "Discord takes the token back where that goes on."
        )
    servers = [guild async for guild in client.fetch_guilds(limit=None, with_counts=False)]
    if not servers:
        yield _warn(f"it is in no server yet. Let it in: {server_link(application.id)}")
        return
    yield _ok(f"it is in {', '.join(guild.name for guild in servers[: defaults.SHOWN_EXAMPLES])}.")
    for guild in servers:
        places = places_in(str(guild.id))
        if places:
            yield await _channels(client, guild.id, places)


async def _channels(client: discord.AutoShardedClient, server: int, places: Sequence[Place]) -> Diagnosis:
    """Whether the desk may post where something comes or is told."""
    guild = await client.fetch_guild(server, with_counts=False)
    desk = await guild.fetch_member(client.user.id if client.user else 0)
    every: list[discord.abc.GuildChannel | discord.Thread] = [*await guild.fetch_channels()]
    every += await guild.active_threads()
    seen = {str(channel.id): channel for channel in every}
    lacks = []
    for id in [place.channel for place in places]:
        channel = seen.get(id)
        missing = lacking(channel, desk) if channel else ["*View Channel*, or the channel is gone"]
        if missing:
            lacks.append(f"in {f'#{channel.name}' if channel else id} {', '.join(missing)}")
    if not lacks:
        return _ok(f"it may post in every channel of {guild.name} in which something comes or is told.")
    return _warn(f"it lacks {'; '.join(lacks)}. Allow that in the settings of the channel in {guild.name}.")


def _ok(sentence: str) -> Diagnosis:
    return Diagnosis(health=Health.OK, about=_ABOUT, sentence=sentence)


def _warn(sentence: str) -> Diagnosis:
    return Diagnosis(health=Health.WARN, about=_ABOUT, sentence=sentence)


def _bad(sentence: str) -> Diagnosis:
    return Diagnosis(health=Health.BAD, about=_ABOUT, sentence=sentence)
