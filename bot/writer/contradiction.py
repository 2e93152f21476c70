"""Whether a sentence that readers were shown still holds, now that its story has changed."""

from bot.news.development import Development
from bot.news.evidence import Quote
from bot.news.turns import turns_in
from bot.writer.conflicts import is_rounding
from bot.writer.figures import may_match, same_value
from bot.writer.measures import ALL_AMOUNTS
from bot.writer.sightings import Sighting, sightings_in


def contradicts(change: Development, said: Quote, shown: Quote) -> bool:
    """Whether the change, told in the sentence `said`, replaces what the sentence `shown` told.

    It does where that gave another value for the same thing, or called the state that has given way. The same again in
    other words, and what is only added, contradicts nothing.
    """
    if change.was is None or shown.article.dated > said.article.dated:
        return False
    if any(turn.kind == "status" and turn.name == change.was for turn in turns_in(shown.text)):
        return True
    now, before = sightings_in(ALL_AMOUNTS, said), sightings_in(ALL_AMOUNTS, shown)
    for new in now:
        alike = [old for old in before if _is_of_same(new, old)]
        if alike and not any(
            same_value(new.amount, old.amount) or is_rounding(new.amount, old.amount) for old in alike
        ):
            return True
    return False


def _is_of_same(one: Sighting, other: Sighting) -> bool:
    """Whether two amounts are given for one thing, perhaps named in fewer words by one of them."""
    if one.measure != other.measure or one.amount.unit != other.amount.unit or not may_match(one, other):
        return False
    return one.things <= other.things or other.things <= one.things
