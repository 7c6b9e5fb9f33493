"""The doctor: it finds nothing on a sound machine, and names each thing that is wrong."""

from __future__ import annotations

import subprocess
import sys
from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, delete

from tests.support.mail import a_letter, smtp_server
from webapp.cli import group
from webapp.config import CHECKOUT, Settings
from webapp.db.vault import Vault, use_vault
from webapp.db.work import writing
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.journal.service import record
from webapp.mail.letter import Destination
from webapp.mail.outbox import put
from webapp.values.clock import utc_now

pytestmark = pytest.mark.filterwarnings(
    "ignore:'imghdr' is deprecated:DeprecationWarning"
)  # Apprise's import

NEW_KEY = b64encode(b"k" * 32).decode()


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    return {"DATABASE_URL": database_url, "VAR_DIR": str(tmp_path / "var")}


@pytest.fixture
def vault(environment: dict[str, str]) -> Vault:
    vault = Vault(Settings.from_environment(environment).keys)
    use_vault(vault)
    return vault


def doctor(environment: dict[str, str]) -> Result:
    return CliRunner().invoke(group, ["doctor"], env=environment)


def wrong(result: Result) -> list[str]:
    lines = [line.removeprefix("✗ ") for line in result.stdout.splitlines() if line.startswith("✗")]
    assert result.exit_code == (1 if lines else 0), result.output
    return lines


def production(environment: dict[str, str]) -> dict[str, str]:
    return environment | {
        "PUBLIC_URL": "https://espace.example.fr",
        "SITE_NAME": "Mon carnet",
        "PUBLISHER": "p",
        "HOSTING": "h",
        "DPO_CONTACT": "d",
        "HELP_PHONE": "t",
        "SECRET_KEY": "s" * 32,
        "DATA_KEYS": f"d1:{NEW_KEY}",
        "INDEX_KEY": NEW_KEY,
        "RECEIPT_KEYS": f"r1:{NEW_KEY}",
        "JOURNAL_KEY": NEW_KEY,
    }


def test_a_sound_machine(environment: dict[str, str], vault: Vault, engine: Engine) -> None:
    with writing(engine) as session:
        record(session, Event.SPACE_OPENED, now=utc_now())
        put(session, a_letter(), Destination("email", "a@example.fr"), utc_now())
    result = doctor(environment)
    assert wrong(result) == []
    assert len(result.stdout.splitlines()) == 10
    assert "1 letters wait" in result.stdout
    assert "journal: 1 entries, head " in result.stdout


def test_a_setting_that_cannot_be(environment: dict[str, str]) -> None:
    assert wrong(doctor(environment | {"PUBLIC_URL": "ftp://x"})) == [
        "settings: PUBLIC_URL must be like https://espace.example.fr, without a path."
    ]


def test_a_database_that_is_not_migrated(tmp_path: Path) -> None:
    environment = {"VAR_DIR": str(tmp_path / "var")}
    (line,) = wrong(doctor(environment))
    assert line.startswith("database: empty, not 0")
    assert line.endswith("run espace-sante db upgrade.")


def test_a_database_that_is_away(tmp_path: Path) -> None:
    environment = {"DATABASE_URL": "postgresql://me:hush@127.0.0.1:1/x", "VAR_DIR": str(tmp_path / "var")}
    result = doctor(environment)
    assert [line.split(":")[0] for line in wrong(result)] == ["database"]
    assert "hush" not in result.output


def test_a_data_key_that_was_lost(environment: dict[str, str], vault: Vault, engine: Engine) -> None:
    with writing(engine) as session:
        put(session, a_letter(), Destination("email", "a@example.fr"), utc_now())
    assert wrong(doctor(environment | {"DATA_KEYS": f"d2:{NEW_KEY}"})) == [
        "keys: outbox holds rows under a key that DATA_KEYS lacks: put it back."
    ]


def test_letters_that_nobody_delivers(environment: dict[str, str], vault: Vault, engine: Engine) -> None:
    with writing(engine) as session:
        put(session, a_letter(), Destination("email", "a@example.fr"), utc_now() - timedelta(minutes=7))
    assert wrong(doctor(environment)) == [
        "outbox: 1 letters wait, the oldest for 7 minutes: run espace-sante worker."
    ]


def test_a_journal_that_was_cut(environment: dict[str, str], vault: Vault, engine: Engine) -> None:
    for _ in range(2):
        with writing(engine) as session:
            record(session, Event.SPACE_OPENED, now=utc_now())
    with writing(engine) as session:
        session.execute(delete(JournalEntry).where(JournalEntry.seq == 2))
    (line,) = wrong(doctor(environment))
    assert line.startswith("journal: entry 1: entries are missing after this one: ")


def test_a_mail_server_that_is_away_and_one_that_answers(environment: dict[str, str]) -> None:
    (line,) = wrong(doctor(environment | {"MAIL_URL": "smtp://me:hush@127.0.0.1:1"}))
    assert line == "mail: 127.0.0.1:1 does not take letters (ConnectionRefusedError): check MAIL_URL."
    with smtp_server() as box:
        result = doctor(environment | {"MAIL_URL": f"smtp://127.0.0.1:{box.port}"})
        assert wrong(result) == []
        assert box.messages == []
    assert f"127.0.0.1:{box.port} answers, from ne-pas-repondre@localhost" in result.stdout


def test_a_mail_url_or_gateway_that_cannot_be(environment: dict[str, str]) -> None:
    lines = wrong(doctor(environment | {"MAIL_URL": "smtp://h/path", "SMS_URL": "nothing://x"}))
    assert [line.split(":")[0] for line in lines] == ["mail", "SMS"]
    assert wrong(doctor(environment | {"SMS_URL": "json://127.0.0.1:9/sms?:to={to}"})) == []


def test_a_folder_that_cannot_be_written(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (line,) = wrong(doctor(environment | {"MAIL_URL": f"spool:{tmp_path}/file/mail"}))
    assert line.startswith("mail: ")
    assert "check MAIL_URL" in line


def test_production_needs_real_roads(environment: dict[str, str]) -> None:
    lines = wrong(doctor(production(environment)))
    assert [line.split(":")[0] for line in lines] == ["mail", "SMS"]
    lines = wrong(doctor(production(environment) | {"SMS_URL": "json://127.0.0.1:9/sms"}))
    assert lines[1] == "SMS: SMS_URL lacks {to}: everyone's codes would go to the same place."


def test_the_program_exits_with_what_it_found(tmp_path: Path) -> None:
    done = subprocess.run(
        (sys.executable, "-m", "webapp.cli", "doctor"),
        env={"VAR_DIR": str(tmp_path / "var"), "PUBLIC_URL": "https://espace.example.fr"},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.startswith("✗ settings: SITE_NAME must be set")
