"""Orders given in the terminal: carried out here, or by the desk that is running, which alone may write."""

import typer

from bot import app
from bot.cli.said import SOME_REFUSED, notify, put, say
from bot.cli.typed import settings_of, sheet_in
from bot.clock import now
from bot.errors import ArchiveBusy, RefusedInput, RequestError, SourceError
from config.settings import Settings
from handlers.console.counter import find_desk, give_order
from handlers.console.order_form import AnyOrder
from handlers.console.progress import Progress
from handlers.console.request_desk import carry_out_request
from handlers.console.source_desk import Order, Out, carry_out, say_fault
from handlers.console.typed_request import TypedRequest


def give(ctx: typer.Context, order: AnyOrder) -> int:
    """The exit status of the order."""
    settings = settings_of(ctx)
    with Progress() as progress:
        # Whether a desk reads an archive on a server is not known here: it may be one elsewhere.
        is_read = None if settings.database_url else find_desk(settings.data_dir) is not None
        out = Out(sheet=sheet_in(settings.zone), put=put, progress=progress.show, is_read=is_read)
        try:
            status, fault = _carry_out_here(settings, order, out)
        except ArchiveBusy:
            done = give_order(settings.data_dir, order, out)
            if done is None:
                raise
            status, fault = done
    return say(fault, status) if fault else status


def _carry_out_here(settings: Settings, order: AnyOrder, out: Out) -> tuple[int, str | None]:
    app.require_sound(settings)
    try:
        if isinstance(order, TypedRequest):
            return _carry_out_request(settings, order, out), None
        return _carry_out_order(settings, order, out), None
    except (RequestError, SourceError, RefusedInput) as fault:
        return SOME_REFUSED, say_fault(fault)


def _carry_out_order(settings: Settings, order: Order, out: Out) -> int:
    from bot.gathering import open_source_desk  # reads the web, for which no digest and no watch shall wait

    changes = order.verb not in ("list", "export")
    open_room = app.open_to_change if changes else app.open_to_read
    with open_room(settings, notify, out.progress, meaning=False) as room:

        async def work() -> int:
            async with open_source_desk(settings, room.desk, now) as at:
                return await carry_out(at, order, out)

        status = room.wait(work())
        if changes:
            room.catch_up(vectors=False)
    return status


def _carry_out_request(settings: Settings, typed: TypedRequest, out: Out) -> int:
    """A request that looks at stories is carried out once all that was added has its place in one."""
    if typed.only_looks:
        with app.open_to_read(settings, notify, out.progress, meaning=False) as room:
            return room.wait(carry_out_request(room.desk, typed, out, now))
    with app.open_to_change(settings, notify, out.progress, meaning=typed.needs_stories) as room:
        if typed.needs_stories:
            room.place()
        return room.wait(carry_out_request(room.desk, typed, out, now))
