"""`espace-sante receipt`: genuine, tampered, unknown key; offline, by the published keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.receipts import KEYS, receipt_pdf
from webapp.cli.receipt import receipt
from webapp.pdf.receipt_keys import public_keys_document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "justificatif.pdf").write_bytes(receipt_pdf())
    (tmp_path / "cles.txt").write_text(public_keys_document(KEYS))
    (tmp_path / "autres.txt").write_text(public_keys_document(KEYS[1:]))
    return tmp_path


def verify(folder: Path, keys: str = "cles.txt") -> tuple[int, str]:
    found = CliRunner().invoke(
        receipt, ["verify", str(folder / "justificatif.pdf"), "--keys", str(folder / keys)]
    )
    return found.exit_code, found.output


def test_a_genuine_receipt_tells_reference_and_date_and_no_name(folder: Path) -> None:
    code, said = verify(folder)
    assert code == 0
    assert "K7QM-2XWD-9HTA" in said
    assert "3\u00a0février 2022" in said
    assert "Élodie" not in said
    assert "155127505600146" not in said


@pytest.mark.parametrize("place", [0, 1_000, -200, -2])
def test_one_changed_byte_is_found(folder: Path, place: int) -> None:
    file = folder / "justificatif.pdf"
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(bytes(data))
    code, said = verify(folder)
    assert code == 1
    assert "not genuine" in said


def test_a_key_that_is_not_published_proves_nothing(folder: Path) -> None:
    assert verify(folder, "autres.txt")[0] == 1


def test_bad_use_is_exit_2(folder: Path) -> None:
    (folder / "cles.txt").write_text("no keys here")
    assert verify(folder)[0] == 2
    assert CliRunner().invoke(receipt, ["verify", str(folder / "missing.pdf")]).exit_code == 2
