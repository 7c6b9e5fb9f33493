"""Identifiers and tokens; and what importing the values must not bring along."""

import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from webapp.values.ids import new_id, new_token

VALUES = Path(__file__).resolve().parents[2] / "webapp" / "values"


def test_version_7_with_the_time_in_front() -> None:
    before = time.time_ns() // 1_000_000
    made = new_id()
    after = time.time_ns() // 1_000_000
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert before <= made.int >> 80 <= after


def test_ordered_by_time_within_a_millisecond(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = [1_700_000_000_000_000_000 + step for step in (0, 1_000, 500_000, 999_999, 1_000_000)]
    clock = iter(moments)
    monkeypatch.setattr("webapp.values.ids.time.time_ns", lambda: next(clock))
    made = [new_id() for _ in moments]
    assert made == sorted(made)
    assert [one.version for one in made] == [7] * 5


def test_no_two_are_the_same() -> None:
    assert len({new_id() for _ in range(20_000)}) == 20_000
    assert len({new_token() for _ in range(1_000)}) == 1_000


def test_a_token_has_256_bits_and_needs_no_escaping() -> None:
    token = new_token()
    assert len(token) == 43
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_values_bring_neither_frameworks_nor_heavy_libraries() -> None:
    modules = sorted(f"webapp.values.{path.stem}" for path in VALUES.glob("*.py") if path.stem != "__init__")
    assert len(modules) >= 15
    # The package above is put in place by hand: its own imports are not what is looked at here.
    program = f"""
import importlib, sys, types
package = types.ModuleType("webapp"); package.__path__ = [{str(VALUES.parent)!r}]
sys.modules["webapp"] = package
for name in {modules!r}: importlib.import_module(name)
heavy = {{"flask", "sqlalchemy", "phonenumbers", "email_validator", "zxcvbn_rs_py", "dns"}}
print(sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
