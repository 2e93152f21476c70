"""What else happens in some runs: a channel is closed for a while, a token is revoked, nothing can be read back, or the
machine sleeps.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Literal

from bench.platform.platform import Platform
from bench.simulation.life import Life
from bench.simulation.loop import MadeUpLoop
from bench.simulation.town import SPACES, digest_place, watch_place
from bot.archive.archive import Archive
from bot.archive.closed import reopen_place, reopen_space

Kind = Literal["none", "closed", "revoked", "blind", "asleep"]

_KINDS: tuple[Kind, ...] = ("none", "none", "none", "closed", "revoked", "blind", "asleep")
_BEGINS, _ENDS = (10.0, 130.0), (150.0, 220.0)
_ASLEEP = (10.0, 200.0)
_CLAIMS_BEFORE_SLEEP = 8


@dataclass(kw_only=True, slots=True)
class Mishap:
    """One of them: to whom, from when to when (in seconds), or for how long the machine sleeps right after a claim."""

    kind: Kind
    space: int
    begins: float
    ends: float
    asleep: float
    claims_left: int

    @classmethod
    def drawn(cls, chance: Random) -> "Mishap":
        """What happens in a run."""
        return cls(
            kind=chance.choice(_KINDS),
            space=chance.randrange(len(SPACES)),
            begins=chance.uniform(*_BEGINS),
            ends=chance.uniform(*_ENDS),
            asleep=chance.uniform(*_ASLEEP),
            claims_left=chance.randint(1, _CLAIMS_BEFORE_SLEEP),
        )

    def await_it(self, platform: Platform, loop: MadeUpLoop) -> None:
        """Let it happen to the platform when its time comes, and be over later."""
        if self.kind in ("closed", "revoked", "blind"):
            loop.call_at(self.begins, self._set, platform, True)
            loop.call_at(self.ends, self._set, platform, False)

    def watched_by(self, life: Life, loop: MadeUpLoop) -> Callable[[str], None]:
        """What the desk passes its steps to, so that the machine can fall asleep at one of them."""

        def passed(step: str) -> None:
            life.passed(step)
            if step == "claimed" and self.kind == "asleep":
                self.claims_left -= 1
                if self.claims_left == 0:
                    loop.sleep_through(self.asleep)

        return passed

    async def mend(self, archive: Archive, platform: Platform, now: datetime) -> bool:
        """Whether whatever was closed by the desk was open again, and is taken for open from now on."""
        if self.kind not in ("closed", "revoked") or self._is_there(platform):
            return False
        name, space = platform.rules.name, SPACES[self.space]
        if self.kind == "revoked":
            return await archive.write(reopen_space, name, space, now)
        return await archive.write(reopen_place, watch_place(name, self.space), now)

    def _set(self, platform: Platform, is_there: bool) -> None:
        name, space = platform.rules.name, SPACES[self.space]
        match self.kind:
            case "closed":
                platform.channels[watch_place(name, self.space).channel].is_open = not is_there
            case "revoked" if is_there:
                platform.revoked.add(space)
            case "revoked":
                platform.revoked.discard(space)
            case "blind":
                for place in (watch_place(name, self.space), digest_place(name, self.space)):
                    platform.channels[place.channel].may_read = not is_there

    def _is_there(self, platform: Platform) -> bool:
        if self.kind == "revoked":
            return SPACES[self.space] in platform.revoked
        return not platform.channels[watch_place(platform.rules.name, self.space).channel].is_open
