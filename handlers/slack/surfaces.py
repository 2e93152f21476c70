"""App Home, and forms: opened, filled in, and carried out."""

import asyncio
import logging
from typing import Any
from uuid import uuid4

from bot.desk.grammar import read_command
from bot.desk.overview import look_over
from bot.desk.replies import Reply
from bot.errors import PostError, RequestError, SourceError
from bot.news.article import Space
from bot.news.place import Place
from bot.news.reply import DigestMade, WatchMade
from config import defaults
from handlers.layout.elements import Layout
from handlers.layout.forms import Form, ask_form, new_digest_form, new_source_form, new_watch_form
from handlers.layout.plain import plain_layout
from handlers.layout.wishes import Wish, answer_wish, place_of
from handlers.slack.asked import Asked, Slack, ask_openly, carry_out, lay_out
from handlers.slack.blocks import older
from handlers.slack.forms import form_view, read_form, refusal_under
from handlers.slack.home import home_view
from handlers.slack.messages import messages_of
from handlers.slack.mrkdwn import Block, plain_object
from handlers.slack.outlets import Whisper
from handlers.slack.read import Sender
from handlers.slack.workspaces import Workspace

_log = logging.getLogger(__name__)

_PROMPTS = (
    ("What is new", "brief"),
    ("Ask about the news", "What happened today?"),
    ("What I follow here", "desk"),
    ("My sources", "source list"),
)
_SORRY = "Something went wrong on my side. Try again."


class Surfaces:
    """Opens App Home and forms. A form can be opened for three seconds after whoever wants it has pressed something."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def form_for(self, words: str) -> Form | None:
        """The form for a command that lacks its words; None for every other."""
        forms = {
            "digest add": new_digest_form,
            "watch add": new_watch_form,
            "source add": new_source_form,
            "ask": ask_form,
        }
        make = forms.get(" ".join(words.lower().split()))
        return make() if make else None

    async def open_form(self, space: Space, trigger: str, form: Form, place: Place | None) -> bool:
        """Whether it is open now."""
        return await self._opened(space, trigger, form_view(form, place))

    async def show_home(self, workspace: Workspace, sender: Sender) -> None:
        """Publish App Home for somebody: what they may see of all that the desk does in their workspace."""
        slack = self._slack
        try:
            may_see = await slack.people.visible(workspace.space, sender)
            overview = await slack.fronts.archive.read(look_over, workspace.space, may_see)
            view = home_view(overview, slack.fronts.clock())
            await slack.calls.call(workspace.space, "views.publish", user_id=sender.user, view=view)
        except (PostError, RequestError) as fault:
            _log.info("App Home stays as it is", extra={"space": workspace.space, "why": str(fault)})

    async def suggest(self, workspace: Workspace, channel: str) -> None:
        """Suggest what to say, where the workspace has agents; elsewhere that is no loss."""
        prompts = [{"title": title, "message": message} for title, message in _PROMPTS]
        try:
            await self._slack.calls.call(
                workspace.space, "assistant.threads.setSuggestedPrompts", channel_id=channel, prompts=prompts
            )
        except PostError as fault:
            _log.info("nothing is suggested", extra={"space": workspace.space, "why": str(fault)})

    async def grant(self, wish: Wish, workspace: Workspace, sender: Sender, trigger: str) -> None:
        """Do what was pressed on App Home: open a form, or change something and show App Home anew."""
        slack, space = self._slack, workspace.space
        try:
            may_see = await slack.people.visible(space, sender)
            overview = await slack.fronts.archive.read(look_over, space, may_see)
            place, wanted = place_of(wish, overview), answer_wish(wish, overview)
            if isinstance(wanted, Form):
                await self.open_form(space, trigger, wanted, place)
                return
            asked = Asked(
                command=read_command(wanted),
                place=place or slack.place(workspace, sender.user),
                sender=sender,
                workspace=workspace,
                wrote_here=False,
            )
            reply = await carry_out(slack, asked)
            if wish.act == "learnt":
                await self._opened(space, trigger, _shown(await lay_out(slack, asked, reply)))
        except (RequestError, SourceError) as fault:
            await self._opened(space, trigger, _shown(plain_layout(str(fault))))
        await self.show_home(workspace, sender)

    async def fill_in(self, view: Block, workspace: Workspace, sender: Sender) -> dict[str, Any]:
        """The answer to a form that was sent: empty when it is done or goes on, else what is wrong under a field."""
        try:
            filled = read_form(view)
            command = read_command(filled.typed)
        except RequestError as fault:
            return refusal_under(view, str(fault))
        asked = Asked(
            command=command,
            place=self._slack.place(workspace, filled.channel or sender.user, filled.thread),
            sender=sender,
            workspace=workspace,
            wrote_here=not filled.channel,
        )
        outcome: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._slack.tasks.create_task(self._carry_out(asked, outcome))
        done, _ = await asyncio.wait([outcome], timeout=defaults.SLACK_FORM_SECONDS)
        if done and outcome.result():
            return refusal_under(view, outcome.result())
        outcome.cancel()  # the form closes
        return {}

    async def _carry_out(self, asked: Asked, outcome: asyncio.Future[str]) -> None:
        """Carry it out and tell of it. Why it was not done is said in the form, as long as that waits."""
        try:
            if asked.command.verb == "ask" and await self._can_post(asked):
                outcome.set_result("")
                await ask_openly(self._slack, asked, f"form:{uuid4().hex}")
                return
            reply = await carry_out(self._slack, asked)
            if not outcome.done():
                outcome.set_result("")
        except (RequestError, SourceError) as fault:
            if outcome.done():
                await self._tell_alone(asked, plain_layout(str(fault)))
            else:
                outcome.set_result(str(fault))
            return
        except PostError as fault:
            _log.warning("an answer was not posted", extra={"space": asked.place.space, "why": str(fault)})
            await self._tell_alone(asked, plain_layout("I could not post the answer. Try again."))
            return
        finally:
            if not outcome.done():
                outcome.set_result(_SORRY)
        await self._tell(asked, reply)
        await self.show_home(asked.workspace, asked.sender)

    async def _can_post(self, asked: Asked) -> bool:
        """Whether it can be answered for all to see: in a channel of the desk's, or directly."""
        return asked.wrote_here or (await self._slack.people.room(asked.place.space, asked.place.channel)).is_in

    async def _tell(self, asked: Asked, reply: Reply) -> None:
        layout = await lay_out(self._slack, asked, reply)
        if isinstance(reply, DigestMade | WatchMade):
            try:
                await self._slack.voice.answer(asked.place, layout, f"form:{uuid4().hex}")
                return
            except PostError as fault:
                _log.warning("a confirmation was not posted", extra={"space": asked.place.space, "why": str(fault)})
        await self._tell_alone(asked, layout)

    async def _tell_alone(self, asked: Asked, layout: Layout) -> None:
        user = asked.sender.user
        whisper = Whisper(calls=self._slack.calls, place=asked.place, user=user, is_direct=asked.place.channel == user)
        await whisper.tell(layout)

    async def _opened(self, space: Space, trigger: str, view: Block) -> bool:
        try:
            await self._slack.calls.call(space, "views.open", trigger_id=trigger, view=view)
        except PostError as fault:
            _log.info("a form could not be opened", extra={"space": space, "why": str(fault)})
            return False
        return True


def _shown(layout: Layout) -> Block:
    """The layout in a window of its own, as far as one has room."""
    blocks = older(messages_of(layout)[0].blocks)
    return {
        "type": "modal",
        "title": plain_object("The desk", defaults.SLACK_TITLE),
        "close": plain_object("Close", defaults.SLACK_TITLE),
        "blocks": blocks[: defaults.SLACK_VIEW_BLOCKS],
    }
