"""What Discord's description demands of answers beyond what SimCord's model gives."""

from typing import Any

_APPLICATION: dict[str, object] = {
    "type": None,
    "flags_new": "0",
    "redirect_uris": [],
    "interactions_endpoint_url": None,
    "role_connections_verification_url": None,
    "approximate_guild_count": 1,
    "approximate_user_install_count": 0,
    "approximate_user_authorization_count": 0,
    "explicit_content_filter": 0,
    "eligible_oauth2_scopes": [],
}
_SERVER: dict[str, object] = {
    "description": None,
    "home_header": None,
    "region": "us-west",
    "widget_enabled": False,
    "widget_channel_id": None,
    "max_stage_video_channel_users": 50,
    "max_video_channel_users": 25,
    "safety_alerts_channel_id": None,
    "nsfw": False,
    "nsfw_level": 0,
    "incidents_data": None,
}
_MEMBER: dict[str, object] = {
    "avatar": None,
    "banner": None,
    "communication_disabled_until": None,
    "pending": False,
    "premium_since": None,
}


def polish(answer: Any, path: str) -> Any:
    """The answer with all that is demanded of it."""
    if isinstance(answer, list):
        return [polish(one, path) for one in answer]
    if not isinstance(answer, dict):
        return answer
    polished = {key: polish(value, path) for key, value in answer.items()}
    if "username" in polished and "discriminator" in polished:
        polished.setdefault("primary_guild", None)
    for key in ("nonce", "description", "response_message_id"):
        if key in polished and polished[key] is None:
            del polished[key]
    if path.endswith("/commands") and "application_id" in polished and "name" in polished:
        polished.setdefault("version", polished["id"])
        polished["description"] = polished.get("description", "")
        if polished.get("integration_types", 0) is None:
            polished["integration_types"] = [0]
    if path.endswith("/threads/active"):
        polished.setdefault("has_more", False)
    if isinstance(polished.get("media"), dict):
        polished["media"].setdefault("id", "1")
    if _shows_a_channel(path) and "type" in polished:
        polished.setdefault("flags", 0)
    if polished.get("message_reference"):
        polished["message_reference"].setdefault("type", 0)
    if polished.get("interaction_metadata"):
        polished["interaction_metadata"] = _told_of(polished["interaction_metadata"])
    if polished.get("type") == 13 and "file" in polished:
        polished = {"spoiler": False, **polished, "file": {"id": "1", **polished["file"]}}
    if "joined_at" in polished and "roles" in polished:
        polished = {**_MEMBER, **polished}
    if path == "/users/@me/guilds":
        polished = {"owner": False, "permissions": "0", **polished}
    if path.startswith("/guilds/") and path.count("/") == 2 and "owner_id" in polished:
        polished = {**_SERVER, **polished}
    return {**_APPLICATION, **polished} if "verify_key" in polished else polished


def _shows_a_channel(path: str) -> bool:
    if path == "/users/@me/channels" or (path.startswith("/guilds/") and path.endswith("/channels")):
        return True
    return path.startswith("/channels/") and path.count("/") == 2


def _told_of(interaction: dict[str, Any]) -> dict[str, Any]:
    """What a message tells of the interaction that it answers: also from where that came."""
    pressed = {**interaction, "type": 3, "interacted_message_id": interaction["id"]}
    if interaction.get("type") == 3:
        return pressed
    return {**interaction, "triggering_interaction_metadata": pressed} if interaction.get("type") == 5 else interaction
