"""What comes in from Discord: acknowledged at once, kept, and then answered."""

import asyncio
import logging
import re
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import discord

from bot.archive.inbox import Event
from bot.desk.front import Fronts
from bot.desk.overview import look_over
from bot.desk.press import Pressed, press
from bot.desk.reception import Reception
from bot.desk.suggest import Suggested, suggest, suggest_times
from bot.errors import RequestError
from bot.news.article import Space
from bot.news.button import Button, name_button, read_button
from bot.news.place import Place
from bot.news.reply import Overview, WatchWanted
from config import defaults
from handlers.discord.answer import ASK_MORE
from handlers.discord.cards import lay_cards
from handlers.discord.commands import Interaction
from handlers.discord.forms import filled_in, is_form, modal_of
from handlers.discord.heard import PLATFORM, Heard, is_in, write_down
from handlers.discord.homes import Homes
from handlers.discord.pages import read_turn
from handlers.discord.people import Rules
from handlers.discord.read import Wanted, read_interaction, read_message, seen_by, server_of
from handlers.layout.forms import Form, ask_form, new_watch_form
from handlers.layout.plain import plain_layout
from handlers.layout.wishes import Wish, answer_wish, place_of, read_wish

_log = logging.getLogger(__name__)

_TOO_LATE, _TAKEN = 10062, 40060
_WATCH = f"{name_button(Button(act='watch', numbers=(0,))).rpartition(':')[0]}:"
_CHANGED = re.compile(r"(?:digest|watch) change ([0-9]{1,18})")
_NO_SERVER = "I can answer here only people of one server that I am in. Ask me there, with `/ask`."
_NO_CHANNEL = "I cannot see that channel. Allow me *View Channel* there, or choose another one."


Refusal = Coroutine[Any, Any, None]
"""The telling of why something is not done."""


class Incoming:
    """Takes commands, buttons, modals and messages; each is kept before it is answered, and known again for a day."""

    def __init__(
        self, fronts: Fronts, reception: Reception, rules: Rules, homes: Homes, refuse: Callable[[Heard, str], Refusal]
    ) -> None:
        self._fronts, self._reception, self._rules, self._homes = fronts, reception, rules, homes
        self._refuse = refuse

    async def take(self, interaction: Interaction, wanted: Wanted) -> None:
        """Acknowledge it before anything else is done, and have it answered."""
        attached = wanted.attached
        if attached is not None and attached.size > defaults.OPML_BYTES:
            limit = f"{defaults.OPML_BYTES / 1e6:.0f} MB"
            await self.refuse(interaction, f"This file has {attached.size / 1e6:.1f} MB; a list has {limit} at most.")
            return
        answer = await _acknowledge(interaction, wanted)
        if answer is None:
            return
        heard = read_interaction(interaction, wanted, self._rules, answer)
        space = await self._space(interaction)
        if space is None:
            await self._refuse(heard, _NO_SERVER)
        else:
            await self._keep(space, heard)

    async def show(self, interaction: Interaction, form: Form) -> None:
        """See Counter."""
        await interaction.response.send_modal(modal_of(form))

    async def suggest(self, interaction: Interaction, of: Suggested | None, begun: str) -> list[tuple[str, str]]:
        """See Counter. Nothing is suggested where it would come too late, or to somebody of no server."""
        if of is None:
            return suggest_times(begun)
        server = server_of(interaction)
        if server is None:
            return []
        space = self._homes.space_of(str(server.id))
        place = Place(platform=PLATFORM, space=space, channel=str(interaction.channel_id))
        try:
            async with asyncio.timeout(defaults.DISCORD_SUGGEST_SECONDS):
                front = await self._fronts.at(space)
                return await suggest(front.desk, of, place, begun)
        except TimeoutError:
            return []

    async def pressed(self, interaction: Interaction, name: str) -> None:
        """Take a button, also one of an earlier release."""
        if name == ASK_MORE.name:
            await self.show(interaction, ask_form())
        elif read_turn(name) is not None:
            await self.take(interaction, Wanted(kind="turned", words=name, private=True))
        elif wish := read_wish(name):
            await self._grant(interaction, wish)
        elif name.startswith(_WATCH) and server_of(interaction) is not None:
            await self._show_watch(interaction, name)
        else:
            await self.take(interaction, Wanted(kind="pressed", words=name, private=True))

    async def submitted(self, interaction: Interaction, given: dict[str, Any]) -> None:
        """Take a modal that was filled in."""
        if not is_form(str(given["custom_id"])):
            await self.refuse(interaction, "This form is out of date; open it again.")
            return
        filled = filled_in(given)
        verb, _, question = filled.typed.partition(" ")
        if verb == "ask" and interaction.message is not None:
            await self.take(interaction, Wanted(kind="asked more", words=question, private=True))
            return
        where, changed = filled.channel, _CHANGED.match(filled.typed)
        if changed is not None:
            wish = Wish(subject="digest" if verb == "digest" else "watch", act="change", number=int(changed[1]))
            where = _channel_of(place_of(wish, await self._overview(interaction)))
        await self._take_there(interaction, filled.typed, where, private=verb == "source" or changed is not None)

    async def message(self, message: discord.Message, client: discord.Client) -> None:
        """Take a message that is meant for the desk; leave all others alone."""
        if client.user is None:
            return
        heard = read_message(message, client.user, self._rules)
        if heard is None:
            return
        if message.guild is not None:
            space: Space | None = self._homes.space_of(str(message.guild.id))
        else:
            space = await self._homes.of(str(message.author.id), _servers(client))
        if space is None:
            await self._refuse(heard, _NO_SERVER)
        elif await self._keep(space, heard):
            with suppress(discord.DiscordException):  # a sign that it was heard; the answer comes all the same
                await message.channel.typing()

    async def refuse(self, interaction: Interaction, sentence: str) -> None:
        """Say privately why something is not done, whether it was acknowledged before or not."""
        view = lay_cards(plain_layout(sentence))[0].view()
        if interaction.response.is_done():
            await interaction.followup.send(view=view, ephemeral=True)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)

    async def _grant(self, interaction: Interaction, wish: Wish) -> None:
        """Do what was pressed in a panel: open a form, or change something, with the rights that it needs there."""
        overview = await self._overview(interaction)
        wanted = answer_wish(wish, overview)
        if isinstance(wanted, Form):
            await self.show(interaction, wanted)
        else:
            await self._take_there(interaction, wanted, _channel_of(place_of(wish, overview)), private=True)

    async def _take_there(self, interaction: Interaction, words: str, where: str | None, *, private: bool) -> None:
        """Have it done in the channel of that id; where it is None, in the one where it was asked."""
        channel = None
        server = server_of(interaction)
        if where is not None and server is not None:
            channel = server.get_channel_or_thread(int(where))
            if channel is None:
                await self.refuse(interaction, _NO_CHANNEL)
                return
        await self.take(interaction, Wanted(kind="typed", words=words, private=private, channel=channel))

    async def _overview(self, interaction: Interaction) -> Overview:
        """What is in the channels that whoever asks may see."""
        space = await self._space(interaction)
        if space is None:
            raise RequestError(_NO_SERVER, "A02")
        return await self._fronts.archive.read(look_over, space, is_in(seen_by(interaction)))

    async def _show_watch(self, interaction: Interaction, name: str) -> None:
        """A form in which what was asked can be watched. Looked up at once, as a form must come first."""
        space = await self._space(interaction)
        heard = read_interaction(interaction, Wanted(kind="pressed", words=name, private=True), self._rules, "")
        if space is None:
            raise RequestError(_NO_SERVER, "A02")
        front = await self._fronts.at(space)
        pressed = Pressed(button=read_button(name), by=heard.by, place=heard.place(space), zone=self._rules.zone)
        reply = await press(front.desk, pressed, self._fronts.clock())
        if isinstance(reply, WatchWanted):
            await self.show(interaction, new_watch_form(reply.topic))

    async def _space(self, interaction: Interaction) -> Space | None:
        server = server_of(interaction)
        if server is not None:
            return self._homes.space_of(str(server.id))
        return await self._homes.of(str(interaction.user.id), _servers(interaction.client))

    async def _keep(self, space: Space, heard: Heard) -> bool:
        received, body = self._fronts.clock(), write_down(heard)
        event = Event(space=space, platform=PLATFORM, event=heard.id, body=body, received=received, reply=None)
        return await self._reception.take(event)


def _channel_of(place: Place | None) -> str | None:
    return place.channel if place else None


async def _acknowledge(interaction: Interaction, wanted: Wanted) -> str | None:
    """The message in which it will be answered, "" where that is there already; None where nobody waits any more."""
    try:
        if wanted.kind == "turned":
            await interaction.response.defer()
            return ""
        done = await interaction.response.defer(thinking=True, ephemeral=wanted.private)
    except discord.HTTPException as fault:
        if fault.code not in (_TOO_LATE, _TAKEN):
            raise
        why = "it came too late" if fault.code == _TOO_LATE else "somebody else with this token has taken it"
        _log.warning("an interaction is left alone", extra={"interaction": interaction.id, "reason": why})
        return None
    return str(done.message_id or "") if done else ""


def _servers(client: discord.Client) -> list[str]:
    return [str(guild.id) for guild in client.guilds]
