"""What an answer of Slack means, or that none came."""

from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import MaybePosted, NotPosted, PlaceClosed, PostError, PostRefused, SpaceClosed
from config import defaults

_SPACE_CLOSED = {
    "access_denied": "it does not let the app in",
    "account_inactive": "the app was uninstalled or its bot switched off",
    "ekm_access_denied": "its administrators have suspended access",
    "invalid_auth": "it does not know the token",
    "not_allowed_token_type": "the token is not one of a bot",
    "not_authed": "there is no token for it",
    "org_login_required": "it is being moved to an organisation",
    "team_access_not_granted": "the organisation has not given the app access to it",
    "team_added_to_org": "it is being moved to an organisation",
    "token_expired": "the token has expired; install the app again",
    "token_revoked": "the token was revoked",
    "two_factor_setup_required": "it asks for a second factor",
}
_SCOPE_MISSING = {"missing_scope", "no_permission"}
_PLACE_CLOSED = {
    "cannot_dm_bot": "bots cannot be written to",
    "channel_not_found": "the channel is gone, or the app is no member of it; invite it again",
    "is_archived": "the channel is archived",
    "is_inactive": "the channel is closed",
    "messages_tab_disabled": "direct messages to the app are switched off",
    "not_in_channel": "the app is no member of the channel; invite it again",
    "user_disabled": "the account is switched off",
    "user_not_found": "the account is gone",
}
_RESTRICTED = "restricted_action"  # begins a handful of codes
_REFUSED = {
    "attachment_payload_limit_exceeded",
    "invalid_arguments",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "markdown_text_conflict",
    "metadata_must_be_sent_from_app",
    "metadata_too_large",
    "msg_blocks_too_long",
    "msg_too_long",
    "no_text",
    "too_many_attachments",
}
_LIMITED = {"ratelimited", "rate_limited", "message_limit_exceeded", "accesslimited"}
_UNSENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
UNANSWERED = (aiohttp.ClientError, SlackClientError, TimeoutError, OSError)
"""What the client raises where it has no answer that says "ok"."""


class BlocksRefused(PostRefused):
    """Slack does not take these blocks; perhaps it takes older ones."""


class ScopeMissing(SpaceClosed):
    """The app may not do this anywhere in the workspace."""


class ThreadGone(PostRefused):
    """The message is gone that was to be answered."""


def code_of(fault: Exception) -> str:
    """Slack's code for what is wrong; empty where there is none."""
    if isinstance(fault, SlackApiError) and isinstance(fault.response, AsyncSlackResponse):
        data = fault.response.data
        return str(data.get("error") or "") if isinstance(data, dict) else ""
    return ""


def outcome_of(fault: Exception) -> PostError:
    """What is known of a call that raised one of UNANSWERED."""
    if not isinstance(fault, SlackApiError):
        if isinstance(fault, _UNSENT):
            return NotPosted("Slack cannot be reached.")
        return MaybePosted("the connection to Slack broke off before it answered.")
    status = fault.response.status_code
    code = code_of(fault)
    if status == 429 or code in _LIMITED:
        wait = _retry_after(fault)
        return NotPosted(f"Slack takes no more for {wait.total_seconds():.0f} seconds.", retry_after=wait)
    if not code and 400 <= status < 500:
        return NotPosted(f"Slack did not take the request ({status}).")
    if not code or status >= 500:
        return MaybePosted(f"Slack answered with a fault of its own ({status}).")
    return _meaning(code)


def _meaning(code: str) -> PostError:
    if code in _SPACE_CLOSED:
        return SpaceClosed(f"Slack says {code}: {_SPACE_CLOSED[code]}.")
    if code in _SCOPE_MISSING:
        return ScopeMissing(f"Slack says {code}: the app lacks a permission; install it again.")
    if code in _PLACE_CLOSED:
        return PlaceClosed(f"Slack says {code}: {_PLACE_CLOSED[code]}.")
    if code.startswith(_RESTRICTED):
        return PlaceClosed(f"Slack says {code}: the workspace lets only some people post there.")
    if code in ("thread_not_found", "cannot_reply_to_message"):
        return ThreadGone(f"Slack says {code}: the message to be answered is gone.")
    if code.startswith("invalid_blocks"):
        return BlocksRefused(f"Slack says {code}: it does not take this message.")
    if code in _REFUSED:
        return PostRefused(f"Slack says {code}: it does not take this message.")
    # internal_error, fatal_error and their like may have done half of it; a code that is new may as well.
    return MaybePosted(f"Slack says {code}, and nobody knows what it has done.")


def _retry_after(fault: SlackApiError) -> timedelta:
    given = str(fault.response.headers.get("Retry-After", ""))
    return timedelta(seconds=float(given) if given.replace(".", "", 1).isdigit() else defaults.SLACK_LIMITED_SECONDS)
