"""The worker: any number may run, each in its own process."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from webapp.config import Settings
from webapp.jobs.queue import make_queue
from webapp.jobs.tasks import Work, add_tasks

THREADS = 2
SLOWEST_LOOK_SECONDS = 0.5
"""A worker that was idle for hours looks into a SQLite queue this often; PostgreSQL tells it by itself."""
LAST_LETTER_SECONDS = 45
"""Given to what is being sent when the worker is asked to stop."""


def run_worker(work: Work, ready: Callable[[], None] = lambda: None) -> None:
    """Run until SIGTERM, SIGINT or SIGHUP; what is being sent is finished first. Main thread only."""
    from huey.consumer import Consumer

    class OurConsumer(Consumer):  # type: ignore[misc]
        """Stops in the same clean way whatever the signal."""

        def start(self) -> None:
            super().start()
            for name in (signal.SIGINT, signal.SIGHUP):
                signal.signal(name, _as_terminate)
            ready()

    queue = make_queue(work.settings)
    tasks = add_tasks(queue, work)
    tasks.deliver()  # what was written while no worker ran
    consumer = OurConsumer(
        queue,
        workers=THREADS,
        initial_delay=0.05,
        backoff=1.2,
        max_delay=SLOWEST_LOOK_SECONDS,
        scheduler_interval=5,
        graceful_signal="TERM",
        shutdown_timeout=LAST_LETTER_SECONDS,
    )
    try:
        consumer.run()
    finally:
        queue.storage.close()


def _as_terminate(_number: int, _frame: Any) -> None:
    signal.raise_signal(signal.SIGTERM)


def roads_of(settings: Settings) -> str:
    """Say where letters go, without any secret that the settings hold."""
    mail, sms = settings.mail_url, settings.sms_url
    if mail.startswith("spool:"):
        mail_road = f"e-mail into {settings.folder(mail)}"
    else:
        parts = urlsplit(mail)
        mail_road = f"e-mail through {parts.scheme}://{parts.hostname}"
    if sms.startswith("spool:"):
        sms_road = f"SMS into {settings.folder(sms)}"
    else:
        sms_road = f"SMS through {sms.split('://', 1)[0]}://"
    return f"{mail_road}; {sms_road}"
