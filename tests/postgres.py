"""A PostgreSQL server of our own for one test session: on loopback, in a folder of its own, gone afterwards."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

_READY_SECONDS = 30
_STOP_SECONDS = 20


def server_program(name: str) -> Path | None:
    """Where initdb or postgres is: on the PATH, or in Debian's folder for the newest release; None when nowhere."""
    if found := shutil.which(name):
        return Path(found)
    installed = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    return max(installed, key=lambda p: int(p.parts[4]) if p.parts[4].isdigit() else 0, default=None)


class PostgresServer:
    """A running server. Its databases are cheap: clones of one that is already migrated.

    `fsync=False` is several times faster and loses nothing as long as the machine itself stays up; tests that kill the
    server ask for True.
    """

    def __init__(self, *, fsync: bool = False) -> None:
        self._numbers = count(1)
        self._fsync = fsync
        # Not below tmp_path: its parents are closed to the account that the server runs as.
        self._folder = Path(tempfile.mkdtemp(prefix="newsdesk-postgres-"))
        self._as_owner = _owner_other_than_root(self._folder)
        self._process: subprocess.Popen[bytes] | None = None
        arguments = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        self._run("initdb", "-D", str(self._folder / "cluster"), *arguments)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]

    def start(self) -> None:
        """Start the server and wait until it answers; also after kill()."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self._folder),
            "fsync": "on" if self._fsync else "off",
            "shared_buffers": "32MB",
            "max_connections": "60",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [
            str(server_program("postgres")),
            "-D",
            str(self._folder / "cluster"),
            "-p",
            str(self._port),
            *options,
        ]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._folder, **self._as_owner)
        end = time.monotonic() + _READY_SECONDS
        while True:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError as fault:
                if self._process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(self._log.read_text(errors="replace")[-1500:]) from fault
                time.sleep(0.02)

    def url(self, database: str) -> str:
        """The address of a database of this server, as NEWSDESK_DATABASE_URL takes it."""
        return f"postgresql://postgres@127.0.0.1:{self._port}/{database}"

    def add_database(self, template: str = "template1") -> str:
        """The name of a new database, a copy of the template. Nobody may be connected to the template."""
        name = f"newsdesk_{next(self._numbers)}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        self._execute(statement)
        return name

    def drop_database(self, name: str) -> None:
        """Remove the database, whoever is still connected to it."""
        self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def kill(self) -> None:
        """End the server as a power failure would."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """End the server and remove its folder."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)  # "fast": sends its clients away and writes everything down
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _log(self) -> Path:
        return self._folder / "log"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(server_program(program)), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self._folder, check=False, **self._as_owner)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr[-1500:]}")

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as db:
            db.execute(statement)


def _owner_other_than_root(folder: Path) -> dict[str, Any]:
    """The account for the server's programs, which refuse to run as root, as arguments for subprocess."""
    if os.geteuid() != 0:
        return {}
    names = {account.pw_name for account in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
