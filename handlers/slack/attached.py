"""Files: the one that came along with a message, and the list of sources that is handed over."""

import json
from dataclasses import replace
from uuid import uuid4

import aiohttp

from bot.errors import RequestError
from bot.news.reply import Exported, Said
from config import defaults
from handlers.slack.asked import Asked, Slack, lay_out
from handlers.slack.workspaces import Workspace

_NAME = "newsdesk.opml"


async def read_attached(slack: Slack, workspace: Workspace, files: tuple[str, ...]) -> bytes:
    """The first of the files; nothing where there is none. RequestError for one that is too large or cannot be had."""
    if not files:
        return b""
    limit = defaults.SLACK_FILE_BYTES
    client = await slack.calls.client_of(workspace.space)
    try:
        async with slack.session.get(
            files[0],
            headers={"Authorization": f"Bearer {client.token}"},
            allow_redirects=False,  # a page to log in at is what Slack shows to a token that may not
        ) as answer:
            read = await answer.content.read(limit + 1)
            is_there = answer.status == 200 and not answer.content_type.startswith("text/html")
    except (aiohttp.ClientError, TimeoutError, OSError):
        is_there = False
    if not is_there:
        raise RequestError("I could not read the file from Slack. Attach it once more.", "O05")
    if len(read) > limit:
        raise RequestError(f"The file is too large; the limit is {limit // 1024:,} kB.", "O03")
    return read


async def hand_over(slack: Slack, asked: Asked, exported: Exported) -> Said:
    """What is said of the list, which whoever asked for it has got directly, as a file."""
    layout, content = await lay_out(slack, asked, exported), exported.opml.encode()
    space, user = asked.place.space, asked.sender.user
    told = await slack.voice.answer(replace(asked.place, channel=user, thread=None), layout, f"export:{uuid4().hex}")
    channel, _, posted = told[0].partition(":")
    asked_for = await slack.calls.call(space, "files.getUploadURLExternal", filename=_NAME, length=len(content))
    async with slack.session.post(asked_for["upload_url"], data=content) as answer:
        answer.raise_for_status()
    files = json.dumps([{"id": asked_for["file_id"], "title": _NAME}])
    await slack.calls.call(space, "files.completeUploadExternal", files=files, channel_id=channel, thread_ts=posted)
    return Said(sentence="The list is in your direct messages with me.")
