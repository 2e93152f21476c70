"""The units that amounts are counted in, by any of their spellings."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.news.text import stems

_UNITS = {
    "%": "%|percent|per cent|pct|pc|percentage",
    "%pt": "percentage point|percentage points|pct point|pct points|percent point|percent points",
    "%pt 0.01": "basis point|basis points|bps|bp",
    "times": "times|fold|x",
    "USD": "dollar|dollars|us dollar|us dollars|u.s. dollars|american dollars",
    "USD 0.01": "cent|cents|us cents|u.s. cents",
    "CAD": "canadian dollars|canadian dollar",
    "AUD": "australian dollars|australian dollar",
    "HKD": "hong kong dollars",
    "TWD": "taiwan dollars",
    "SGD": "singapore dollars",
    "EUR": "euro|euros",
    "GBP": "pounds sterling|pound sterling|sterling|british pounds",
    "pound": "pound|pounds|lb|lbs",
    "GBP 0.01": "pence|p",
    "JPY": "yen",
    "CNY": "yuan|renminbi",
    "INR": "rupee|rupees",
    "RUB": "rouble|roubles|ruble|rubles",
    "CHF": "swiss francs|swiss franc|francs",
    "MXN": "peso|pesos",
    "BRL": "real|reais",
    "TRY": "lira|liras",
    "SEK": "crowns|krona|kronor",
    "second": "second|seconds|sec|secs",
    "second 60": "minute|minutes|min|mins",
    "second 3600": "hour|hours|hr|hrs",
    "day": "day|days",
    "day 7": "week|weeks",
    "month": "month|months",
    "month 12": "year|years|yr|yrs",
    "month 120": "decade|decades",
    "age": "year-old|years-old|year old|years old|years of age",
    "°C": "°c|° c|degrees celsius|degree celsius|degrees c|degrees centigrade|celsius",
    "°F": "°f|° f|degrees fahrenheit|degree fahrenheit|degrees f|fahrenheit",
    "degree": "°|degree|degrees",
    "km": "km|kms|kilometre|kilometres|kilometer|kilometers",
    "mile": "mile|miles",
    "m": "m|metre|metres|meter|meters",
    "cm": "cm|centimetre|centimetres|centimeter|centimeters",
    "mm": "mm|millimetres|millimeters",
    "foot": "foot|feet|ft",
    "inch": "inch|inches",
    "km/h": "km/h|kph|kmh|kilometres per hour|kilometers per hour|kilometres an hour|kilometers an hour",
    "mph": "mph|miles per hour|miles an hour",
    "kg": "kg|kgs|kilo|kilos|kilogram|kilograms|kilogramme|kilogrammes",
    "g": "gram|grams|grammes",
    "tonne": "tonne|tonnes|metric ton|metric tons",
    "ton": "ton|tons",
    "ounce": "ounce|ounces|oz",
    "litre": "litre|litres|liter|liters",
    "gallon": "gallon|gallons",
    "barrel": "barrel|barrels|bpd|barrels per day|barrels a day",
    "bushel": "bushel|bushels",
    "hectare": "hectare|hectares",
    "acre": "acre|acres",
    "km2": "square km|square kilometres|square kilometers|sq km",
    "mile2": "square miles|sq miles",
    "m2": "square metres|square meters",
    "foot2": "square feet|sq ft",
    "MW": "mw|megawatt|megawatts",
    "GW": "gw|gigawatt|gigawatts",
    "kWh": "kwh|kilowatt hours|kilowatt-hours",
    "count:point": "point|points|pt|pts",
    "count:people": "people|persons|person|dead|deaths|killed|fatalities|died|lives|injured|wounded|hurt|casualties"
    "|missing|victims|injuries",
    "count:worker": "workers|worker|employees|employee|staff|staffers|staff members",
    "count:job": "jobs|job|positions|roles",
    "count:troop": "troops|soldiers|servicemen",
    "count:car": "cars|car|vehicles|vehicle|automobiles|autos",
}
_COINS = {
    "$": "USD", "us$": "USD", "usd": "USD", "c$": "CAD", "ca$": "CAD", "cad": "CAD", "a$": "AUD", "au$": "AUD",
    "aud": "AUD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "nt$": "TWD", "r$": "BRL", "mx$": "MXN", "€": "EUR",
    "eur": "EUR", "£": "GBP", "gbp": "GBP", "¥": "JPY", "jpy": "JPY", "rmb": "CNY", "cny": "CNY",
    "₹": "INR", "rs": "INR", "inr": "INR", "₩": "KRW", "krw": "KRW", "₽": "RUB", "₺": "TRY", "chf": "CHF",
}  # fmt: skip
COIN_SIGNS = "|".join(re.escape(sign) for sign in sorted(_COINS, key=len, reverse=True)) + r"|rs\."
"""What can stand before a sum of money, as a pattern for lower-case text."""

_JOINED = re.compile(r"[ -]([a-z]{2,20}(?:['’][a-z]{1,2})?)")
_NOT_COUNTED = frozenset(
    """a about above after against ago all also am among an and are as at away back be because been before
    behind below between but by can could did do does down due during each earlier early ever every far
    for from further had has have he her hers here his how if in into is it its just last late later
    lead less like may might more most much must near next nor not now of off often on once only onto or
    other our out over overall own past per plus pm since so some still such than that the their them
    then there these they this those though through to today together tomorrow tonight too toward under
    unless until up us versus vs via was we were what when where whereas which while who whom whose why
    will with within without would yesterday yet you your says means goes comes makes takes remains
    stands looks seems gets puts gives wins loses faces rises falls applies starts begins ends""".split()
)
_HARMED = re.compile(
    r"(?: (?:others|more))?(?: (?:were|was|are|have been|had been|has been|confirmed|reported|feared|left))?"
    r" (?:killed|dead|died|injured|wounded|hurt|missing|hospitali[sz]ed|displaced|arrested)\b"
)
_NO_PLURAL = ("ss", "us", "is")
_PLURALS = frozenset(
    "men women children police cattle sheep fish aircraft feet teeth mice countrymen spacecraft".split()
)
_COUNTED_WORDS = 3
_SCORED = re.compile(
    r"[ -](?:win|victory|defeat|loss|draw|lead|advantage|home|away|against|over|before"
    r"|with|for|when|while|as|from|at|in|on"
    r"|to|after|and|by|up|down|triumph|half|thanks)"
    r"|[.,;:!?)'’”\"]|$"
)
_SCORE_LIMIT = 199


@dataclass(frozen=True, slots=True)
class Units:
    """Every spelling of every unit: a pattern that finds one after a number, and what it stands for."""

    pattern: re.Pattern[str]
    named: dict[str, tuple[str, Decimal]]
    coins: dict[str, str]


def _build() -> Units:
    named: dict[str, tuple[str, Decimal]] = {}
    for unit, spellings in _UNITS.items():
        name, _, factor = unit.partition(" ")
        named |= {spelling: (name, Decimal(factor or 1)) for spelling in spellings.split("|")}
    longest_first = sorted(named, key=len, reverse=True)
    either = "|".join(re.escape(s) + (r"(?![\w/])" if s[-1].isalpha() else "") for s in longest_first)
    return Units(re.compile(rf"[\s-]?({either})"), named, _COINS | {"rs": "INR"})


UNITS = _build()
KNOWN_COUNTS = frozenset(unit for unit in _UNITS if unit.startswith("count:"))
"""The counted things that have a unit of their own; anything else in the plural is counted under its stem."""


def counted_unit(text: str, at: int, *, one: bool = False) -> tuple[int, str] | None:
    """What is counted by a number that ends here in a lower-case text, and where the number's own words end.

    "114 new jobs" counts jobs; the first plural within three words is taken. None when nothing is counted.
    """
    if _HARMED.match(text, at):
        return at, "count:people"
    end = at
    for _ in range(_COUNTED_WORDS):
        word = _JOINED.match(text, end)
        if not word or word.group(1) in _NOT_COUNTED:
            return None
        noun, end = word.group(1), word.end()
        if known := UNITS.named.get(noun):
            return (end, known[0]) if known[0].startswith("count:") else None
        if noun in _PLURALS or (noun.endswith("s") and not noun.endswith(_NO_PLURAL)) or one:
            return end, f"count:{stems(noun)[0]}"
    return None


def is_score(pair: str, after: str) -> bool:
    """Whether two numbers joined by a dash are the score of a match, given the words that follow."""
    left, _, right = re.sub("[–—]", "-", pair).partition("-")
    if not (left.isdigit() and right.isdigit()) or max(int(left), int(right)) > _SCORE_LIMIT:
        return False
    return bool(_SCORED.match(after))
