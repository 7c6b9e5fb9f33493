"""The queue and its worker: a letter leaves soon after its act is stored, whoever dies on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from tests.support.clock import Clock
from tests.support.mail import a_letter, eventually, smtp_server
from webapp.config import CHECKOUT, Settings
from webapp.db.base import Base
from webapp.db.vault import Vault, use_vault
from webapp.db.work import reading, writing
from webapp.jobs.queue import make_queue
from webapp.jobs.tasks import Work, add_tasks, forget_stale
from webapp.jobs.waking import Waker, register_jobs
from webapp.jobs.worker import roads_of
from webapp.journal.checking import verify_chain
from webapp.journal.models import JournalEntry
from webapp.limits.models import Counter
from webapp.mail.letter import Destination
from webapp.mail.outbox import put, wake_by
from webapp.values.clock import utc_now
from webapp.web.models import GivenAnswer, VisitRow

TO = Destination("email", "camille@example.fr")
PROGRAM = (sys.executable, "-m", "webapp.cli")


@pytest.fixture
def environment(database_url: str, engine: Engine, tmp_path: Path) -> dict[str, str]:
    """The environment of a process, whose keys are made in the folder of the test."""
    Base.metadata.create_all(engine)
    return {"DATABASE_URL": database_url, "VAR_DIR": str(tmp_path / "var"), "PATH": os.environ["PATH"]}


@pytest.fixture
def work(environment: dict[str, str], engine: Engine) -> Iterator[Work]:
    """What this process works with: the same database, keys and folders as its workers."""
    settings = Settings.from_environment(environment)
    use_vault(Vault(settings.keys))
    yield Work(engine, settings, utc_now)
    wake_by(None)


@pytest.fixture
def waker(work: Work) -> Iterator[Waker]:
    waker = Waker(work)
    wake_by(waker)
    yield waker
    waker.close()


@contextmanager
def worker(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        (*PROGRAM, "worker"),
        env=environment,
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    with process.stdout:
        line = process.stdout.readline()
        assert line.startswith("Worker ready: e-mail into "), line + process.stdout.read()
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def post(work: Work) -> uuid.UUID:
    with writing(work.engine) as session:
        return put(session, a_letter(), TO, work.clock())


def arrived(work: Work) -> list[str]:
    folder = work.settings.var / "mail"
    return sorted(path.name for path in folder.glob("*.eml")) if folder.exists() else []


def written(work: Work) -> list[str]:
    with reading(work.engine) as session:
        return list(session.execute(select(JournalEntry.event)).scalars())


def test_a_letter_leaves_soon_after_its_act(environment: dict[str, str], work: Work, waker: Waker) -> None:
    with worker(environment) as process:
        seconds = []
        for number in range(1, 4):
            post(work)
            seconds.append(eventually(lambda: len(arrived(work)) == number))  # noqa: B023  (awaited at once)
        print("seconds from commit to delivery:", [round(second, 2) for second in seconds])
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert written(work) == ["letter:sent"] * 3
    with reading(work.engine) as session:
        assert verify_chain(session) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_worker_stops_cleanly(environment: dict[str, str], work: Work, number: int) -> None:
    with worker(environment) as process:
        process.send_signal(number)
        assert process.wait(30) == 0
        assert process.stdout is not None
        assert "Worker stopped." in process.stdout.read()


def test_what_was_written_without_a_worker_leaves_with_the_next(
    environment: dict[str, str], work: Work
) -> None:
    post(work)
    with worker(environment):
        eventually(lambda: len(arrived(work)) == 1)


def test_two_workers_double_nothing(environment: dict[str, str], work: Work, waker: Waker) -> None:
    with worker(environment), worker(environment):
        ids = {str(post(work)) for _ in range(20)}
        eventually(lambda: len(written(work)) == 20)
    assert {name.split("Z-")[1].removesuffix(".eml") for name in arrived(work)} == ids
    assert len(arrived(work)) == 20


def test_once_drains_and_exits(environment: dict[str, str], work: Work) -> None:
    post(work)
    done = subprocess.run(
        (*PROGRAM, "worker", "--once"),
        env=environment,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Letters: 1 sent, 0 put off, 0 given up." in done.stdout
    assert len(arrived(work)) == 1


def test_a_queue_that_is_out_of_order_loses_no_letter(
    work: Work, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Settings) -> Any:
        raise OSError

    monkeypatch.setattr("webapp.jobs.waking.make_queue", fail)
    wake_by(Waker(work))
    post(work)
    told = [entry.getMessage() for entry in caplog.records if entry.name.startswith("webapp")]
    assert told == ["worker not told: OSError"]
    assert work.drain().sent == 1


def test_a_broken_connection_is_opened_again(work: Work, waker: Waker) -> None:
    waker()
    waker._queue.storage.conn.close()
    waker()
    queue = make_queue(work.settings)
    assert queue.storage.queue_size() == 2
    queue.storage.close()


def test_messages_are_names_not_pickles(work: Work) -> None:
    queue = make_queue(work.settings)
    tasks = add_tasks(queue, work)
    tasks.deliver()
    tasks.deliver.schedule(delay=60)
    now, later = (json.loads(bytes(message)) for message in queue.storage.enqueued_items())
    assert now[1:] == ["webapp.jobs.tasks.deliver", None]
    assert later[1] == now[1]
    assert later[2] is not None
    queue.execute(queue.dequeue())
    queue.execute(queue.dequeue())  # too early: it is kept for later
    (waiting,) = queue.scheduled()
    assert waiting.eta.isoformat() == later[2]
    queue.storage.close()


def test_a_letter_put_off_is_tried_again_before_the_next_sweep(work: Work) -> None:
    with smtp_server() as box:
        box.answers = ["451 later"]
        failing = Work(
            work.engine, work.settings.with_changes(mail_url=f"smtp://127.0.0.1:{box.port}"), utc_now
        )
        queue = make_queue(work.settings)
        tasks = add_tasks(queue, failing)
        post(failing)
        tasks.deliver.call_local()
        assert queue.dequeue().eta is not None
        queue.storage.close()


def test_the_sweep_forgets_what_has_no_use_any_more(engine: Engine, clock: Clock) -> None:
    Base.metadata.create_all(engine)
    old, fresh = clock.now - timedelta(days=1, seconds=1), clock.now - timedelta(hours=23)
    with writing(engine) as session:
        for number, moment in enumerate((old, fresh)):
            digest = bytes([number]) * 32
            session.add(
                VisitRow(
                    id=uuid.uuid4(), token_digest=digest, sealed=b"", started_at=moment, last_seen_at=moment
                )
            )
            session.add(GivenAnswer(token_digest=digest, form_key="k", location="/", at=moment))
            touched = moment - timedelta(days=99)
            session.add(Counter(key=digest, count=1, started_at=touched, last_at=touched))
    with writing(engine) as session:
        forget_stale(session, clock.now)
    with reading(engine) as session:
        assert session.execute(select(VisitRow.last_seen_at)).scalars().all() == [fresh]
        assert session.execute(select(GivenAnswer.at)).scalars().all() == [fresh]
        assert session.execute(select(Counter.last_at)).scalars().all() == [fresh - timedelta(days=99)]


def test_the_application_wakes_a_worker(app: Flask, settings: Settings) -> None:
    Base.metadata.create_all(app.extensions["engine"])
    register_jobs(app)
    with writing(app.extensions["engine"]) as session:
        put(session, a_letter(), TO, utc_now())
    queue = make_queue(settings)
    assert queue.storage.queue_size() == 1
    queue.storage.close()
    wake_by(None)


def test_start_up_does_not_pay_for_the_queue() -> None:
    heavy = "{'huey', 'apprise', 'smtplib'}"
    code = f"import sys, webapp.jobs.waking, webapp.mail.delivery; print({heavy} & sys.modules.keys())"
    done = subprocess.run(
        (sys.executable, "-c", code), cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


def test_what_is_said_of_the_roads_holds_no_secret(settings: Settings) -> None:
    secret = settings.with_changes(
        mail_url="smtps://user:hush@mail.example.fr", sms_url="twilio://sid:hush@number/{to}"
    )
    assert roads_of(secret) == "e-mail through smtps://mail.example.fr; SMS through twilio://"
