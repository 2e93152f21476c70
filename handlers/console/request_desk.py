"""Requests typed in the terminal: carried out, and told on a sheet or as JSON."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.desk.desk import Desk
from bot.desk.grammar import read_command
from bot.desk.handle import handle
from bot.desk.requests import Request
from bot.desk.wire import Clock
from bot.news.article import LOCAL
from bot.news.member import Footing, Member
from bot.news.place import Place
from handlers.console.reply_lines import reply_line
from handlers.console.reply_sheet import show_reply
from handlers.console.source_desk import ALL_DONE, Out

DESK = Place(platform="console", space=LOCAL, channel="desk")
"""The terminal's channel: what `newsdesk run` shows."""

_OPERATOR = Member(id="operator", may_manage=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedRequest:
    """What was typed behind `newsdesk`, and the zone of whoever typed it."""

    typed: str
    zone: str
    as_json: bool = False

    @property
    def only_looks(self) -> bool:
        """Whether it changes nothing, and is done beside a desk that is running."""
        command = read_command(self.typed)
        return command.act == "list" or command.verb == "why"

    @property
    def needs_stories(self) -> bool:
        """Whether all that was added has to have its place in a story first."""
        return read_command(self.typed).act in ("preview", "test", "add")


async def carry_out_request(desk: Desk, typed: TypedRequest, out: Out, clock: Clock) -> int:
    """The exit status, once the request was carried out and told; faults are told by whoever gave it."""
    now = clock()
    request = Request(
        command=read_command(typed.typed),
        by=_OPERATOR,
        place=DESK,
        footing=Footing(),
        zone=ZoneInfo(typed.zone),
    )
    reply = await handle(desk, request, now)
    if typed.as_json:
        out.put(reply_line(reply))
    else:
        show_reply(out.sheet, reply, now)
    return ALL_DONE
