"""App Home: what comes, is watched and is followed, and what the buttons there want."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import RequestError
from bot.news.place import Place
from bot.news.reply import Overview
from bot.news.source import Notice
from handlers.layout.forms import Form
from handlers.layout.wishes import Wish, answer_wish, name_wish, place_of, read_wish
from handlers.slack.home import home_view
from handlers.slack.mrkdwn import Block
from tests.handlers.console.source_makes import make_feed, make_source
from tests.handlers.layout.makes import NOW, PLACE, make_subscription, make_watch
from tests.slack.block_rules import check_view
from tests.slack.markup import pings

HOSTILE = "<!channel> <@U0ALICE> ‮*drawkcab*"
FAILING = make_source(name="Failing Gazette", feed=make_feed(failures=3, fault="it answers with 500.", code="F03"))
SOURCE = make_source(name="Harbour Wire")
EMPTY = Overview(place=None, digests=(), watches=(), sources=(), notices=(), closed=(), examples=("ask what is new?",))
FULL = replace(
    EMPTY,
    digests=(make_subscription(), make_subscription(id=3, paused=NOW, topic=HOSTILE, next_due=None)),
    watches=(make_watch(), make_watch(id=5, muted_until=NOW + timedelta(days=1), topic=HOSTILE)),
    sources=(SOURCE, FAILING),
    notices=(Notice(space=PLACE.space, key="k", to=None, sentence="A feed was given up.", made=NOW),),
    closed=((PLACE, "the channel is archived."), (replace(PLACE, channel=""), "the token was revoked.")),
)


def shown(overview: Overview) -> Block:
    view = home_view(overview, NOW)
    assert check_view(view) == []
    assert pings({"blocks": view["blocks"]}) == []
    return view


def menus(view: Block) -> list[list[str]]:
    """The labels of every menu."""
    found = [block["accessory"]["options"] for block in view["blocks"] if "accessory" in block]
    return [[option["text"]["text"] for option in options] for options in found]


def test_an_empty_home_says_what_can_be_done() -> None:
    words = json.dumps(shown(EMPTY))
    assert "New digest" in words
    assert "Nothing is followed yet." in words
    assert "ask what is new?" in words


def test_every_digest_watch_and_source_has_a_menu_and_what_is_in_trouble_comes_first() -> None:
    view = shown(FULL)
    assert menus(view) == [
        ["Change…", "Pause", "Remove"],
        ["Change…", "Resume", "Remove"],
        ["Change…", "Mute for 3 days", "What it has learnt", "Remove"],
        ["Change…", "Tell it again", "What it has learnt", "Remove"],
        ["Remove"],
        ["Remove"],
    ]
    words = json.dumps(view)
    assert words.index("Failing Gazette") < words.index("Harbour Wire")
    assert "<#C024>" in words
    assert "archived" in words


def test_a_large_desk_fits_into_the_view() -> None:
    many = replace(FULL, digests=FULL.digests * 40, watches=FULL.watches * 40, sources=FULL.sources * 40)
    many = replace(many, closed=FULL.closed, notices=FULL.notices * 40)
    assert "And 55 more." in json.dumps(shown(many))


@pytest.mark.parametrize(
    ("wish", "asked"),
    [
        (Wish(subject="digest", act="add"), "digest add"),
        (Wish(subject="watch", act="add"), "watch add"),
        (Wish(subject="source", act="add"), "source add"),
        (Wish(subject="ask", act="add"), "ask"),
        (Wish(subject="digest", act="change", number=2), "digest change 2"),
        (Wish(subject="watch", act="change", number=4), "watch change 4"),
    ],
)
def test_what_needs_to_be_said_is_asked_in_a_form(wish: Wish, asked: str) -> None:
    form = answer_wish(wish, FULL)
    assert isinstance(form, Form)
    assert form.command == asked
    assert read_wish(name_wish(wish)) == wish


@pytest.mark.parametrize(
    ("wish", "typed"),
    [
        (Wish(subject="digest", act="pause", number=2), "digest pause 2"),
        (Wish(subject="digest", act="resume", number=3), "digest resume 3"),
        (Wish(subject="watch", act="mute", number=4), "watch mute 4 for 3 days"),
        (Wish(subject="watch", act="learnt", number=4), "watch learnt 4"),
        (Wish(subject="watch", act="remove", number=5), "watch remove 5"),
        (Wish(subject="source", act="remove", number=FAILING.feed.id), "source remove Failing Gazette"),
    ],
)
def test_what_needs_no_more_is_done_as_if_it_were_typed(wish: Wish, typed: str) -> None:
    assert answer_wish(wish, FULL) == typed
    assert read_wish(name_wish(wish)) == wish


def test_a_digest_is_changed_where_it_comes() -> None:
    assert place_of(Wish(subject="digest", act="pause", number=2), FULL) == PLACE
    assert place_of(Wish(subject="source", act="remove", number=1), FULL) is None
    elsewhere: Place | None = place_of(Wish(subject="watch", act="add"), FULL)
    assert elsewhere is None


@pytest.mark.parametrize("subject", ["digest", "watch", "source"])
def test_what_is_gone_meanwhile_is_said_to_be(subject: str) -> None:
    wish = read_wish(f"nd1:home:{subject}:remove:99")
    assert wish is not None
    with pytest.raises(RequestError):
        place_of(wish, FULL)
        answer_wish(wish, FULL)


@pytest.mark.parametrize("name", ["nd1:mute:3", "nd1:home:digest:burn:1", "nd1:home:digest:add:x", "", "nd1:home:::"])
def test_names_of_other_buttons_are_no_wishes(name: str) -> None:
    assert read_wish(name) is None
