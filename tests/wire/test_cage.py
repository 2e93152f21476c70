"""The process that parses hostile formats: its limits, and that it is replaced when it dies."""

import pytest

from bot.errors import RefusedInput
from bot.wire.cage import Cage
from config import defaults
from tests.wire.take import PAGE


def test_a_page_that_uses_up_its_time_is_refused_and_the_next_one_read() -> None:
    with Cage(wall_seconds=0.001) as cage, pytest.raises(RefusedInput, match=r"a\.html: too complex to read safely"):
        cage.read_page(PAGE.encode(), "a.html")
    with Cage() as cage:
        assert cage.read_page(PAGE.encode(), "b.html").title == "Harbour opens early"


def test_the_process_is_replaced_after_it_died() -> None:
    # Entities of this depth make the libraries raise, which ends the process: nothing in it is caught and kept.
    with Cage(wall_seconds=20) as cage:
        bomb = f"{'<p>' * 4}{'<b>' * 2_000_000}".encode()
        try:
            cage.to_plain(bomb.decode(), "a.html")
        except RefusedInput as refused:
            assert "too complex" in refused.reason
        assert cage.to_plain("<p>One</p><p>Two</p>", "b.html") == "One\nTwo"


def test_what_is_larger_than_a_page_may_be_never_reaches_the_process() -> None:
    with Cage() as cage, pytest.raises(RefusedInput, match="larger than 10 MB"):
        cage.read_page(bytes(defaults.PAGE_BYTES + 1), "a.html")


def test_closing_twice_or_unused_does_no_harm() -> None:
    cage = Cage()
    cage.close()
    cage.to_plain("<p>x</p>", "a")
    cage.close()
    cage.close()
