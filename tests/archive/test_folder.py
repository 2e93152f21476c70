import errno
from pathlib import Path

import pytest

from bot.archive.folder import explain_folder, refuse_remote
from bot.errors import ArchiveError, ArchiveFull


def test_a_network_file_system_is_refused_by_name(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/news {tmp_path} nfs4 rw 0 0\nproc /proc proc rw 0 0\n")
    with pytest.raises(ArchiveError, match=r"network file system \(nfs4\).*local disk, or use PostgreSQL"):
        refuse_remote(tmp_path / "data", mounts)
    refuse_remote(Path("/srv"), mounts)


def test_the_nearest_mount_decides_and_spaces_in_its_name_are_read(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    inner = tmp_path / "my news"
    escaped = str(inner).replace(" ", "\\040")
    mounts.write_text(f"server:/news {tmp_path} nfs rw 0 0\n/dev/sdb1 {escaped} ext4 rw 0 0\n")
    refuse_remote(inner / "data", mounts)
    with pytest.raises(ArchiveError):
        refuse_remote(tmp_path / "other", mounts)


def test_a_system_that_lists_no_mounts_is_trusted(tmp_path: Path) -> None:
    refuse_remote(tmp_path, tmp_path / "missing")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_from_other_faults(tmp_path: Path, number: int) -> None:
    sentence = explain_folder(OSError(number, "no"), tmp_path)
    assert isinstance(sentence, ArchiveFull)
    assert "is full (" in str(sentence)


def test_a_read_only_disk_is_named_as_such(tmp_path: Path) -> None:
    assert "(read-only file system)" in str(explain_folder(OSError(errno.EROFS, "no"), tmp_path))
