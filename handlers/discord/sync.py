"""Making the commands known to Discord, which takes only so many changes a day: done where they have changed."""

import json
from hashlib import sha256

from discord import Client, app_commands

from bot.archive.archive import Archive
from bot.archive.keepsakes import find_keepsake, note_keepsake

_NAME = "discord commands"


async def sync_commands(tree: app_commands.CommandTree[Client], archive: Archive, application: int) -> bool:
    """Whether they were made known now, because they, or the application, are others than those last made known."""
    described = [command.to_dict(tree) for command in tree.get_commands()]
    seen = sha256(json.dumps([application, described], sort_keys=True).encode()).hexdigest()
    if await archive.read(find_keepsake, _NAME) == seen:
        return False
    await tree.sync()
    await archive.write(note_keepsake, _NAME, seen)
    return True
