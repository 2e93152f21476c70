"""What the pieces of a topic say together: a rule."""

from collections.abc import Sequence

from bot.errors import RequestError
from bot.news.rule import AllOf, NoneOf, OneOf, Rule, without
from bot.news.topic_words import Item
from bot.news.typed import again

_DEEPEST = 10


def read_rule(text: str, items: Sequence[Item]) -> Rule:
    """The rule of these pieces of the topic; RequestError (C03) where an operator or bracket stands alone."""
    return _Reader(text, items).rule()


class _Reader:
    """The items of a topic being read as a rule: NOT before AND before OR, and side by side is AND."""

    def __init__(self, text: str, items: Sequence[Item]) -> None:
        self.text = text
        self.items = _meaningful(items)
        self.at = 0
        self.depth = 0

    def rule(self) -> Rule:
        rule = self._one_of()
        if self.at < len(self.items):
            raise _unreadable("There is a closing bracket without an opening one")
        return rule

    def _one_of(self) -> Rule:
        parts = [self._all_of()]
        while self._next() == "or":
            self.at += 1
            parts.append(self._all_of())
        return parts[0] if len(parts) == 1 else OneOf(tuple(dict.fromkeys(parts)))

    def _all_of(self) -> Rule:
        parts = [self._part()]
        while self._next() not in ("or", ")", None):
            if self._next() == "and":
                self.at += 1
            parts.append(self._part())
        parts = list(
            dict.fromkeys(part for whole in parts for part in (whole.parts if isinstance(whole, AllOf) else (whole,)))
        )
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _part(self) -> Rule:
        kind = self._next()
        if kind in ("and", "or", ")", None):
            raise _unreadable(f"Something is missing {self._place()}")
        item = self.items[self.at]
        self.at += 1
        if item.leaf:
            return item.leaf
        if kind == "not":
            part = self._part()
            return part.part if isinstance(part, NoneOf) else without(part)
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _unreadable(f"Brackets can stand {_DEEPEST} deep in each other")
        inside = self._one_of()
        if self._next() != ")":
            raise _unreadable("There is an opening bracket without a closing one")
        self.at += 1
        self.depth -= 1
        return inside

    def _next(self) -> str | None:
        return self.items[self.at].kind if self.at < len(self.items) else None

    def _place(self) -> str:
        """Where the reader is, in words."""
        side, item = ("before", self.items[self.at]) if self._next() else ("behind", self.items[-1])
        return f"{side} {again(self.text[item.start : item.end])}"


def _unreadable(sentence: str) -> RequestError:
    return RequestError(f"{sentence}. Write for example (tariffs OR duties) Japan -cars.", "C03")


def _meaningful(items: Sequence[Item]) -> list[Item]:
    """The items without fillers, and without a small "and" or "or" that joins nothing."""
    kept: list[Item] = []
    for item in items:
        joins = item.is_small and item.kind != "not"
        if item.kind == "filler" or (joins and (not kept or kept[-1].kind in ("and", "or", "not", "("))):
            continue
        if kept and kept[-1].is_small and kept[-1].kind != "not" and item.kind in ("and", "or", ")"):
            kept.pop()
        kept.append(item)
    while kept and kept[-1].is_small:
        kept.pop()
    return kept
