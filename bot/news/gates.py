"""Gates: what an article needs so that holding it against a description is worth the while.

Very many descriptions speak of a few fields of the news. How far an article is on each field is worked out once, and
told by terms: those on the field, and those only told of it, which need something else that a description adds.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from bot.news.description import Description, Strand, fields_told, strand_margin
from bot.news.fields import fields, key_of, vocabulary_of, with_parts
from bot.news.rule import Clause
from bot.news.subject import Subject

_TOLD, _ON = "~", "#"


def field_terms(subject: Subject, keys: Iterable[str]) -> Iterator[str]:
    """The terms of those of the fields that the article tells of ("~oil"), and of those that it is on ("#oil")."""
    told = fields_told(subject)
    for key in keys:
        # A field with parts has words of its own besides.
        if fields()[key].parts or key in told:
            margin = strand_margin(_strand_of(key), subject)
            if margin is not None:
                yield _TOLD + key
                if margin >= 0:
                    yield _ON + key


def fields_of(clause: Clause) -> frozenset[str]:
    """The fields whose terms are in the clause."""
    return frozenset(term[1:] for term in clause if term[0] in (_TOLD, _ON))


def gates_of(description: Description) -> tuple[Clause, ...]:
    """Sets of terms, field terms among them, of each of which every article that can meet the description has one."""
    named = description.clauses[: len(description.wanted)]
    if not description.ways:
        return named
    pairs = [
        min((_gates(strand) for strand in way), key=lambda gates: sum(map(len, gates))) for way in description.ways
    ]
    on, told = (frozenset[str]().union(*gates) for gates in zip(*pairs, strict=True))
    return (*named, on, *((told,) if told != on else ()))


def _gates(strand: Strand) -> tuple[Clause, Clause]:
    """What an article needs to be on the strand, and what to tell of it."""
    key = key_of(strand.known)
    if key is None:
        return strand.clause, strand.clause
    further = {min(one.terms): one.tells for one in strand.further}
    telling = (term for term, tells in further.items() if tells)
    return frozenset({_ON + key, *further}), frozenset({_TOLD + key, *telling})


@cache
def _strand_of(key: str) -> Strand:
    """The field by itself."""
    known = vocabulary_of(frozenset({key}))
    return Strand(known=known, further=(), fields=frozenset(with_parts(key)), own=(), could_tell=len(known.telling))
