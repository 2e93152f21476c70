"""The error tree: one class for each different thing to do next.

NewsdeskError                 every error of ours; its text is a sentence for whoever caused it
|- RequestError               tell the reader; nothing was changed
|  |- BadAddress(code)        what was typed is no address that can be followed
|- RefusedInput(where)        note it, go on with the next input
|- SourceError(code)          note it with the source, go on with the next one
|- ArchiveError               the archive cannot be used; stop
|  |- ArchiveBusy             another process holds it
|  |- ArchiveTooNew           written by a later version
|  |- ArchiveFull             no room left on the disk
|- PostError                  a delivery was not seen to arrive; each kind says what to do next
|  |- NotPosted(retry_after)  certainly not accepted; try again, no sooner than that
|  |- MaybePosted             it may have arrived; look it up before anything else
|  |- PostRefused             this payload is never accepted there; give it up, tell the operator
|  |- PlaceClosed             nothing can be posted there any more; hold what is owed, tell the owner once
|  |- SpaceClosed             nothing can be posted in the whole Space; hold all of it, tell the operator once
|  |- CannotSee               what is posted there cannot be read back; ask a person
|- IndexDamaged               rebuild the index from the archive, say so, go on
|- ConfigError(faults)        stop, list every fault
"""

from collections.abc import Sequence
from datetime import timedelta


class NewsdeskError(Exception):
    """Something the desk can explain: what is wrong, where, what to do next."""


class RequestError(NewsdeskError):
    """The request cannot be carried out as it stands; nothing was changed. The code names some faults ("S01")."""

    def __init__(self, sentence: str, code: str = "") -> None:
        super().__init__(sentence)
        self.code = code


class BadAddress(RequestError):
    """What was typed is no address that can be followed; the code names the kind of fault ("U03")."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence, code)


class RefusedInput(NewsdeskError):
    """One input cannot be taken in; the rest goes on. The code names the kind of fault where it has one ("F11")."""

    def __init__(self, where: str, reason: str, code: str = "") -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason
        self.code = code


class SourceError(NewsdeskError):
    """A source cannot be read now; the others go on. The code names the kind of fault ("F03").

    `retry_after` is how long the site asked to be left alone; `is_gone` says that it calls the address gone for good.
    """

    def __init__(
        self, code: str, sentence: str, *, retry_after: timedelta | None = None, is_gone: bool = False
    ) -> None:
        super().__init__(sentence)
        self.code = code
        self.retry_after = retry_after
        self.is_gone = is_gone


class ArchiveError(NewsdeskError):
    """The archive cannot be used."""


class ArchiveBusy(ArchiveError):
    """Another process is using this archive."""


class ArchiveTooNew(ArchiveError):
    """The archive was written by a later version of Newsdesk."""


class ArchiveFull(ArchiveError):
    """There is no room left where the archive is kept."""


class PostError(NewsdeskError):
    """A delivery was not seen to arrive; the sentence says why."""


class NotPosted(PostError):
    """It was certainly not accepted.

    `retry_after` is how long the platform asked to be left alone: in this place, or `everywhere`.
    """

    def __init__(self, sentence: str, *, retry_after: timedelta | None = None, everywhere: bool = False) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after
        self.everywhere = everywhere


class MaybePosted(PostError):
    """It may have arrived: the platform did not answer, or answered with a fault of its own."""


class PostRefused(PostError):
    """The platform never accepts this payload."""


class PlaceClosed(PostError):
    """Nothing can be posted in this place any more: it is gone, archived, or the bot was removed from it."""


class SpaceClosed(PostError):
    """Nothing can be posted anywhere in the Space: its token was revoked, or the bot was removed from it."""


class CannotSee(PostError):
    """What was posted in the place cannot be read back, so nothing follows from not finding it."""


class IndexDamaged(NewsdeskError):
    """The index cannot be read; it can be rebuilt from the archive."""


class ConfigError(NewsdeskError):
    """The settings are wrong; every fault is listed."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)
