"""Seconds from a commit to the letter in its folder, with an idle worker running (SQLite queue)."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from tests.bench.tables import heading, table
from tests.support.mail import a_letter, eventually
from tests.support.postgres import CHECKOUT
from webapp.config import Settings
from webapp.db.engine import make_engine
from webapp.db.migrate import upgrade
from webapp.db.vault import Vault, use_vault
from webapp.db.work import writing
from webapp.jobs.tasks import Work
from webapp.jobs.waking import Waker
from webapp.mail.letter import Destination
from webapp.mail.outbox import put, wake_by
from webapp.values.clock import utc_now

LETTERS, IDLE_SECONDS = 8, 1.5


def run() -> None:
    heading(f"From commit to delivery, worker idle for {IDLE_SECONDS} s before each of {LETTERS} letters")
    with tempfile.TemporaryDirectory() as folder:
        environment = {"VAR_DIR": folder, "PATH": os.environ["PATH"]}
        settings = Settings.from_environment(environment)
        use_vault(Vault(settings.keys))
        engine = make_engine(settings.database_url)
        upgrade(engine)
        waker = Waker(Work(engine, settings, utc_now))
        wake_by(waker)
        command = (sys.executable, "-m", "webapp.cli", "worker")
        worker = subprocess.Popen(command, env=environment, cwd=CHECKOUT, stdout=subprocess.PIPE)
        try:
            assert worker.stdout is not None
            worker.stdout.readline()
            mail, seconds = Path(folder) / "mail", []
            for number in range(1, LETTERS + 1):
                threading.Event().wait(IDLE_SECONDS)
                with writing(engine) as session:
                    put(session, a_letter(), Destination("email", "camille@example.fr"), utc_now())
                seconds.append(eventually(lambda count=number: len(list(mail.glob("*.eml"))) >= count))  # type: ignore[misc]
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.communicate(timeout=60)
            wake_by(None)
            waker.close()
            engine.dispose()
    spread = (f"{value:.2f}" for value in (min(seconds), statistics.median(seconds), max(seconds)))
    table(("", "least", "median", "most"), [("seconds", *spread)])
