"""The demonstration as a program: it starts, says who to try it as, delivers, and leaves nothing running."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.mail import a_letter, eventually
from webapp.beneficiaries.generator_demo import DEMO_PEOPLE
from webapp.config import CHECKOUT, Settings
from webapp.db.engine import make_engine
from webapp.db.vault import Vault, use_vault
from webapp.db.work import writing
from webapp.mail.letter import Destination
from webapp.mail.outbox import put
from webapp.values.clock import utc_now

PROGRAM = (sys.executable, "-m", "webapp.cli", "demo")
PATIENCE_SECONDS = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"VAR_DIR": str(tmp_path / "var"), "PATH": os.environ["PATH"], "PORT": str(free_port())}


@contextmanager
def running(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Start it, and give what it said until it was ready."""
    process = subprocess.Popen(
        PROGRAM, env=environment, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    said: list[str] = []
    with process.stdout:
        try:
            for line in process.stdout:
                said.append(line)
                if DEMO_PEOPLE[-1].card_serial in line:
                    break
            yield process, said
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(PATIENCE_SECONDS)


def children_of(pid: int) -> set[int]:
    found = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found |= {int(child), *children_of(int(child))}
    return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_it_starts_says_who_to_be_delivers_stops_and_starts_again(environment: dict[str, str]) -> None:
    address = f"http://127.0.0.1:{environment['PORT']}"
    start = time.monotonic()
    with running(environment) as (process, said):
        print(f"first start: {time.monotonic() - start:.1f} s")
        text = "".join(said)
        assert "Imported a registry of 500 people" in text
        assert f"The demonstration is ready: {address}/ " in text
        assert f"{address}/demonstration/envois" in text
        for person in DEMO_PEOPLE:
            assert person.name in text
            assert person.card_serial in text
        begun, _here, from_nothing = text.partition("To begin from nothing")
        assert "Camille Clairvernay" in from_nothing
        assert "Ange-Marie Ventacciani" in begun
        assert "Ange-Marie Ventacciani" not in from_nothing

        settings = Settings.from_environment(environment | {"PUBLIC_URL": address})
        use_vault(Vault(settings.keys))
        engine = make_engine(settings.database_url)
        with writing(engine) as session:
            put(session, a_letter(), Destination("email", "a@example.org"), utc_now())
        engine.dispose()
        subprocess.run((*PROGRAM[:3], "worker", "--once"), env=environment, cwd=CHECKOUT, check=True)

        def shown() -> bool:
            with urllib.request.urlopen(f"{address}/demonstration/envois") as page:
                return b"K7QM 2XWD 9HTA" in page.read()

        eventually(shown)
        family = children_of(process.pid)
        assert len(family) >= 3  # server, its worker, delivery
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_SECONDS) == 0
        eventually(lambda: not any(is_running(pid) for pid in family))
    start = time.monotonic()
    with running(environment) as (process, said):
        print(f"second start: {time.monotonic() - start:.1f} s")
        assert "Imported" not in "".join(said)
        it_ends_when_one_of_its_processes_dies(process)


def it_ends_when_one_of_its_processes_dies(process: subprocess.Popen[str]) -> None:
    family = children_of(process.pid)
    (worker,) = (pid for pid in family if b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"))
    os.kill(worker, signal.SIGKILL)
    assert process.wait(PATIENCE_SECONDS) == 1
    assert process.stdout is not None
    assert "espace-sante: the worker has stopped" in process.stdout.read()
    eventually(lambda: not any(is_running(pid) for pid in family))


def refused(environment: dict[str, str]) -> tuple[int, str]:
    done = subprocess.run(
        PROGRAM,
        env=environment,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.returncode, done.stderr


def test_a_port_that_is_taken_is_one_sentence(environment: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(environment["PORT"])))
        taken.listen()
        code, sentence = refused(environment)
    assert code == 1
    assert sentence.startswith(f"espace-sante: port {environment['PORT']} cannot be used")


def test_it_refuses_to_be_a_production(environment: dict[str, str]) -> None:
    names = ("SITE_NAME", "PUBLISHER", "HOSTING", "DPO_CONTACT", "HELP_PHONE")
    keys = {
        "SECRET_KEY": "s" * 32,
        "DATA_KEYS": "d1:" + "A" * 43 + "=",
        "RECEIPT_KEYS": "r1:" + "A" * 43 + "=",
    }
    keys |= {"INDEX_KEY": "A" * 43 + "=", "JOURNAL_KEY": "A" * 43 + "="}
    code, sentence = refused(
        environment | dict.fromkeys(names, "x") | keys | {"PUBLIC_URL": "https://espace.example.fr"}
    )
    assert code == 2
    assert "PUBLIC_URL must be a loopback address" in sentence
