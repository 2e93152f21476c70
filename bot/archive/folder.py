"""The data folder: made for its owner only, and held by one Newsdesk at a time."""

import errno
import fcntl
import os
import shutil
from pathlib import Path

from bot.errors import ArchiveBusy, ArchiveError, ArchiveFull, RequestError

_MOUNTS = Path("/proc/self/mounts")
_REMOTE = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "ncpfs",
        "fuse.sshfs",
        "fuse.glusterfs",
    }
)


class FolderLock:
    """The exclusive hold on a data folder: the file `lock`, with the process id of whoever holds it.

    The system lets go of it when the process ends, however it ends. `was_left_behind` says that the last holder did
    not end cleanly: its process id still stood in the file.
    """

    def __init__(self, data: Path) -> None:
        self._descriptor = os.open(data / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.was_left_behind = os.fstat(self._descriptor).st_size > 0
            mine = f"{os.getpid()}\n".encode()
            os.pwrite(self._descriptor, mine, 0)
            os.ftruncate(self._descriptor, len(mine))
        except BlockingIOError as fault:
            holder = os.pread(self._descriptor, 20, 0).decode(errors="replace").strip() or "unknown"
            os.close(self._descriptor)
            raise ArchiveBusy(
                f"another Newsdesk (pid {holder}) is using {data}; wait until it has finished, stop it, "
                "or name another folder with --data."
            ) from fault
        except OSError:
            os.close(self._descriptor)
            raise

    def let_go(self, *, ended_cleanly: bool) -> None:
        """Free the folder; the process id stays in the file unless the work ended cleanly."""
        if ended_cleanly:
            os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)


def open_folder(data: Path, file: str = "") -> FolderLock:
    """The lock on the folder, which is made first where there is none, and so is the file in it: for their owner only.

    Raises ArchiveBusy when another process holds it, ArchiveFull when the disk is, ArchiveError when the folder cannot
    be written to or lies on a network file system, where locks and write-ahead logs cannot be trusted.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        refuse_remote(data)
        if file and not (data / file).exists():
            os.close(os.open(data / file, os.O_WRONLY | os.O_CREAT, 0o600))  # passwords of sources will be in it
        return FolderLock(data)
    except OSError as fault:
        raise explain_folder(fault, data) from fault


def refuse_remote(data: Path, mounts: Path = _MOUNTS) -> None:
    """Raise ArchiveError when the folder lies on a network file system; a system that lists no mounts is trusted."""
    try:
        lines = mounts.read_text(errors="replace").splitlines()
    except OSError:
        return
    place = data.resolve()
    found = (0, "")
    for line in lines:
        _device, point, kind, *_rest = line.split(" ")
        folder = Path(point.replace("\\040", " "))
        if place.is_relative_to(folder) and len(folder.parts) >= found[0]:
            found = (len(folder.parts), kind)
    if found[1] in _REMOTE:
        raise ArchiveError(
            f"{data} is on a network file system ({found[1]}), where SQLite can lose what it wrote; "
            "choose a folder on a local disk, or use PostgreSQL through NEWSDESK_DATABASE_URL."
        )


def explain_folder(fault: OSError, data: Path) -> ArchiveError:
    """The sentence for a folder that cannot be made, locked or written to."""
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return explain_full(data)
    if fault.errno in (errno.EEXIST, errno.ENOTDIR):
        return ArchiveError(f"{data} is not a folder; name a folder with --data or NEWSDESK_DATA_DIR.")
    reason = os.strerror(fault.errno).lower() if fault.errno else "unknown reason"
    return ArchiveError(
        f"cannot write to the data folder {data} ({reason}); give this user the right to write there, "
        "or name another folder with --data."
    )


def require_file(file: Path) -> None:
    """Raise RequestError when nothing was ever added, ArchiveError when the folder may not be looked into."""
    try:
        there = file.exists()
    except OSError as fault:
        raise ArchiveError(
            f"cannot read the data folder {file.parent}; give this user the right to, or name another with --data."
        ) from fault
    if not there:
        raise explain_nothing(str(file.parent))


def explain_nothing(where: str) -> RequestError:
    """The sentence for an archive that does not exist yet."""
    return RequestError(
        f"Nothing has been added yet: there is no archive in {where}. Add articles with `newsdesk add PATH`, "
        "or follow a source with `newsdesk source add ADDRESS`."
    )


def explain_full(data: Path) -> ArchiveFull:
    """The sentence for a full disk, with what is left on it."""
    try:
        left = f"{shutil.disk_usage(data).free:,} bytes free"
    except OSError:
        left = "no bytes free"
    return ArchiveFull(
        f"the disk that holds {data} is full ({left}); nothing was half-written. Make room, then try again."
    )
