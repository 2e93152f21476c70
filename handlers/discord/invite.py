"""The links by which the desk is let into a server, or installed by a person, with no more rights than it needs."""

import discord

RIGHTS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
"""What the desk may do in a server: see a channel, write there and in threads, and read back what it wrote."""


def server_link(application: int) -> str:
    """Lets somebody who manages a server let the desk in."""
    scopes = ("bot", "applications.commands")
    return f"{discord.utils.oauth_url(application, permissions=RIGHTS, scopes=scopes)}&integration_type=0"


def person_link(application: int) -> str:
    """Lets somebody have the commands with them, wherever they are."""
    return f"{discord.utils.oauth_url(application, scopes=('applications.commands',))}&integration_type=1"
