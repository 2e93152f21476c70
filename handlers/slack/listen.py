"""Listening: what Slack hands in is kept and acknowledged at once, whatever the desk is doing, and answered then."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, cast

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.archive.inbox import Event
from bot.desk.reception import Reception
from config import defaults
from handlers.layout.forms import Form
from handlers.layout.wishes import read_wish
from handlers.slack.answer import Answerer
from handlers.slack.asked import Slack
from handlers.slack.blocks import name_pressed
from handlers.slack.changes import Changes
from handlers.slack.forms import FORM
from handlers.slack.read import (
    Heard,
    Incoming,
    Typed,
    presser,
    read_message,
    read_press,
    read_shortcut,
    read_slash,
    team_of,
    write_down,
)
from handlers.slack.surfaces import Surfaces
from handlers.slack.workspaces import PLATFORM, Workspace

_ANY = re.compile(".*", re.DOTALL)
_NOT_KEPT = "I could not take that in just now. Try again in a minute."
_ELSEWHERE = "Newsdesk is not installed in this workspace any more. Whoever looks after it can install it again."

Body = dict[str, Any]
Ack = Callable[..., Awaitable[Any]]


class Listener:
    """Takes what Bolt hands over."""

    def __init__(self, slack: Slack, reception: Reception, answerer: Answerer, surfaces: Surfaces) -> None:
        self._slack, self._reception, self._answerer, self._surfaces = slack, reception, answerer, surfaces
        self._changes = Changes(slack, surfaces)

    def app(self) -> AsyncApp:
        """Bolt, told everything that it would otherwise look up in the environment, with one listener for each kind."""
        _quiet("slack_sdk")
        workspaces, access = self._slack.workspaces, self._slack.workspaces.access

        async def authorize(team_id: str | None, enterprise_id: str | None) -> AuthorizeResult:
            found = workspaces.authorize(team_id, enterprise_id)
            return cast(AuthorizeResult, found)  # Bolt says that nobody is to be authorized by None

        app = AsyncApp(
            name="newsdesk",
            logger=_quiet("slack_bolt"),
            client=AsyncWebClient(base_url=access.api_url, session=self._slack.session),
            signing_secret=access.signing_secret or "-",
            authorize=authorize,
            user_facing_authorize_error_message=_ELSEWHERE,
            attaching_conversation_kwargs_enabled=False,
        )
        app.event(_ANY, middleware=[self._event])(_nothing)  # Bolt acknowledges events before it calls a listener
        app.command(_ANY)(self._command)
        app.shortcut(_ANY)(self._shortcut)
        app.action(_ANY)(self._action)
        app.view(_ANY)(self._view)
        app.options(_ANY)(_no_options)  # what nobody takes is logged with all that was said
        return app

    async def _event(self, body: Body, next_: Callable[[], Awaitable[Any]]) -> Any:
        workspace = self._in(body)
        if workspace is not None:
            heard = read_message(body, workspace.team, workspace.bot_user)
            if heard is None:
                self._slack.tasks.create_task(self._changes.note(body, workspace))
            elif heard.may_be_meant and not await self._keep(heard):
                raise RuntimeError("Slack hands it in once more")  # which it does where it hears of a fault
        return await next_()

    async def _command(self, ack: Ack, body: Body) -> None:
        workspace = self._in(body)
        if workspace is None:
            await ack(text=_ELSEWHERE)
            return
        typed = read_slash(body, workspace.team)
        form = self._surfaces.form_for(typed.words)
        if form is None:
            await self._take(ack, typed)
            return
        self._slack.tasks.create_task(self._open(form, typed, workspace))
        await ack()

    async def _open(self, form: Form, typed: Typed, workspace: Workspace) -> None:
        place = self._slack.place(workspace, typed.channel)
        if not await self._surfaces.open_form(workspace.space, typed.trigger, form, place):
            await self._keep(typed)  # which answers with the sentence that says what is missing

    async def _shortcut(self, ack: Ack, body: Body) -> None:
        workspace = self._in(body)
        if workspace and body.get("type") == "message_action":
            await self._take(ack, read_shortcut(body, workspace.team))
        else:
            await ack()

    async def _action(self, ack: Ack, body: Body) -> None:
        workspace = self._in(body)
        if workspace and (body.get("container") or {}).get("type") == "message":
            await self._take(ack, read_press(body, workspace.team))
            return
        wish = read_wish(name_pressed(body["actions"][0]))
        if wish and workspace:
            work = self._surfaces.grant(wish, workspace, presser(body, workspace.team), str(body["trigger_id"]))
            self._slack.tasks.create_task(work)
        await ack()

    async def _view(self, ack: Ack, body: Body) -> None:
        workspace = self._in(body)
        if workspace is None or body["view"].get("callback_id") != FORM:
            await ack()
            return
        await ack(**await self._surfaces.fill_in(body["view"], workspace, presser(body, workspace.team)))

    def _in(self, body: Body) -> Workspace | None:
        return self._slack.workspaces.of(team_of(body))

    async def _take(self, ack: Ack, incoming: Incoming) -> None:
        if not await self._keep(incoming):
            self._slack.tasks.create_task(self._answerer.apologise(incoming, _NOT_KEPT))
        await ack()

    async def _keep(self, incoming: Incoming) -> bool:
        """Whether it is kept, or will be, if it is meant for the desk. Nobody waits so long that Slack asks again."""
        workspace = self._slack.workspaces.of(incoming.sender.team)
        assert workspace is not None, "Bolt lets nothing else in"
        event = Event(
            space=workspace.space,
            platform=PLATFORM,
            event=incoming.key,
            body=write_down(incoming),
            received=self._slack.fronts.clock(),
            reply=None,
        )
        kept = asyncio.Event()

        async def keep() -> None:
            if not isinstance(incoming, Heard) or await self._answerer.is_meant(incoming, workspace):
                await self._reception.take(event)
            kept.set()

        task = self._slack.tasks.create_task(keep())
        done, _ = await asyncio.wait([task], timeout=defaults.SLACK_ACK_SECONDS)
        return kept.is_set() or not done


def _quiet(library: str) -> logging.Logger:
    """The library's logger, without what it tells whoever looks for faults in it: there it repeats what people say."""
    logger = logging.getLogger(library)
    logger.setLevel(max(logging.INFO, logging.getLogger().getEffectiveLevel()))
    return logger


async def _no_options(ack: Ack) -> None:
    """What a menu of ours offers that asks for it: none does."""
    await ack(options=[])


async def _nothing() -> None:
    """What is left to do once an event was acknowledged."""
