"""Filing drafts: what is new, what changed, what repeats what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from bot.archive.kept import Kept
from bot.archive.repeats import Look, fold_words, likeness, look_at
from bot.archive.saving import save_shelf
from bot.archive.schema import short_key
from bot.archive.shelf import Shelf
from bot.news.article import ArticleId, Draft, Space
from bot.news.briefing import Repeat
from config import defaults

_NOT_KEEPABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Filed:
    """What became of a draft, and the articles that it repeats, oldest first.

    "repeated": kept as a copy of another article, or, where it brought nothing new at all, as a further name of it.
    """

    name: str
    article: ArticleId
    outcome: Literal["added", "changed", "unchanged", "repeated"]
    repeats: tuple[Repeat, ...] = ()


def file_drafts(db: sa.Connection, space: Space, drafts: Sequence[Draft], now: datetime) -> list[Filed]:
    """What became of each draft, in their order.

    A known identity with another text or headline gives a new version; the old one stays for proof. A date or author
    alone does not: many feeds rewrite theirs with every reading. An alias is believed only of an article that is like
    the draft: many feeds give one id to one article after another. A new identity whose text repeats kept articles is
    filed as a copy of the oldest of them; all pairs that are alike are told, up to a limit for each draft.
    """
    shelf = Shelf(db, space)
    drafts = [_make_keepable(draft) for draft in drafts]
    shelf.load_named(short_key(name) for draft in drafts for name in (draft.identity, *draft.aliases))
    looks = {index: _look_at(drafts[index]) for index in _find_moved(shelf, drafts)}
    shelf.load_alike(list(looks.values()))
    filed = [_file(shelf, draft, looks.get(index), now) for index, draft in enumerate(drafts)]
    save_shelf(db, shelf, now)
    return filed


def _look_at(draft: Draft) -> Look:
    return look_at(draft.title, draft.text, draft.published)


def _find_moved(shelf: Shelf, drafts: Sequence[Draft]) -> list[int]:
    """The drafts that need a closer look: all but those whose articles stay as they are."""
    known = [_recognise(shelf, draft) for draft in drafts]
    moved = {
        found[0].id for found, draft in zip(known, drafts, strict=True) if found and not _says_the_same(found[0], draft)
    }
    return [index for index, found in enumerate(known) if not found or found[0].id in moved]


def _file(shelf: Shelf, draft: Draft, look: Look | None, now: datetime) -> Filed:
    found = _recognise(shelf, draft)
    if found and _says_the_same(found[0], draft):
        _name(shelf, found[0], draft)
        return Filed(name=draft.name, article=found[0].id, outcome="unchanged")
    if look is None:  # an earlier draft of this filing took the alias that this one was recognised by
        look = _look_at(draft)
        shelf.load_alike([look])
    if found and found[1]:
        _name(shelf, found[0], draft)
        return _revise(shelf, found[0], draft, look)
    repeated = _find_repeated(shelf, look)
    repeats = _tell(shelf, draft, repeated)
    same = next((kept for kept, _likeness in repeated if _brings_nothing_new(kept, draft)), None)
    if same:
        shelf.name(same, draft, short_key(draft.identity), own=False)
        return Filed(name=draft.name, article=same.id, outcome="repeated", repeats=repeats)
    kept = shelf.add(draft, short_key(draft.identity), look, now)
    _name(shelf, kept, draft)
    _join(shelf, kept, repeated)
    return Filed(name=draft.name, article=kept.id, outcome="repeated" if repeated else "added", repeats=repeats)


def _recognise(shelf: Shelf, draft: Draft) -> tuple[Kept, bool] | None:
    """The article that the draft is, and whether by an identity of the article's own; None for one not seen before."""
    found = shelf.known(short_key(draft.identity))
    if found is None:
        by_alias = (shelf.known(short_key(alias)) for alias in draft.aliases)
        found = next((one for one in by_alias if one and _is_like(one[0], draft)), None)
    return found


def _name(shelf: Shelf, kept: Kept, draft: Draft) -> None:
    """Note what else the article is known by from now on."""
    for key in map(short_key, (draft.identity, *draft.aliases)):
        known = shelf.known(key)
        if known is None or known[0] is not kept:
            shelf.name(kept, draft, key, own=True)


def _is_like(kept: Kept, draft: Draft) -> bool:
    """Do they share half of their headlines' words, or half of their texts' runs?"""
    one, other = set(fold_words(kept.title)), set(fold_words(draft.title))
    return (
        len(one & other) >= defaults.SAME_ENTRY_SHARE * max(len(one), len(other), 1)
        or likeness(kept.look.runs, _look_at(draft).runs) >= defaults.SAME_ENTRY_SHARE
    )


def _revise(shelf: Shelf, kept: Kept, draft: Draft, look: Look) -> Filed:
    before = kept.look
    repeated = [(other, share) for other, share in _find_repeated(shelf, look) if other is not kept]
    repeats = _tell(shelf, draft, repeated)
    shelf.revise(kept, draft, look)
    if repeated:
        _join(shelf, kept, repeated)
    elif kept.copy_of is not None and likeness(before.runs, look.runs) < defaults.REPEAT_LIKENESS:
        shelf.make_copy(kept, kept)
    return Filed(name=draft.name, article=kept.id, outcome="changed", repeats=repeats)


def _find_repeated(shelf: Shelf, look: Look) -> list[tuple[Kept, float]]:
    """The articles that a text repeats and how much, oldest first."""
    found = {kept.id: (kept, 1.0) for kept in shelf.equals(look)}
    for candidate in shelf.candidates(look):
        if candidate.id not in found:
            share = likeness(candidate.look.runs, look.runs)
            if share >= defaults.REPEAT_LIKENESS:
                found |= {kept.id: (kept, share) for kept in shelf.equals(candidate.look)}
    return [found[article] for article in sorted(found)]


def _join(shelf: Shelf, kept: Kept, repeated: Sequence[tuple[Kept, float]]) -> None:
    """Bring the article and all that it repeats into one group, under whichever comes first of them by rank."""
    roots = {root.id: root for root in (shelf.root(other) for other, _share in repeated)}
    if kept.copy_of is None:
        roots[kept.id] = kept
    first = min((*roots.values(), kept), key=lambda one: one.rank)
    for root in roots.values():
        if root is not first:
            for copy in shelf.copies(root):
                shelf.make_copy(copy, first)
        shelf.make_copy(root, first)
    shelf.make_copy(kept, first)


def _tell(shelf: Shelf, draft: Draft, repeated: Sequence[tuple[Kept, float]]) -> tuple[Repeat, ...]:
    repeats = [
        Repeat(article=draft.name, of=name, likeness=share) for kept, share in repeated for name in shelf.names(kept)
    ]
    return tuple(repeats[: defaults.REPEATS_LISTED])


def _says_the_same(kept: Kept, draft: Draft) -> bool:
    return kept.text == draft.text and kept.title == draft.title


def _brings_nothing_new(kept: Kept, draft: Draft) -> bool:
    """Is it the very same article: equal, with no address, publisher, author or date of its own?"""
    return (
        _says_the_same(kept, draft)
        and draft.url in (None, kept.url)
        and draft.publisher in (None, kept.publisher)
        and draft.author in (None, kept.author)
        and draft.published in (None, kept.published)
    )


def _make_keepable(draft: Draft) -> Draft:
    """The draft without the characters that no database keeps (NUL, halves of pairs); offsets stay right."""
    return replace(
        draft,
        name=_clean(draft.name),
        identity=_clean(draft.identity),
        title=_clean(draft.title),
        text=_clean(draft.text),
        url=_clean(draft.url) if draft.url else None,
        publisher=_clean(draft.publisher) if draft.publisher else None,
        author=_clean(draft.author) if draft.author else None,
    )


def _clean(text: str) -> str:
    return _NOT_KEEPABLE.sub("\ufffd", text)
