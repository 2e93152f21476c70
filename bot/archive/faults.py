"""What a database's faults mean, in sentences. Passwords never appear in them."""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.archive.folder import explain_full
from bot.errors import ArchiveBusy, ArchiveError, ArchiveFull

_STOOD_IN_THE_WAY = frozenset({"40001", "40P01", "55P03"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Whereabouts:
    """Where an archive is, as far as people may be told: its data folder, and its server where it has one."""

    data: Path
    url: sa.URL | None

    @property
    def server(self) -> str:
        """The server as people know it: host, port and user, never the password."""
        if self.url is None:
            return str(self.data)
        return (
            f"PostgreSQL at {self.url.host or 'the local socket'}:{self.url.port or 5432} as user {self.url.username}"
        )


def explain(fault: sa.exc.DBAPIError, at: Whereabouts) -> ArchiveError | None:
    """The sentence for a fault that someone can do something about; None for one that is ours, which is a bug."""
    return _explain_sqlite(fault, at) if at.url is None else _explain_postgresql(fault, at, at.url)


def is_worth_another_try(fault: sa.exc.DBAPIError) -> bool:
    """Did another transaction on PostgreSQL stand in the way: serialization, deadlock, a lock not had in time?"""
    return _sqlstate(fault) in _STOOD_IN_THE_WAY


def _explain_sqlite(fault: sa.exc.DBAPIError, at: Whereabouts) -> ArchiveError | None:
    said = str(fault.orig).lower()
    if "disk is full" in said:
        return explain_full(at.data)
    if "is locked" in said:
        return ArchiveBusy(f"another program is holding the database in {at.data}; close it, then try again.")
    if "malformed" in said or "not a database" in said:
        return explain_damage(at.data)
    if "readonly" in said or "unable to open" in said:
        return ArchiveError(
            f"cannot open or change the database in {at.data}; give this user the right to read and write there, "
            "or name another folder with --data."
        )
    if "disk i/o error" in said:
        return ArchiveError(
            f"the disk that holds {at.data} reports a fault; nothing was half-written. "
            "Look at the disk and the free space on it, then try again."
        )
    return None


def explain_damage(data: Path) -> ArchiveError:
    """The sentence for a SQLite file that is not sound."""
    return ArchiveError(
        f"the database {data / 'newsdesk.db'} is damaged: put back a copy from before, "
        "or move the file away and add the articles again."
    )


def _explain_postgresql(fault: sa.exc.DBAPIError, at: Whereabouts, url: sa.URL) -> ArchiveError | None:
    said = str(fault.orig)
    sentences = {
        "28P01": f"{at.server} refused the password; correct it in NEWSDESK_DATABASE_URL.",
        "28000": f"{at.server} refused the login; look at the server's pg_hba.conf and at NEWSDESK_DATABASE_URL.",
        "3D000": f"{at.server} has no database named {url.database}; create it, or correct NEWSDESK_DATABASE_URL.",
        "42501": f"{at.server} lacks a right that Newsdesk needs; let the user own the database {url.database}.",
        "57014": f"{at.server} took too long to answer; see whether the server is overloaded, then try again.",
    }
    state = _sqlstate(fault) or _state_of_refusal(said)
    if state in sentences:
        return ArchiveError(sentences[state])
    if state in ("53100", "53200"):
        return ArchiveFull(f"{at.server} has no room left; nothing was half-written. Make room there, then try again.")
    if state in _STOOD_IN_THE_WAY:
        return ArchiveBusy(f"{at.server} is busy with another Newsdesk's work; try again in a moment.")
    if isinstance(fault, sa.exc.OperationalError) and (state is None or state[:2] in ("08", "57")):
        return ArchiveError(
            f"cannot reach {at.server}; see whether the server runs and NEWSDESK_DATABASE_URL is right."
        )
    return None


def _state_of_refusal(said: str) -> str | None:
    """The code of a refused connection, which the driver leaves out: it gives the server's words only."""
    refusals = {
        "password authentication failed": "28P01",
        "no password supplied": "28P01",
        "pg_hba.conf": "28000",
        'role "': "28000",
        "permission denied": "42501",
        'database "': "3D000",
    }
    return next((state for words, state in refusals.items() if words in said), None)


def _sqlstate(fault: sa.exc.DBAPIError) -> str | None:
    state = getattr(fault.orig, "sqlstate", None)
    return state if isinstance(state, str) else None
