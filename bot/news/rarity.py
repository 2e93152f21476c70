"""How much a word tells: rare words weigh more than common ones."""

from collections.abc import Iterable, Mapping
from math import log

from bot.news.text import stems
from config import defaults

COMMON_STEMS = frozenset(
    stems(
        """add agree allow already also another ask available back bad become begin believe best better big bring
        business call case change come company continue country create current day decide different early end enough
        even event expect fact far feel find first five follow force form four full future general good great group
        grow hand happen head help high hold home hour however important include increase issue job keep kind large
        last late later lead leave less let level life likely line little live long look lose low main make man many
        matter mean meet member million minute month move national need never new news next night nothing number offer
        office official often old open order part pay people percent person place plan play point possible power
        president price problem produce program provide public put question raise reach read really reason recent
        remain report require result return right role rule run said say second see seem sell send serve set several
        show side sign since small social something sometimes soon special stand start state stay stop story street
        strong suppose support sure system take talk tell term thing think third thousand three time today together
        told top total toward try turn two type understand use used usually view want war way week well whole win woman
        word work world write year yesterday young"""
    )
)


def weigh(wanted: Iterable[str], passages_with: Mapping[str, int], passages: int) -> dict[str, float]:
    """The weight of each stem, from how many of the passages hold it.

    A small archive says little about how common a word is, so every archive counts as if it held
    defaults.PRIOR_PASSAGES more, in which everyday words are common and others rare.
    """
    size = passages + defaults.PRIOR_PASSAGES
    weights = {}
    for stem in wanted:
        prior = defaults.PRIOR_COMMON if stem in COMMON_STEMS else defaults.PRIOR_RARE
        count = passages_with.get(stem, 0) + prior * defaults.PRIOR_PASSAGES
        weights[stem] = log(1 + (size - count + 0.5) / (count + 0.5))
    return weights
