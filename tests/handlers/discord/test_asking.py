"""Asking in Discord, over HTTP and WebSocket."""

from tests.fake_discord.newsroom import Newsroom, labels_of

QUESTION = "What tariffs apply to Japan?"


async def test_a_question_is_answered_with_its_proof(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    said = await newsroom.answered(world.slash("alice", "news", "ask", question=QUESTION))
    assert "24%" in said
    assert "](https://" in said
    (answer,) = world.messages("news")
    assert "Sources" in labels_of(answer)
