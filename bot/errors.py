"""The error tree: one class for each different thing to do next.

NewsdeskError                 every error of ours; its text is a sentence for whoever caused it
|- RequestError               tell the reader; nothing was changed
|- RefusedInput(where)        note it, go on with the next input
|- ArchiveError               the archive cannot be used; stop
|  |- ArchiveBusy             another process holds it
|  |- ArchiveTooNew           written by a later version
|  |- ArchiveFull             no room left on the disk
|- IndexDamaged               rebuild the index from the archive, say so, go on
|- ConfigError(faults)        stop, list every fault
"""

from collections.abc import Sequence


class NewsdeskError(Exception):
    """Something the desk can explain: what is wrong, where, what to do next."""


class RequestError(NewsdeskError):
    """The request cannot be carried out as it stands; nothing was changed."""


class RefusedInput(NewsdeskError):
    """One input cannot be taken in; the rest goes on."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class ArchiveError(NewsdeskError):
    """The archive cannot be used."""


class ArchiveBusy(ArchiveError):
    """Another process is using this archive."""


class ArchiveTooNew(ArchiveError):
    """The archive was written by a later version of Newsdesk."""


class ArchiveFull(ArchiveError):
    """There is no room left where the archive is kept."""


class IndexDamaged(NewsdeskError):
    """The index cannot be read; it can be rebuilt from the archive."""


class ConfigError(NewsdeskError):
    """The settings are wrong; every fault is listed."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)
