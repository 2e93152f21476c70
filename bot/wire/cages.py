"""A few cages, so that a page that takes its time holds up none of the others."""

from collections.abc import Iterator
from contextlib import contextmanager
from queue import LifoQueue
from types import TracebackType
from typing import Self

from bot.wire.cage import Cage
from config import defaults


class Cages:
    """As many cages as may work at once; each is started when it is first needed. Called from as many threads.

    Use it as a context; the processes end with it, or with this one.
    """

    def __init__(self, at_most: int = defaults.CAGES) -> None:
        self._every = [Cage() for _ in range(at_most)]
        self._free: LifoQueue[Cage] = LifoQueue()  # the last one used first: the others need not be started
        for cage in self._every:
            self._free.put(cage)

    @contextmanager
    def one(self) -> Iterator[Cage]:
        """A cage for the caller alone; waits until one is free."""
        cage = self._free.get()
        try:
            yield cage
        finally:
            self._free.put(cage)

    def close(self) -> None:
        """End the processes."""
        for cage in self._every:
            cage.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
