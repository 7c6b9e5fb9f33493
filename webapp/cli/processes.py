"""Child processes that live and die together."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterable
from types import FrameType

from webapp.config import CHECKOUT

GRACE_SECONDS = 20
TICK_SECONDS = 0.1


class Stopped(Exception):
    """We were asked to stop."""


class Children:
    """Starts processes in the checkout; leaving the `with` block ends them all, politely first."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Children:
        """From here on, SIGTERM, SIGINT and SIGHUP raise Stopped."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        return self

    def __exit__(self, *_: object) -> None:
        """End them: the last started first."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        children = list(reversed(self._running.values()))
        for child in children:
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in children:
            try:
                child.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    @staticmethod
    def _stop(number: int, _frame: FrameType | None) -> None:
        raise Stopped(signal.Signals(number).name)

    def start(self, name: str, command: Iterable[str], env: dict[str, str]) -> None:
        """Start one; `name` is what it is called if it dies."""
        self._running[name] = subprocess.Popen(list(command), cwd=CHECKOUT, env=env)  # noqa: S603  (our own)

    def dead(self) -> str | None:
        """Name one that has ended, if any has."""
        return next((name for name, child in self._running.items() if child.poll() is not None), None)

    def wait(self) -> str:
        """Wait until one of them ends; return its name."""
        while (name := self.dead()) is None:
            time.sleep(TICK_SECONDS)
        return name
