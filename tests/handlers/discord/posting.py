"""What tests of posting in Discord share: a poster of the real kind, and places in the made-up Discord."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.news.article import Space
from bot.news.digest import PlainNotice
from bot.news.place import Place
from bot.news.trend import Trend
from handlers.discord.post import DiscordPoster
from handlers.discord.refusals import Refusals
from handlers.discord.rest import Rest
from tests.fake_discord.rig import TOKEN, Rig

ZONE = ZoneInfo("Europe/Berlin")
MARKER = "MFRGGZDFMZTWQ2LKNNWG23TP"
NOW = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)  # already the 27th in Berlin
TREND = Trend(topic="tariffs", days=((date(2026, 11, 25), 3), (date(2026, 11, 26), 5)))
PICTURE = b"\x89PNG made up"


def open_poster(token: str = TOKEN, refusals: Refusals | None = None) -> tuple[DiscordPoster, Rest]:
    """A poster, and what it asks by; whoever opens it closes that."""
    rest = Rest(token, refusals or Refusals())
    return DiscordPoster(rest, draw=lambda trend: PICTURE, clock=lambda: NOW), rest


def place_of(rig: Rig, channel: str | int, thread: str | None = None) -> Place:
    """A channel of the made-up Discord as the desk knows it."""
    space = Space(f"discord-{rig.world.guild}")
    return Place(platform="discord", space=space, channel=str(rig.world.channel(channel)), thread=thread)


def sentence(poster: DiscordPoster, text: str = "Nothing new on tariffs.") -> str:
    """One sentence, frozen as it is owed."""
    return poster.render(PlainNotice(sentence=text), ZONE)[0]
