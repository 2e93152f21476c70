"""Handling: one request in, one reply out, on every platform alike."""

from datetime import datetime

from bot.archive.settling import it_was_posted, post_it
from bot.desk.backtest import backtest
from bot.desk.brief import write_brief
from bot.desk.desk import Desk
from bot.desk.digest import preview_digest
from bot.desk.front import FrontDesk
from bot.desk.learn import call_helpful, forget_taste, lean_by_feedback
from bot.desk.overview import held_where, look_at
from bot.desk.replies import AboutDue, Reply
from bot.desk.requests import Request, require_right
from bot.desk.sourcing import source_request
from bot.desk.subscribe import (
    add_digest,
    change_digest,
    find_digest,
    list_digests,
    pause_digest,
    remove_digest,
    resume_digest,
)
from bot.desk.talk import answer_in_thread
from bot.desk.watch import (
    add_watch,
    change,
    find_numbered,
    find_told,
    mute,
    read_wish,
    remove,
    say_learnt,
    unmute,
    watches_here,
)
from bot.desk.why import why
from bot.errors import RequestError
from bot.news.briefing import Brief
from bot.news.delivery import DeliveryId
from bot.news.reply import DigestPreviewed, HeldListed, Said, WatchMade, WatchTested
from bot.news.since import split_topic


async def handle(front: FrontDesk, request: Request, now: datetime) -> Reply:
    """The reply, once the request was carried out; RequestError says why it was not, and nothing was changed then."""
    require_right(request)
    desk = front.desk
    match request.command.verb:
        case "ask":
            return await answer_in_thread(desk, request, now)
        case "brief":
            return await _brief(desk, request, now)
        case "source":
            return await source_request(front.sources, request)
        case "desk":
            return await desk.archive.read(look_at, request.place)
        case _:
            return await carry_out(desk, request, now)


async def carry_out(desk: Desk, request: Request, now: datetime) -> AboutDue:
    """The same for requests about digests, watches and deliveries, which need no web and nobody's earlier words."""
    require_right(request)
    match request.command.verb:
        case "digest":
            return await _digest(desk, request, now)
        case "watch":
            return await _watch(desk, request, now)
        case "why":
            return await why(desk, request.place, request.command.words, now, request.zone)
        case _:
            return await _held(desk, request, now)


async def _brief(desk: Desk, request: Request, now: datetime) -> Brief:
    topic, since = split_topic(request.command.words, now, request.zone)
    return await write_brief(desk, topic, since=since, now=now, zone=request.zone)


async def _digest(desk: Desk, request: Request, now: datetime) -> AboutDue:
    write, command = desk.archive.write, request.command
    match command.act:
        case "add":
            return await write(add_digest, request, now)
        case "change":
            return await write(change_digest, request, now)
        case "list":
            return await desk.archive.read(list_digests, request.place)
        case "preview":
            subscription = await desk.archive.read(find_digest, request.place, command.words)
            return DigestPreviewed(
                subscription=subscription,
                digest=await preview_digest(desk.archive, subscription, now, lean_by_feedback),
            )
        case "pause":
            return await write(pause_digest, request, now)
        case "resume":
            return await write(resume_digest, request, now)
        case _:
            return await write(remove_digest, request)


async def _watch(desk: Desk, request: Request, now: datetime) -> AboutDue:
    write, command = desk.archive.write, request.command
    match command.act:
        case "add":
            wish = read_wish(request)
            tested = await backtest(desk, wish.new, now)
            return WatchMade(watch=await write(add_watch, wish, now), understood=wish.topic.in_words(), tested=tested)
        case "list":
            return await desk.archive.read(watches_here, request.place)
        case "test":
            wish = read_wish(request)
            return WatchTested(understood=wish.topic.in_words(), tested=await backtest(desk, wish.new, now))
        case "change":
            return await write(change, request, now)
        case "mute":
            return await write(mute, request, now)
        case "unmute":
            return await write(unmute, request)
        case "helpful" | "unhelpful":
            watch, article = await desk.archive.read(find_told, request)
            is_helpful = command.act == "helpful"
            await call_helpful(desk.archive, watch, article, by=request.by.id, helpful=is_helpful, now=now)
            return Said(sentence=f"Watch {watch.id} brings {'more' if is_helpful else 'less'} of the like.")
        case "learnt":
            return await desk.archive.read(say_learnt, request)
        case "reset":
            watch = await desk.archive.read(find_numbered, request.place, command.words)
            await forget_taste(desk.archive, watch)
            return Said(sentence=f"Watch {watch.id} has forgotten what was helpful, and tells what its topic says.")
        case _:
            return await write(remove, request)


async def _held(desk: Desk, request: Request, now: datetime) -> AboutDue:
    act, words = request.command.act, request.command.words.lstrip("#")
    held = await desk.archive.read(held_where, request.place)
    if act == "list":
        return HeldListed(deliveries=tuple(held))
    number = DeliveryId(int(words) if words.isdecimal() else 0)
    release = post_it if act == "post" else it_was_posted
    is_here = number in [delivery.id for delivery in held]
    if not (is_here and await desk.archive.write(release, request.place.space, number, request.by.id, now)):
        raise RequestError("There is no such delivery held. `held list` shows those that are.", "S03")
    return Said(sentence="It is posted again." if act == "post" else "It counts as posted.")
