"""Small closed lists of English words that carry grammar rather than subject, and what is left without them."""

from bot.news.text import stems, words

STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are aren as at be because been before being below
    between both but by can cannot could couldn d did didn do does doesn doing don done down during each either ever
    few for from further get gets getting give given gives go goes going got had hadn has hasn have haven having he
    her here hers herself him himself his how i if in into is isn it its itself just let ll m may me might more most
    much must my myself neither no nor not now o of off on once one only or other our ours ourselves out over own
    per please re s same shall she should shouldn so some still such t than that the their theirs them themselves
    then there these they this those though through to too under until up upon us ve very via was wasn we were weren
    what whatever when where whether which while who whoever whom whose why will with within without won would
    wouldn yes yet you your yours yourself yourselves""".split()
)
"""Words that are no help in finding anything."""

ASKING_STEMS = frozenset(
    stems(
        """according account accounts answer article articles author authors called claim claims compare
        compared concerning considering coverage covered covering current currently depict depicted
        depiction describe described describes describing detail detailed detailing details discuss
        discussed discusses discussing discussion explain featured featuring following happen happened
        happening happens highlight highlighted highlights indicate indicated indicates information known
        latest mention mentioned mentions name named names newest news piece pieces portray portrayal
        portrayed portrays publication published question react reacted reaction reactions read recent
        recently report reported reporting reports respond responded response responses said say saying says
        source sources state stated states story suggest suggested suggesting suggests tell tells told
        update updates writes wrote"""
    )
)
"""Stems of words that talk about the reporting or ask for it, not about the event."""

RELATING_STEMS = frozenset(
    stems(
        """apply applies applied affect affects affected change changed changes come comes die died many matter matters
        mean means near next people plan plans planned take took thing things today use used want wants way work works
        yesterday"""
    )
)
"""Words of questions that say how things stand to one another, and that no article about them needs to have."""

PRONOUNS = frozenset("he she it they this that these those his her hers its their theirs him them".split())
"""Words at the start of a sentence that point at something said before."""


def subject_stems(text: str) -> list[str]:
    """The stems of the words that carry the subject of the text, in order."""
    return [stem for word, stem in zip(words(text), stems(text), strict=True) if word not in STOP_WORDS]
