from datetime import time

import pytest

from bot.desk.grammar import read_command
from bot.desk.requests import Request
from bot.desk.watch import read_wish
from bot.news.member import Footing, Member
from bot.news.quiet import QuietHours
from bot.news.schedule_words import take_schedule
from handlers.layout.forms import (
    Form,
    ask_form,
    change_digest_form,
    change_watch_form,
    new_digest_form,
    new_source_form,
    new_watch_form,
    typed_from,
)
from tests.handlers.console.makes import NEW_YORK
from tests.handlers.layout.makes import NOW, PARIS, PLACE, make_subscription, make_watch

FORMS = [
    new_digest_form(),
    change_digest_form(make_subscription(), []),
    new_watch_form(),
    change_watch_form(make_watch()),
    new_source_form(),
    ask_form(),
]


def test_a_digest_is_typed_as_somebody_would_type_it() -> None:
    values = {
        "times": "weekdays 8:30",
        "topic": "tariffs",
        "length": "short",
        "sources": "Harbour Wire, The Docket",
        "channel": "C024",
    }
    assert typed_from(new_digest_form(), values) == (
        "digest add weekdays 8:30 about tariffs short sources: Harbour Wire, The Docket"
    )


def test_a_digest_of_all_news_needs_its_times_only() -> None:
    assert typed_from(new_digest_form(), {"times": "daily 7am", "length": "normal"}) == "digest add daily 7am normal"


@pytest.mark.parametrize("topic", ["Monday Night Football", "8:30 trains", "daily bread", "short"])
def test_a_topic_that_sounds_like_times_or_a_length_stays_one(topic: str) -> None:
    typed = typed_from(new_digest_form(), {"times": "weekdays 8:30", "topic": topic, "length": "normal"})
    schedule, rest = take_schedule(read_command(typed).words, PARIS, NOW)
    assert (schedule.in_words(), rest) == ("on weekdays at 08:30, Europe/Paris", f"{topic} normal")


def test_a_watch_is_read_as_it_was_filled_in() -> None:
    values = {"topic": "China Daily", "cadence": "hourly", "quiet": "22:00-07:00 but severe"}
    wanted = read_wish(_request(typed_from(new_watch_form(), values))).new
    assert (wanted.topic, wanted.cadence, wanted.quiet_lets) == ("China Daily", "hourly", "severe")
    assert wanted.quiet == QuietHours(start=time(22), end=time(7))


def test_line_breaks_and_spaces_in_what_was_filled_in_make_no_further_command() -> None:
    typed = typed_from(ask_form(), {"question": "  what about\n\nKorea? "})
    assert typed == "ask what about Korea?"


def test_a_page_is_followed_where_it_was_chosen() -> None:
    values = {"address": "https://example.org/news", "page": "as a page"}
    assert typed_from(new_source_form(), values) == "source add https://example.org/news as a page"
    assert typed_from(new_source_form(), values | {"page": ""}) == "source add https://example.org/news"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
def test_every_form_has_room_on_every_platform(form: Form) -> None:
    assert len(form.title) <= 24 and len(form.submit) <= 24 and len(form.fields) <= 5
    assert all(len(field.label) <= 45 and len(field.hint) <= 100 for field in form.fields)


def _request(typed: str) -> Request:
    return Request(
        command=read_command(typed),
        by=Member(id="U1", may_manage=True),
        place=PLACE,
        footing=Footing(),
        zone=PARIS,
    )


def test_what_is_changed_begins_as_it_is_now() -> None:
    schedule, _ = take_schedule("weekdays 8:30", PARIS, NOW)
    form = change_digest_form(
        make_subscription(id=2, schedule=schedule, topic="tariffs", length="long"), ["The Docket"]
    )
    typed = typed_from(form, {field.name: field.value for field in form.fields})
    assert typed == "digest change 2 on weekdays at 08:30, Europe/Paris about tariffs long sources: The Docket"
    assert take_schedule(typed.removeprefix("digest change 2 "), NEW_YORK, NOW)[0] == schedule


def test_a_watch_that_is_changed_goes_on_pinging_whom_it_pings() -> None:
    form = change_watch_form(make_watch(id=4, ping="71"))
    typed = typed_from(form, {field.name: field.value for field in form.fields})
    assert typed == "watch change 4 ping <@&71> at once"


def test_a_watch_that_is_changed_begins_as_it_is_told_now() -> None:
    quiet = QuietHours(start=time(22), end=time(7))
    form = change_watch_form(make_watch(id=4, cadence="daily", quiet=quiet, quiet_lets="severe"))
    assert typed_from(form, {field.name: field.value for field in form.fields}) == (
        "watch change 4 daily quiet 22:00-07:00 but severe"
    )
