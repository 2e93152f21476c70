"""A made-up week of news: what each paper wrote when, and whether there was anything new in it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.desk.editing import next_morning
from tests.makes import NOW

MONDAY = next_morning(NOW) - timedelta(hours=2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A piece of news, so many hours into the week. `is_new`: it says something that was not said of its story yet."""

    story: str
    hours: float
    publisher: str
    title: str
    text: str
    is_new: bool

    @property
    def at(self) -> datetime:
        """When it came."""
        return MONDAY + timedelta(hours=self.hours)


_PAPERS = {"c": "Selby Courier", "g": "Northern Gazette", "p": "Torv Post", "l": "Daily Ledger"}


_PIECE = re.compile(r"^([\d.]+) (\w) (new|old): (.+)\n((?:  .+\n?)+)", re.MULTILINE)


def _read(story: str, pieces: str) -> list[Told]:
    """Each piece: the hour, the paper, whether there is anything new, the headline; below it the text."""
    return [
        Told(
            story=story,
            hours=float(hours),
            publisher=_PAPERS[paper],
            title=title,
            text=" ".join(text.split()),
            is_new=news == "new",
        )
        for hours, paper, news, title, text in _PIECE.findall(pieces)
    ]


_QUAKE = """
1 c new: Earthquake in Selby kills 12
  A magnitude 6.1 earthquake struck Selby on Monday, killing at least 12 people, officials said. Rescue teams
  searched collapsed houses.
1.5 g old: Twelve dead in Selby earthquake
  At least 12 people were killed when a magnitude 6.1 earthquake struck Selby, the government said. Rescue teams
  were on their way to collapsed houses.
6 p old: Selby after the earthquake
  People in Selby spent the day outside collapsed houses after the earthquake of magnitude 6.1. Rescue teams
  searched for survivors of the quake.
10 c old: How Selby felt the earthquake
  Anna Holm was asleep when the earthquake struck Selby. Rescue teams pulled her out of her collapsed house, she
  said.
26 c new: Selby earthquake toll rises to 31
  The death toll of the Selby earthquake rose to 31 on Tuesday, officials said. Rescue teams searched more
  collapsed houses.
27 g old: Selby earthquake: 31 dead
  Thirty-one people died in the Selby earthquake, the government said on Tuesday. Rescue teams searched collapsed
  houses with dogs. The 31 dead came from four villages.
50 p old: Why the Selby earthquake struck so hard
  The Selby earthquake was shallow, which made it strong, experts said. Collapsed houses in Selby were old, and
  rescue teams were few.
74 c new: Selby earthquake toll reaches 47
  The death toll of the Selby earthquake reached 47 on Thursday, officials said. Rescue teams ended their search
  of collapsed houses.
75 l old: 47 dead in Selby earthquake
  At least 47 people died in the Selby earthquake, officials said on Thursday. Rescue teams left the collapsed
  houses.
"""

_TRIAL = """
2 c new: Trial of Ola Berg over harbour fraud opens
  The trial of Ola Berg over the harbour fraud opened at a court in Torv on Monday. Prosecutors say the harbour
  director took bribes from builders.
4 g old: Harbour director Ola Berg in court
  Ola Berg, the former harbour director, sat in a court in Torv on Monday as his fraud trial opened. Prosecutors
  say builders paid him bribes.
28 p old: Witness tells harbour fraud trial of envelopes
  A builder told the harbour fraud trial of Ola Berg in Torv how envelopes with bribes were handed to the
  director. The court heard prosecutors for hours.
52 c old: Ola Berg: the director and the harbour
  Ola Berg, on trial over the harbour fraud in Torv, came to the harbour as a clerk. Prosecutors say bribes from
  builders paid for his house.
76 c new: Ola Berg found guilty of harbour fraud
  A court in Torv found Ola Berg guilty of the harbour fraud on Thursday. The former harbour director took bribes
  from builders, the court said.
78 g old: Court convicts harbour director Ola Berg
  Ola Berg was convicted of the harbour fraud by a court in Torv on Thursday. Prosecutors said the harbour
  director took bribes.
100 c new: Ola Berg sentenced to four years over harbour fraud
  Ola Berg was sentenced to four years in prison over the harbour fraud on Friday. The court in Torv said the
  harbour director took bribes from builders.
"""

_STRIKE = """
3 g new: Teachers in Norrland begin strike over pay
  Teachers in Norrland began a strike over pay on Monday, their union said. Schools in three cities stayed shut as
  teachers marched.
5 c old: Schools shut as Norrland teachers strike
  Schools stayed shut in three cities as teachers in Norrland went on strike over pay. The union of the teachers
  wants higher pay.
29 p old: Parents cope with teachers' strike
  Parents in Norrland took children to work as the teachers' strike over pay went on. Schools stayed shut and the
  union said nothing.
55 g old: Strike of Norrland teachers: what they want
  Teachers on strike in Norrland want pay that keeps up with prices, their union said. Schools stayed shut as the
  strike went on.
98 g new: Deal ends strike of Norrland teachers
  The teachers' union and the government of Norrland reached a deal to end the strike over pay on Friday. Schools
  open again on Monday.
99 c old: Norrland teachers' strike ends with deal on pay
  Norrland teachers go back to work after their union and the government struck a deal over pay. The strike kept
  schools shut for a week.
"""

_TARIFF = """
7 l new: Norrland plans steel tariff of 25%
  Norrland plans a 25% tariff on steel from overseas, the trade ministry said. Steel makers had asked for the
  tariff for years.
8 c old: Steel makers welcome planned tariff
  Steel makers in Norrland welcomed the 25% tariff on steel that the trade ministry plans. Importers of steel said
  prices would rise.
56 l new: Norrland steel tariff takes effect
  The 25% tariff on steel took effect in Norrland on Wednesday, the trade ministry said. Steel makers cheered the
  tariff, and importers of steel complained.
58 g old: Steel tariff in force in Norrland
  Importers of steel now pay the 25% tariff in Norrland, which took effect on Wednesday. The trade ministry called
  the tariff on steel fair.
123 l new: Norrland suspends steel tariff
  Norrland suspended its 25% tariff on steel on Saturday, the trade ministry said. Importers of steel had gone to
  court over the tariff.
"""

_FERRY = """
9 c new: Holm Island ferry to stop in May
  The ferry to Holm Island will stop running in May, the ferry company said. Islanders use the ferry to Holm
  Island every day.
30 p old: Islanders angry about ferry
  Islanders on Holm Island are angry that the ferry will stop running in May. The ferry company said few islanders
  used the ferry.
80 g old: Life on Holm Island without a ferry
  Islanders on Holm Island wonder how to live without a ferry once the ferry company stops it in May. Some
  islanders have boats.
"""

WEEK = sorted(
    [
        *_read("quake", _QUAKE),
        *_read("trial", _TRIAL),
        *_read("strike", _STRIKE),
        *_read("tariff", _TARIFF),
        *_read("ferry", _FERRY),
    ],
    key=lambda told: told.hours,
)
"""All of it in order."""
