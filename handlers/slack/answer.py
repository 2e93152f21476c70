"""Answering: what somebody said, typed or pressed is carried out, and told where it belongs."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import aiohttp

from bot.archive.answers import has_joined
from bot.archive.inbox import Event
from bot.desk.front import Fronts
from bot.desk.grammar import Command, read_command, read_said
from bot.desk.handle import handle
from bot.desk.press import Pressed, press
from bot.desk.replies import Reply
from bot.desk.requests import Request
from bot.errors import RequestError, SourceError
from bot.news.button import read_button
from bot.news.member import Member
from bot.news.place import Place
from bot.news.reply import DigestMade, WatchMade
from config import defaults
from handlers.layout.elements import Layout, Paragraph, Words
from handlers.layout.refusal import lay_out_refusal
from handlers.layout.replies import lay_out_reply
from handlers.slack.calls import Calls
from handlers.slack.outlets import AnswerAddress, Whisper
from handlers.slack.people import People
from handlers.slack.read import Heard, Incoming, Press, Sender, Typed
from handlers.slack.sign import Signs
from handlers.slack.voice import Voice, thread_of
from handlers.slack.workspaces import PLATFORM, Workspace, Workspaces

_ANSWERED, _REFUSED = "answered", "refused"
_THERE = "answered before the desk ended"
_LATE = "not answered: it was too late"
_GONE = "not answered: the desk is not installed there any more"

_FOR_ALL = frozenset({"ask", "brief", "why", "desk"})
"""Verbs for which nobody needs a right, so that they work also when Slack does not tell who somebody is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Slack:
    """All that it takes to answer in Slack."""

    fronts: Fronts
    workspaces: Workspaces
    calls: Calls
    voice: Voice
    people: People
    signs: Signs
    session: aiohttp.ClientSession
    zone: ZoneInfo

    def place(self, workspace: Workspace, channel: str, thread: str | None = None) -> Place:
        """The place in that workspace."""
        return Place(platform=PLATFORM, space=workspace.space, channel=channel, thread=thread)


class Answerer:
    """Answers what was handed in, wherever it is told, and gives a note of how."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def is_meant(self, heard: Heard, workspace: Workspace) -> bool:
        """Whether a message is meant for the desk: it names the desk, was written to it, or goes on in its thread."""
        if heard.is_direct or heard.named or heard.thread is None:
            return heard.is_direct or heard.named
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
                return await self._pressed(incoming, workspace)

    async def apologise(self, incoming: Incoming, sentence: str) -> None:
        """Tell whoever asked, and nobody else, that it went wrong."""
        workspace = self._slack.workspaces.of(incoming.sender.team)
        if workspace is None:
            return
        if isinstance(incoming, Heard):
            await self._whisper(incoming, workspace).tell(lay_out_refusal(sentence))
        else:
            thread = incoming.thread if isinstance(incoming, Press) else None
            await self._at(incoming.answer_at, thread).tell(lay_out_refusal(sentence))

    async def _heard(self, event: Event, heard: Heard, workspace: Workspace, again: bool) -> str:
        slack = self._slack
        place = slack.place(workspace, heard.channel, heard.thread or heard.ts)
        if again and await slack.voice.find(place, f"{_marker(event)}.1", event.received):
            return _THERE
        shown = await slack.signs.show(place, heard.ts)
        is_answered = False
        try:
            command = read_said(heard.text)
            layout = await self._carried_out(command, place, heard.sender, workspace)
            await slack.voice.answer(place, layout, _marker(event), event.received if again else None)
            is_answered = True
        except (RequestError, SourceError) as fault:
            await self._whisper(heard, workspace).tell(lay_out_refusal(str(fault)))
        finally:
            await slack.signs.clear(place, heard.ts, shown, is_answered=is_answered)
        return _ANSWERED if is_answered else _REFUSED

    async def _typed(self, event: Event, typed: Typed, workspace: Workspace, again: bool) -> str:
        address = self._at(typed.answer_at)
        try:
            command = read_command(typed.words)
            room = await self._slack.people.room(workspace.space, typed.channel)
            if command.verb == "ask" and room.is_in:
                return await self._asked_openly(event, typed, workspace, command, again)
            place = self._slack.place(workspace, typed.channel)
            reply = await self._unhurried(address, self._reply(command, place, typed.sender, workspace))
            layout = lay_out_reply(reply, self._slack.fronts.clock(), await self._zone(workspace, typed.sender))
            await address.tell(layout, all_see=isinstance(reply, DigestMade | WatchMade))
        except (RequestError, SourceError) as fault:
            await address.tell(lay_out_refusal(str(fault)))
            return _REFUSED
        return _ANSWERED

    async def _asked_openly(
        self, event: Event, typed: Typed, workspace: Workspace, command: Command, again: bool
    ) -> str:
        """A question that the channel may read: it stands there, and is answered in its thread."""
        voice, since = self._slack.voice, event.received if again else None
        place = self._slack.place(workspace, typed.channel, typed.under)
        if typed.under is None:
            asked = await voice.answer(place, _question(command.words), f"{_marker(event)}.q", since)
            place = replace(place, thread=thread_of(asked[0]))
        layout = await self._carried_out(command, place, typed.sender, workspace)
        await voice.answer(place, layout, _marker(event), since)
        return _ANSWERED

    async def _pressed(self, pressed: Press, workspace: Workspace) -> str:
        slack, address = self._slack, self._at(pressed.answer_at, pressed.thread)
        try:
            button = read_button(pressed.name)
            place = slack.place(workspace, pressed.channel)
            by = await slack.people.member(place, pressed.sender, wrote_here=False)
            zone = await self._zone(workspace, pressed.sender)
            front = await slack.fronts.at(place.space)
            now = slack.fronts.clock()
            reply = await press(front.desk, Pressed(button=button, by=by, place=place, zone=zone), now)
            layout = lay_out_reply(reply, now, zone)
            if button.act == "more" and (await slack.people.room(place.space, place.channel)).is_in:
                thread = pressed.thread or pressed.under
                await slack.voice.answer(replace(place, thread=thread), layout, f"{pressed.key}")
            else:
                await address.tell(layout)
        except (RequestError, SourceError) as fault:
            await address.tell(lay_out_refusal(str(fault)))
            return _REFUSED
        return _ANSWERED

    async def _carried_out(self, command: Command, place: Place, sender: Sender, workspace: Workspace) -> Layout:
        reply = await self._reply(command, place, sender, workspace)
        return lay_out_reply(reply, self._slack.fronts.clock(), await self._zone(workspace, sender))

    async def _reply(self, command: Command, place: Place, sender: Sender, workspace: Workspace) -> Reply:
        people = self._slack.people
        try:
            by = await people.member(place, sender, wrote_here=True)
            footing = await people.footing(workspace, place.channel)
        except RequestError:
            if command.verb not in _FOR_ALL:
                raise
            by, footing = Member(id=sender.user, may_manage=False), people.no_footing(workspace)
        zone = await self._zone(workspace, sender)
        request = Request(command=command, by=by, place=place, footing=footing, zone=zone)
        front = await self._slack.fronts.at(place.space)
        return await handle(front, request, self._slack.fronts.clock())

    async def _zone(self, workspace: Workspace, sender: Sender) -> ZoneInfo:
        try:
            return (await self._slack.people.person(workspace.space, sender)).zone
        except RequestError:
            return self._slack.zone

    async def _unhurried(self, address: AnswerAddress, work: Awaitable[Reply]) -> Reply:
        """What the work gives; whoever waits for long is told that it goes on."""
        doing = asyncio.ensure_future(work)
        done, _ = await asyncio.wait([doing], timeout=defaults.SLACK_SLOW_SECONDS)
        if not done:
            await address.tell(lay_out_refusal("I am on it; this can take a minute."))
        return await doing

    def _whisper(self, heard: Heard, workspace: Workspace) -> Whisper:
        place = self._slack.place(workspace, heard.channel, heard.ts if heard.is_direct else heard.thread)
        return Whisper(calls=self._slack.calls, place=place, user=heard.sender.user, is_direct=heard.is_direct)

    def _at(self, url: str, thread: str | None = None) -> AnswerAddress:
        return AnswerAddress(session=self._slack.session, url=url, thread=thread)


_ADDRESS_LASTS = timedelta(minutes=defaults.SLACK_ADDRESS_MINUTES)


def _marker(event: Event) -> str:
    """By what the answer is found again."""
    return f"reply:{event.event}"


def _question(words: str) -> Layout:
    return Layout(summary=words, elements=(Paragraph(line=(Words(text=words, look="bold"),)),))
