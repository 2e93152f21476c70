"""Refusals: why something was not done, for whoever asked for it."""

from handlers.layout.dispatch import plain_layout
from handlers.layout.elements import Layout


def lay_out_refusal(sentence: str) -> Layout:
    """The sentence that says what is wrong and what to do."""
    return plain_layout(sentence)
