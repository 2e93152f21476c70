"""The line to Slack: the desk talks with the people of one workspace or many."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from secrets import token_hex

import aiohttp

from bot.archive.closed import close_space
from bot.archive.deliveries import first_receipt
from bot.archive.inbox import Event
from bot.archive.seal import Seal
from bot.desk.answering import Answering
from bot.desk.front import Fronts
from bot.desk.ports import Poster
from bot.desk.reception import Reception
from bot.errors import ConfigError, NewsdeskError, PostError, SpaceClosed
from bot.news.article import Space
from bot.news.place import Place
from bot.news.saying.faults import say_sorry
from bot.news.source import Notice
from bot.news.trend import Trend
from config import defaults
from handlers.layout.plain import plain_layout
from handlers.slack.answer import Answerer
from handlers.slack.asked import Slack
from handlers.slack.calls import Calls, open_session
from handlers.slack.install import InstallPages
from handlers.slack.listen import Listener
from handlers.slack.people import People, Rules
from handlers.slack.pictures import Pictures
from handlers.slack.post import SlackPoster
from handlers.slack.read import read_back
from handlers.slack.sign import Signs
from handlers.slack.site import Site
from handlers.slack.sockets import Sockets
from handlers.slack.surfaces import Surfaces
from handlers.slack.voice import Voice
from handlers.slack.workspaces import PLATFORM, Access, Workspaces

_log = logging.getLogger(__name__)


class SlackLine:
    """See Line. One process, all workspaces, by Socket Mode or by signed HTTP."""

    platform = PLATFORM

    def __init__(
        self,
        access: Access,
        rules: Rules,
        fronts: Fronts,
        seal: Seal,
        space_of: Callable[[str], Space],
        draw: Callable[[Trend], bytes],
    ) -> None:
        self._access, self._rules, self._fronts = access, rules, fronts
        self._workspaces = Workspaces(access, fronts.archive, seal, fronts.clock, space_of)
        self._calls = Calls(client_of=self._workspaces.client_of)
        self.voice = Voice(calls=self._calls, pictures=Pictures(calls=self._calls, draw=draw), clock=fronts.clock)
        self.poster: Poster = SlackPoster(voice=self.voice, first_part=self._first_part)
        self.people = People(self._calls, rules)
        self._tasks = Answering(fronts.tasks)
        self._reception = Reception(fronts.archive, PLATFORM, self._tasks, self._answer)
        self._fault: str | None = None
        self._trying: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None
        self._answerer: Answerer | None = None
        self._sockets: Sockets | None = None
        self._site: Site | None = None

    @property
    def port(self) -> int | None:
        """Where it answers Slack and whoever installs it; None where it does not."""
        return self._site.port if self._site else None

    async def start(self) -> None:
        """See Line. Slack that cannot be reached is called again and again; that is no fault of a setting."""
        self._session = open_session(self._access.proxy)
        try:
            await self._begin(self._session)
        except PostError as fault:
            self._fault = str(fault)
            self._trying = asyncio.create_task(self._try_again(self._session))
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """See Line. What is being answered is finished first, as far as there is time."""
        if self._trying is not None:
            self._trying.cancel()
        for connection in (self._sockets, self._site):
            if connection is not None:
                await connection.close()
        await self._tasks.finish(defaults.SLACK_STOP_SECONDS)
        if self._session is not None:
            await self._session.close()

    def trouble(self) -> str | None:
        """See Line."""
        return self._fault or (self._sockets.trouble() if self._sockets else None)

    async def tell(self, notice: Notice) -> bool:
        """See Line."""
        if notice.to is None or not any(one.space == notice.space for one in self._workspaces.all()):
            return False
        place = Place(platform=PLATFORM, space=notice.space, channel=notice.to)
        try:
            await self.voice.answer(place, plain_layout(notice.sentence), f"notice:{notice.key}")
        except PostError:
            return False
        return True

    async def _begin(self, session: aiohttp.ClientSession) -> None:
        await self._workspaces.open(session)
        await self._listen(session)
        self._fault = None
        await self._reception.resume()

    async def _try_again(self, session: aiohttp.ClientSession) -> None:
        while self._fault is not None:
            await self.voice.sleep(defaults.SLACK_TRY_AGAIN_SECONDS)
            try:
                await self._begin(session)
            except PostError as fault:
                self._fault = str(fault)
            except ConfigError as fault:
                self._fault = str(fault)
                _log.error("Slack is left out", extra={"reason": str(fault)})
                return

    async def _listen(self, session: aiohttp.ClientSession) -> None:
        slack = Slack(
            fronts=self._fronts,
            tasks=self._tasks,
            workspaces=self._workspaces,
            calls=self._calls,
            voice=self.voice,
            people=self.people,
            signs=Signs(self._calls),
            session=session,
            zone=self._rules.zone,
        )
        surfaces = Surfaces(slack)
        self._answerer = Answerer(slack, surfaces)
        app = Listener(slack, self._reception, self._answerer, surfaces).app()
        if self._access.app_token:
            self._sockets = Sockets(app, self._access, self._fronts.clock, session)
            await self._sockets.open()
        if self._access.listen:
            pages = InstallPages(slack).routes()
            self._site = Site(self._access.listen, None if self._sockets else app, pages)
            await self._site.open()

    async def _first_part(self, space: Space, marker: str) -> str | None:
        return await self._fronts.archive.read(first_receipt, space, marker)

    async def _answer(self, event: Event, again: bool) -> str:
        """Answer what was handed in. Whatever goes wrong ends here, and whoever asked hears of it."""
        assert self._answerer is not None, "nothing comes in before"
        incoming = read_back(event.body)
        try:
            return await self._answerer.answer(event, incoming, again)
        except SpaceClosed as fault:
            await self._fronts.archive.write(close_space, PLATFORM, event.space, str(fault), self._fronts.clock())
            return f"not answered: {fault}"
        except Exception as fault:  # noqa: BLE001  a request ends here, and whoever made it hears of it
            reference = token_hex(3)
            _log.exception("a request was not answered", extra={"reference": reference, "space": event.space})
            with suppress(NewsdeskError):
                await self._answerer.apologise(incoming, _sorry(fault, reference))
            return f"not answered: {type(fault).__name__} ({reference})"


def _sorry(fault: Exception, reference: str) -> str:
    return say_sorry(reference, "I could not post the answer") if isinstance(fault, PostError) else say_sorry(reference)
