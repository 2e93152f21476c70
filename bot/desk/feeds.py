"""Which feed an address means, and who may share it."""

from bot.archive.feeds import PUBLIC, NewFeed
from bot.news.article import Space
from bot.news.source import Kind
from bot.wire.address import address_key, holds_secret


def new_feed(
    address: str, space: Space, *, kind: Kind = "feed", user: str | None = None, password: str | None = None
) -> NewFeed:
    """The feed at the address, for all Spaces; for this one alone where a user, a password or a secret is needed."""
    is_private = bool(user or password) or holds_secret(address)
    return NewFeed(
        scope=space if is_private else PUBLIC,
        key=address_key(address),
        address=address,
        kind=kind,
        user=user,
        password=password,
    )
