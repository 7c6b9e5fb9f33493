"""From the web application to a worker: there is something in the outbox."""

from __future__ import annotations

import contextlib
import logging
import threading
import weakref
from typing import Any

from flask import Flask

from webapp.jobs.queue import make_queue
from webapp.jobs.tasks import Work, add_tasks
from webapp.mail.outbox import wake_by

log = logging.getLogger(__name__)


class Waker:
    """Enqueues a delivery. The queue is opened at the first letter, so that no start-up pays for it."""

    def __init__(self, work: Work) -> None:
        """Keep what the tasks work with."""
        self._work = work
        self._lock = threading.Lock()
        self._queue: Any = None
        self._deliver: Any = None

    def __call__(self) -> None:
        """Tell a worker. A failure is logged, never raised: the act is stored, and the sweep will find the letter."""
        for last in (False, True):  # a connection that broke since the last letter shows at its first use
            try:
                with self._lock:
                    if self._queue is None:
                        self._queue = make_queue(self._work.settings)
                        self._deliver = add_tasks(self._queue, self._work).deliver
                    self._deliver()
                return
            except Exception as error:  # noqa: BLE001
                self._forget()
                if last:
                    log.warning("worker not told: %s", type(error).__name__)

    def _forget(self) -> None:
        with contextlib.suppress(Exception):
            self.close()

    def close(self) -> None:
        """Close the queue; it is opened again if need be."""
        with self._lock:
            queue, self._queue = self._queue, None
            if queue is not None:
                queue.storage.close()


_current: list[Waker] = []


def register_jobs(app: Flask) -> None:
    """Have letters written by this application wake a worker."""
    waker = Waker(Work(app.extensions["engine"], app.extensions["settings"], app.extensions["clock"]))
    for former in _current:  # one process, one application: whoever comes last
        former.close()
    _current[:] = [waker]
    wake_by(waker)
    weakref.finalize(app, waker.close)
