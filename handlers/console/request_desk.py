"""Requests typed in the terminal: carried out, and told on a sheet or as JSON."""

from zoneinfo import ZoneInfo

from bot.desk.desk import Desk
from bot.desk.grammar import read_command
from bot.desk.handle import carry_out
from bot.desk.requests import Request
from bot.desk.wire import Clock
from bot.news.article import LOCAL
from bot.news.member import Footing, Member
from bot.news.place import TERMINAL, Place
from handlers.console.reply_lines import reply_line
from handlers.console.reply_sheet import show_reply
from handlers.console.source_desk import ALL_DONE, Out
from handlers.console.typed_request import TypedRequest

DESK = Place(platform=TERMINAL, space=LOCAL, channel="desk")
"""The terminal's channel: what `newsdesk run` shows."""

_OPERATOR = Member(id="operator", may_manage=True, may_source=True)


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
    reply = await carry_out(desk, request, now)
    if typed.as_json:
        out.put(reply_line(reply))
    else:
        show_reply(out.sheet, reply, now)
    return ALL_DONE
