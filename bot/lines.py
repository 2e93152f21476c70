"""The wiring of the platforms on which people talk: each is there when its tokens are set, and fails alone."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from bot.archive.archive import Archive
from bot.archive.seal import open_seal
from bot.desk.front import Fronts
from bot.desk.overview import pinged_roles, told_places
from bot.desk.ports import Line
from bot.desk.pulse import Stuck
from bot.desk.wire import Clock
from bot.errors import ConfigError
from bot.news.article import LOCAL, Space
from bot.news.diagnosis import Diagnosis
from bot.writer.trend import draw_trend
from config.settings import Settings, faults_about_slack, keep_within

if TYPE_CHECKING:
    from handlers.slack.workspaces import Access


class Secret(Protocol):
    """A value of the settings that is shown to nobody."""

    def get_secret_value(self) -> str:
        """It."""


_log = logging.getLogger(__name__)


def open_lines(settings: Settings, fronts: Fronts) -> list[Line]:
    """The platforms whose tokens are set. ConfigError lists what is wrong with the settings about them.

    Their libraries are imported only where they are needed.
    """
    if faults := list(faults_about_slack(settings)):
        raise ConfigError(faults)
    keep_within(settings.data_dir)
    lines: list[Line] = []
    if settings.slack_bot_token or settings.slack_client_id:
        lines.append(_open_slack(settings, fronts))
    if settings.discord_token:
        lines.append(_open_discord(settings, fronts))
    return lines


def examine_lines(settings: Settings, archive: Archive | None, now: datetime) -> list[Diagnosis]:
    """What the doctor found about the platforms whose tokens are set, asking them."""
    found: list[Diagnosis] = []
    if settings.slack_bot_token is not None:
        from handlers.slack.doctor import examine_slack

        places = archive.read_now(told_places, "slack", LOCAL) if archive else []
        found += asyncio.run(examine_slack(_slack_access(settings), places, now))
    if settings.discord_token is not None:
        from handlers.discord.doctor import examine_discord

        space_of = _space_of("discord", settings.homes)

        def roles_in(server: str) -> dict[str, set[str]]:
            return archive.read_now(pinged_roles, "discord", space_of(server)) if archive else {}

        found += asyncio.run(examine_discord(_secret(settings.discord_token), roles_in))
    return found


def _open_slack(settings: Settings, fronts: Fronts) -> Line:
    from handlers.slack.app import SlackLine
    from handlers.slack.people import Rules

    # The workspace of a token of one's own is the terminal's; of others only those that are named as homes.
    space_of = _space_of("slack", settings.homes, is_alone=settings.slack_client_id is None)
    rules = Rules(channels_by=settings.channels_by or "members", sources_by=settings.sources_by, zone=settings.zone)
    return SlackLine(_slack_access(settings), rules, fronts, open_seal(settings.data_dir), space_of, draw_trend)


def _slack_access(settings: Settings) -> "Access":
    from handlers.slack.workspaces import Access

    return Access(
        bot_token=_secret(settings.slack_bot_token),
        app_token=_secret(settings.slack_app_token),
        signing_secret=_secret(settings.slack_signing_secret),
        listen=settings.slack_listens_at,
        client_id=settings.slack_client_id or "",
        client_secret=_secret(settings.slack_client_secret),
        public_url=settings.slack_public_url or "",
        proxy=_secret(settings.egress_proxy),
    )


def _open_discord(settings: Settings, fronts: Fronts) -> Line:
    from handlers.discord.app import DiscordLine, House
    from handlers.discord.people import Rules

    rules = Rules(
        role=settings.discord_role or "",
        channels_by=settings.channels_by or "admins",
        sources_by=settings.sources_by,
        zone=settings.zone,
    )
    house = House(
        fronts=fronts,
        rules=rules,
        space_of=_space_of("discord", settings.homes),
        draw=draw_trend,
        publishes=settings.discord_publish == "on",
    )
    return DiscordLine(_secret(settings.discord_token), house)


def _secret(value: Secret | None) -> str:
    return value.get_secret_value() if value else ""


async def start_lines(lines: Sequence[Line]) -> None:
    """Let all of them listen. One that cannot is logged; ConfigError where none of several, or the only one, can."""
    begun = await asyncio.gather(*(line.start() for line in lines), return_exceptions=True)
    failed = [(line, fault) for line, fault in zip(lines, begun, strict=True) if isinstance(fault, BaseException)]
    if failed and len(failed) == len(lines):
        raise failed[0][1]
    for line, fault in failed:
        if not isinstance(fault, ConfigError):
            raise fault
        _log.error("a platform is left out", extra={"platform": line.platform, "reason": str(fault)})


def say_how_they_are(lines: Sequence[Line]) -> list[str]:
    """A sentence for each platform: it is listened to, or what is in the way."""
    return [line.trouble() or f"{line.platform.capitalize()} is listened to." for line in lines]


async def stop_lines(lines: Sequence[Line]) -> None:
    """Let none of them listen any more; what goes wrong in one is logged."""
    ended = await asyncio.gather(*(line.stop() for line in lines), return_exceptions=True)
    for line, fault in zip(lines, ended, strict=True):
        if isinstance(fault, BaseException):
            _log.error("a platform did not end well", extra={"platform": line.platform, "reason": repr(fault)})


class Troubles:
    """What is wrong with the platforms, and since when."""

    def __init__(self, lines: Sequence[Line], clock: Clock) -> None:
        self._lines, self._clock = lines, clock
        self._since: dict[str, datetime] = {}

    def now(self) -> list[Stuck]:
        """Each platform that is in trouble at this moment."""
        stuck = []
        for line in self._lines:
            sentence = line.trouble()
            if sentence is None:
                self._since.pop(line.platform, None)
                continue
            since = self._since.setdefault(line.platform, self._clock())
            stuck.append(Stuck(what=line.platform, since=since, sentence=sentence))
        return stuck


def _space_of(platform: str, homes: Sequence[tuple[str, str]], *, is_alone: bool = False) -> Callable[[str], Space]:
    """The Space of each workspace or server: those that are homes share the terminal's, each other has its own."""
    return lambda id: LOCAL if is_alone or (platform, id) in homes else Space(f"{platform}-{id}")
