"""Buttons are known by their names, and everything else is answered in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import RequestError
from bot.news.button import Button, name_button, read_button


@pytest.mark.parametrize(
    "button",
    [Button(act="mute", numbers=(17,)), Button(act="unmute", numbers=(0,)), Button(act="mute", numbers=(10**15,))],
)
def test_a_button_is_read_from_its_name(button: Button) -> None:
    assert read_button(name_button(button)) == button
    assert len(name_button(button)) <= 100  # what Discord takes


@pytest.mark.parametrize(
    "name", ["", "nd1", "nd1:", "nd0:mute:17", "nd1:mute", "nd1:mute:1:2", "nd1:mute:-1", "nd1:mute:١", "nd1:erase:1"]
)
def test_a_button_of_an_earlier_release_is_out_of_date(name: str) -> None:
    with pytest.raises(RequestError, match="This button is out of date") as refused:
        read_button(name)
    assert refused.value.code == "C06"


@given(st.text() | st.from_regex(r"nd1:(mute|unmute)(:\d{0,40}){0,4}", fullmatch=True))
def test_whatever_is_pressed_is_a_button_or_out_of_date(name: str) -> None:
    try:
        button = read_button(name)
    except RequestError as refused:
        assert refused.code == "C06"
    else:
        assert read_button(name_button(button)) == button
