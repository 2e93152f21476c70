"""Answering: what somebody said, typed or pressed is carried out, and told where it belongs."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta

from bot.archive.answers import has_joined
from bot.archive.inbox import Event
from bot.desk.grammar import read_command, read_said
from bot.desk.press import Pressed, press
from bot.desk.replies import Reply
from bot.errors import RequestError, SourceError
from bot.news.button import read_button
from bot.news.reply import DigestMade, Exported, WatchMade, WatchWanted
from config import defaults
from handlers.layout.forms import new_watch_form
from handlers.layout.plain import plain_layout
from handlers.layout.replies import lay_out_reply
from handlers.slack.asked import Asked, Slack, ask_openly, carry_out, lay_out
from handlers.slack.attached import hand_over, read_attached
from handlers.slack.outlets import AnswerAddress, Whisper
from handlers.slack.read import Heard, Incoming, Press, Typed
from handlers.slack.surfaces import Surfaces
from handlers.slack.workspaces import Workspace

_ANSWERED, _REFUSED = "answered", "refused"
_THERE = "answered before the desk ended"
_LATE = "not answered: it was too late"
_GONE = "not answered: the desk is not installed there any more"
_ADDRESS_LASTS = timedelta(minutes=defaults.SLACK_ADDRESS_MINUTES)


class Answerer:
    """Answers what was handed in, wherever it is told, and gives a note of how."""

    def __init__(self, slack: Slack, surfaces: Surfaces) -> None:
        self._slack, self._surfaces = slack, surfaces

    async def is_meant(self, heard: Heard, workspace: Workspace) -> bool:
        """Whether a message is meant for the desk: it names the desk, was written to it, or goes on in its thread."""
        if heard.is_meant or not heard.may_be_meant:
            return heard.is_meant
        place = self._slack.place(workspace, heard.channel, heard.thread)
        return await self._slack.fronts.archive.read(has_joined, place)

    async def answer(self, event: Event, incoming: Incoming, again: bool) -> str:
        """How it was answered. `again`: an earlier process may have answered it already."""
        workspace = self._slack.workspaces.of(incoming.sender.team)
        if workspace is None:
            return _GONE
        match incoming:
            case Heard():
                return await self._heard(event, incoming, workspace, again)
            case Typed() | Press() if self._slack.fronts.clock() - event.received > _ADDRESS_LASTS:
                return _LATE
            case Typed():
                return await self._typed(event, incoming, workspace, again)
            case Press():
                return await self._pressed(incoming, workspace, again)

    async def apologise(self, incoming: Incoming, sentence: str) -> None:
        """Tell whoever asked, and nobody else, that it went wrong."""
        workspace = self._slack.workspaces.of(incoming.sender.team)
        if workspace is None:
            return
        if isinstance(incoming, Heard):
            await self._whisper(incoming, workspace).tell(plain_layout(sentence))
        else:
            thread = incoming.thread if isinstance(incoming, Press) else None
            await self._at(incoming.answer_at, thread).tell(plain_layout(sentence))

    async def _heard(self, event: Event, heard: Heard, workspace: Workspace, again: bool) -> str:
        slack = self._slack
        place = slack.place(workspace, heard.channel, heard.thread or heard.ts)
        if again and await slack.voice.find(place, f"{_marker(event)}.1", event.received):
            return _THERE
        showing = asyncio.ensure_future(slack.signs.show(place, heard.ts))
        is_answered = False
        try:
            command = read_said(heard.text)
            asked = Asked(command=command, place=place, sender=heard.sender, workspace=workspace)
            if (command.verb, command.act) == ("source", "import"):
                asked = replace(asked, attached=await read_attached(slack, workspace, heard.files))
            layout = await lay_out(slack, asked, await self._done(asked))
            await showing  # a status that comes after the answer would stay
            await slack.voice.answer(place, layout, _marker(event), event.received if again else None)
            is_answered = True
        except (RequestError, SourceError) as fault:
            await self._whisper(heard, workspace).tell(plain_layout(str(fault)))
        finally:
            await slack.signs.clear(place, heard.ts, await showing, is_answered=is_answered)
        return _ANSWERED if is_answered else _REFUSED

    async def _typed(self, event: Event, typed: Typed, workspace: Workspace, again: bool) -> str:
        slack, address = self._slack, self._at(typed.answer_at)
        try:
            asked = Asked(
                command=read_command(typed.words),
                place=slack.place(workspace, typed.channel, typed.under),
                sender=typed.sender,
                workspace=workspace,
            )
            is_asked = asked.command.verb == "ask"
            if is_asked and (await slack.people.room(workspace.space, typed.channel)).is_in:
                await ask_openly(slack, asked, _marker(event), event.received if again else None)
                return _ANSWERED
            reply = await _unhurried(address, self._done(asked))
            await address.tell(await lay_out(slack, asked, reply), all_see=isinstance(reply, DigestMade | WatchMade))
        except (RequestError, SourceError) as fault:
            await address.tell(plain_layout(str(fault)))
            return _REFUSED
        return _ANSWERED

    async def _pressed(self, pressed: Press, workspace: Workspace, again: bool) -> str:
        slack, address = self._slack, self._at(pressed.answer_at, pressed.thread)
        try:
            button = read_button(pressed.name)
            place = slack.place(workspace, pressed.channel)
            by = await slack.people.member(place, pressed.sender, wrote_here=False)
            zone = await slack.zone_of(workspace, pressed.sender)
            front, now = await slack.fronts.at(place.space), slack.fronts.clock()
            reply = await press(front.desk, Pressed(button=button, by=by, place=place, zone=zone), now)
            if isinstance(reply, WatchWanted) and not again:
                form = new_watch_form(reply.topic)
                if await self._surfaces.open_form(workspace.space, pressed.trigger, form, place):
                    return _ANSWERED
            layout = lay_out_reply(reply, now, zone)
            is_for_all = button.act == "more" and not pressed.is_private
            if is_for_all and (await slack.people.room(place.space, place.channel)).is_in:
                thread = pressed.thread or pressed.under
                await slack.voice.answer(replace(place, thread=thread), layout, f"press:{pressed.key}")
            else:
                await address.tell(layout)
        except (RequestError, SourceError) as fault:
            await address.tell(plain_layout(str(fault)))
            return _REFUSED
        return _ANSWERED

    async def _done(self, asked: Asked) -> Reply:
        reply = await carry_out(self._slack, asked)
        return await hand_over(self._slack, asked, reply) if isinstance(reply, Exported) else reply

    def _whisper(self, heard: Heard, workspace: Workspace) -> Whisper:
        place = self._slack.place(workspace, heard.channel, heard.thread or (heard.ts if heard.is_direct else None))
        return Whisper(calls=self._slack.calls, place=place, user=heard.sender.user, is_direct=heard.is_direct)

    def _at(self, url: str, thread: str | None = None) -> AnswerAddress:
        return AnswerAddress(session=self._slack.session, url=url, thread=thread)


async def _unhurried(address: AnswerAddress, work: Awaitable[Reply]) -> Reply:
    """What the work gives; whoever waits for long is told that it goes on."""
    doing = asyncio.ensure_future(work)
    done, _ = await asyncio.wait([doing], timeout=defaults.SLACK_SLOW_SECONDS)
    if not done:
        await address.tell(plain_layout("I am on it; this can take a minute."))
    return await doing


def _marker(event: Event) -> str:
    """By what the answer is found again."""
    return f"reply:{event.event}"
