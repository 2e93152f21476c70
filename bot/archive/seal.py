"""The seal: tokens are kept so that the database alone tells nobody what they are. The door to cryptography."""

import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from bot.errors import ArchiveError

_NAME = "seal.key"


class Seal:
    """Seals texts, and opens what it sealed. Its key is a file beside the database, for its owner's eyes only."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)

    def seal(self, text: str) -> str:
        """The text, sealed; each time it looks different."""
        return self._fernet.encrypt(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """The text. ArchiveError where it was sealed with another key."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise ArchiveError(
                f"tokens in the archive were sealed with another key; put back the {_NAME} of the data folder that "
                "they came from, or install the desk in its workspaces once more."
            ) from None


def open_seal(folder: Path) -> Seal:
    """The seal of the data folder, made where there is none yet. ArchiveError where its key cannot be read or made."""
    file = folder / _NAME
    try:
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return Seal(file.read_bytes().strip())
        with os.fdopen(descriptor, "wb") as new:
            key = Fernet.generate_key()
            new.write(key)
            new.flush()
            os.fsync(new.fileno())
        return Seal(key)
    except OSError as fault:
        raise ArchiveError(f"{file} cannot be used ({fault.strerror}).") from fault
    except ValueError as fault:
        raise ArchiveError(f"{file} holds no key; put back the one that was there.") from fault
