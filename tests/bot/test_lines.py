"""The platforms on which people talk: each is set up by its own settings, and none takes another down."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.desk.ports import Poster
from bot.errors import ConfigError
from bot.lines import Troubles, say_how_they_are, start_lines, stop_lines
from bot.news.source import Notice

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class FakeLine:
    """A line that starts, or says why it never will."""

    platform: str
    fault: Exception | None = None
    sentence: str | None = None
    listens: bool = False

    @property
    def poster(self) -> Poster:
        raise AssertionError("nothing is posted here")

    async def start(self) -> None:
        if self.fault:
            raise self.fault
        self.listens = True

    async def stop(self) -> None:
        self.listens = False
        if self.fault:
            raise self.fault

    def trouble(self) -> str | None:
        return self.sentence

    async def tell(self, notice: Notice) -> bool:
        return False


WRONG = ConfigError(["Slack does not know the token."])


def test_one_that_cannot_start_does_not_stop_the_other() -> None:
    slack, discord = FakeLine("slack", fault=WRONG), FakeLine("discord")
    asyncio.run(start_lines([slack, discord]))
    assert discord.listens
    asyncio.run(stop_lines([slack, discord]))
    assert not discord.listens


def test_where_none_can_start_the_desk_does_not_either() -> None:
    with pytest.raises(ConfigError, match="does not know the token"):
        asyncio.run(start_lines([FakeLine("slack", fault=WRONG)]))


def test_a_desk_without_platforms_runs_all_the_same() -> None:
    asyncio.run(start_lines([]))


def test_a_fault_of_ours_is_not_taken_for_a_wrong_setting() -> None:
    with pytest.raises(ZeroDivisionError):
        asyncio.run(start_lines([FakeLine("slack", fault=ZeroDivisionError()), FakeLine("discord")]))


def test_trouble_is_told_since_it_began_and_no_more_once_it_is_over() -> None:
    line, at = FakeLine("slack", sentence="Slack is not connected."), NOW
    troubles = Troubles([line], lambda: at)
    (first,) = troubles.now()
    at += timedelta(minutes=5)
    assert troubles.now() == [first] and first.since == NOW
    line.sentence = None
    assert troubles.now() == []


def test_whoever_starts_the_desk_hears_how_each_platform_is() -> None:
    lines = [FakeLine("slack"), FakeLine("discord", sentence="Discord is not connected yet.")]
    assert say_how_they_are(lines) == ["Slack is listened to.", "Discord is not connected yet."]
