"""One amount in one sentence: what it measures, of what, with which status, and whether the question asked for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.news.amounts import Amount, amounts_in
from bot.news.evidence import Quote
from bot.news.lexicon import STOP_WORDS
from bot.news.names import Name, names_in, same_name
from bot.news.text import stems
from bot.writer.clauses import PAUSED, Span, clauses_of, segments_of, status_of, without_asides
from bot.writer.measures import Asked, family_of, is_broad, measure_of, measures_in, stem_of, thing_stem
from bot.writer.phrases import PHRASE_WORDS, RULES, Phrase, periods_of, phrase_of

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
CHANGED = re.compile(
    r"\b(?:rais(?:ed|es|ing)|cut|cuts|cutting|lower(?:ed|s|ing)|increas(?:ed|es|ing)|reduc(?:ed|es|ing)"
    r"|revis(?:ed|es|ing)|updat(?:ed|es)"
    r"|correct(?:ed|s|ion)|now|new|no longer|instead|up from|down from|doubl(?:ed|es)|halv(?:ed|es)|moved"
    r"|postponed|rescheduled"
    r"|brought forward|pushed back|climbed to|rose to|risen to|fell to|climbs to|rises to|falls to|grew to)\b",
    re.I,
)
"""Words that tell of a change in a value."""

_WAS = re.compile(
    r"\b(?:from|previously|correcting|instead of|rather than|not|compared with|compared to|against|versus"
    r"|earlier)\s+(?:\w+\s+){0,2}$",
    re.I,
)
_ACTS = re.compile(
    r"\W*(?:has |had |have |will |would |also )*(?:impos(?:es|ed)|retaliat\w+|slap\w*|responded|hit back"
    r"|announc(?:es|ed)|put|puts|plac(?:es|ed)"
    r"|charg(?:es|ed)|lev(?:ies|ied)|rais(?:es|ed))\b",
    re.I,
)
_WEAK_MODIFIER = re.compile(
    r"['’]?s?\s+(?:trad(?:e|ing) partners|partners|allies|officials|customs|trade representative)",
    re.I,
)
_MOVED = re.compile(
    r"\b(?:rose|fell|slid|jumped|dropped|gained|lost|climbed|tumbled|surged|plunged|down|up|lower|higher)\b",
    re.I,
)
_BEARING = re.compile(
    r"['’]s?\b|\s*\(|\s+(?:at|faces?|faced|facing|will|would|is|are|was|were|and|goods|imports|exports|products"
    r"|pays?|[$€£]?\d)"
)
_FAMILIAR_PLACE = 2  # letters: the keys of countries
_OF_PEOPLE = frozenset({"deaths", "injuries", "missing", "arrests"})
_FACTS = frozenset(
    {"poll", "share", "score", "market", "deaths", "injuries", "missing", "arrests", "age", "population"}
)
_BY = re.compile(
    r"(?:\b(?:up|down|rose|fell|by|risen|fallen|climbed|dropped|jumped|slid|gained|grew|shrank"
    r"|higher|lower|surged|plunged"
    r"|increase of|rise of|gain of|fall of|drop of|decline of|rises?|falls?|increased|decreased|declined|eased)"
    r"(?: (?:about|around|nearly|almost|roughly|more than|as much as|another|a further|by|some|at least|just"
    r"|only|an extra))*|\bby(?: [a-z]+){1,3}|[+])\s*$",
    re.I,
)
_CHARGED = re.compile(
    r"\b(?:fac(?:e|es|ed|ing)|pa(?:y|ys|id|ying)|charged|charges?|hit with|subject to|impos(?:e|es|ed|ing))"
    r" (?:an? |the )?(?:\w+ )?$",
    re.I,
)
_WITH_RATES = frozenset({"tax", "interest", "inflation", "growth", "unemployment", "debt"})
_DUTIES = re.compile(
    r"\b(?:tariff|dut(?:y|ies)|lev(?:y|ies)|base rate|baseline rate|country rate|reciprocal rate)", re.I
)
_AROUND = 400  # characters: two or three sentences
_JOINED = re.compile(r"(?:\b(?:and|or|plus)|[,;])\s+\Z")
_FOR_NAME = re.compile(r"\s+(?:for|on)\s+(?:(?:all|most|goods from|imports from|the)\s+)?")
_SPARED = re.compile(r"\b(?:exempt(?:s|ed|ions?)?|spared|excluded|waived|waiver)\b", re.I)
_EFFECT = re.compile(
    r"\b(?:add(?:s|ed)?|costs?|impl(?:y|ies|ied)|shav(?:e|es|ed)|lost?|loses?) (?!up to)(?:\w+ ){0,2}$", re.I
)
_AIMED = re.compile(r"\b(?:targets?|goals?|ceiling|threshold)\b", re.I)
_HEAD_WORD = re.compile(
    r"\s+(?!(?:first|today|tomorrow|yesterday|instead|apiece|overall|already|starting|effective|last|next)\b)"
    r"([a-z][a-z-]+)\b"
)
_BESIDE = re.compile(
    r"\b(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|tax(?:es)?|fines?|penalt(?:y|ies)|fined)\s+(?:\w+ ){0,3}$",
    re.I,
)
_HEAD_WORDS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighting:
    """One amount in one quote.

    `of` is what it is of, in the sentence's words; `things` the stems that tell that thing from others, `measure`
    what is measured, `periods` the months and years named. `replaces` says that its words tell of a change, `was` is
    the value it came from. `closeness` counts the question's own words beside it; `complete` says that the sentence has
    them all, and the names.
    """

    quote: Quote
    amount: Amount
    of: str
    measure: str
    things: frozenset[str]
    places: frozenset[str]
    periods: frozenset[str]
    status: str | None
    replaces: bool
    was: Amount | None
    closeness: int
    complete: bool


def sightings_in(asked: Asked, quote: Quote) -> list[Sighting]:
    """The amounts of the sentence that answer what was asked, in order."""
    amounts = amounts_in(quote.text)
    if not any(family_of(a.unit) in asked.families for a in amounts):
        return []
    reading = _Reading(asked, quote, amounts)
    return reading.sightings() if reading.is_about_it() else []


class _Reading:
    """One sentence being read for what was asked."""

    def __init__(self, asked: Asked, quote: Quote, amounts: Sequence[Amount]) -> None:
        self.asked, self.quote, self.amounts = asked, quote, amounts
        alike = [a for a in amounts if family_of(a.unit) in asked.families]
        self.sentence = without_asides(quote.text, alike)
        self.names = _as_asked(names_in(quote.text), quote.text, asked)
        self.clauses = clauses_of(self.sentence)
        self.measured = measures_in(self.sentence)
        self.stems = _stems_at(self.sentence)

    def is_about_it(self) -> bool:
        """Whether the sentence, with its headline and the words before it, is about what was asked."""
        if self.asked.names:
            here = [n.key for n in self.names]
            found = sum(any(same_name(key, other) for other in here) for key in self.asked.names)
            if found * 2 < len(self.asked.names) or not found:
                here += [n.key for n in names_in(self._around())]
                found = sum(any(same_name(key, other) for other in here) for key in self.asked.names)
            if found * 2 < len(self.asked.names) or self._is_of_another_place():
                return False
        own = {stem for _, stem in self.stems}
        missing = self.asked.about - own
        if missing:
            missing -= {thing_stem(stem) for stem in stems(self._around())}
        held = len(self.asked.about) - len(missing)
        return held * 2 >= len(self.asked.about) and (
            bool(self.asked.about & own) or bool(self.asked.measures | set(self.asked.names))
        )

    def _is_of_another_place(self) -> bool:
        """Whether the sentence names no place and the last place named before it is not one that was asked for."""
        asked = [key for key in self.asked.names if len(key) == _FAMILIAR_PLACE]
        if not asked or _is_place(self.names):
            return False
        before = self.quote.article.text[max(0, self.quote.start - _AROUND) : self.quote.start]
        places = [name for name in names_in(before) if _is_place([name])]
        return bool(places) and not _any_of(places[-1:], frozenset(asked))

    def sightings(self) -> list[Sighting]:
        """Those of its amounts that answer."""
        found: list[Sighting] = []
        inherited = ""
        for clause in self.clauses:
            inside = [a for a in self.amounts if clause.start <= a.start < clause.end]
            kinds = {family_of(a.unit) for a in inside}
            for kind in sorted(kinds & (self.asked.families | {"duration"})):
                alike = [a for a in inside if family_of(a.unit) == kind]
                for amount, segment in zip(alike, segments_of(self.sentence, clause, alike), strict=True):
                    measure = self._measure(clause, segment, amount) or (inherited if not self._moves(clause) else "")
                    sighting = self._sighting(clause, segment, amount, measure)
                    if sighting:
                        found.append(self._with_origin(sighting, alike))
            measures = [self._resolved(m.measure) for m in self.measured if clause.start <= m.start < clause.end]
            inherited = next((m for m in measures if m in self.asked.measures), inherited if not measures else "")
        origins = {s.was.start for s in found if s.was}
        return [s for s in found if s.amount.start not in origins]

    def _sighting(self, clause: Span, segment: Span, amount: Amount, measure: str) -> Sighting | None:
        family = family_of(amount.unit)
        status = status_of(self.sentence, clause, segment, rule=measure in RULES)
        if measure in _FACTS or (family == "duration" and "duration" in self.asked.families):
            status = None
        if family not in self.asked.families:
            return self._pause(clause, amount, measure) if family == "duration" and status == PAUSED else None
        if self.asked.measures and measure not in self.asked.measures:
            return None
        if self.asked.counted and family == "count" and amount.unit != self.asked.counted:
            return None
        if not self._belongs(clause, segment, amount, measure):
            return None
        phrase = phrase_of(self.sentence, clause, segment, amount, measure)
        if self._is_anothers(clause, segment, amount, phrase):
            return None
        told = self._told(amount, measure)
        moved = _MOVED.search(self.sentence, max(clause.start, amount.start - 40), amount.start)
        by = f", {moved.group()}" if moved and told.endswith("change") else ""
        return self._made(amount, phrase.text + by, told, status, (clause, segment))

    def _belongs(self, clause: Span, segment: Span, amount: Amount, measure: str) -> bool:
        """Whether the amount can be one of what was asked for, from the words on both sides of it.

        "2% goal" and "0.7% increase" are no tariffs, and a sum of money is one only right beside the word. What
        somebody is exempt from does not apply.
        """
        if _AIMED.search(self.sentence, segment.start, segment.end) and not self.asked.about & {"target", "goal"}:
            return False
        if not measure or measure not in RULES or measure not in self.asked.measures:
            return True
        if _SPARED.search(self.sentence, clause.start, clause.end) and "exempt" not in self.asked.about:
            return False
        after = [m for m in self.measured if amount.end <= m.start < segment.end]
        if any(_is_head(self.sentence[amount.end : m.start]) for m in after):
            return True
        if _EFFECT.search(self.sentence[clause.start : amount.start]):
            return False
        head = _HEAD_WORD.match(self.sentence, amount.end, segment.end)
        if head and head.group(1) not in STOP_WORDS and not head.group(1).endswith(("ed", "ly")):
            return False
        beside = _BESIDE.search(self.sentence[clause.start : amount.start])
        return family_of(amount.unit) != "money" or measure == "pay" or beside is not None

    def _pause(self, clause: Span, amount: Amount, measure: str) -> Sighting | None:
        """How long what was asked about is on hold: "the tariffs were paused for 90 days"."""
        if measure not in self.asked.measures:
            return None
        text = re.sub(r"\s+for\s*$", "", self.sentence[clause.start : amount.start].strip(" ,"))
        text = re.sub(r"^(?:[^\s\d]{0,2}\d\S*\s+)", "", text)
        text = re.sub(r"^(?:while|although|though|after|but|and|the|a)\s+(?:the\s+)?", "", text, flags=re.I)
        if len(text.split()) > PHRASE_WORDS or not any(measure_of(stem) == measure for stem in stems(text)):
            return None
        return self._made(amount, text, self._told(amount, measure), None, (clause, clause))

    def _made(self, amount: Amount, of: str, measure: str, status: str | None, spans: tuple[Span, Span]) -> Sighting:
        clause, segment = spans
        words = self.sentence[clause.start : clause.end]
        alone = segment.start == amount.start and not _JOINED.search(self.sentence, 0, segment.start)
        beside = clause if alone else segment
        inside = {stem for at, stem in self.stems if beside.start <= at < beside.end}
        if amount.unit == "number" and measure in _OF_PEOPLE:
            amount = replace(amount, unit="count:people")
        timed = family_of(amount.unit) == "time"
        own = {stem for _, stem in self.stems}
        places = [n for n in names_in(of) if _is_place([n])]
        return Sighting(
            quote=self.quote,
            amount=amount,
            of=of or measure,
            measure=measure,
            things=self.asked.about & own if timed else self._things(of, places, measure.partition(" ")[0]),
            places=self._others(places),
            periods=periods_of(self.sentence, clause, segment),
            status=status,
            replaces=bool(CHANGED.search(words)),
            complete=self.asked.about <= own
            and all(any(same_name(key, n.key) for n in self.names) for key in self.asked.names),
            was=None,
            closeness=len(self.asked.about & inside),
        )

    def _told(self, amount: Amount, measure: str) -> str:
        """The measure, marked where the amount is how long it lasts or by how much it moved rather than where it is."""
        if family_of(amount.unit) == "duration":
            return f"{measure} time"
        moved = _BY.search(self.sentence[max(0, amount.start - 40) : amount.start])
        return f"{measure} change" if moved and measure not in _FACTS else measure

    def _with_origin(self, sighting: Sighting, alike: Sequence[Amount]) -> Sighting:
        """The sighting with the value it replaced: "raised from 10% to 25%", "25%, up from 10%"."""
        for other in alike:
            lead = self.sentence[max(0, other.start - 40) : other.start]
            if other is not sighting.amount and other.unit == sighting.amount.unit and _WAS.search(lead):
                return replace(sighting, was=other, replaces=True)
        return sighting

    def _measure(self, clause: Span, segment: Span, amount: Amount) -> str:
        """What the amount measures: the noun after it, else the nearest before it, else the next in its clause."""
        inside = [m for m in self.measured if clause.start <= m.start < clause.end]
        counted = [m for m in inside if amount.start <= m.start < amount.end]
        after = self.sentence[amount.end : segment.end]
        if amount.unit == "%" and re.match(r"\s+of\s", after):
            return self._resolved("poll" if any(m.measure == "poll" for m in inside) else "share")
        follows = [
            m for m in inside if amount.end <= m.start < segment.end and _is_head(self.sentence[amount.end : m.start])
        ]
        before = [m for m in inside if m.end <= amount.start]
        behind = [m for m in before if m.start >= segment.start] or before
        rest = [m for m in inside if amount.end <= m.start < segment.end]
        pick = follows[-1:] or counted or behind[-1:] or rest[:1]
        if not pick and "tariff" in self.asked.measures and self._is_charged(clause, amount):
            return "tariff"
        return self._resolved(pick[0].measure) if pick else ""

    def _is_charged(self, clause: Span, amount: Amount) -> bool:
        """Whether an amount without a word for it is a tariff: "face 104%", or "24% for Japan" in such a story."""
        if _CHARGED.search(self.sentence[clause.start : amount.start]):
            return True
        onto = _FOR_NAME.match(self.sentence, amount.end)
        asked = self.asked.targets or frozenset(self.asked.names)
        named = [n for n in self.names if onto and n.start == onto.end()]
        return _any_of(named, asked) and _DUTIES.search(self._around()) is not None

    def _resolved(self, measure: str) -> str:
        """A mere "rate" is the rate of what was asked about, where the sentence speaks of that."""
        if measure != "rate" or not self.asked.measures:
            return measure
        wanted = [m.measure for m in self.measured if m.measure in self.asked.measures]
        others = [m for m in self.measured if m.measure in _WITH_RATES and m.measure not in self.asked.measures]
        if "tariff" in self.asked.measures and not wanted and not others and _DUTIES.search(self._around()):
            return "tariff"
        return next(iter(wanted), "rate")

    def _around(self) -> str:
        """The headline and the words before the sentence."""
        article, start = self.quote.article, self.quote.start
        return f"{article.title}\n{article.text[max(0, start - _AROUND) : start]}\n{self.quote.text}"

    def _moves(self, clause: Span) -> bool:
        return bool(_MOVED.search(self.sentence, clause.start, clause.end))

    def _is_anothers(self, clause: Span, segment: Span, amount: Amount, phrase: Phrase) -> bool:
        """Whether the amount is bound to another name than the one asked for: 46% on Vietnam, not Japan."""
        wanted = self.asked.targets or frozenset(self.asked.names)
        if not wanted:
            return False
        bearer = [n for n in self.names if phrase.target and phrase.target.start <= n.start < phrase.target.end]
        bearer = [n for n in bearer if not _WEAK_MODIFIER.match(self.sentence, n.end)]
        if bearer:
            elsewhere = _any_of([n for n in self.names if not clause.start <= n.start < clause.end], wanted)
            return not _any_of(bearer, wanted) and (elsewhere or _is_place(bearer))
        lead = [n for n in self.names if segment.start <= n.start < amount.start]
        if any(n for n in lead if _bears(self.sentence, n)) and not _any_of(lead, wanted):
            return _is_place(lead)
        lead = lead or [n for n in self.names if clause.start <= n.start < amount.start]
        if any(_ACTS.match(self.sentence, n.end) for n in lead if self.asked.targets and _any_of([n], wanted)):
            return True
        in_clause = [n for n in self.names if clause.start <= n.start < clause.end]
        if _any_of([n for n in self.names if n.start >= clause.end], wanted) and clause.start > 0:
            return not _any_of([n for n in self.names if n.start < clause.end], wanted)
        return bool(lead) and not _any_of(in_clause, wanted) and _is_place(lead)

    def _things(self, of: str, names: Sequence[Name], measure: str) -> frozenset[str]:
        asked = {stem_of(word) for key in self.asked.names for word in key.split()}
        named = {stem for n in names for stem in stems(of[n.start : n.end])} | asked
        return frozenset(
            thing_stem(stem)
            for stem in stems(of)
            if stem not in named
            and not stem[0].isdigit()
            and stem not in STOP_WORDS
            and not is_broad(stem)
            and measure_of(stem) not in (measure, "rate")
            and thing_stem(stem) not in self.asked.about
        )

    def _others(self, names: Sequence[Name]) -> frozenset[str]:
        return frozenset(n.key for n in names if not any(same_name(n.key, asked) for asked in self.asked.names))


def _stems_at(sentence: str) -> list[tuple[int, str]]:
    """The stems of the sentence's words, each with its place, as thing_stem gives them."""
    return [(m.start(), thing_stem(stem)) for m in _WORD.finditer(sentence) if (stem := stem_of(m.group()))]


def _is_head(between: str) -> bool:
    """Whether only a few plain words stand between an amount and the noun it belongs to: "25% reciprocal tariff"."""
    tokens = between.split()
    return len(tokens) < _HEAD_WORDS and not any(t.lower() in STOP_WORDS or t[-1] in ",.;:" for t in tokens)


def _as_asked(names: Sequence[Name], text: str, asked: Asked) -> list[Name]:
    """The names, one written just as in the question under the question's key: a capital can stand for its country."""
    return [n._replace(key=key) if (key := text[n.start : n.end].lower()) in asked.names else n for n in names]


def _bears(sentence: str, name: Name) -> bool:
    """Whether the words after the name make the amount its own: "Vietnam (46%)", "Vietnam faces 46%"."""
    return _BEARING.match(sentence, name.end) is not None


def _any_of(names: Sequence[Name], wanted: frozenset[str]) -> bool:
    return any(same_name(name.key, key) for name in names for key in wanted)


def _is_place(names: Sequence[Name]) -> bool:
    return any(len(name.key) == _FAMILIAR_PLACE for name in names)
