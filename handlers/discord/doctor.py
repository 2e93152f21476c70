"""Is everything in order with Discord? What is looked at before anything starts, and what to do where it is not."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence, Set

import discord

from bot.errors import ConfigError
from bot.news.diagnosis import Diagnosis, Health
from config import defaults
from handlers.discord.invite import server_link
from handlers.discord.people import ANYBODY, MENTION, can_ping
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

Roles = Mapping[str, Set[str]]
"""The channels of a server in which something comes or is told, each with the roles that alerts ping there."""

RolesIn = Callable[[str], Roles]
"""Those of a server."""


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


async def examine_discord(token: str, roles_in: RolesIn) -> list[Diagnosis]:
    """What was found."""
    client = discord.AutoShardedClient(intents=discord.Intents.none())
    try:
        await client.login(token)
        return [one async for one in _look(client, roles_in)]
    except discord.LoginFailure:
        return [_bad(WRONG_TOKEN)]
    except (discord.DiscordException, OSError):
        return [_bad(_UNREACHABLE)]
    finally:
        await client.close()


async def _look(client: discord.AutoShardedClient, roles_in: RolesIn) -> AsyncIterator[Diagnosis]:
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
        if roles := roles_in(str(guild.id)):
            for one in await _channels(client, guild.id, roles):
                yield one


async def _channels(client: discord.AutoShardedClient, server: int, roles: Roles) -> Sequence[Diagnosis]:
    """Whether the desk may post where something comes or is told, and ping whom it shall."""
    guild = await client.fetch_guild(server, with_counts=False)
    desk = await guild.fetch_member(client.user.id if client.user else 0)
    every: list[discord.abc.GuildChannel | discord.Thread] = [*await guild.fetch_channels()]
    every += await guild.active_threads()
    seen = {str(channel.id): channel for channel in every if str(channel.id) in roles}
    silent = []
    for channel in seen.values():
        for role_id in sorted(roles[str(channel.id)]):
            role = guild.get_role(int(role_id))
            if not can_ping(role, channel.permissions_for(desk)):
                silent.append(f"{role.name if role else 'a role that is gone'} in #{channel.name}")
    return [_posting(guild, desk, roles, seen), *([_pinging(silent)] if silent else [])]


def _pinging(silent: Sequence[str]) -> Diagnosis:
    return _warn(
        f"alerts come without the ping of {', '.join(silent)}. Allow the desk {MENTION} there, or {ANYBODY}; a watch "
        "whose role is gone is to be made anew."
    )


def _posting(
    guild: discord.Guild,
    desk: discord.Member,
    roles: Roles,
    seen: Mapping[str, discord.abc.GuildChannel | discord.Thread],
) -> Diagnosis:
    lacks = []
    for id in roles:
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
