"""Answering: what somebody wants is carried out, and told where it belongs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.archive.answers import find_answer
from bot.archive.inbox import Event
from bot.desk.front import Fronts
from bot.desk.grammar import Command, read_command, read_said
from bot.desk.handle import handle
from bot.desk.overview import look_over
from bot.desk.press import Pressed, press
from bot.desk.replies import Reply
from bot.desk.requests import Request
from bot.errors import RequestError, SourceError
from bot.news.article import Space
from bot.news.button import Button, name_button, read_button
from bot.news.reply import Answered, AnswerId, Exported, Overview
from config import defaults
from handlers.discord.cards import Card, Push, lay_cards
from handlers.discord.heard import Heard, is_in, read_back
from handlers.discord.pages import Recipe, Turn, paged, read_turn
from handlers.discord.panel import Panel, is_pick, picked_card
from handlers.discord.people import Rules
from handlers.discord.pictures import File
from handlers.discord.voice import Voice
from handlers.layout.harmless import harmless
from handlers.layout.plain import plain_layout
from handlers.layout.replies import lay_out_reply

ASK_MORE = Push("Ask a follow-up", "ndf1")
"""The button by which the next question is asked: Discord shows the desk no message that does not name it."""

_NOT_THERE = "I may not write in the channel where you asked me. Ask me here, or there with `/ask`."
_LIST = "sources.opml"
_ANSWERED, _REFUSED = "answered", "refused"
_THERE = "answered before the desk ended"
_LATE = "not answered: it was too late"
_LASTS = timedelta(seconds=defaults.DISCORD_TOKEN_SECONDS)
_MORE = f"{name_button(Button(act='more', numbers=(0,))).rpartition(':')[0]}:"
_REPEATABLE = frozenset({"", "list", "preview", "test", "learnt"})
"""Acts that change nothing, so that doing them once more shows the same."""


Download = Callable[[str], Awaitable[bytes]]
"""Gives what a file holds that came along."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What is told: its pages, how they are made anew, whether the conversation goes on, and what stands below."""

    cards: tuple[Card, ...]
    recipe: Recipe | None
    goes_on: bool = False
    file: File | None = None
    panel: Panel | None = None


class Answerer:
    """Answers what was heard, wherever it is told, and gives a note of how."""

    def __init__(self, fronts: Fronts, voice: Voice, rules: Rules, download: Download) -> None:
        self._fronts, self._voice, self._rules, self._download = fronts, voice, rules, download

    async def answer(self, event: Event, again: bool) -> str:
        """How it was answered. `again`: an earlier process may have answered it already."""
        heard = read_back(event.body)
        if heard.way.token and self._fronts.clock() - event.received > _LASTS:
            return _LATE
        if again and await self._is_answered(heard):
            return _THERE
        try:
            shown, page = await self._carried_out(heard, event.space, again=again)
        except (RequestError, SourceError) as fault:
            await self.refuse(heard, str(fault))
            return _REFUSED
        await self._tell(heard, shown, page)
        return _ANSWERED

    async def refuse(self, heard: Heard, sentence: str) -> None:
        """Tell whoever wants it why it was not done, and nobody else where Discord can do that."""
        way, (card, *_) = heard.way, lay_cards(plain_layout(sentence))
        if not way.token:
            if not await self._voice.write(way.channel, card, heard.id, way.message):
                await self._write_alone(heard, card)
        elif heard.kind == "turned":
            await self._voice.add(way, card, private=True)
        elif way.private:
            await self._voice.answer(way, card)
        else:
            await self._voice.refuse(way, card)

    async def _is_answered(self, heard: Heard) -> bool:
        way = heard.way
        if heard.kind == "turned":
            return False
        if way.token and not _belongs_in_thread(heard):
            return not await self._voice.is_waited_for(way)
        where = {way.root or way.channel, way.channel}  # a thread has the id of the message it is under
        return any([await self._voice.has_written(channel, heard.id) for channel in where])

    async def _carried_out(self, heard: Heard, space: Space, *, again: bool) -> tuple[Shown, int]:
        """What is shown, and which page of it."""
        match heard.kind:
            case "typed":
                return await self._typed(heard, space, read_command(heard.words), again=again), 0
            case "said":
                return await self._typed(heard, space, read_said(heard.words), again=again), 0
            case "asked more":
                command = Command(verb="ask", act="", words=heard.words)
                return await self._typed(heard, space, command, again=again), 0
            case "pressed":
                return await self._pressed(heard, space, heard.words), 0
            case _:
                turn = read_turn(heard.words)
                if turn is None:
                    raise _out_of_date()
                return await self._turned(heard, space, turn), turn.page

    async def _typed(self, heard: Heard, space: Space, command: Command, *, again: bool) -> Shown:
        is_repeatable = command.act in _REPEATABLE
        if again and not is_repeatable:
            shown = f"`{command.verb} list`"
            raise RequestError(f"I was restarted while I did this. {shown} shows whether it is done.", "")
        reply = await self._reply(heard, space, command)
        if isinstance(reply, Overview) and reply.place is None:
            panel = Panel(reply, self._fronts.clock())
            return replace(self._show(reply, Recipe("typed", command.verb)), panel=panel)
        words = " ".join(filter(None, (command.verb, command.act, command.words)))
        if isinstance(reply, Answered):
            return self._show(reply, Recipe("answer", str(reply.number)), goes_on=True)
        return self._show(reply, Recipe("typed", words) if is_repeatable else None)

    async def _reply(self, heard: Heard, space: Space, command: Command) -> Reply:
        front, now = await self._fronts.at(space), self._fronts.clock()
        if command.verb == "desk" and heard.sees:
            return await self._overview(heard, space)
        request = Request(
            command=command,
            by=heard.by,
            place=heard.talk(space) if command.verb == "ask" else heard.place(space),
            footing=heard.footing,
            zone=self._rules.zone,
            roles=heard.roles,
            attached=await self._download(heard.attached) if heard.attached else b"",
        )
        return await handle(front, request, now)

    async def _overview(self, heard: Heard, space: Space) -> Overview:
        """What is in the channels that whoever asks may see."""
        return await self._fronts.archive.read(look_over, space, is_in(heard.sees))

    async def _pressed(self, heard: Heard, space: Space, name: str) -> Shown:
        if is_pick(name):
            picked = picked_card(name, await self._overview(heard, space), self._fronts.clock())
            return Shown(cards=(picked,), recipe=None)
        pressed = Pressed(button=read_button(name), by=heard.by, place=heard.place(space), zone=self._rules.zone)
        front = await self._fronts.at(space)
        return self._show(await press(front.desk, pressed, self._fronts.clock()), Recipe("pressed", name))

    async def _turned(self, heard: Heard, space: Space, turn: Turn) -> Shown:
        recipe = turn.recipe
        if recipe.kind == "answer" and recipe.words.isdecimal():
            kept = await self._fronts.archive.read(find_answer, space, AnswerId(int(recipe.words)))
            return self._show(Answered(number=kept.id, answer=kept.answer), recipe, goes_on=True)
        if recipe.kind == "pressed":
            return await self._pressed(heard, space, recipe.words)
        command = read_command(recipe.words)
        if command.act not in _REPEATABLE:
            raise _out_of_date()
        return await self._typed(heard, space, command, again=False)

    def _show(self, reply: Reply, recipe: Recipe | None, *, goes_on: bool = False) -> Shown:
        layout = lay_out_reply(reply, self._fronts.clock(), self._rules.zone)
        file = (_LIST, reply.opml.encode()) if isinstance(reply, Exported) else None
        return Shown(cards=lay_cards(layout), recipe=recipe, goes_on=goes_on, file=file)

    async def _tell(self, heard: Heard, shown: Shown, page: int) -> None:
        """Tell it in one message where its pages can be turned, else in as many as there are."""
        card = paged(shown.cards, shown.recipe, page, (ASK_MORE,) if shown.goes_on else ())
        cards, way = (card,) if card else shown.cards, heard.way
        if _belongs_in_thread(heard):
            thread = await self._thread(heard)
            if thread and await self._write(thread, cards, heard, answer_to=""):
                if way.token:
                    await self._voice.withdraw(way)
                return
        if way.token:
            await self._voice.answer(way, cards[0], shown.file)
            for one in (*cards[1:], *([shown.panel] if shown.panel and heard.kind == "typed" else ())):
                await self._voice.add(way, one, private=way.private)
        elif not heard.footing.can_post or not await self._write(way.channel, cards, heard, answer_to=way.message):
            await self._write_alone(heard, lay_cards(plain_layout(_NOT_THERE))[0])

    async def _thread(self, heard: Heard) -> str | None:
        """The thread of the conversation; None where it has none and none may be opened."""
        way = heard.way
        if not way.root:
            return way.channel
        if not way.opens_thread:
            return None
        return await self._voice.open_thread(way.channel, way.root, _thread_name(heard.words))

    async def _write_alone(self, heard: Heard, card: Card) -> None:
        """Write it to whoever asked, and to nobody else."""
        channel = await self._voice.talk_to(heard.by.id)
        if channel is not None:
            await self._voice.write(channel, card, heard.id)

    async def _write(self, channel: str, cards: tuple[Card, ...], heard: Heard, answer_to: str) -> bool:
        """Whether all of it stands in the channel now."""
        for number, card in enumerate(cards):
            if not await self._voice.write(channel, card, _key(heard, number), answer_to):
                return False
        return True


def _belongs_in_thread(heard: Heard) -> bool:
    """Whether it is told in the thread of its conversation, and not where it was asked."""
    if heard.kind == "pressed":
        return heard.words.startswith(_MORE)
    return heard.kind == "asked more" or (heard.kind == "said" and bool(heard.way.root))


def _out_of_date() -> RequestError:
    return RequestError("This button is out of date; ask again.", "C06")


def _key(heard: Heard, number: int) -> str:
    return f"{heard.id}.{number}" if number else heard.id


def _thread_name(words: str) -> str:
    """What the thread is called; a button's name says nothing to readers."""
    return "More on this" if words.startswith(_MORE) else harmless(words).strip() or "The news"
