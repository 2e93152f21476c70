"""Files that came along with a message."""

import aiohttp

from bot.errors import RequestError
from config import defaults
from handlers.slack.asked import Slack
from handlers.slack.workspaces import Workspace


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
            timeout=aiohttp.ClientTimeout(total=defaults.SLACK_CALL_SECONDS),
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
