"""The manifest from which an administrator makes the app: the least that it may do, and how it is reached."""

from dataclasses import dataclass
from typing import Any

from handlers.slack.read import BACKGROUND

SCOPES: dict[str, str] = {
    "app_mentions:read": "hear what names it",
    "assistant:write": "suggest what to ask, where the workspace has agents",
    "channels:history": "hear what goes on in its threads, and look up what it posted, so that nothing comes twice",
    "channels:read": "see who is in a channel, and may change what it is told",
    "chat:write": "post",
    "commands": "be asked by commands",
    "files:read": "read a list of sources that is attached",
    "files:write": "show trends as pictures",
    "groups:history": "the same as channels:history in private channels to which it was invited",
    "groups:read": "the same as channels:read there",
    "im:history": "hear what is written to it directly, and look up what it answered",
    "reactions:write": "show that it has heard, where no status can be shown",
    "users:read": "see who is an administrator or a guest, and in which zone somebody lives",
}
"""What the app may do, each with what for."""

COMMANDS: dict[str, tuple[str, str]] = {
    "ask": ("Ask the news; the answer carries its sources", "what tariffs apply to Japan?"),
    "brief": ("What matters now", "[topic] [since monday]"),
    "digest": ("What comes to this channel at set times", "add weekdays 8:30 tariffs | list | pause 2"),
    "watch": ("What this channel is told of", "add tariffs on Japan | list | mute 4 for 3 days"),
    "source": ("What is read", "add https://example.org/news | list | check"),
    "why": ("Why an article did or did not come here", "https://example.org/news/42"),
    "desk": ("What goes on in this channel, and what can be typed", ""),
}
"""Each command, what it does, and an example of what follows it."""

EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_id_changed",
    "channel_left",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "tokens_revoked",
)
"""What the app is told of."""

_SAYS = "Answers questions about the news you follow, with a quotation, a publisher and a link for every sentence."
_SAYS_MORE = (
    f"{_SAYS} It posts digests at the times you set and tells channels of the topics they watch. It runs on a machine "
    "of your own: the articles, your questions and what you are told stay there."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reached:
    """How Slack reaches the desk: at an address of its own, or by Socket Mode where there is none.

    `is_shared`: other workspaces can install it, at that address. `has_agents`: it appears among the agents.
    """

    public_url: str = ""
    is_socket: bool = True
    is_shared: bool = False
    has_agents: bool = True


def write_manifest(reached: Reached) -> dict[str, Any]:
    """The manifest, as Slack takes it."""
    at = reached.public_url.rstrip("/")
    asked_at = {} if reached.is_socket else {"request_url": f"{at}/slack/events"}
    url = {} if reached.is_socket else {"url": f"{at}/slack/events"}
    oauth: dict[str, Any] = {"scopes": {"bot": sorted(SCOPES)}}
    if reached.is_shared:
        oauth["redirect_urls"] = [f"{at}/slack/oauth_redirect"]
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Newsdesk",
            "description": _SAYS,
            "long_description": _SAYS_MORE,
            "background_color": "#1f2937",
        },
        "features": _features(url, has_agents=reached.has_agents),
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": {**asked_at, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **asked_at},
            "org_deploy_enabled": False,
            "socket_mode_enabled": reached.is_socket,
            "token_rotation_enabled": reached.is_shared,
        },
    }


def _features(url: dict[str, str], *, has_agents: bool) -> dict[str, Any]:
    commands = [
        {"command": f"/{name}", "description": says, "usage_hint": hint, "should_escape": False, **url}
        for name, (says, hint) in COMMANDS.items()
    ]
    shortcut = {
        "name": "Background on this",
        "type": "message",
        "callback_id": BACKGROUND,
        "description": "What the news says about it",
    }
    features: dict[str, Any] = {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "newsdesk", "always_online": True},
        "shortcuts": [shortcut],
        "slash_commands": commands,
    }
    return features | ({"agent_view": {"agent_description": _SAYS}} if has_agents else {})
