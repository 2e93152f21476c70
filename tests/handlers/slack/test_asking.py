"""Questions in Slack: heard, seen to be heard, and answered in a thread with sources."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.desk.desk import Desk
from tests.slack.fake import FakeSlack
from tests.slack.newsroom import ALICE, NEWS, Newsroom, open_line
from tests.slack.reading import links_in, words_in


@pytest.fixture(params=["socket", "http"])
async def room(request: pytest.FixtureRequest, slack_desk: Desk, tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with FakeSlack(mode=request.param) as slack, open_line(slack, slack_desk, tmp_path) as opened:
        yield opened


async def test_a_mention_is_answered_in_a_thread_with_its_sources(room: Newsroom) -> None:
    asked = await room.slack.say(NEWS, ALICE, "<@U0BOT> What rate did the Bank of Norrland set?")
    await room.idle()
    (answer,) = room.said()
    assert answer["thread_ts"] == asked
    assert "3.25%" in words_in(answer)
    assert "https://example.org/rate-cut" in links_in(answer)
    assert answer["_pings"] == []
