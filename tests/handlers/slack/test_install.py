"""The desk in several workspaces: installed by their own people, each a Space, and out again."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from yarl import URL

from bot.archive.closed import closed_in
from bot.archive.inbox import open_events
from bot.archive.installations import list_installations
from bot.desk.desk import Desk
from bot.news.article import Space
from bot.news.place import Place
from handlers.slack.manifest import SCOPES
from tests.desk.paper import NOW
from tests.slack.fake import FakeSlack
from tests.slack.newsroom import ALICE, NEWS, Newsroom, access_to, open_line
from tests.slack.reading import words_in

SECOND, CAROL, THEIRS = "T0SECOND", "U0CAROL", "C0THEIRS"
SPACE = Space(f"slack-{SECOND}")
ADDRESS = "https://desk.example"


@pytest.fixture
async def room(slack: FakeSlack, desk: Desk, folder: Path) -> AsyncIterator[Newsroom]:
    """A desk that others can install, beside the workspace of its own token."""
    access = access_to(
        slack, listen=("127.0.0.1", 0), client_id="11.22", client_secret="fake-client-secret", public_url=ADDRESS
    )
    async with open_line(slack, desk, folder, access=access) as opened:
        yield opened


class Browser:
    """Somebody's browser, which is led from our page to Slack and back."""

    def __init__(self, room: Newsroom, http: aiohttp.ClientSession) -> None:
        self._here, self._http = f"http://127.0.0.1:{room.line.port}", http
        self.cookie = ""

    async def begin(self) -> str:
        """Where our page leads."""
        async with self._http.get(f"{self._here}/slack/install", allow_redirects=False) as answer:
            assert "HttpOnly" in answer.headers["Set-Cookie"] and "Secure" in answer.headers["Set-Cookie"]
            self.cookie = answer.headers["Set-Cookie"].partition(";")[0]
            return answer.headers["Location"]

    async def agree(self, leads: str, team: str = SECOND) -> str:
        """Where Slack leads back, as far as our side sees it."""
        async with self._http.get(f"{leads}&team={team}", allow_redirects=False) as answer:
            back = answer.headers["Location"]
        assert back.startswith(f"{ADDRESS}/slack/oauth_redirect?")
        return back.removeprefix(ADDRESS)

    async def come_back(self, to: str) -> tuple[int, str]:
        """The status and the words of the page at the end."""
        async with self._http.get(f"{self._here}{to}", headers={"Cookie": self.cookie}) as answer:
            return answer.status, re.sub(r"<[^>]+>", "", await answer.text())


@pytest.fixture
async def browser(room: Newsroom) -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        yield Browser(room, http)


async def install(browser: Browser) -> tuple[int, str]:
    return await browser.come_back(await browser.agree(await browser.begin()))


def contents_of(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file()]


def people_there(room: Newsroom) -> None:
    room.slack.add_user(CAROL, "carol", team=SECOND)
    room.slack.add_channel(THEIRS, "theirs", [CAROL, f"U{SECOND}BOT"], team=SECOND)


async def test_a_second_workspace_is_a_space_of_its_own(room: Newsroom, browser: Browser) -> None:
    status, said = await install(browser)
    assert status == 200 and f"installed in {SECOND}" in said
    people_there(room)
    await room.slack.say(THEIRS, CAROL, f"<@U{SECOND}BOT> What rate did the Bank of Norrland set?")
    await room.slack.say(NEWS, ALICE, "<@U0BOT> What rate did the Bank of Norrland set?")
    await room.idle()
    assert "no answer" in words_in(room.said(THEIRS)[0]).lower()  # what others follow is none of theirs
    assert "3.25%" in words_in(room.said(NEWS)[0])


async def test_tokens_are_kept_so_that_the_archive_alone_tells_nobody(
    room: Newsroom, browser: Browser, folder: Path
) -> None:
    await install(browser)
    (kept,) = room.desks.archive.read_now(list_installations, "slack")
    assert (kept.space, kept.team) == (SPACE, SECOND)
    token = next(token for token, who in room.slack.tokens.items() if who["team"] == SECOND)
    assert not any(token.encode() in content for content in contents_of(folder))


async def test_what_was_installed_is_there_after_a_restart(
    room: Newsroom, browser: Browser, desk: Desk, folder: Path
) -> None:
    await install(browser)
    people_there(room)
    await room.line.stop()
    async with open_line(room.slack, desk, folder) as again:
        await room.slack.say(THEIRS, CAROL, f"<@U{SECOND}BOT> What rate did the Bank of Norrland set?")
        await again.idle()
        assert len(again.said(THEIRS)) == 1


async def test_whoever_takes_it_out_again_is_forgotten_and_may_come_back(room: Newsroom, browser: Browser) -> None:
    await install(browser)
    people_there(room)
    await room.slack.uninstall(SECOND)
    await room.idle()
    there = Place(platform="slack", space=SPACE, channel=THEIRS)
    assert room.desks.archive.read_now(list_installations, "slack") == []
    assert room.desks.archive.read_now(closed_in, SPACE)(there)
    await room.slack.say(NEWS, ALICE, "<@U0BOT> What rate did the Bank of Norrland set?")
    await room.idle()
    assert len(room.said(NEWS)) == 1
    await install(browser)
    assert not room.desks.archive.read_now(closed_in, SPACE)(there)


async def test_a_workspace_without_the_desk_is_told_so_and_nothing_is_kept(room: Newsroom) -> None:
    room.slack.teams[SECOND] = {"id": SECOND, "name": "Second", "domain": "second"}
    people_there(room)
    await room.slack.slash("/brief", user=CAROL, channel=THEIRS)
    await room.slack.say(THEIRS, CAROL, f"<@U{SECOND}BOT> hello")
    await room.idle()
    assert "not installed" in words_in(room.whispered(CAROL)[0])
    assert room.desks.archive.read_now(open_events, "slack", 10) == []


async def test_a_link_comes_back_once_soon_and_in_the_same_browser(room: Newsroom, browser: Browser) -> None:
    back = await browser.agree(await browser.begin())
    cookie, browser.cookie = browser.cookie, ""
    assert (await browser.come_back(back))[0] == 400
    browser.cookie = cookie
    assert (await browser.come_back(back))[0] == 200
    assert (await browser.come_back(back))[0] == 400
    late = await browser.agree(await browser.begin())
    room.desks.at_now = NOW + timedelta(hours=1)
    assert (await browser.come_back(late))[0] == 400
    assert (await browser.come_back("/slack/oauth_redirect?code=x&state="))[0] == 400


async def test_whoever_declines_or_meets_a_fault_can_begin_again(room: Newsroom, browser: Browser) -> None:
    room.slack.oauth_answer = "deny"
    status, said = await install(browser)
    assert status == 200 and "Nothing was installed" in said
    room.slack.oauth_answer = "allow"
    room.slack.clients["11.22"] = "another"
    status, said = await install(browser)
    assert status == 502 and "bad_client_secret" in said
    assert room.desks.archive.read_now(list_installations, "slack") == []


async def test_a_token_that_ends_soon_is_renewed_once_for_all_who_need_it(room: Newsroom, browser: Browser) -> None:
    room.slack.token_life = 43_200
    await install(browser)
    people_there(room)
    room.desks.at_now = NOW + timedelta(hours=11)
    for _ in range(3):
        await room.slack.say(THEIRS, CAROL, f"<@U{SECOND}BOT> What rate did the Bank of Norrland set?")
    await room.idle()
    renewals = [call for call in room.slack.called("oauth.v2.access") if call["args"].get("grant_type")]
    assert len(renewals) == 1 and len(room.said(THEIRS)) == 3
    (kept,) = room.desks.archive.read_now(list_installations, "slack")
    assert (kept.expires, kept.installed_by) == (NOW + timedelta(hours=23), ALICE)


async def test_a_token_that_is_not_renewed_is_used_to_its_end_and_then_closes_the_workspace(
    room: Newsroom, browser: Browser
) -> None:
    room.slack.token_life = 43_200
    await install(browser)
    people_there(room)
    room.slack.fault("oauth.v2.access", error="invalid_refresh_token", times=100)
    room.desks.at_now = NOW + timedelta(hours=11)
    await room.slack.say(THEIRS, CAROL, f"<@U{SECOND}BOT> What rate did the Bank of Norrland set?")
    await room.idle()
    assert len(room.said(THEIRS)) == 1
    room.desks.at_now = NOW + timedelta(hours=12, minutes=1)
    await room.slack.say(THEIRS, CAROL, f"<@U{SECOND}BOT> What rate did the Bank of Norrland set?")
    await room.idle()
    assert room.desks.archive.read_now(closed_in, SPACE)(Place(platform="slack", space=SPACE, channel=THEIRS))


async def test_the_page_asks_for_what_the_manifest_asks_for_and_no_more(browser: Browser) -> None:
    asked: dict[str, Any] = dict(URL(await browser.begin()).query)
    assert asked["scope"].split(",") == sorted(SCOPES)
    assert asked["redirect_uri"] == f"{ADDRESS}/slack/oauth_redirect"
