"""Digests for many channels that are due at one moment go out within Discord's limits."""

from pathlib import Path

from bench.discord_wave import post_wave


async def test_all_digests_of_a_moment_arrive_once_and_discord_refuses_nothing(tmp_path: Path) -> None:
    wave = await post_wave(40, 8, tmp_path)
    assert wave.is_sound, wave.said()
    assert wave.requests == wave.posted == 80
