"""A PostgreSQL server of our own for one run of the tests, thrown away at its end.

A guard process owns the server: it prints the server's URL, then waits until its standard input is closed, which
happens however the run ends, a kill included; then it stops the server and deletes its files.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.machine import MissingProgram, need_server_programs

CHECKOUT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
TRIES = 5
OPTIONS = (
    "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200 "
    "-c fsync=off -c full_page_writes=off -c autovacuum=off"
)
"""fsync=off is for these throw-away files only: a crash of the machine would corrupt them, nothing else would."""


class Server:
    """The server that the tests talk to: `TEST_DATABASE_URL` when it is given, else one of our own."""

    def __init__(self) -> None:
        self._guard: subprocess.Popen[str] | None = None
        self._url = os.environ.get("TEST_DATABASE_URL", "")

    def url(self) -> str:
        """Return the SQLAlchemy URL of the server, started at the first call; raise MissingProgram."""
        if not self._url:
            self._url = self._start()
        return self._url

    def stop(self) -> None:
        """End our own server and wait until its files are gone; leave a given one alone."""
        if self._guard is not None:
            self._guard.communicate(timeout=START_SECONDS)  # closes its standard input
            self._guard = None

    def _start(self) -> str:
        need_server_programs()  # here rather than in the guard: an installation shows what it does
        command = (sys.executable, "-m", "tests.support.postgres")
        # A session of its own: Ctrl-C ends the tests, and their end ends the guard.
        guard = subprocess.Popen(
            command,
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert guard.stdout is not None
        url = guard.stdout.readline().strip()
        if not url:
            guard.communicate()
            raise MissingProgram("The tests need PostgreSQL, and its server did not start: see above.")
        self._guard = guard
        return url


@contextmanager
def throwaway_cluster() -> Iterator[str]:
    """Run a server in a temporary folder on a free loopback port; yield its SQLAlchemy URL.

    PostgreSQL refuses to run as root: then it runs as `postgres` or `nobody`.
    """
    programs = need_server_programs()
    as_user: dict[str, Any] = {}
    folder = Path(
        tempfile.mkdtemp(prefix="espace-sante-postgresql-", dir="/tmp" if os.geteuid() == 0 else None)
    )
    try:
        if os.geteuid() == 0:
            user = _unprivileged_user()
            os.chown(folder, user.pw_uid, user.pw_gid)
            as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

        def call(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
            command = (str(programs / program), "-D", str(folder / "data"), *arguments)
            return subprocess.run(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                **as_user,
            )

        made = call("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "--no-sync")
        if made.returncode:
            raise MissingProgram(f"PostgreSQL's initdb failed: {made.stderr.strip()}")
        log = folder / "log"
        for _ in range(TRIES):  # somebody else may take the free port before the server does
            port = _free_port()
            options = f"{OPTIONS} -p {port}"
            started = call("pg_ctl", "-l", str(log), "-w", "-t", str(START_SECONDS), "-o", options, "start")
            if started.returncode == 0:
                break
        else:
            raise MissingProgram(
                f"PostgreSQL did not start: {log.read_text()[-2000:] if log.exists() else ''}"
            )
        try:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        finally:
            call("pg_ctl", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged_user() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise MissingProgram(
        "PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as."
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def guard() -> int:
    """Be the guard process: start, say the URL, wait for the end of standard input, stop; return the exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # through the finally clauses
    try:
        with throwaway_cluster() as url:
            print(url, flush=True)
            sys.stdin.read()
    except MissingProgram as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(guard())
