"""`espace-sante beneficiaries`, as a process would see it: what it prints, where, and its exit status."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from tests.support.registry import MOTHER, a_child, a_row, write_csv
from webapp.beneficiaries.models import Beneficiary
from webapp.cli import group
from webapp.db.engine import make_engine
from webapp.db.work import reading
from webapp.keys import Keys


class Command:
    """The command, on a database of the test."""

    def __init__(self, database_url: str, keys: Keys, folder: Path) -> None:
        def ring(ring: dict[str, bytes]) -> str:
            return ",".join(f"{name}:{base64.b64encode(key).decode()}" for name, key in ring.items())

        self.database_url = database_url
        self.environment = {
            "DATABASE_URL": database_url,
            "VAR_DIR": str(folder / "var"),
            "SECRET_KEY": keys.signing[0].decode(),
            "DATA_KEYS": ring(keys.data),
            "RECEIPT_KEYS": ring(keys.receipt),
            "INDEX_KEY": base64.b64encode(keys.index).decode(),
            "JOURNAL_KEY": base64.b64encode(keys.journal).decode(),
        }

    def __call__(self, *arguments: str | Path) -> Result:
        result = CliRunner().invoke(group, ["beneficiaries", *map(str, arguments)], env=self.environment)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def people(self) -> int:
        engine = make_engine(self.database_url)
        with reading(engine) as session:
            count = session.scalar(select(func.count()).select_from(Beneficiary)) or 0
        engine.dispose()
        return count


@pytest.fixture
def command(database_url: str, keys: Keys, tmp_path: Path) -> Command:
    """The command, on an empty migrated database."""
    return Command(database_url, keys, tmp_path)


def test_a_right_file_is_told_in_numbers_and_nothing_stands_on_standard_error(
    command: Command, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "registry.csv", (a_row(), a_child()))
    first, second = command("import", path), command("import", path)
    assert (first.exit_code, first.stderr) == (0, "")
    assert "2 rows read" in first.stdout
    assert "People: 2 new, 0 changed, 0 as they were." in first.stdout
    assert "People: 0 new, 0 changed, 2 as they were." in second.stdout
    assert command.people() == 2


def test_refused_rows_are_named_on_standard_error_without_their_values(
    command: Command, tmp_path: Path
) -> None:
    path = write_csv(
        tmp_path / "registry.csv", (a_row(), a_child(card_serial="12345", email="nobody@nowhere"))
    )
    result = command("import", path)
    assert result.exit_code == 1
    assert "line 3: card_serial: must be 11 digits with a photo\n" in result.stderr
    assert "line 3: email: is not an e-mail address\n" in result.stderr
    assert result.stderr.endswith("1 of 2 rows refused: nothing was written.\n")
    assert not any(value in result.output for value in (MOTHER, "12345", "nobody", "CLAIRVERNAY"))
    assert command.people() == 0


def test_a_file_that_is_no_registry_is_one_sentence(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(b"\xff\xfe\x00")
    result = command("import", path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: line 1: is not UTF-8; a registry is CSV in UTF-8 with a header row.\n"


def test_a_missing_file_or_argument_is_bad_use(command: Command, tmp_path: Path) -> None:
    assert command("import", tmp_path / "none.csv").exit_code == 2
    assert command("import", tmp_path).exit_code == 2
    assert command("import").exit_code == 2


def test_a_database_that_was_not_migrated_is_said(command: Command, tmp_path: Path) -> None:
    command.environment["DATABASE_URL"] = f"sqlite:///{tmp_path}/empty.db"
    result = command("import", write_csv(tmp_path / "registry.csv", (a_row(),)))
    assert result.exit_code == 1
    assert "espace-sante db upgrade" in result.stderr


def test_a_database_that_does_not_answer_is_one_sentence(command: Command, tmp_path: Path) -> None:
    command.environment["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:9/none"
    result = command("import", write_csv(tmp_path / "registry.csv", (a_row(),)))
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: the database cannot be used: ")


def test_a_generated_file_imports_and_is_not_written_over(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "invented.csv"
    made = command("generate", path, "--people", "30", "--seed", "4")
    assert made.exit_code == 0
    assert made.stdout.startswith("30 people in ")
    assert command("import", path).exit_code == 0
    assert command.people() == 30
    assert command("generate", path).exit_code == 2
    assert command("generate", path, "--people", "0", "--force").exit_code == 2
    assert command("generate", path, "--people", "5", "--force").exit_code == 0
    assert len(path.read_text().splitlines()) < 20
