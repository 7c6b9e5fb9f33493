"""The real server and the real worker as processes of their own, for tests that take whole journeys."""

from __future__ import annotations

import base64
import hashlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from webapp.config import CHECKOUT
from webapp.web.walker import Walker

PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Running:
    """Where the server answers, and the environment that its commands run in."""

    address: str
    env: dict[str, str]

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `espace-sante` with these words."""
        return subprocess.run(
            [sys.executable, "-m", "webapp.cli", *words],
            cwd=CHECKOUT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    def walker(self) -> Walker:
        """A plain HTTP client: no script, no browser."""
        session = requests.Session()
        session.trust_env = False

        def fetch(method: str, path: str, fields: dict[str, str] | None) -> tuple[int, str | None, str]:
            answer = session.request(
                method, self.address + path, data=fields, allow_redirects=False, timeout=PATIENCE_SECONDS
            )
            return answer.status_code, answer.headers.get("Location"), answer.text

        return Walker(fetch)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _key(name: str) -> str:
    return base64.b64encode(hashlib.sha256(f"only for tests: {name}".encode()).digest()).decode()


@contextmanager
def running(database_url: str, var: Path, mail_url: str, sms_url: str) -> Iterator[Running]:
    """Start server and worker on a migrated database; both are ended, politely first, whatever happens."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    env = {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")},
        "DATABASE_URL": database_url,
        "VAR_DIR": str(var),
        "PUBLIC_URL": address,
        "MAIL_URL": mail_url,
        "SMS_URL": sms_url,
        "SECRET_KEY": _key("signing"),
        "DATA_KEYS": f"d1:{_key('data')}",
        "INDEX_KEY": _key("index"),
        "RECEIPT_KEYS": f"r1:{_key('receipt')}",
        "JOURNAL_KEY": _key("journal"),
    }
    server = ("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1")
    commands = [
        (sys.executable, "-m", *server, "--blocking-threads", "4", "--log-level", "warning", "wsgi:app"),
        (sys.executable, "-m", "webapp.cli", "worker"),
    ]
    var.mkdir(parents=True, exist_ok=True)
    with (var / "processes.log").open("wb") as log:
        children = [
            subprocess.Popen(command, cwd=CHECKOUT, env=env, stdout=log, stderr=log) for command in commands
        ]
        try:
            _wait(port, children, var / "processes.log")
            yield Running(address, env)
        finally:
            for child in children:
                child.terminate()
            for child in children:
                try:
                    child.wait(20)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()


def _wait(port: int, children: list[subprocess.Popen[bytes]], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert all(child.poll() is None for child in children), log.read_text()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()
    raise AssertionError(f"the server does not answer: {log.read_text()}")
