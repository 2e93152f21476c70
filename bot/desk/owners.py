"""Telling owners: whoever asked for something is told what stands in its way, by the platform that knows them."""

from collections.abc import Sequence

from bot.archive.archive import Archive
from bot.archive.notices import note_told, notices_to_people
from bot.desk.ports import Line
from bot.desk.wire import Clock
from bot.errors import PostError
from config import defaults


async def tell_owners(archive: Archive, lines: Sequence[Line], clock: Clock) -> int:
    """How many notices have reached whom they are for. One that cannot be told now waits for the next look."""
    told = 0
    for notice in await archive.read(notices_to_people, defaults.NOTICES_A_LOOK):
        for line in lines:
            try:
                reached = await line.tell(notice)
            except PostError:
                continue
            if reached:
                await archive.write(note_told, notice.space, [notice.key], clock())
                told += 1
                break
    return told
