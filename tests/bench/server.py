"""The real server, as a process of its own, on an empty database."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tests.support.mail import eventually
from tests.support.postgres import CHECKOUT
from webapp.cli.demo import THREADS


@dataclass(frozen=True)
class Server:
    """Where it answers, and its first process."""

    port: int
    pid: int

    def memory_peaks(self) -> list[int]:
        """The most memory that each of its processes ever held, in kB (VmHWM)."""
        peaks = []
        for pid in (self.pid, *_children(self.pid)):
            with suppress(OSError), open(f"/proc/{pid}/status", encoding="ascii") as status:
                peaks += [int(line.split()[1]) for line in status if line.startswith("VmHWM")]
        return peaks


def _children(pid: int) -> list[int]:
    with suppress(OSError), open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as children:
        return [int(child) for child in children.read().split()]
    return []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    return False


@contextmanager
def server(threads: int = THREADS) -> Iterator[Server]:
    """Start granian with one worker on a migrated database without people; it is ended whatever happens."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "VAR_DIR": folder,
            "PATH": os.environ["PATH"],
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
        }
        prepare = (sys.executable, "-m", "webapp.cli", "db", "upgrade")
        subprocess.run(prepare, env=environment, cwd=CHECKOUT, check=True, stdout=subprocess.DEVNULL)
        granian = (sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1")
        options = ("--port", str(port), "--workers", "1", "--blocking-threads", str(threads), "--http", "1")
        process = subprocess.Popen(
            (*granian, *options, "--no-ws", "wsgi:app"),
            env=environment,
            cwd=CHECKOUT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            eventually(lambda: answers(port), 60)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(60)
