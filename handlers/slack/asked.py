"""What somebody asked of the desk in Slack, carried out with the rights that they have there now."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import aiohttp

from bot.desk.front import Fronts
from bot.desk.grammar import Command
from bot.desk.handle import handle
from bot.desk.replies import Reply
from bot.desk.requests import Request
from bot.desk.wire import Tasks
from bot.errors import RequestError
from bot.news.member import Member
from bot.news.place import Place
from handlers.layout.elements import Layout, Paragraph, Words
from handlers.layout.replies import lay_out_reply
from handlers.slack.calls import Calls
from handlers.slack.people import People
from handlers.slack.read import Sender
from handlers.slack.sign import Signs
from handlers.slack.voice import Voice
from handlers.slack.workspaces import PLATFORM, Workspace, Workspaces

_FOR_ALL = frozenset({"ask", "brief", "why", "desk"})
"""Verbs for which nobody needs a right, so that they work also when Slack does not tell who somebody is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Slack:
    """All that it takes to answer in Slack. `zone` is that of people of whom no other is known."""

    fronts: Fronts
    tasks: Tasks
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

    async def zone_of(self, workspace: Workspace, sender: Sender) -> ZoneInfo:
        """The zone in which somebody lives."""
        try:
            return (await self.people.person(workspace.space, sender)).zone
        except RequestError:
            return self.zone


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Who wants what, where. `wrote_here`: Slack has let them write in that channel, so they are in it."""

    command: Command
    place: Place
    sender: Sender
    workspace: Workspace
    wrote_here: bool = True
    attached: bytes = field(default=b"", repr=False)


async def carry_out(slack: Slack, asked: Asked) -> Reply:
    """The reply. RequestError says why it was not done, and nothing was changed then."""
    try:
        by = await slack.people.member(asked.place, asked.sender, wrote_here=asked.wrote_here)
        footing = await slack.people.footing(asked.workspace, asked.place.channel)
    except RequestError:
        if asked.command.verb not in _FOR_ALL:
            raise
        by, footing = Member(id=asked.sender.user, may_manage=False), slack.people.no_footing(asked.workspace)
    request = Request(
        command=asked.command,
        by=by,
        place=asked.place,
        footing=footing,
        zone=await slack.zone_of(asked.workspace, asked.sender),
        attached=asked.attached,
    )
    front = await slack.fronts.at(asked.place.space)
    return await handle(front, request, slack.fronts.clock())


async def lay_out(slack: Slack, asked: Asked, reply: Reply) -> Layout:
    """How it is shown to whoever asked."""
    return lay_out_reply(reply, slack.fronts.clock(), await slack.zone_of(asked.workspace, asked.sender))


async def ask_openly(slack: Slack, asked: Asked, marker: str, since: datetime | None = None) -> None:
    """Answer a question that everyone there may read: it stands in the channel, and is answered below.

    Asked in a thread, it is answered there. With `since`, what is there already is not posted again.
    """
    if asked.place.thread is None:
        question = await slack.voice.answer(asked.place, _question(asked.command.words), f"{marker}.q", since)
        channel, _, thread = question[0].partition(":")
        asked = replace(asked, place=replace(asked.place, channel=channel, thread=thread))
    layout = await lay_out(slack, asked, await carry_out(slack, asked))
    await slack.voice.answer(asked.place, layout, marker, since)


def _question(words: str) -> Layout:
    return Layout(summary=words, elements=(Paragraph(line=(Words(text=words, look="bold"),)),))
