"""Changes in a workspace: the desk was invited or removed, a channel was archived, the app uninstalled."""

import logging
from typing import Any

from bot.archive.closed import close_place, close_space, reopen_place
from bot.archive.moving import move_place
from handlers.slack.asked import Slack
from handlers.slack.read import Sender
from handlers.slack.surfaces import Surfaces
from handlers.slack.workspaces import PLATFORM, Workspace

_log = logging.getLogger(__name__)

_ENDS = {
    "channel_left": "the desk was removed from it.",
    "group_left": "the desk was removed from it.",
    "channel_archive": "it was archived.",
    "group_archive": "it was archived.",
    "channel_deleted": "it was deleted.",
    "group_deleted": "it was deleted.",
}
_BEGINS = {"channel_unarchive", "group_unarchive"}
_GONE = {"app_uninstalled", "tokens_revoked"}


class Changes:
    """Notes them, so that what is owed waits while it cannot be posted, and goes out when it can."""

    def __init__(self, slack: Slack, surfaces: Surfaces) -> None:
        self._slack, self._surfaces = slack, surfaces

    async def note(self, body: dict[str, Any], workspace: Workspace) -> None:
        """Note what the event says, if anything."""
        event, slack = body["event"], self._slack
        kind = str(event.get("type") or "")
        write, now = slack.fronts.archive.write, slack.fronts.clock()
        if kind in _GONE:
            if kind == "tokens_revoked" and not (event.get("tokens") or {}).get("bot"):
                return
            await write(close_space, PLATFORM, workspace.space, "the app was uninstalled; install it again.", now)
            await slack.workspaces.leave(workspace.team)
            return
        if kind == "app_home_opened":
            await self._opened(event, workspace)
            return
        if kind == "channel_id_changed":
            await write(move_place, slack.place(workspace, str(event["old_channel_id"])), str(event["new_channel_id"]))
            return
        channel = event.get("channel")
        if not isinstance(channel, str):
            return
        place = slack.place(workspace, channel)
        if kind in _ENDS:
            slack.people.forget(workspace.space, channel)
            await write(close_place, place, _ENDS[kind], now)
        elif kind in _BEGINS or (kind == "member_joined_channel" and event.get("user") == workspace.bot_user):
            slack.people.forget(workspace.space, channel)
            await write(reopen_place, place, now)
        elif kind in ("member_joined_channel", "member_left_channel"):
            slack.people.forget(workspace.space, channel)

    async def _opened(self, event: dict[str, Any], workspace: Workspace) -> None:
        self._slack.people.note_direct(workspace.space, str(event["user"]), str(event["channel"]))
        if event.get("tab") == "messages":
            await self._surfaces.suggest(workspace, str(event["channel"]))
        else:
            sender = Sender(team=workspace.team, user=str(event["user"]), home=workspace.team)
            await self._surfaces.show_home(workspace, sender)
