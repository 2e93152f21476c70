"""The page on load: figures of the load and of the soak, each written when it was measured."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.commands import ROOT
from bench.figures import Line, Measured, code_version, make_lines, write_page

PAGE = ROOT / "docs" / "load.md"

ORDER = (
    "steady",
    "after an hour",
    "beside hostile answers",
    "2,000 digests, SQLite",
    "2,000 digests, PostgreSQL",
    "a queue, SQLite",
    "a queue, PostgreSQL",
    "killed, SQLite",
    "killed, PostgreSQL",
    "killed delivering, SQLite",
    "killed delivering, PostgreSQL",
    "questions in Slack",
    "200 events a second",
    "50 events a second",
    "a day",
)

LEAD = """# Load

Written by `make load` and `make soak`. Feeds, pages and faults come from a farm of made-up feeds (`bench/farm`), a
server of its own process on the same machine: of polls 15 minutes apart 15 % bring a new piece, 3 % are slow, 2 % get
a 5xx, 1 % a damaged feed, 1 % one of the hostile answers of `bench/farm/faults.py`, and the rest that nothing changed.
Every piece holds a word of its own, by which it is found again among the articles.

- **steady**: 5,000 feeds that fall due evenly, each every 15 minutes, in real time. "seen to stored" is from having
  the answer to the end of the transaction that holds its articles, for readings that brought something.
- **after an hour**: the same feeds after nothing was read for an hour, until none is due.
- **beside hostile answers**: how long readings of all other feeds take from the first byte sent to the last stored,
  with 1 % of hostile answers, as a multiple of the same without; and by how much the process itself grows.
- **2,000 digests**: all due at one moment, one for each channel of 200 Spaces. A desk with the ticks of a real one
  notes and writes them in the minute before, and posts them on a platform that takes 50 posts a second in all. Late is
  by how much a post came after the moment at which that limit allowed as many as there were by then; once more with a
  desk that is killed 10 s after the moment, and another one that goes on.
- **a queue**: 3,000 deliveries that are all due already, in 300 channels of a platform without limits; every hundredth
  was left by a desk that was killed and has to be looked up first.
- **killed**: a process that gathers is killed with SIGKILL at a step (before and after fetching, after parsing, in the
  middle of the transaction, after it), and another one goes on; one run for each seed and step. The feeds are odd: they
  change ids, links, dates and order, and leave pieces out. Lost is a piece that was sent in a sound answer and is in no
  article, doubled one that is in several, outdated one whose newest text is not there.
- **killed delivering**: desks that do everything at once, from reading feeds to posting alerts and digests, are killed
  with SIGKILL 0.05 to 0.6 seconds after they began to work (one on SQLite, one of three on PostgreSQL), and the
  PostgreSQL server among them; time passes 30 times faster, so that leases end within two seconds. They post on a
  platform of a process of its own (`bench/platform`), a third each on one that tells by its history alone, on one that
  knows a marker again, and on one that forgets it; to 20 % of requests something happens: 429, 5xx before and after
  accepting, connections cut before and after, answers and requests that are late. Deliveries are counted by their
  markers: lost was owed and never accepted, doubled accepted twice, early before it was due, foreign in a channel that
  it was not owed to, stray owed by nobody, disordered before an earlier part, pinging would call people. Alerts due are
  pieces that came as news, in the channels that watch their subject: each has to stand in one message there.
- **questions in Slack**: a made-up Slack of this process hands events to a desk in another, through Slack's own library
  and a socket; the desk has read 50,000 passages. One question at a time; the first visible sign is the status.
- **200 and 50 events a second**: for 10 seconds, and for 10 minutes; one in ten is a question, the others are what
  people say to each other. Lost is what was never acknowledged, or never answered.
- **a day**: a virtual day of gathering with all faults; growth is the slope of memory in its second half, over as many
  readings as 5,000 feeds need in an hour.

Measured on {machine}.

"""


def lines_of(name: str, measured: Sequence[Measured], seconds: float) -> list[Line]:
    """The rows for one set of figures."""
    assert name in ORDER, f"{name} has no place on the page"
    return make_lines(measured, code=code_version(), day=datetime.now(UTC).date(), seconds=seconds)


def write_figures(lines: Sequence[Line], page: Path = PAGE) -> None:
    """Write the rows into the page; those of other sets stay."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{os.cpu_count()} cores, {memory:.0f} GB of memory, Python {platform.python_version()}"
    write_page(page, LEAD.format(machine=machine), lines, ORDER)
