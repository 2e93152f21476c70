"""Words that were typed, as they are shown again to whoever typed them."""

from bot.news.text import clip
from config import defaults


def again(typed: str) -> str:
    """The words on one line between backquotes, cut where they are many."""
    begin = typed[: 2 * defaults.TYPED_CHARACTERS_SHOWN].replace("`", "'")
    return f"`{clip(''.join(c if c.isprintable() else ' ' for c in begin), defaults.TYPED_CHARACTERS_SHOWN)}`"
