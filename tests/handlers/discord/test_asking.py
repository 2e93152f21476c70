"""Asking in Discord, over HTTP and WebSocket: every way in which a question reaches the desk."""

import discord

from handlers.discord.commands import BACKGROUND
from tests.fake_discord.newsroom import Newsroom, labels_of, text_of

QUESTION = "What tariffs apply to Japan?"
NOBODY_ELSE = 1 << 6


async def test_a_question_is_answered_with_its_proof(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    said = await newsroom.answered(world.slash("bob", "news", "ask", question=QUESTION))
    assert "24%" in said
    assert "](https://" in said
    (answer,) = world.messages("news")
    assert {"Sources", "Watch this", "Ask a follow-up"} <= set(labels_of(answer))
    assert not answer.flags & NOBODY_ELSE


async def test_a_question_can_name_a_source_and_a_time(newsroom: Newsroom) -> None:
    asked = newsroom.rig.world.slash(
        "bob", "news", "ask", question=QUESTION, source="Southern Cross", since="2025-04-01"
    )
    assert "Japan" in await newsroom.answered(asked)


async def test_a_mention_is_answered_in_a_thread_where_the_next_one_is_understood(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    asked = world.say("bob", "news", f"<@{world.bot_id}> {QUESTION}")
    await newsroom.until(lambda: len(world.messages(asked)) == 1)
    assert "24%" in text_of(world.messages(asked)[0])
    assert world.backend.get_channel(asked).name == QUESTION
    world.say("bob", asked, f"<@{world.bot_id}> and on cars?")
    await newsroom.until(lambda: len(world.messages(asked)) == 3)
    assert "cars" in text_of(world.messages(asked)[-1])


async def test_where_no_thread_may_be_opened_a_mention_is_answered_in_place(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    world.forbid("general", discord.Permissions.create_public_threads.flag)
    asked = world.say("bob", "general", f"<@{world.bot_id}> {QUESTION}")
    await newsroom.until(lambda: len(world.messages("general")) == 2)
    answer = world.messages("general")[-1]
    assert "24%" in text_of(answer)
    assert answer.reference is not None and int(answer.reference["message_id"]) == asked


async def test_an_answer_to_the_desk_goes_on_with_the_conversation(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    await newsroom.answered(world.slash("bob", "news", "ask", question=QUESTION))
    (answer,) = world.messages("news")
    world.say("bob", "news", f"<@{world.bot_id}> and on cars?", reply_to=answer.id)
    await newsroom.until(lambda: world.messages(answer.id))
    assert "cars" in text_of(world.messages(answer.id)[-1])


async def test_a_message_to_nobody_is_left_alone(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    world.say("bob", "news", QUESTION)
    await newsroom.answered(world.slash("bob", "general", "ask", question=QUESTION))
    assert len(world.messages("news")) == 1


async def test_a_direct_message_of_somebody_in_the_server_is_answered(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    alone = world.talk_with("bob")
    world.say("bob", alone, QUESTION)
    await newsroom.until(lambda: len(world.messages(alone)) == 2)
    assert "24%" in text_of(world.messages(alone)[-1])
    world.say("bob", alone, "and on cars?")
    await newsroom.until(lambda: len(world.messages(alone)) == 4)
    assert "cars" in text_of(world.messages(alone)[-1])


async def test_a_direct_message_of_a_stranger_learns_nothing(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    world.people["mallory"] = world.backend.make_user("mallory").id
    alone = world.talk_with("mallory")
    world.say("mallory", alone, QUESTION)
    await newsroom.until(lambda: len(world.messages(alone)) == 2)
    assert "only people of one server" in text_of(world.messages(alone)[-1])


async def test_a_command_in_direct_messages_is_answered_to_people_of_the_server_only(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    said = await newsroom.answered(world.slash("bob", world.talk_with("bob"), "ask", question=QUESTION))
    assert "24%" in said
    world.people["mallory"] = world.backend.make_user("mallory").id
    said = await newsroom.answered(world.slash("mallory", world.talk_with("mallory"), "ask", question=QUESTION))
    assert "only people of one server" in said


async def test_whoever_has_the_commands_with_them_is_answered_in_servers_of_others_too(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    world.leave_to_others("general")
    said = await newsroom.answered(world.slash("bob", "general", "ask", question=QUESTION))
    assert "24%" in said
    (answer,) = world.messages("general")
    watched = await newsroom.answered(world.press("bob", "general", answer.id, labels_of(answer)["Watch this"]))
    assert "watch add" in watched, "no form: nothing can be watched there"


async def test_digests_are_for_channels_of_servers_only(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    alone = world.talk_with("alice")
    world.say("alice", alone, "digest add daily 8:00")
    await newsroom.until(lambda: len(world.messages(alone)) == 2)
    assert "Only members with" in text_of(world.messages(alone)[-1])


async def test_the_menu_of_a_message_gives_its_background_to_one_person(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    about = world.say("alice", "news", "Japan hit by new tariffs")
    said = await newsroom.answered(world.use_on("bob", "news", BACKGROUND, about))
    assert "Japan" in said
    assert world.messages("news")[-1].flags & NOBODY_ELSE


async def test_the_next_question_is_asked_in_a_form_and_answered_in_a_thread(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    await newsroom.answered(world.slash("bob", "news", "ask", question=QUESTION))
    (answer,) = world.messages("news")
    form = world.press("alice", "news", answer.id, labels_of(answer)["Ask a follow-up"])
    await newsroom.until(lambda: world.backend.interactions[form].modal)
    world.submit("alice", "news", form, {"text:question:": "and on cars?"})
    await newsroom.until(lambda: world.messages(answer.id))
    assert "cars" in text_of(world.messages(answer.id)[-1])
    assert len(world.messages("news")) == 2, "but the answer only what says that a thread begins"


async def test_the_next_question_is_answered_in_place_where_no_thread_may_be_opened(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    world.forbid("general", discord.Permissions.create_public_threads.flag)
    await newsroom.answered(world.slash("bob", "general", "ask", question=QUESTION))
    (answer,) = world.messages("general")
    form = world.press("alice", "general", answer.id, labels_of(answer)["Ask a follow-up"])
    await newsroom.until(lambda: world.backend.interactions[form].modal)
    said = await newsroom.answered(world.submit("alice", "general", form, {"text:question:": "and on cars?"}))
    assert "cars" in said


async def test_the_articles_that_support_an_answer_are_shown_to_whoever_presses(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    await newsroom.answered(world.slash("bob", "news", "ask", question=QUESTION))
    (answer,) = world.messages("news")
    said = await newsroom.answered(world.press("alice", "news", answer.id, labels_of(answer)["Sources"]))
    assert "Japan" in said
    assert world.messages("news")[-1].flags & NOBODY_ELSE


async def test_a_brief_is_told_to_the_channel(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    said = await newsroom.answered(world.slash("bob", "news", "brief", topic="tariffs", since="2025-04-01"))
    assert "tariff" in said.lower()
    assert not world.messages("news")[-1].flags & NOBODY_ELSE
