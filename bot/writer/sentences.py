"""Ranking the sentences of the evidence by how well they answer the question."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import log

from bot.news.evidence import Quote
from bot.news.findings import Findings
from bot.news.lexicon import PRONOUNS, STOP_WORDS
from bot.news.question import Wanted
from bot.news.text import fold, stems, words
from bot.news.wording import coverage, wording_of
from config import defaults, weights

_DATE = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug"
    r"|sept?|oct|nov|dec|(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow|tonight)\b"
    r"|\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d|\b\d{1,2} ?[ap]\.?m\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|trillion"
    r"|half|third|quarter|percent|twice|double)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.?!“\"] )(?<!^)\b[A-Z][\w’'-]+")
_SAID = re.compile(r"[\"“]|\b(?:said|says|told|wrote|warned|added|called|argued|announced|insisted|tweeted|posted)\b")
_REASON = re.compile(
    r"\b(?:because|due to|since|after|over|amid|as a result|so that|caused?|in order|reasons?|following|prompted"
    r"|led to)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|\bwww\.|\S@\S+\.\w|@(?:everyone|here|channel)\b|<[!@#]", re.IGNORECASE)
_TO_THE_DESK = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules|guidelines)\b"
    r"|\b(?:ai|language) (?:assistants?|models?)\b.{0,60}\b(?:must|should|shall|please|reading|processing|you)\b"
    r"|\b(?:tell|inform|assure) (?:your|the) (?:readers?|users?)\b|\b(?:system|developer) (?:prompt|message)\b"
    r"|\byou are (?:now )?(?:an? )?(?:ai|assistant|chatbot|language model)\b",
    re.IGNORECASE,
)
_ENDS = tuple(".!?…\"”’')]。！？」』")


def rank_sentences(found: Findings) -> list[Quote]:
    """The sentences of the best passages as quotes, best first; headings and scraps are left out."""
    quotes: dict[tuple[int, int], Quote] = {}
    for quote, signs in weigh_sentences(found):
        scored = replace(quote, score=sum(weight * sign for weight, sign in zip(weights.SENTENCE, signs, strict=True)))
        key = (quote.article.id, quote.start)
        quotes[key] = max(quotes.get(key, scored), scored, key=lambda quote: quote.score)
    return sorted(quotes.values(), key=lambda quote: (-quote.score, quote.article.name, quote.start))


def weigh_sentences(found: Findings) -> Iterator[tuple[Quote, tuple[float, ...]]]:
    """Every sentence of the best passages, unscored, with its signs in the order of config.weights.SENTENCE."""
    question = found.question
    wanted = {stem: found.rarity[stem] for stem in question.stems}
    pairs = frozenset(pairwise(question.stems))
    nearest = max((max(scores, default=0.0) for scores in found.closeness.values()), default=0.0)
    asked = frozenset(words(question.text))
    for one in found.evidence[: defaults.PASSAGES_QUOTED]:
        wording = wording_of(one.text, one.article.language)
        headline = frozenset(stems(one.article.title))
        near = found.closeness.get(one.passage.id, ())
        for position, (start, end) in enumerate(wording.spans):
            text = one.text[start:end]
            if not is_sentence(text):
                continue
            held = wording.sentences[position]
            covered = coverage(wanted, frozenset(held))
            meaning = float(near[position]) if position < len(near) else 0.0
            yield (
                Quote(article=one.article, start=one.passage.start + start, end=one.passage.start + end, score=0.0),
                (
                    covered,
                    covered * covered,
                    meaning,
                    meaning - nearest,
                    one.score - found.evidence[0].score,
                    float(is_of_kind(question.wanted, text, asked)),
                    float(len(pairs & frozenset(pairwise(held)))),
                    coverage(wanted, frozenset(held) | headline),
                    float(starts_with_pronoun(text)),
                    log(len(held) + 1),
                    coverage(wanted, wording.stems),
                    float(text.rstrip("\"”’'").endswith("?")),
                ),
            )


def is_sentence(text: str) -> bool:
    """Whether the text is fit to show, and a whole sentence rather than a heading, a label or a scrap."""
    if not is_fit_to_show(text):
        return False
    long_enough = len(text) >= (defaults.SENTENCE_CHARACTERS if text.isascii() else defaults.SENTENCE_CHARACTERS // 3)
    return long_enough and text.endswith(_ENDS)


def is_fit_to_show(text: str) -> bool:
    """Whether the text may be shown at all; what has no full stops for very long is no sentence of news.

    Neither is what carries an address, calls a whole channel or speaks to whoever sums it up.
    """
    return not (len(text) > defaults.SENTENCE_LONGEST or _ADDRESS.search(text) or _TO_THE_DESK.search(text))


def starts_with_pronoun(text: str) -> bool:
    """Whether the sentence begins by pointing at something said before it."""
    first = re.match(r"[\"“‘']?(\w+)", text)
    return first is not None and fold(first.group(1)) in PRONOUNS


def is_of_kind(wanted: Wanted, text: str, asked: frozenset[str]) -> bool:
    """Whether the sentence holds the kind of thing that is asked for; asked are the words of the question.

    Every sentence is of the kind when none is asked for.
    """
    match wanted:
        case Wanted.WHEN:
            return bool(_DATE.search(text))
        case Wanted.AMOUNT:
            return bool(_NUMBER.search(text))
        case Wanted.WHO | Wanted.WHERE:
            return any(not asked.issuperset(words(name.group())) for name in _NAME.finditer(text))
        case Wanted.SAID:
            return bool(_SAID.search(text)) and not (asked - STOP_WORDS).isdisjoint(words(text))
        case Wanted.WHY:
            return bool(_REASON.search(text))
        case _:
            return True
