"""How the two kinds of platforms behave, as far as deliveries have to do with it."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """One kind of platform.

    `remembers` is for how many seconds a marker is known in a channel: posting it again gives the first message.
    `shown_after` seconds a message appears in the history. `blind_is_empty`: without the right to read, the history is
    empty and no fault says so. `whole_token`: one token serves all Spaces, so that only the desk keeps them apart.
    `long` is after how many characters a message goes on in another one, so that some have parts.
    """

    name: str
    remembers: float
    shown_after: float
    blind_is_empty: bool
    whole_token: bool
    channel_seconds: float = 1.0
    posts_a_second: float = 50.0
    page: int = 20
    characters: int = 2_000
    long: int = 400


SLACK_LIKE = Rules(name="slack", remembers=0.0, shown_after=4.0, blind_is_empty=False, whole_token=False)
DISCORD_LIKE = Rules(name="discord", remembers=180.0, shown_after=0.0, blind_is_empty=True, whole_token=True)
FORGETFUL = replace(DISCORD_LIKE, remembers=0.0)
"""Discord-like, as where no marker is known again: only the history tells."""

KINDS = {"slack": SLACK_LIKE, "discord": DISCORD_LIKE, "forgetful": FORGETFUL}
