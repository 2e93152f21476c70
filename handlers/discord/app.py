"""Discord: the line on which people talk with the desk, from start to stop."""

import asyncio
import logging
import secrets
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, ClassVar

import aiohttp
import discord
from discord import app_commands

from bot.archive.inbox import Event
from bot.desk.answering import Answering
from bot.desk.front import Fronts
from bot.desk.reception import Reception
from bot.errors import ConfigError, PostError, RequestError, SourceError
from bot.news.saying.faults import say_sorry
from bot.news.source import Notice
from config import defaults
from handlers.discord.answer import Answerer
from handlers.discord.budget import Identifies
from handlers.discord.cards import lay_cards
from handlers.discord.commands import build_tree
from handlers.discord.doctor import WRONG_TOKEN
from handlers.discord.heard import PLATFORM, read_back
from handlers.discord.homes import Homes, SpaceOf
from handlers.discord.incoming import Incoming
from handlers.discord.people import Rules
from handlers.discord.pictures import Draw
from handlers.discord.post import DiscordPoster, publish_nothing
from handlers.discord.publish import Publishing
from handlers.discord.refusals import Refusals
from handlers.discord.rest import Rest
from handlers.discord.sync import sync_commands
from handlers.discord.upkeep import Upkeep
from handlers.discord.voice import Voice
from handlers.layout.plain import plain_layout

_log = logging.getLogger(__name__)

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
"""What the desk hears of: none of it is privileged."""

_CLOSED = {
    4004: WRONG_TOKEN,
    4010: "Discord refuses the connection: it does not know the shard.",
    4013: "Discord refuses the connection: it does not know these intents.",
    4014: "Discord refuses the intents of this bot. It needs none that are privileged: check the page Bot of your "
    "application on discord.com/developers.",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """What Discord has to know of the house: the front desks, who may do what, the Space of a server, and who draws.

    `publishes` says whether digests and alerts go on to the channels that follow one of announcements.
    """

    fronts: Fronts
    rules: Rules
    space_of: SpaceOf
    draw: Draw
    publishes: bool = True


class DiscordLine:
    """See Line. The connection is built anew where it breaks for good, less and less often."""

    platform: ClassVar[str] = PLATFORM

    def __init__(self, token: str, house: House) -> None:
        self._token, self._house = token, house
        self._refusals = Refusals()
        self._rest = Rest(token, self._refusals)
        self._answering = Answering(house.fronts.tasks)
        publishing = Publishing(self._rest, self._answering, self._is_announced)
        publish = publishing.begin if house.publishes else publish_nothing
        self.poster = DiscordPoster(self._rest, house.draw, house.fronts.clock, publish)
        self._voice = Voice(self._rest, house.draw)
        self._answerer = Answerer(house.fronts, self._voice, house.rules, self._download)
        self._reception = Reception(house.fronts.archive, PLATFORM, self._answering, self._answer)
        self._homes = Homes(self._rest, house.space_of)
        self._incoming = Incoming(house.fronts, self._reception, house.rules, self._homes, self._answerer.refuse)
        self._client: _Client | None = None
        self._running: asyncio.Task[None] | None = None
        self._connected = asyncio.Event()
        self._away: set[int] = set()
        self._is_stopping = False
        self._trouble: str | None = "Discord is not connected yet."

    async def start(self) -> None:
        """See Line."""
        self._running = asyncio.create_task(self._keep_connected())
        self._running.add_done_callback(lambda task: task.cancelled() or task.exception())
        connected = asyncio.create_task(self._connected.wait())
        await asyncio.wait(
            {self._running, connected},
            timeout=defaults.DISCORD_CONNECT_SECONDS,
            return_when=asyncio.FIRST_COMPLETED,
        )
        connected.cancel()
        if self._running.done():
            await self._rest.close()
            self._running.result()

    async def stop(self) -> None:
        """See Line."""
        self._is_stopping = True
        if self._client is not None:
            await self._client.close()
        while self._running is not None and not self._running.done():
            # It ends by itself, but where it waits. Where it connects anew at this moment it may miss a cancellation.
            await asyncio.wait({self._running}, timeout=0.2)
            self._running.cancel()
        await self._answering.finish(defaults.DISCORD_STOP_SECONDS)
        await self._rest.close()

    def trouble(self) -> str | None:
        """See Line."""
        return self._trouble

    async def tell(self, notice: Notice) -> bool:
        """See Line: by a direct message."""
        if notice.to is None or not notice.to.isdecimal():
            return False
        try:
            channel = await self._voice.talk_to(notice.to)
            card, *_ = lay_cards(plain_layout(notice.sentence))
            return channel is not None and await self._voice.write(channel, card, f"notice {notice.space} {notice.key}")
        except PostError as fault:
            _log.warning("somebody cannot be told", extra={"reason": str(fault)})
            return False

    async def _keep_connected(self) -> None:
        """Stay connected. ConfigError where Discord does not take the token or the intents."""
        failures = 0
        while True:
            self._away.clear()
            self._client = client = _Client(self, self._house, self._incoming, self._refusals.trace())
            try:
                await client.start(self._token)
            except Exception as fault:  # noqa: BLE001  a connection ends here, and another one is built
                if sentence := _why_never(fault):
                    self._trouble = sentence
                    _log.error("Discord is not tried any more", extra={"reason": sentence})
                    raise ConfigError([sentence]) from None
                reason = str(fault) or type(fault).__name__
                _log.warning("the connection to Discord broke off", extra={"reason": reason})
                self.note_disconnected()
            await client.close()
            if self._is_stopping:
                return
            failures = 0 if client.was_connected else failures
            await asyncio.sleep(defaults.DISCORD_RECONNECT_SECONDS[failures])
            failures = min(failures + 1, len(defaults.DISCORD_RECONNECT_SECONDS) - 1)

    def note_logged_in(self, application: int) -> None:
        """Requests can be made from now on; what was open when the last process ended is answered."""
        is_first = not self._voice.application
        self._voice.application = str(application)
        if is_first:
            self._answering.create_task(self._resume())

    async def _resume(self) -> None:
        if left := await self._reception.resume():
            _log.info("what was open in Discord is answered", extra={"events": left})

    def note_connected(self, shard: int) -> None:
        """A shard is connected; with the last one all is well."""
        self._away.discard(shard)
        if not self._away:
            self._trouble = None
        self._connected.set()

    def note_disconnected(self, *shards: int) -> None:
        """The connection, or that of a shard, is gone; it is built anew by itself."""
        self._away |= set(shards)
        if self._trouble is None:
            since = self._house.fronts.clock()
            self._trouble = f"Discord has not been connected since {since:%Y-%m-%d %H:%M} UTC."

    async def _answer(self, event: Event, again: bool) -> str:
        """What was answered; whoever asked is told also where nobody foresaw what went wrong."""
        try:
            return await self._answerer.answer(event, again)
        except Exception as fault:  # noqa: BLE001  what goes wrong ends here, and is told or logged
            ref = _note(fault, "an answer went wrong")
            try:
                await self._answerer.refuse(read_back(event.body), say_sorry(ref))
            except PostError as silent:
                _log.warning("nobody could be told that it went wrong", extra={"ref": ref, "reason": str(silent)})
            return f"went wrong ({ref})"

    def _is_announced(self, channel: str) -> bool | None:
        """Whether the channel is one of announcements, as far as Discord has shown it."""
        found = self._client.get_channel(int(channel)) if self._client else None
        return None if found is None else isinstance(found, discord.TextChannel) and found.is_news()

    async def _download(self, address: str) -> bytes:
        """What a file holds that somebody attached; its address came from Discord."""
        assert self._client is not None
        return await self._client.http.get_from_cdn(address)


class _Client(discord.AutoShardedClient):
    """One connection, with as many shards as Discord asks for. A client cannot be started twice."""

    def __init__(self, line: DiscordLine, house: House, incoming: Incoming, trace: aiohttp.TraceConfig) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # the desk does not speak
        super().__init__(
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=30.0,
            http_trace=trace,
        )
        self._line, self._house, self._incoming = line, house, incoming
        self._identifies = Identifies(house.fronts.archive, house.fronts.clock)
        self._upkeep = Upkeep(house.fronts, house.space_of)
        self.was_connected = False
        self.tree = build_tree(self, incoming)
        self.tree.error(self._on_command_error)

    async def setup_hook(self) -> None:
        """Make the commands known, where they have changed."""
        assert self.application_id is not None
        self._line.note_logged_in(self.application_id)
        try:
            await sync_commands(self.tree, self._house.fronts.archive, self.application_id)
        except discord.DiscordException as fault:
            _log.error("the commands could not be made known to Discord", exc_info=fault)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Count it before it is done."""
        await super().before_identify_hook(shard_id, initial=initial)
        await self._identifies.take()

    async def on_shard_connect(self, shard: int) -> None:
        """The desk has been introduced."""
        self.was_connected = True
        self._line.note_connected(shard)

    async def on_shard_resumed(self, shard: int) -> None:
        """The connection goes on where it broke off."""
        self._line.note_connected(shard)

    async def on_shard_disconnect(self, shard: int) -> None:
        """The connection broke off."""
        self._line.note_disconnected(shard)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """A button, or a modal that was filled in; commands come by the tree."""
        given: Any = interaction.data or {}
        if interaction.type is discord.InteractionType.component:
            (name,) = given.get("values") or (given["custom_id"],)  # of a list, what was chosen
            await self._guarded(interaction, self._incoming.pressed(interaction, str(name)))
        elif interaction.type is discord.InteractionType.modal_submit:
            await self._guarded(interaction, self._incoming.submitted(interaction, given))

    async def on_message(self, message: discord.Message) -> None:
        """Something was written where the desk can read."""
        try:
            await self._incoming.message(message, self)
        except Exception as fault:  # noqa: BLE001  what goes wrong ends here, and is told or logged
            _note(fault, "a message could not be taken")

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """A server is there."""
        self._begin(self._upkeep.look_over(guild))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The desk was let in."""
        self._begin(self._upkeep.look_over(guild))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The desk was sent away."""
        self._begin(self._upkeep.leave(guild))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel is gone."""
        self._begin(self._upkeep.note_deleted(channel))

    async def on_guild_channel_update(self, _: object, channel: discord.abc.GuildChannel) -> None:
        """Perhaps the desk may do more or less in the channel than before."""
        self._begin(self._upkeep.look_over(channel.guild))

    async def on_guild_role_update(self, _: object, role: discord.Role) -> None:
        """Perhaps the desk may do more or less in the server than before."""
        self._begin(self._upkeep.look_over(role.guild))

    async def _on_command_error(self, interaction: discord.Interaction[Any], fault: Exception) -> None:
        await self._apologise(interaction, fault)

    async def _guarded(self, interaction: discord.Interaction[Any], work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as fault:  # noqa: BLE001  what goes wrong ends here, and is told or logged
            await self._apologise(interaction, fault)

    async def _apologise(self, interaction: discord.Interaction[Any], fault: Exception) -> None:
        """Say what is wrong, to whoever asked."""
        sentence = _sentence_of(fault) or say_sorry(_note(fault, "an interaction went wrong"))
        try:
            await self._incoming.refuse(interaction, sentence)
        except discord.DiscordException as silent:
            _log.warning("nobody could be told that it went wrong", extra={"reason": str(silent)})

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        """Let it go on, also while the desk ends."""
        self._house.fronts.tasks.create_task(work)


def _why_never(fault: Exception) -> str | None:
    """Why there will be no connection however often it is tried; None where there may be one."""
    if isinstance(fault, discord.LoginFailure):
        return WRONG_TOKEN
    if isinstance(fault, discord.PrivilegedIntentsRequired):
        return _CLOSED[4014]
    return _CLOSED.get(fault.code) if isinstance(fault, discord.ConnectionClosed) else None


def _sentence_of(fault: Exception) -> str | None:
    """What whoever asked is told of a fault that they can mend; None for all others."""
    if isinstance(fault, RequestError | SourceError):
        return str(fault)
    if isinstance(fault, app_commands.TransformerError):
        return "I cannot see what you have chosen there. Choose something else, or allow me *View Channel*."
    if isinstance(fault, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return "This command has changed. Type it once more; if that does not help, start Discord anew."
    return None


def _note(fault: Exception, event: str) -> str:
    """The short reference under which the fault is found in the log."""
    ref = secrets.token_hex(3)
    _log.error(event, extra={"ref": ref}, exc_info=fault)
    return ref
