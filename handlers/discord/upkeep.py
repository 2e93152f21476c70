"""Keeping up with servers: where the desk may post no more nothing is posted, and where it may again it goes on."""

import discord

from bot.archive.closed import close_place, close_space, reopen_place, reopen_space
from bot.desk.front import Fronts
from bot.desk.overview import told_places
from bot.news.place import Place
from handlers.discord.heard import PLATFORM
from handlers.discord.homes import SpaceOf

_DELETED = "the channel was deleted."
_REMOVED = "the desk was removed from the server."


class Upkeep:
    """Notes what becomes of servers and channels."""

    def __init__(self, fronts: Fronts, space_of: SpaceOf) -> None:
        self._fronts, self._space_of = fronts, space_of

    async def look_over(self, guild: discord.Guild) -> None:
        """The desk is in the server. Where something comes it goes on or waits, as it may post there or not."""
        space, now = self._space_of(str(guild.id)), self._fronts.clock()
        archive = self._fronts.archive
        await archive.write(reopen_space, PLATFORM, space, now)
        for place in await archive.read(told_places, PLATFORM, space):
            channel = guild.get_channel_or_thread(int(place.channel))
            if channel is None:
                continue  # deleted while nobody looked, or a thread that was put away: posting will tell
            if lacks := lacking_to_post(channel, guild.me):
                await archive.write(close_place, place, f"the desk lacks {', '.join(lacks)} there.", now)
            else:
                await archive.write(reopen_place, place, now)

    async def note_deleted(self, channel: discord.abc.GuildChannel) -> None:
        """The channel is gone."""
        space = self._space_of(str(channel.guild.id))
        place = Place(platform=PLATFORM, space=space, channel=str(channel.id))
        if place in await self._fronts.archive.read(told_places, PLATFORM, space):
            await self._fronts.archive.write(close_place, place, _DELETED, self._fronts.clock())

    async def leave(self, guild: discord.Guild) -> None:
        """The desk is in the server no more."""
        space = self._space_of(str(guild.id))
        await self._fronts.archive.write(close_space, PLATFORM, space, _REMOVED, self._fronts.clock())


def lacking_to_post(channel: discord.abc.GuildChannel | discord.Thread, desk: discord.Member) -> list[str]:
    """What the desk lacks to post in the channel, as Discord calls it."""
    allowed = channel.permissions_for(desk)
    if not allowed.view_channel:
        return ["*View Channel*"]
    if isinstance(channel, discord.Thread | discord.ForumChannel) and not allowed.send_messages_in_threads:
        return ["*Send Messages in Threads*"]
    if not isinstance(channel, discord.Thread) and not allowed.send_messages:
        return ["*Create Posts*" if isinstance(channel, discord.ForumChannel) else "*Send Messages*"]
    return []


def lacking(channel: discord.abc.GuildChannel | discord.Thread, desk: discord.Member) -> list[str]:
    """What the desk lacks to post in the channel, or else to look posts up there and to show pictures."""
    allowed = channel.permissions_for(desk)
    wanted = {
        "*Read Message History*": allowed.read_message_history,
        "*Attach Files*": allowed.attach_files,
        "*Embed Links*": allowed.embed_links,
    }
    return lacking_to_post(channel, desk) or [name for name, granted in wanted.items() if not granted]
